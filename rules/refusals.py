"""Why a ledger says no. The code is stable; `WORDS` has what people read, shown with `gettext`."""

from enum import StrEnum

from models.obligation import State
from texts.language import mark


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
    ALREADY_ASKED = "already_asked"
    REASON_NEEDED = "reason_needed"
    NO_DUE_DATE = "no_due_date"
    DAY_NOT_LATER = "day_not_later"
    DAY_BEYOND_CLOSING = "day_beyond_closing"
    UNKNOWN_REQUEST = "unknown_request"
    ALREADY_ANSWERED = "already_answered"
    NOTHING_ACCEPTED = "nothing_accepted"
    NOTHING_TO_CHASE = "nothing_to_chase"
    CHASED_TODAY = "chased_today"
    NAME_MISSING = "name_missing"
    ADDRESS_WRONG = "address_wrong"
    PERIOD_WRONG = "period_wrong"
    HOLDER_GONE = "holder_gone"
    HOLDER_CIRCLE = "holder_circle"
    CHAIN_TOO_LONG = "chain_too_long"
    SUSPENDED = "suspended"
    WAIVED = "waived"
    TRANSFERRED = "transferred"
    CHANGED_MEANWHILE = "changed_meanwhile"
    NOTHING_CHOSEN = "nothing_chosen"
    NOT_LAID_ASIDE = "not_laid_aside"
    NOT_SUSPENDED = "not_suspended"
    NOTHING_TO_REASSIGN = "nothing_to_reassign"
    ALREADY_OWES = "already_owes"
    OWN_REGISTER = "own_register"
    DAY_PAST = "day_past"
    DAY_BEFORE_ISSUE = "day_before_issue"
    SAME_DAY = "same_day"
    DATE_NEEDED = "date_needed"
    RECEIVED_WRONG = "received_wrong"
    PAPER_MISSING = "paper_missing"
    VERSION_OUTDATED = "version_outdated"


