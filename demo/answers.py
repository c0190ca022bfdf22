"""What the simulated people write: papers, form fields, comments."""

import hashlib
from datetime import date, timedelta
from functools import lru_cache

import typst

from models.plan import RequirementKind, RequirementPlan

RETURN_COMMENT = "Đề nghị bổ sung phân công trách nhiệm và thời gian thực hiện từng nội dung."

_PAPER = """
#set page(paper: "a4", margin: (top: 2cm, bottom: 2cm, left: 3cm, right: 1.5cm))
#set text(font: "Libertinus Serif", size: 14pt, lang: "vi")
#align(center)[*CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM* \\ *Độc lập - Tự do - Hạnh phúc*]
#v(1cm)
*#sys.inputs.unit*

Số: #sys.inputs.number
#v(1cm)
#align(center)[*#sys.inputs.title*]
#v(0.5cm)
Văn bản mô phỏng để chạy thử dondoc; nội dung không có thật.
"""
_SYMBOLS = {RequirementKind.PLAN: "KH-UBND", RequirementKind.REPORT: "BC-UBND", RequirementKind.ACTIVITY: ""}
_EXISTING_BEFORE = timedelta(days=20)


@lru_cache(maxsize=1)
def _fonts() -> typst.Fonts:
    return typst.Fonts(include_system_fonts=False)


def paper(unit: str, number: str, title: str) -> bytes:
    """A real PDF, such as an office would print."""
    words = {"unit": unit, "number": number or "(không số)", "title": title}
    content: bytes = typst.compile(_PAPER.encode(), sys_inputs=words, font_paths=_fonts())
    return content


def form_fields(item: RequirementPlan, key: str, today: date, issued: date, *, existing: bool) -> dict[str, str]:
    """What is typed into the form of one obligation. Figures follow from the key, so every run has the same."""
    seed = int(hashlib.sha256(key.encode()).hexdigest()[:4], 16)
    men, women = seed % 25 + 10, seed % 40 + 15
    fields = {"note": "Đã triển khai theo kế hoạch.", "men": str(men), "women": str(women), "total": str(men + women)}
    if symbol := _SYMBOLS[item.kind]:
        day = issued - _EXISTING_BEFORE if existing else today
        fields |= {"number": f"{seed % 180 + 1:02d}/{symbol}", "date": day.isoformat(), "signer": "Nguyễn Văn Minh"}
    if existing:
        fields["existing"] = "yes"
    if item.choices:
        fields["choice"] = list(item.choices)[seed % len(item.choices)]
    return fields
