"""What to write at each place of a directive file: examples that messages show."""

from models.directive import (
    Addressees,
    Citation,
    DirectiveFile,
    Document,
    IndicatorFile,
    Policy,
    RecipientFile,
    Replaces,
    ReportFile,
    RequirementFile,
    RungFile,
)
from models.document import Signer
from models.due import After, DueFile
from rules.places import Part, Place

_WHOLE: dict[tuple[Part, str], tuple[str, ...]] = {
    (DirectiveFile, "document"): ("{title: …, issuer: …, date: …}",),
    (DirectiveFile, "requirements"): ("{annual-plan: {title: …, kind: plan, to: …, due: …}}",),
    (DirectiveFile, "awaits"): ("{guidance: Hướng dẫn của tỉnh}",),
    (DirectiveFile, "reports"): ("[{every: month}, {as_of: 2020-06-14}]",),
    (ReportFile, "levels"): ("[province, district]",),
    (DirectiveFile, "policy"): ("{review_days: 5}",),
    (DirectiveFile, "closing"): ("2020-12-31",),
    (DirectiveFile, "line"): ("ldtbxh",),
    (Document, "title"): ("hướng dẫn hoạt động bình đẳng giới năm 2020",),
    (Document, "issuer"): ("46-ldtbxh",),
    (Document, "date"): ("2020-04-14",),
    (Document, "signer"): ("{prefix: KT. GIÁM ĐỐC, title: PHÓ GIÁM ĐỐC, name: Phan Minh Nguyệt}",),
    (Signer, "title"): ("PHÓ GIÁM ĐỐC",),
    (Signer, "name"): ("Phan Minh Nguyệt",),
    (Citation, "number"): ("25/KH-UBND",),
    (Citation, "date"): ("2020-02-12",),
    (Citation, "issuer"): ("Ủy ban nhân dân tỉnh Thừa Thiên Huế",),
    (RecipientFile, "name"): ("Giám đốc",),
    (Replaces, "number"): ("25/KH-UBND",),
    (Replaces, "effect"): ("supersedes",),
    (Replaces, "keeps"): ("{earlier-plan: annual-plan}",),
    (RequirementFile, "title"): ("Kế hoạch năm 2020",),
    (RequirementFile, "kind"): ("plan",),
    (RequirementFile, "to"): ("{level: district}", "{units: [480-ldtbxh]}"),
    (RequirementFile, "coordinators"): ("{level: district}", "{units: [480-ldtbxh]}"),
    (RequirementFile, "among"): ("{level: commune}", "{units: [480-ldtbxh]}"),
    (RequirementFile, "due"): ("trước ngày 15/5/2020", "2020-05-15", "{every: month}"),
    (RequirementFile, "window"): ("từ ngày 15/11/2020 đến ngày 15/12/2020",),
    (RequirementFile, "period"): ("tháng 5/2020",),
    (RequirementFile, "opens"): ("{when_accepted: annual-plan}", "{on: 2020-05-15}"),
    (RequirementFile, "choices"): ("{jobs: Hỗ trợ phụ nữ tạo việc làm}",),
    (RequirementFile, "groups"): ("{loans: Vay vốn khởi nghiệp}",),
    (RequirementFile, "indicators"): ("{women: {title: …, kind: number}}",),
    (Addressees, "level"): ("district",),
    (DueFile, "on"): ("trước ngày 15/5/2020", "2020-05-15"),
    (DueFile, "within"): ("5 ngày làm việc",),
    (DueFile, "after"): ("{cut_off: true}", "{held: meeting}"),
    (DueFile, "before"): ("annual-report",),
    (DueFile, "by_level"): ("{district: trước ngày 31/7/2020, commune: trước ngày 20/7/2020}",),
    (After, "window"): ("action-month",),
    (After, "due"): ("annual-report",),
    (After, "held"): ("meeting",),
    (IndicatorFile, "targets"): ("{2025: 30, 2030: 50}",),
    (Policy, "ladder"): ("[{at: T-5, do: reminder}, {at: T+1, do: overdue}]",),
    (Policy, "extension"): ("{ask_before: 5}",),
    (RungFile, "at"): ("T-5", "T+5"),
    (RungFile, "do"): ("reminder",),
}
_ENTRIES: dict[tuple[Part, str], tuple[str, ...]] = {
    (DirectiveFile, "requirements"): ("{title: …, kind: plan, to: {level: district}, due: …}",),
    (DirectiveFile, "replaces"): ("{number: 25/KH-UBND, effect: supersedes}",),
    (Document, "basis"): ("{number: 25/KH-UBND, date: 2020-02-12, issuer: …}",),
    (Document, "recipients"): ("Giám đốc (để b/c)", "{name: Giám đốc, purpose: để b/c}"),
    (Document, "files"): ("cong-van-908.pdf",),
    (Addressees, "units"): ("480-ldtbxh",),
    (Addressees, "except"): ("480-ldtbxh",),
    (RequirementFile, "indicators"): ("{title: …, kind: number}",),
    (RequirementFile, "outcomes"): ("accepted",),
    (RequirementFile, "report_to"): ("ldtbxh",),
    (RequirementFile, "consolidates"): ("commune-report",),
    (DueFile, "by_level"): ("trước ngày 20/7/2020", "2020-07-20"),
    (Policy, "ladder"): ("{at: T-5, do: reminder}",),
}


def examples(place: Place) -> tuple[str, ...]:
    """What may stand at a place, as YAML on one line; empty where any words may."""
    if place.part is None:
        return ()
    where = (place.part, place.key)
    if place.entry:
        return _ENTRIES.get(where, ())
    return _WHOLE.get(where) or tuple(f"[{entry}]" for entry in _ENTRIES.get(where, ())[:1])


def in_words(written: tuple[str, ...]) -> str:
    """`a`, `b` or `c`."""
    quoted = [f"`{item}`" for item in written]
    return " or ".join([", ".join(quoted[:-1]), quoted[-1]] if len(quoted) > 1 else quoted)
