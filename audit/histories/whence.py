"""Where a history comes from and what is missing of it, in words."""

from collections.abc import Iterator

from audit.histories.found import Found, Source
from texts.language import gettext as _


def whence(found: Found, gap: int, broken: str) -> Iterator[str]:
    """What a reader of a history must know: why it is not from the server, which runs are missing (up to event `gap`),
    and why it does not replay (`broken`); in the language that is spoken."""
    if away := found.away:
        yield _("máy chủ %(service)s ở %(address)s không trả lời", service=away.service, address=away.address)
        yield _("lịch sử này lấy từ kho lưu trữ")
    elif found.source is Source.ARCHIVE:
        yield _("máy chủ không còn lịch sử này, nên lấy từ kho lưu trữ")
    elif found.source is Source.BOTH:
        yield _("máy chủ chỉ còn các lần chạy sau, các lần trước lấy từ kho lưu trữ")
    if found.source is Source.ARCHIVE and found.goes_on:
        yield _("kho lưu trữ không có các lần chạy tiếp theo")
    if gap:
        yield _("không còn các lần chạy đã ghi sự kiện số 1 đến số %(seq)s", seq=gap)
    if broken:
        yield _("chạy lại không ra như cũ, nên không nói được kết quả của từng lệnh: %(why)s", why=broken)
