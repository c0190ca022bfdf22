"""Why a directive cannot be changed, in words for the page."""

from models.changing import CannotChange, Hindrance
from texts.language import gettext as _
from texts.language import mark

_PARTS = {"label": mark("số, ký hiệu"), "issuer": mark("cơ quan ban hành"), "date": mark("ngày ban hành")}
_WORDS = {
    Hindrance.FILE_FAULTY: mark("Tệp có lỗi, chưa áp dụng được; các lỗi được nêu bên dưới theo từng dòng của tệp."),
    Hindrance.OTHER_DIRECTIVE: mark(
        "Bản sửa đổi phải giữ số, ký hiệu, cơ quan và ngày ban hành; tệp này khác về: %(parts)s. Văn bản khác được ban "
        "hành riêng."
    ),
    Hindrance.REPLACES_CHANGED: mark(
        "Phần văn bản bị thay thế (replaces) chỉ có hiệu lực khi ban hành, không sửa được trong bản sửa đổi."
    ),
    Hindrance.LINE_CHANGED: mark(
        "Ngành dọc theo dõi (line) xác định ai là cấp trên của ai, không sửa được trong bản sửa đổi."
    ),
    Hindrance.SAME_FILE: mark("Tệp này chính là phiên bản đang thực hiện."),
    Hindrance.NOTHING_CHANGED: mark("So với phiên bản đang thực hiện, tệp này không thay đổi nội dung nào được giao."),
    Hindrance.VERSION_UNTOLD: mark(
        "Phiên bản %(version)s chưa đến tất cả các sổ theo dõi; báo tiếp cho các sổ còn lại rồi mới sửa đổi tiếp."
    ),
    Hindrance.VERSION_UNREADABLE: mark(
        "Phiên bản %(version)s không còn phù hợp với danh bạ đơn vị nên không so sánh được; đề nghị báo người quản trị."
    ),
    Hindrance.UNKNOWN_UNIT: mark("Không có đơn vị “%(unit)s” trong danh bạ; tìm theo tên hoặc ghi đúng mã đơn vị."),
    Hindrance.UNIT_NOT_VALID: mark("%(name)s không tồn tại vào ngày %(day)s."),
    Hindrance.UNKNOWN_REQUIREMENT: mark("Văn bản không có yêu cầu “%(requirement)s”."),
    Hindrance.NOT_APPLICABLE: mark("Yêu cầu “%(requirement)s” không áp dụng đối với đơn vị %(unit)s."),
    Hindrance.CANNOT_ASK: mark("Không giao bổ sung được cho đơn vị đã chọn; lý do được nêu bên dưới."),
    Hindrance.SEEN_OTHERWISE: mark(
        "Nội dung thay đổi không còn như khi trang này được mở; đề nghị xem lại rồi xác nhận."
    ),
}


def hindrance_words(hindered: CannotChange) -> str:
    """One sentence or two."""
    about = dict(hindered.about)
    if "parts" in about:
        about["parts"] = ", ".join(_(_PARTS[part]) for part in about["parts"].split(","))
    return _(_WORDS[hindered.why], **about)
