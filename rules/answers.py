"""What an answer must hold, by the requirement's kind. The page and the ledger ask the same function."""

from collections.abc import Mapping
from typing import Protocol

from models.command import Answer
from models.plan import RequirementKind


class Asked(Protocol):
    """What matters of a requirement here; both the compiled plan and a register line have it."""

    @property
    def kind(self) -> RequirementKind: ...
    @property
    def accepts_existing(self) -> bool: ...
    @property
    def choices(self) -> Mapping[str, str]: ...
    @property
    def attendance(self) -> bool: ...


def problems(asked: Asked, answer: Answer) -> dict[str, str]:
    """Faults of an answer as field name -> what to do, in Vietnamese; empty when it may be handed in.

    men + women = total where all three are given (DESIGN rule 9); a total without the split is let through, because
    real reports lack it (DOMAIN section 9, seed 4), and shows as a data-quality remark in the summary.
    """
    found: dict[str, str] = {}
    if asked.kind is RequirementKind.PLAN or answer.existing:
        if answer.document is None or not answer.document.number.strip():
            found["number"] = "Ghi số và ký hiệu của văn bản."
        if answer.document is None or answer.document.date is None:
            found["date"] = "Ghi ngày ban hành của văn bản."
    if answer.existing and not asked.accepts_existing:
        found["existing"] = "Nhiệm vụ này phải có văn bản mới."
    if not answer.files and (asked.kind is not RequirementKind.ACTIVITY or not answer.note.strip()):
        found["files"] = (
            "Đính kèm tệp minh chứng hoặc ghi tóm tắt kết quả."
            if asked.kind is RequirementKind.ACTIVITY
            else "Đính kèm tệp văn bản."
        )
    if asked.choices and answer.choice not in asked.choices:
        found["choice"] = "Chọn một hình thức thực hiện."
    if asked.attendance:
        found |= _attendance_problems(answer)
    return found


def _attendance_problems(answer: Answer) -> dict[str, str]:
    men, women, total = answer.men, answer.women, answer.total
    if any(figure is not None and figure < 0 for figure in (men, women, total)):
        return {"total": "Số người không được âm."}
    if total is None:
        return {"total": "Ghi tổng số người tham gia."}
    if (men is None) != (women is None):
        return {"men": "Ghi cả số nam và số nữ, hoặc để trống cả hai."}
    if men is not None and women is not None and men + women != total:
        return {"total": f"Nam ({men}) + nữ ({women}) = {men + women}, khác tổng số {total}."}
    return {}
