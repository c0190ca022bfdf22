"""Sections III and V: what was done to get answers, and what is asked for now."""

from models.summary import Summary
from reports import findings
from reports.citation import short
from reports.draft import Block, headed, paragraphs
from reports.plain import number


def chasing(summary: Summary) -> list[Block]:
    """Mails, answers, returns and escalations, as far as there were any."""
    tally = summary.overall
    texts = []
    if summary.mails_sent:
        failed = f"; {number(summary.mails_failed)} thư không gửi được" if summary.mails_failed else ""
        texts.append(f"Đã gửi {number(summary.mails_sent)} thư điện tử giao nhiệm vụ, nhắc việc và đôn đốc{failed}.")
    elif summary.mails_failed:
        texts.append(f"Có {number(summary.mails_failed)} thư điện tử không gửi được.")
    if summary.submissions:
        returned = f", trong đó {number(tally.returned)} lượt được trả lại để bổ sung" if tally.returned else ""
        texts.append(f"Các đơn vị đã nộp kết quả {number(summary.submissions)} lượt{returned}.")
    if tally.escalations:
        texts.append(
            f"Có {number(tally.escalations)} lượt nhiệm vụ được thông báo quá hạn, đôn đốc hoặc báo cáo cấp trên "
            "theo các bước đã định."
        )
    return headed(1, "Công tác đôn đốc, nhắc việc", paragraphs(*texts))


def requests(summary: Summary) -> list[Block]:
    """What follows from the figures, and nothing else."""
    tally, attendance = summary.overall, summary.attendance
    texts = []
    owing = number(findings.units(findings.overdue(summary)))
    if tally.not_done and summary.final:
        texts.append(
            f"Đề nghị {owing} đơn vị chưa hoàn thành nhiệm vụ nêu tại báo cáo này giải trình nguyên nhân bằng văn bản."
        )
    elif tally.not_done:
        texts.append(
            f"Đề nghị {owing} đơn vị còn nhiệm vụ quá hạn nêu tại báo cáo này khẩn trương thực hiện và gửi kết quả; "
            "trường hợp không thể hoàn thành, báo cáo bằng văn bản, nêu rõ lý do."
        )
    if tally.not_yet_due and not summary.final:
        texts.append(
            f"Đề nghị các đơn vị tiếp tục thực hiện {number(tally.not_yet_due)} nhiệm vụ chưa đến hạn, bảo đảm đúng "
            "thời hạn được giao."
        )
    awaiting = findings.waiting(summary)
    if awaiting:
        whom = awaiting[0].issuer_name if len(findings.by_issuer(awaiting)) == 1 else "các đơn vị theo dõi"
        texts.append(f"Đề nghị {whom} xác nhận hoặc trả lại {number(len(awaiting))} kết quả đã nộp.")
    if attendance.without_split:
        texts.append(
            f"Đề nghị các đơn vị bổ sung số liệu nam, nữ của {number(attendance.without_split)} hoạt động chỉ mới có "
            "tổng số người tham gia."
        )
    if summary.mails_failed:
        texts.append("Đề nghị các đơn vị rà soát, cập nhật địa chỉ thư điện tử của cán bộ đầu mối.")
    if summary.head.contact and texts and not summary.final:
        texts.append(
            f"Trong quá trình thực hiện {short(summary.head.document, summary.head.type)}, nếu có vướng mắc, đề nghị "
            f"các đơn vị phản ánh về {summary.head.contact} để phối hợp xử lý."
        )
    return headed(1, "Kiến nghị, đề nghị", paragraphs(*texts))
