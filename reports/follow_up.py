"""Sections III and V: what was done to get answers, and what is asked for now."""

from models.recommendation import OBSTACLE
from models.summary import Summary
from reports import findings
from reports.citation import directive
from reports.draft import Block, headed, paragraphs
from reports.plain import listed, number
from reports.recommendations import body_names
from rules.rollup_recommendations import overdue


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
    if tally.extensions:
        texts.append(
            f"Đã lùi, giãn thời hạn {number(tally.extensions)} lượt đối với {number(tally.extended)} nhiệm vụ."
        )
    if tally.suspended:
        texts.append(
            f"Có {number(tally.suspended)} nhiệm vụ tạm dừng đến khi kết thúc theo dõi."
            if summary.final
            else f"Có {number(tally.suspended)} nhiệm vụ đang tạm dừng; thời hạn được tính tiếp khi nhiệm vụ tiếp tục."
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
    texts += _unanswered(summary)
    if summary.mails_failed:
        texts.append("Đề nghị các đơn vị rà soát, cập nhật địa chỉ thư điện tử của cán bộ đầu mối.")
    if summary.head.contact and texts and not (summary.final or summary.above):  # it is the whole directive's contact
        texts.append(
            f"Trong quá trình thực hiện {directive(summary.head)}, nếu có vướng mắc, đề nghị "
            f"các đơn vị phản ánh về {summary.head.contact} để phối hợp xử lý."
        )
    return headed(1, "Kiến nghị, đề nghị", paragraphs(*texts))


def _unanswered(summary: Summary) -> list[str]:
    """Who still owes an answer to recommendations and obstacles."""
    texts = []
    owed = [item for item in summary.recommendations if overdue(item, summary.as_of)]
    if owed:
        names = body_names(summary, (item.body for item in owed))
        bodies = listed(list(dict.fromkeys(names[item.body] for item in owed)))
        what = "kiến nghị, vướng mắc" if any(item.group == OBSTACLE for item in owed) else "kiến nghị"
        texts.append(f"Đề nghị {bodies} trả lời {number(len(owed))} {what} đã quá hạn trả lời.")
    unanswered = sum(item.unanswered for item in summary.recommendation_groups)
    if unanswered:
        texts.append(
            f"Đề nghị các đơn vị theo dõi giải đáp, tiếp thu hoặc chuyển cơ quan có thẩm quyền {number(unanswered)} "
            "kiến nghị chưa được xử lý."
        )
    if summary.obstacles.waiting:
        texts.append(
            f"Đề nghị các đơn vị theo dõi xử lý, trả lời {number(summary.obstacles.waiting)} khó khăn, vướng mắc đã "
            "được phản ánh."
        )
    return texts
