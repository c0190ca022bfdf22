"""Makes the draft of a summary report: every sentence and table of it, once, for all forms that people sign or read."""

from collections.abc import Iterable
from datetime import datetime

from models.document import Purpose
from models.plan import DirectiveHead
from models.summary import IssuedDocument, Summary
from reports.citation import directive, full, kept, whole_directive
from reports.draft import Appendix, Draft, Table, numbered
from reports.follow_up import chasing, requests
from reports.letterhead import body, parent_body, place_and_date, signature
from reports.narrative import assignment, outcome
from reports.plain import BLANK, WORKBOOK, number, plain
from reports.shortcomings import shortcomings
from rules.calendar import ZONE, last_day, local_day
from rules.words import day, long_day

MOST_DOCUMENTS = 40
"""Rows of the appendix; the workbook has all."""


def draft(summary: Summary) -> Draft:
    """The report as an official document (Decree 30/2020), interim or final; nothing in it that the summary lacks."""
    head, issuer = summary.head, summary.issuer
    superiors = _superiors(summary)
    sections = [
        *assignment(summary),
        *outcome(summary),
        *chasing(summary),
        *shortcomings(summary),
        *requests(summary),
    ]
    what = "tổng kết kết quả" if summary.final else "sơ kết tình hình"
    respects = f". {issuer.name} kính báo cáo" if superiors else f" của {issuer.name}"
    reference = f"thực hiện {directive(head)}"
    return Draft(
        parent_body=parent_body(issuer),
        body=body(issuer),
        number=f"Số:{BLANK}/BC-{issuer.symbol}".rstrip("-"),
        place_and_date=place_and_date(issuer.place or head.place, summary.as_of),
        type="BÁO CÁO",
        subject=_subject(summary),
        basis=tuple(_basis(head)),
        introduction=f"{issuer.name} báo cáo {what} {reference} như sau (số liệu tính đến {cut_off(summary.as_of)}):",
        blocks=numbered(sections),
        closing=f"Trên đây là báo cáo {what} {reference}{respects}./.",
        recipients=tuple(_recipients(summary, superiors)),
        signature=signature(issuer),
        appendix=_appendix(summary) if summary.documents else None,
    )


def _subject(summary: Summary) -> str:
    cited = whole_directive(summary.head)
    if summary.final:
        return f"Tổng kết kết quả thực hiện {cited}"
    return f"Sơ kết tình hình thực hiện {cited} (tính đến {long_day(last_day(summary.as_of))})"


def _basis(head: DirectiveHead) -> Iterable[str]:
    """Each on its own line, with `;` after all but the last (DOMAIN section 1.3)."""
    last = len(head.basis) - 1
    for place, document in enumerate(head.basis):
        yield f"Căn cứ {full(document)}{'.' if place == last else ';'}"


def cut_off(as_of: datetime) -> str:
    """The instant that the figures stand for; midnight is the end of the day before."""
    local = as_of.astimezone(ZONE)
    if (local.hour, local.minute) == (0, 0):
        return f"hết {long_day(last_day(as_of))}"
    return f"{local.hour:02d} giờ {local.minute:02d} phút {long_day(local.date())}"


def _superiors(summary: Summary) -> list[str]:
    """Who issued what the directive rests on, each once: they are reported to."""
    names = dict.fromkeys(plain(document.issuer) for document in summary.head.basis)
    return [name for name in names if name and name != summary.issuer.name]


def _recipients(summary: Summary, superiors: list[str]) -> Iterable[str]:
    """The superiors, the units, the directive's own further recipients; `Lưu` comes last (DOMAIN section 1.3)."""
    own = {
        plain(item.name).lstrip("- ").rstrip(";. "): item.purpose
        for item in summary.head.recipients
        if item.purpose is not Purpose.ACTION  # those are the units
    }
    kept = next((name for name in own if name.casefold().startswith("lưu")), "Lưu: VT")
    further = [name for name in own if name and not name.casefold().startswith(("lưu", "như trên"))]
    lines = [
        *(f"{name} (để b/c)" for name in superiors if name not in further),
        "Các đơn vị được giao nhiệm vụ (để biết)" if summary.final else "Các đơn vị được giao nhiệm vụ (để thực hiện)",
        *(f"{name} ({own[name]})" if own[name] else name for name in further),
    ]
    return (*(f"- {line};" for line in lines), f"- {kept}.")


def _appendix(summary: Summary) -> Appendix:
    shown, whole = summary.documents[:MOST_DOCUMENTS], len(summary.documents)
    year = local_day(summary.as_of).year
    issued = f"Báo cáo số{BLANK}/BC-{summary.issuer.symbol}".rstrip("-")
    return Appendix(
        title="PHỤ LỤC",
        subject="Danh mục văn bản đã ban hành",
        source=f"(Kèm theo {issued} ngày{BLANK}tháng{BLANK}năm {year} của {summary.issuer.name})",
        table=Table(
            layout="documents",
            caption="",
            head=("TT", "Số, ký hiệu", "Ngày ban hành", "Đơn vị", "Nội dung thực hiện"),
            rows=tuple(_document(place, item) for place, item in enumerate(shown, 1)),
        ),
        remark=f"Danh mục nêu {len(shown)}/{number(whole)} văn bản; danh mục đầy đủ tại {WORKBOOK}."
        if whole > len(shown)
        else "",
    )


def _document(place: int, item: IssuedDocument) -> tuple[str, ...]:
    document = item.document
    issued = day(document.date) if document.date else ""
    unit = f"{item.unit_name} ({kept(item)})" if item.kept_by else item.unit_name
    return (str(place), document.normal or document.number, issued, unit, item.requirement_title)
