"""The annex: documents that units issued, with number and date."""

from models.summary import IssuedDocument, Summary
from reports.citation import kept
from reports.draft import Appendix, Table
from reports.plain import BLANK, WORKBOOK, number
from rules.calendar import local_day
from rules.words import day

MOST_DOCUMENTS = 40
"""Rows of the annex; the workbook has all."""


def annex(summary: Summary) -> Appendix | None:
    """The documents in the order of the summary; None where there are none."""
    shown, whole = summary.documents[:MOST_DOCUMENTS], len(summary.documents)
    if not whole:
        return None
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
            rows=tuple(_row(place, item) for place, item in enumerate(shown, 1)),
        ),
        remark=f"Danh mục nêu {len(shown)}/{number(whole)} văn bản; danh mục đầy đủ tại {WORKBOOK}."
        if whole > len(shown)
        else "",
    )


def _row(place: int, item: IssuedDocument) -> tuple[str, ...]:
    document = item.document
    issued = day(document.date) if document.date else ""
    unit = f"{item.unit_name} ({kept(item)})" if item.kept_by else item.unit_name
    return (str(place), document.normal or document.number, issued, unit, item.requirement_title)
