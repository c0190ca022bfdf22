"""What an officer's page shows, in which order (pure)."""

from collections.abc import Mapping
from dataclasses import dataclass

from models.obligation import DONE, OWING, State
from models.pages import OfficerPage
from models.recommendation import recommendation_id
from models.register import ObligationLine
from rules.refusals import Reason
from rules.standing import title
from rules.urgency import Need, most_urgent_first, need
from web.banner import Banner, Tone
from web.drafts import Draft
from web.forms.answer import draft_for
from web.forms.obstacle import obstacle_form
from web.forms.people import completing_draft, unsplit
from web.recommendations import handled


@dataclass(frozen=True)
class Entry:
    """An obligation with its form; no form where nothing can be handed in. `completing` is the form for the split by
    sex that an answer lacks, `obstacle` the one for what stands in the way."""

    line: ObligationLine
    need: Need
    draft: Draft | None
    completing: Draft | None
    obstacle: Draft | None


@dataclass(frozen=True)
class Group:
    title: str
    entries: tuple[Entry, ...]


_WHY_NOT = {
    State.SUBMITTED: Reason.ALREADY_SUBMITTED,
    State.ACCEPTED: Reason.ALREADY_DONE,
    State.SATISFIED: Reason.ALREADY_DONE,
    State.NOT_APPLICABLE: Reason.NOT_APPLICABLE,
    State.WITHDRAWN: Reason.WITHDRAWN,
    State.UNFULFILLED: Reason.LAPSED,
    State.DORMANT: Reason.NOT_OPEN_YET,
}
_TITLES = {
    "Việc cần làm": frozenset(item for item in Need if item.owing),
    "Đã nộp, chờ xác nhận": frozenset({Need.WAITING}),
    "Không hoàn thành": frozenset({Need.UNFULFILLED}),
    "Đã hoàn thành": frozenset({Need.DONE}),
    "Không áp dụng hoặc đã rút": frozenset({Need.NOT_ASKED}),
}


def groups(page: OfficerPage, drafts: Mapping[str, Draft]) -> tuple[Group, ...]:
    """Obligations that have opened, what needs doing first; `drafts` are posted forms by obligation key."""
    opened = (line for line in page.lines if line.state is not State.DORMANT)
    entries = tuple(_entry(page, line, drafts) for line in most_urgent_first(opened))
    found = (Group(title, tuple(entry for entry in entries if entry.need in needs)) for title, needs in _TITLES.items())
    return tuple(group for group in found if group.entries)


def _entry(page: OfficerPage, line: ObligationLine, drafts: Mapping[str, Draft]) -> Entry:
    open_form = line.state in OWING and not page.closed
    lacking = completable(line) and not page.closed
    return Entry(
        line,
        need(line),
        (drafts.get(line.key) or draft_for(line)) if open_form else None,
        (drafts.get(completing_form(line)) or completing_draft(line)) if lacking else None,
        None if page.closed else _obstacle(line, drafts),
    )


def _obstacle(line: ObligationLine, drafts: Mapping[str, Draft]) -> Draft | None:
    """Nothing stands in the way of what is done or not asked for; what was typed in before that is kept."""
    asked = line.state in OWING | {State.SUBMITTED}
    return drafts.get(obstacle_form(line)) or (Draft() if asked else None)


def completable(line: ObligationLine) -> bool:
    """Whether an answer that was handed in still lacks men and women."""
    return line.state in DONE | {State.SUBMITTED} and unsplit(line)


def completing_form(line: ObligationLine) -> str:
    """The name of the form that completes the split by sex, also the beginning of its fields' ids."""
    return f"{line.requirement}-split"


def why_not(page: OfficerPage, line: ObligationLine) -> Reason | None:
    """Why nothing can be handed in for an obligation; None where it can."""
    return Reason.CLOSED if page.closed else _WHY_NOT.get(line.state)


def unacknowledged(page: OfficerPage) -> bool:
    """Whether the unit still has to say that it has received the directive."""
    return not page.closed and any(line.state in OWING and line.acknowledged_at is None for line in page.lines)


def needs_time(page: OfficerPage) -> bool:
    """Whether the unit owes anything by a date, so that it may have to ask for more time."""
    return not page.closed and any(line.state in OWING and line.due for line in page.lines)


def confirmation(page: OfficerPage, query: Mapping[str, str]) -> Banner | None:
    """What an address says was just done, as far as the register bears it out."""
    number = query.get("r", "")
    return (
        receipt(page, number, query.get("o", ""), query.get("f", ""))
        or handled(page, number, query.get("k", ""))
        or told(page, number, query.get("b", ""))
    )


def receipt(page: OfficerPage, number: str, requirement: str, completed: str) -> Banner | None:
    """The confirmation after a submission, or after figures were `completed` (the requirement); none where the register
    does not bear it out."""
    if not (number.isascii() and number.isdigit() and len(number) < 10):
        return None
    asked = requirement or completed
    line = next((line for line in page.lines if line.requirement == asked), None)
    if line is None:
        return None
    if completed and line.total is not None and not unsplit(line):
        return Banner(Tone.DONE, "Đã bổ sung số liệu", f"Số biên nhận: {int(number)}.", about=completed)
    if line.state is not State.SUBMITTED:
        return None
    return Banner(
        Tone.DONE,
        "Đã nộp kết quả",
        f"Số biên nhận: {int(number)}. Đơn vị cấp trên sẽ xác nhận hoặc trả lại để bổ sung.",
        about=requirement,
    )


def told(page: OfficerPage, number: str, requirement: str) -> Banner | None:
    """The confirmation after an obstacle was told; none where the register does not bear it out."""
    line = next((line for line in page.lines if line.requirement == requirement), None)
    if line is None or not (number.isascii() and number.isdigit() and len(number) < 10):
        return None
    if recommendation_id(line.key, 0, int(number)) not in {item.id for item in page.recommendations}:
        return None
    text = f"Số biên nhận: {int(number)}. Trả lời sẽ được gửi qua thư điện tử và ghi tại trang này."
    return Banner(Tone.DONE, "Đã gửi phản ánh khó khăn, vướng mắc", text, about=requirement)


def mistakes(line: ObligationLine, draft: Draft) -> Banner:
    """The summary of what has to be mended in the form of an obligation."""
    about = f"Đề nghị bổ sung, sửa nội dung: {title(line)}."
    return Banner(Tone.ERROR, "Chưa nộp được kết quả", about, faults(line.requirement, draft))


def split_mistakes(line: ObligationLine, draft: Draft) -> Banner:
    """The same for the form that completes the split by sex."""
    items = faults(completing_form(line), draft)
    return Banner(Tone.ERROR, "Chưa bổ sung được số liệu", f"Đề nghị sửa số liệu: {title(line)}.", items)


def obstacle_mistakes(line: ObligationLine, draft: Draft) -> Banner:
    """The same for the form that tells of an obstacle."""
    items = faults(obstacle_form(line), draft)
    return Banner(Tone.ERROR, "Chưa gửi được phản ánh", f"Đề nghị bổ sung: {title(line)}.", items)


def faults(form: str, draft: Draft) -> tuple[tuple[str, str], ...]:
    """What is wrong in a form, with the ids of the fields."""
    return tuple((f"{form}-{name}", message) for name, message in draft.errors.items())
