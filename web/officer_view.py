"""What an officer's page shows, in which order (pure)."""

from collections.abc import Mapping
from dataclasses import dataclass

from models.obligation import OWING, State
from models.pages import OfficerPage
from models.register import ObligationLine
from rules.urgency import Need, most_urgent_first, need
from web.banner import Banner, Tone
from web.drafts import Draft
from web.forms import draft_for


@dataclass(frozen=True)
class Entry:
    """An obligation with its form; no form where nothing can be handed in."""

    line: ObligationLine
    need: Need
    draft: Draft | None


@dataclass(frozen=True)
class Group:
    title: str
    entries: tuple[Entry, ...]


_TITLES = {
    "Việc cần làm": frozenset(item for item in Need if item.owing),
    "Đã nộp, chờ xác nhận": frozenset({Need.WAITING}),
    "Không hoàn thành": frozenset({Need.UNFULFILLED}),
    "Đã hoàn thành": frozenset({Need.DONE}),
    "Không áp dụng đối với đơn vị": frozenset({Need.NOT_ASKED}),
}


def groups(page: OfficerPage, drafts: Mapping[str, Draft]) -> tuple[Group, ...]:
    """Obligations that have opened, what needs doing first; `drafts` are posted forms by obligation key."""
    opened = (line for line in page.lines if line.state is not State.DORMANT)
    entries = tuple(_entry(page, line, drafts) for line in most_urgent_first(opened))
    found = (Group(title, tuple(entry for entry in entries if entry.need in needs)) for title, needs in _TITLES.items())
    return tuple(group for group in found if group.entries)


def _entry(page: OfficerPage, line: ObligationLine, drafts: Mapping[str, Draft]) -> Entry:
    open_form = line.state in OWING and not page.closed
    return Entry(line, need(line), (drafts.get(line.key) or draft_for(line)) if open_form else None)


def unacknowledged(page: OfficerPage) -> bool:
    """Whether the unit still has to say that it has received the directive."""
    return not page.closed and any(line.state in OWING and line.acknowledged_at is None for line in page.lines)


def receipt(page: OfficerPage, number: str, requirement: str) -> Banner | None:
    """The confirmation after a submission; none where the register does not bear it out."""
    line = next((line for line in page.lines if line.requirement == requirement), None)
    if line is None or line.state is not State.SUBMITTED:
        return None
    if not (number.isascii() and number.isdigit() and len(number) < 10):
        return None
    return Banner(
        Tone.DONE,
        "Đã nộp kết quả",
        f"Số biên nhận: {int(number)}. Đơn vị cấp trên sẽ xác nhận hoặc trả lại để bổ sung.",
        about=requirement,
    )


def mistakes(line: ObligationLine, draft: Draft) -> Banner:
    """The summary of what has to be mended in a form."""
    items = tuple((f"{line.requirement}-{name}", message) for name, message in draft.errors.items())
    return Banner(Tone.ERROR, "Chưa nộp được kết quả", f"Đề nghị bổ sung, sửa nội dung: {line.title}.", items)
