"""The two ways in which a directive ends before its time, in words: before, after, and as the closed register says it
(pure)."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from models.obligation import DONE, State
from models.pages import RegisterPage, Standing
from rules.supervising import ending
from rules.words import moment
from texts.language import gettext as _
from texts.language import mark, ngettext
from web.banner import Banner, Tone
from web.drafts import Draft
from web.register.said import Said


class End(StrEnum):
    CANCEL = "cancel"
    CLOSE = "close"


SAID = {
    End.CANCEL: Said(
        mark("Dừng thực hiện văn bản"),
        mark(
            "Dùng khi văn bản được thu hồi, bãi bỏ hoặc không còn phải thực hiện. Việc này không hoàn tác được; văn "
            "bản muốn thực hiện lại phải được ban hành lại."
        ),
        mark("Đã dừng thực hiện văn bản"),
    ),
    End.CLOSE: Said(
        mark("Kết thúc theo dõi trước hạn"),
        mark(
            "Dùng khi không cần theo dõi đến ngày khóa sổ. Báo cáo tổng hợp được lập theo kết quả đến thời điểm này. "
            "Việc này không hoàn tác được."
        ),
        mark("Đã kết thúc theo dõi trước hạn"),
    ),
}


@dataclass(frozen=True)
class Ending:
    """What a confirmation is shown: the way, what will become of what, and what the form says that the reader saw."""

    way: End
    words: Said
    consequences: tuple[str, ...]
    seen: str
    draft: Draft


def ending_shown(way: End, standing: Standing, draft: Draft) -> Ending:
    """What the end of a directive means as it stands."""
    counts = standing.states
    submitted = counts.get(State.SUBMITTED, 0)
    touched = sum(counts.get(state, 0) for state in ending(cancelled=way is End.CANCEL))
    done = sum(counts.get(state, 0) for state in DONE)
    consequences = (*_obligations(way, touched, submitted, done), _registers(standing.below))
    return Ending(way, SAID[way].here(), consequences, seen(standing), draft)


def _obligations(way: End, touched: int, submitted: int, done: int) -> Iterator[str]:
    if way is End.CANCEL:
        yield ngettext(
            "%(num)s nhiệm vụ chưa hoàn thành được rút.", "%(num)s nhiệm vụ chưa hoàn thành được rút.", touched
        )
        if submitted:
            yield ngettext(
                "Trong đó %(num)s kết quả đã nộp, đang chờ xác nhận; kết quả vẫn lưu trong sổ.",
                "Trong đó %(num)s kết quả đã nộp, đang chờ xác nhận; kết quả vẫn lưu trong sổ.",
                submitted,
            )
    else:
        yield ngettext(
            "%(num)s nhiệm vụ đang phải thực hiện được ghi là không hoàn thành.",
            "%(num)s nhiệm vụ đang phải thực hiện được ghi là không hoàn thành.",
            touched,
        )
        if submitted:
            yield ngettext(
                "%(num)s kết quả đang chờ xác nhận được giữ nguyên, không xác nhận thêm.",
                "%(num)s kết quả đang chờ xác nhận được giữ nguyên, không xác nhận thêm.",
                submitted,
            )
    yield ngettext(
        "%(num)s nhiệm vụ đã hoàn thành được giữ nguyên.", "%(num)s nhiệm vụ đã hoàn thành được giữ nguyên.", done
    )


def _registers(below: int) -> str:
    if not below:
        return _("Sổ này được khóa; không có sổ theo dõi cấp dưới nào đang mở.")
    return ngettext(
        "Sổ này và %(num)s sổ theo dõi cấp dưới được khóa.",
        "Sổ này và %(num)s sổ theo dõi cấp dưới được khóa.",
        below,
    )


def seen(standing: Standing) -> str:
    """What tells one standing from another, as a form holds it."""
    counts = (f"{state}:{count}" for state, count in sorted(standing.states.items()))
    return f"{standing.below}/{','.join(counts)}"


def ended(page: RegisterPage, query: Mapping[str, str]) -> Banner | None:
    """The banner for the address that leads back after somebody ended the directive; none where it has not ended."""
    way = next((way for way in End if way == query.get("e")), None)
    if way is None or page.ended is None or page.ended.cancelled is not (way is End.CANCEL):
        return None
    text = _("Sổ này đã khóa; các sổ theo dõi cấp dưới đang được báo và tự khóa trong ít phút.")
    number = _("Số ghi sổ: %(number)s.", number=page.ended.seq)
    return Banner(Tone.DONE, SAID[way].here().done, f"{text} {number}")


def how_ended(page: RegisterPage) -> str:
    """How a closed register ended before its time, with when and why; empty where it came to its day."""
    if page.ended is None:
        return ""
    said = {"moment": moment(page.ended.at), "why": page.ended.reason}
    if page.ended.cancelled:
        return _("Văn bản đã dừng thực hiện lúc %(moment)s. Lý do: %(why)s", **said)
    return _("Việc theo dõi đã kết thúc trước hạn lúc %(moment)s. Lý do: %(why)s", **said)
