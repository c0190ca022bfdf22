"""The message on a page after something was asked of it."""

from dataclasses import dataclass
from enum import StrEnum

from texts.language import gettext as _


class Tone(StrEnum):
    DONE = "done"
    ERROR = "error"


@dataclass(frozen=True)
class Banner:
    """`items` are pairs of an element's id and what is wrong there; `about` is the card to show it in, if any."""

    tone: Tone
    title: str
    text: str = ""
    items: tuple[tuple[str, str], ...] = ()
    about: str = ""


def unreachable() -> Banner:
    """Nothing is known to be on record, because something behind the page is away."""
    text = _(
        "Hệ thống tạm thời gián đoạn. Nội dung đồng chí đã nhập vẫn còn trên trang này; đề nghị bấm gửi lại "
        "sau ít phút. Dù lần trước đã đến nơi, gửi lại cũng chỉ được tính một lần."
    )
    return Banner(Tone.ERROR, _("Chưa ghi nhận được"), text)


def refused(words: str) -> Banner:
    """A rule said no; the page below shows how things stand now."""
    text = _("%(why)s Tình trạng hiện tại được hiển thị bên dưới.", why=words)
    return Banner(Tone.ERROR, _("Không ghi nhận"), text)
