"""The ways of stepping in, in words: what they are called, what they mean, and that they were done."""

from collections.abc import Iterable

from rules.ways import Way
from texts.language import mark
from web.register.said import Said

SAID = {
    Way.SET_DUE: Said(
        mark("Ấn định thời hạn mới"),
        mark("Thời hạn ban đầu vẫn được lưu; đúng hạn hay quá hạn tính theo thời hạn mới."),
        mark("Đã ấn định thời hạn mới"),
    ),
    Way.ACCEPT_PAPER: Said(
        mark("Xác nhận thay đơn vị theo văn bản giấy"),
        mark("Kết quả được ghi thay đơn vị và xác nhận hoàn thành; đúng hạn hay quá hạn tính theo ngày nhận văn bản."),
        mark("Đã xác nhận theo văn bản giấy"),
    ),
    Way.REASSIGN: Said(
        mark("Giao cho đơn vị khác"),
        mark("Đơn vị được chọn tiếp nhận nhiệm vụ theo tình trạng hiện tại; đơn vị cũ không còn phải thực hiện."),
        mark("Đã giao cho đơn vị khác"),
    ),
    Way.SUSPEND: Said(
        mark("Tạm dừng thực hiện"),
        mark(
            "Trong thời gian tạm dừng, thời hạn không chạy, đơn vị không bị nhắc, đôn đốc; khi tiếp tục, số ngày làm "
            "việc còn lại được giữ nguyên."
        ),
        mark("Đã tạm dừng thực hiện"),
    ),
    Way.RESUME: Said(
        mark("Tiếp tục thực hiện"),
        mark("Thời hạn được lùi thêm số ngày làm việc đã tạm dừng, không quá ngày khóa sổ."),
        mark("Đã cho tiếp tục thực hiện"),
    ),
    Way.WAIVE: Said(
        mark("Miễn thực hiện"),
        mark("Đơn vị không phải thực hiện; nhiệm vụ không tính vào kết quả thực hiện của đơn vị."),
        mark("Đã miễn thực hiện"),
    ),
    Way.NOT_APPLICABLE: Said(
        mark("Ghi là không áp dụng"),
        mark("Nhiệm vụ không áp dụng đối với đơn vị, không tính vào kết quả thực hiện."),
        mark("Đã ghi là không áp dụng"),
    ),
    Way.WITHDRAW: Said(
        mark("Rút nhiệm vụ"),
        mark("Nhiệm vụ được rút; đơn vị không phải thực hiện, không tính vào kết quả thực hiện."),
        mark("Đã rút nhiệm vụ"),
    ),
    Way.REINSTATE: Said(
        mark("Khôi phục, yêu cầu thực hiện lại"),
        mark(
            "Nhiệm vụ đã miễn, đã rút hoặc không áp dụng trở lại tình trạng trước đó; kết quả đã xác nhận được trả lại "
            "để thực hiện lại."
        ),
        mark("Đã khôi phục nhiệm vụ"),
    ),
}


def called(ways: Iterable[Way]) -> dict[str, str]:
    """Ways with what they are called, to choose among."""
    return {way.value: SAID[way].here().called for way in ways}
