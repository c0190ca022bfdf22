"""What somebody asked of a register, by the kind of the command, as a verb; and what was wrong with a request that is
none."""

from models.journal import Invalid
from texts.language import gettext as _
from texts.language import mark

COMMANDS = {
    "acknowledge": mark("xác nhận đã nhận văn bản"),
    "submit": mark("nộp kết quả"),
    "review": mark("xác nhận hoặc trả lại kết quả"),
    "accept_all": mark("xác nhận nhiều kết quả"),
    "complete_figures": mark("bổ sung số liệu nam, nữ"),
    "ask": mark("gửi đề nghị"),
    "answer_request": mark("trả lời đề nghị"),
    "chase": mark("đôn đốc"),
    "name_holder": mark("cử người phụ trách"),
    "leave": mark("thôi phụ trách"),
    "note_refusal": mark("ghi nhận địa chỉ không nhận được thư"),
    "handle_recommendation": mark("xử lý kiến nghị, vướng mắc"),
    "raise_obstacle": mark("phản ánh vướng mắc"),
    "register_document": mark("đăng ký văn bản đến"),
    "open_below": mark("báo cho cấp dưới văn bản đã được xác nhận"),
    "exclude_below": mark("báo cho cấp dưới nội dung không áp dụng"),
    "reinstate_below": mark("báo cho cấp dưới nội dung lại áp dụng"),
    "replace": mark("thay thế văn bản"),
    "hear_escalation": mark("báo cáo cấp trên"),
    "set_due": mark("ấn định thời hạn mới"),
    "release": mark("cho miễn, rút hoặc ghi không áp dụng"),
    "reinstate": mark("khôi phục nhiệm vụ"),
    "suspend": mark("tạm dừng nhiệm vụ"),
    "resume": mark("cho tiếp tục thực hiện"),
    "accept_paper": mark("xác nhận thay đơn vị theo văn bản giấy"),
    "reassign": mark("giao nhiệm vụ cho đơn vị khác"),
    "enlist": mark("giao thêm đơn vị"),
    "amend": mark("sửa đổi, bổ sung văn bản"),
    "end": mark("khóa sổ trước thời hạn hoặc hủy bỏ văn bản"),
    "reorganise": mark("sắp xếp lại đơn vị"),
    "take_in": mark("tiếp nhận nhiệm vụ từ sổ khác"),
    "child_closed": mark("báo sổ cấp dưới đã khóa"),
}


WRONG = {
    Invalid.UNKNOWN_LINK: mark("đường liên kết không tồn tại"),
    Invalid.OTHER_LINK: mark("đường liên kết của trang khác"),
    Invalid.REVOKED_LINK: mark("đường liên kết đã bị thu hồi"),
    Invalid.EXPIRED_LINK: mark("đường liên kết đã hết hạn"),
    Invalid.DEAD_LINK: mark("đường liên kết của người không còn phụ trách"),
    Invalid.FORM: mark("biểu mẫu đã cũ hoặc bị sửa"),
    Invalid.FILE_TYPE: mark("tệp không đúng định dạng"),
    Invalid.FILE_SIZE: mark("tệp quá lớn hoặc quá nhiều"),
    Invalid.FILE_EMPTY: mark("tệp không có nội dung"),
    Invalid.NOT_SHOWN: mark("trang không có hoặc ngoài phạm vi được xem"),
}


def wrong_words(what: str) -> str:
    """What was wrong with a request, in words; the kind itself where it has none."""
    return _(WRONG[Invalid(what)]) if what in set(Invalid) else what


def command_words(kind: str) -> str:
    """The command of a kind in words; the kind itself where it has none."""
    return _(COMMANDS[kind]) if kind in COMMANDS else kind