WORDS = {
    Reason.UNKNOWN_OBLIGATION: mark("Nhiệm vụ này không có trong sổ theo dõi."),
    Reason.NOT_YOURS: mark("Nhiệm vụ này không thuộc đơn vị của đồng chí."),
    Reason.NOT_OPEN_YET: mark("Nhiệm vụ này chưa phát sinh; đơn vị sẽ nhận được thư khi cần thực hiện."),
    Reason.NOT_APPLICABLE: mark("Nhiệm vụ này không áp dụng đối với đơn vị."),
    Reason.ALREADY_SUBMITTED: mark("Đơn vị đã nộp kết quả; nội dung đang chờ cấp trên xác nhận."),
    Reason.ALREADY_DONE: mark("Nhiệm vụ này đã được xác nhận hoàn thành."),
    Reason.CLOSED: mark("Sổ theo dõi văn bản này đã khóa; không nhận thêm kết quả."),
    Reason.NOTHING_TO_REVIEW: mark("Không có kết quả nào đang chờ xác nhận."),
    Reason.REVIEW_OUTDATED: mark("Kết quả đã thay đổi sau khi trang này được mở; vui lòng xem lại rồi quyết định."),
    Reason.COMMENT_MISSING: mark("Khi trả lại cần ghi rõ nội dung phải bổ sung, chỉnh sửa."),
    Reason.ANSWER_INCOMPLETE: mark("Nội dung nộp còn thiếu hoặc chưa đúng."),
    Reason.UNKNOWN_TRIGGER: mark("Văn bản này không nằm trong danh mục chờ đăng ký."),
    Reason.ALREADY_REGISTERED: mark("Văn bản này đã được đăng ký trước đó."),
    Reason.WITHDRAWN: mark("Nhiệm vụ này đã được rút."),
    Reason.LAPSED: mark("Văn bản chính thức đã được ban hành; việc lấy ý kiến đã kết thúc."),
    Reason.ALREADY_DECIDED: mark("Đơn vị đã xác nhận kết quả này; đang chờ các nơi nhận khác xác nhận."),
    Reason.OUTCOME_MISSING: mark("Khi xác nhận cần chọn kết quả xử lý nội dung đã nộp."),
    Reason.OUTCOME_DIFFERS: mark(
        "Nơi nhận khác đã xác nhận với kết quả xử lý khác; đề nghị thống nhất hoặc trả lại đơn vị."
    ),
    Reason.REASON_MISSING: mark("Khi giải trình hoặc không chấp thuận cần ghi rõ nội dung, lý do."),
    Reason.NOTHING_TO_COMPLETE: mark("Không có số liệu nào cần bổ sung."),
    Reason.FIGURES_WRONG: mark("Số nam và số nữ không khớp với tổng số đã báo cáo."),
    Reason.UNKNOWN_RECOMMENDATION: mark("Kiến nghị này không có trong sổ theo dõi."),
    Reason.HANDLING_NOT_POSSIBLE: mark("Không xử lý được kiến nghị theo cách này ở trạng thái hiện tại."),
    Reason.WORDS_MISSING: mark("Cần ghi nội dung giải đáp, tiếp thu hoặc trả lời."),
    Reason.REFERRAL_INCOMPLETE: mark(
        "Khi chuyển kiến nghị cần ghi cơ quan nhận và hạn trả lời, không sớm hơn hôm nay."
    ),
    Reason.OBSTACLE_MISSING: mark("Cần ghi nội dung khó khăn, vướng mắc."),
    Reason.ALREADY_ASKED: mark("Đơn vị đã có đề nghị cùng loại đang chờ trả lời."),
    Reason.REASON_NEEDED: mark("Cần ghi rõ lý do."),
    Reason.NO_DUE_DATE: mark("Nhiệm vụ này không có thời hạn, không cần lùi, giãn."),
    Reason.DAY_NOT_LATER: mark("Thời hạn mới phải sau thời hạn hiện tại và không sớm hơn hôm nay."),
    Reason.DAY_BEYOND_CLOSING: mark("Thời hạn mới không được sau ngày khóa sổ theo dõi."),
    Reason.UNKNOWN_REQUEST: mark("Đề nghị này không có trong sổ theo dõi."),
    Reason.ALREADY_ANSWERED: mark("Đề nghị này đã được trả lời hoặc không còn cần trả lời."),
    Reason.NOTHING_ACCEPTED: mark("Không kết quả nào được xác nhận: tất cả đã thay đổi sau khi trang này được mở."),
    Reason.NOTHING_TO_CHASE: mark("Không còn nội dung nào phải đôn đốc."),
    Reason.CHASED_TODAY: mark("Hôm nay đã đôn đốc các nội dung này; mỗi ngày chỉ đôn đốc một lần."),
    Reason.NAME_MISSING: mark("Cần ghi họ và tên."),
    Reason.ADDRESS_WRONG: mark("Địa chỉ thư điện tử không đúng."),
    Reason.PERIOD_WRONG: mark(
        "Thời gian thay thế phải có ngày bắt đầu và ngày kết thúc, chưa qua và không quá một năm."
    ),
    Reason.HOLDER_GONE: mark("Đồng chí không còn phụ trách nội dung này."),
    Reason.HOLDER_CIRCLE: mark("Người được giao đã ở trong chuỗi giao việc này."),
    Reason.CHAIN_TOO_LONG: mark(
        "Việc đã được giao lại qua nhiều người; đề nghị báo đơn vị theo dõi cử người phụ trách."
    ),
    Reason.SUSPENDED: mark("Nhiệm vụ này đang tạm dừng."),
    Reason.WAIVED: mark("Đơn vị đã được miễn thực hiện nhiệm vụ này."),
    Reason.TRANSFERRED: mark("Nhiệm vụ này đã được chuyển cho đơn vị khác."),
    Reason.CHANGED_MEANWHILE: mark("Đơn vị vừa nộp kết quả; vui lòng xem lại rồi quyết định."),
    Reason.NOTHING_CHOSEN: mark("Chưa chọn nhiệm vụ nào."),
    Reason.NOT_LAID_ASIDE: mark("Nhiệm vụ này đang được theo dõi bình thường, không có gì để khôi phục."),
    Reason.NOT_SUSPENDED: mark("Nhiệm vụ này không ở trạng thái tạm dừng."),
    Reason.NOTHING_TO_REASSIGN: mark("Nhiệm vụ này đã kết thúc, không chuyển giao được."),
    Reason.OWN_REGISTER: mark("Đơn vị giữ sổ theo dõi không tự giao nhiệm vụ trong sổ cho mình."),
    Reason.ALREADY_OWES: mark("Đơn vị được chọn đã được giao nhiệm vụ này."),
    Reason.DAY_PAST: mark("Ngày đã chọn đã qua."),
    Reason.DAY_BEFORE_ISSUE: mark("Thời hạn không được trước ngày ban hành văn bản."),
    Reason.SAME_DAY: mark("Thời hạn mới trùng với thời hạn hiện tại."),
    Reason.DATE_NEEDED: mark("Thời hạn của yêu cầu đã qua; cần ấn định thời hạn riêng cho đơn vị."),
    Reason.RECEIVED_WRONG: mark(
        "Ngày nhận văn bản giấy phải từ ngày giao nhiệm vụ đến hôm nay và không trước ngày của văn bản."
    ),
    Reason.PAPER_MISSING: mark("Cần ghi số, ngày của văn bản hoặc kèm tệp văn bản."),
    Reason.VERSION_OUTDATED: mark("Văn bản đã được sửa đổi sau khi nội dung này được lập; vui lòng xem lại."),
}


NOT_OWED = {
    State.DORMANT: Reason.NOT_OPEN_YET,
    State.NOT_APPLICABLE: Reason.NOT_APPLICABLE,
    State.SUBMITTED: Reason.ALREADY_SUBMITTED,
    State.ACCEPTED: Reason.ALREADY_DONE,
    State.SATISFIED: Reason.ALREADY_DONE,
    State.SUSPENDED: Reason.SUSPENDED,
    State.WAIVED: Reason.WAIVED,
    State.WITHDRAWN: Reason.WITHDRAWN,
    State.TRANSFERRED: Reason.TRANSFERRED,
    State.UNFULFILLED: Reason.LAPSED,
}
"""Why nothing can be handed in for an obligation, by its state."""


class Refused(Exception):
    """A command that the rules do not allow; nothing has changed."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason.value)
        self.reason = reason


class RefusedByRegister(Refused):
    """The same, where a register was asked, which is noted as it answers."""
