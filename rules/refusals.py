"""Why a ledger says no. The code is stable; the words for people are in `WORDS` (Vietnamese first)."""

from enum import StrEnum


class Reason(StrEnum):
    UNKNOWN_OBLIGATION = "unknown_obligation"
    NOT_YOURS = "not_yours"
    NOT_OPEN_YET = "not_open_yet"
    NOT_APPLICABLE = "not_applicable"
    ALREADY_SUBMITTED = "already_submitted"
    ALREADY_DONE = "already_done"
    CLOSED = "closed"
    NOTHING_TO_REVIEW = "nothing_to_review"
    REVIEW_OUTDATED = "review_outdated"
    COMMENT_MISSING = "comment_missing"
    ANSWER_INCOMPLETE = "answer_incomplete"
    UNKNOWN_TRIGGER = "unknown_trigger"
    ALREADY_REGISTERED = "already_registered"
    WITHDRAWN = "withdrawn"
    LAPSED = "lapsed"
    ALREADY_DECIDED = "already_decided"
    OUTCOME_MISSING = "outcome_missing"
    OUTCOME_DIFFERS = "outcome_differs"
    REASON_MISSING = "reason_missing"
    NOTHING_TO_COMPLETE = "nothing_to_complete"
    FIGURES_WRONG = "figures_wrong"
    UNKNOWN_RECOMMENDATION = "unknown_recommendation"
    HANDLING_NOT_POSSIBLE = "handling_not_possible"
    WORDS_MISSING = "words_missing"
    REFERRAL_INCOMPLETE = "referral_incomplete"
    OBSTACLE_MISSING = "obstacle_missing"


WORDS = {
    Reason.UNKNOWN_OBLIGATION: "Nhiệm vụ này không có trong sổ theo dõi.",
    Reason.NOT_YOURS: "Nhiệm vụ này không thuộc đơn vị của đồng chí.",
    Reason.NOT_OPEN_YET: "Nhiệm vụ này chưa phát sinh; đồng chí sẽ nhận được thư khi cần thực hiện.",
    Reason.NOT_APPLICABLE: "Nhiệm vụ này không áp dụng đối với đơn vị.",
    Reason.ALREADY_SUBMITTED: "Đơn vị đã nộp kết quả; nội dung đang chờ cấp trên xác nhận.",
    Reason.ALREADY_DONE: "Nhiệm vụ này đã được xác nhận hoàn thành.",
    Reason.CLOSED: "Sổ theo dõi văn bản này đã khóa; không nhận thêm kết quả.",
    Reason.NOTHING_TO_REVIEW: "Không có kết quả nào đang chờ xác nhận.",
    Reason.REVIEW_OUTDATED: "Kết quả đã thay đổi sau khi trang này được mở; vui lòng xem lại rồi quyết định.",
    Reason.COMMENT_MISSING: "Khi trả lại cần ghi rõ nội dung phải bổ sung, chỉnh sửa.",
    Reason.ANSWER_INCOMPLETE: "Nội dung nộp còn thiếu hoặc chưa đúng.",
    Reason.UNKNOWN_TRIGGER: "Văn bản này không nằm trong danh mục chờ đăng ký.",
    Reason.ALREADY_REGISTERED: "Văn bản này đã được đăng ký trước đó.",
    Reason.WITHDRAWN: "Nhiệm vụ này đã được rút theo văn bản thay thế.",
    Reason.LAPSED: "Văn bản chính thức đã được ban hành; việc lấy ý kiến đã kết thúc.",
    Reason.ALREADY_DECIDED: "Đơn vị đã xác nhận kết quả này; đang chờ các nơi nhận khác xác nhận.",
    Reason.OUTCOME_MISSING: "Khi xác nhận cần chọn kết quả xử lý nội dung đã nộp.",
    Reason.OUTCOME_DIFFERS: "Nơi nhận khác đã xác nhận với kết quả xử lý khác; đề nghị thống nhất hoặc trả lại đơn vị.",
    Reason.REASON_MISSING: "Khi giải trình hoặc không chấp thuận cần ghi rõ nội dung, lý do.",
    Reason.NOTHING_TO_COMPLETE: "Không có số liệu nào cần bổ sung.",
    Reason.FIGURES_WRONG: "Số nam và số nữ không khớp với tổng số đã báo cáo.",
    Reason.UNKNOWN_RECOMMENDATION: "Kiến nghị này không có trong sổ theo dõi.",
    Reason.HANDLING_NOT_POSSIBLE: "Không xử lý được kiến nghị theo cách này ở trạng thái hiện tại.",
    Reason.WORDS_MISSING: "Cần ghi nội dung giải đáp, tiếp thu hoặc trả lời.",
    Reason.REFERRAL_INCOMPLETE: "Khi chuyển kiến nghị cần ghi cơ quan nhận và hạn trả lời, không sớm hơn hôm nay.",
    Reason.OBSTACLE_MISSING: "Cần ghi nội dung khó khăn, vướng mắc.",
}


class Refused(Exception):
    """A command that the rules do not allow; nothing has changed."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason.value)
        self.reason = reason
