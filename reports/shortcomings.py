"""Section IV: who heeds nobody, is silent, overdue or late and why, what awaits review, what lies idle without a
deadline, and which figures cannot be relied upon."""

from models.summary import Summary
from reports import findings
from reports.ageing import ages, by_level
from reports.debts import debts
from reports.delays import delays
from reports.draft import Block, headed, paragraphs
from reports.pictures import picture
from reports.plain import WORKBOOK, number, share

MOST_REMARKS = 20
"""Remarks on figures in the document; the workbook has all."""


def shortcomings(summary: Summary) -> list[Block]:
    """The section, with one point for each shortcoming that there is."""
    points = (_unheeded, _silent, _overdue, _late, delays, _reviews, _undated, _figures)
    return headed(1, "Tồn tại, hạn chế", (block for point in points for block in point(summary)))


def _unheeded(summary: Summary) -> list[Block]:
    """Those whom no step of the ladder moved are named (DOMAIN section 3, proposal)."""
    lines = findings.unheeded(summary)
    if not lines:
        return []
    title = "Đơn vị đã được đôn đốc, báo cáo cấp trên nhưng chưa thực hiện"
    body = paragraphs(
        f"Còn {number(findings.units(lines))} đơn vị chưa thực hiện {number(len(lines))} nhiệm vụ mặc dù đã được đôn "
        "đốc và báo cáo cấp trên đến bước cuối cùng."
    )
    return headed(2, title, [*body, *debts(summary, lines, title, with_days=True)])


def _silent(summary: Summary) -> list[Block]:
    """At the end all that are silent; before it those with something overdue, because others still have time."""
    behind = {line.unit for line in findings.overdue(summary)}
    lines = [line for line in findings.silent(summary) if summary.final or line.unit in behind]
    if not lines:
        return []
    units = share(findings.units(lines), summary.units, "đơn vị")
    which = "có nhiệm vụ phải thực hiện nhưng không" if summary.final else "có nhiệm vụ quá hạn và chưa"
    title = "Đơn vị chưa có kết quả"
    body = paragraphs(f"Còn {units} {which} nộp kết quả nào.")
    return headed(2, title, [*body, *debts(summary, lines, title, with_days=False)])


def _overdue(summary: Summary) -> list[Block]:
    lines = findings.overdue(summary)
    if not lines:
        return []
    split = "; ".join(f"{words}: {number(count)} nhiệm vụ" for words, count in ages(summary.overall) if count)
    owed = share(len(lines), summary.overall.fell_due, "nhiệm vụ đến hạn")
    title = "Nhiệm vụ quá hạn, chưa hoàn thành"
    body = paragraphs(
        f"Có {number(findings.units(lines))} đơn vị chưa hoàn thành {owed}. Phân theo thời gian quá hạn: {split}."
    )
    return headed(
        2,
        title,
        [*body, *by_level(summary), *picture(summary, "ageing"), *debts(summary, lines, title, with_days=True)],
    )


def _late(summary: Summary) -> list[Block]:
    lines = findings.finished_late(summary)
    if not lines:
        return []
    title = "Nhiệm vụ hoàn thành quá hạn"
    body = paragraphs(
        f"Có {number(findings.units(lines))} đơn vị nộp kết quả của {number(len(lines))} nhiệm vụ sau thời hạn (tính "
        "theo thời điểm nộp kết quả đã được xác nhận)."
    )
    return headed(2, title, [*body, *debts(summary, lines, title, with_days=True)])


def _reviews(summary: Summary) -> list[Block]:
    lines = findings.waiting(summary)
    if not lines:
        return []
    text = (
        f"Còn {number(len(lines))} kết quả đơn vị đã nộp nhưng chưa được xác nhận hoặc trả lại; thời gian chờ xác nhận "
        "không tính vào thời gian thực hiện của đơn vị nộp."
    )
    return headed(2, "Kết quả chờ xác nhận", paragraphs(text))


def _undated(summary: Summary) -> list[Block]:
    lines = findings.silent_without_deadline(summary)
    if not lines:
        return []
    text = (
        f"Có {number(len(lines))} nhiệm vụ không thời hạn của {number(findings.units(lines))} đơn vị đã giao quá "
        f"{findings.SILENT_AFTER.days} ngày nhưng chưa có kết quả."
    )
    return headed(2, "Nhiệm vụ không thời hạn chưa có kết quả", paragraphs(text))


def _figures(summary: Summary) -> list[Block]:
    remarks = summary.remarks
    more = f"Còn {number(len(remarks) - MOST_REMARKS)} nhận xét khác tại {WORKBOOK}."
    return headed(
        2, "Chất lượng số liệu", paragraphs(*remarks[:MOST_REMARKS], more if len(remarks) > MOST_REMARKS else "")
    )
