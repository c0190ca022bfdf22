"""What an officer's page shows, in which order (pure)."""

from collections.abc import Mapping
from dataclasses import dataclass

from models.obligation import DONE, OWING, State
from models.pages import OfficerPage
from models.plan import RequirementKind
from models.register import ObligationLine
from models.request import Request
from rules.refusals import NOT_OWED, WORDS, Reason
from rules.requests import waiting
from rules.timeliness import paused
from rules.urgency import Need, most_urgent_first, need
from texts.language import gettext as _
from texts.language import mark
from web.drafts import Draft
from web.forms.answer import draft_for
from web.forms.asking import ask_choices, ask_form
from web.forms.holder import FORWARD, LEAVE, SUBSTITUTE
from web.forms.obstacle import obstacle_form
from web.forms.people import completing_draft, unsplit


@dataclass(frozen=True)
class Entry:
    """An obligation with its forms; no form where nothing can be handed in or asked for.

    `completing` is the form for the split by sex that an answer lacks. `asking` is the one for requests, with what may
    be asked for in `choices`, and `obstacle` the one for what stands in the way: both only where somebody wants them,
    so that a page of many obligations stays small; `tellable` says whether the second can be had. `requests` are those
    made so far, the latest first; `over` says why nothing is to be done, now or any more.
    """

    line: ObligationLine
    need: Need
    draft: Draft | None
    completing: Draft | None
    obstacle: Draft | None
    tellable: bool
    asking: Draft | None
    choices: Mapping[str, str]
    requests: tuple[Request, ...]
    over: str

    @property
    def receipt(self) -> bool:
        """Whether the unit handed something in here itself, so that there is a receipt."""
        return self.line.submissions > 0 and not self.line.taken_from and not self.line.shared_from


@dataclass(frozen=True)
class Group:
    title: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True)
class HolderForms:
    """The forms that say who answers for the unit."""

    forward: Draft
    substitute: Draft
    leave: Draft


_TITLES = {
    mark("Việc cần làm"): frozenset(item for item in Need if item.owing),
    mark("Đã nộp, chờ xác nhận"): frozenset({Need.WAITING}),
    mark("Tạm dừng"): frozenset({Need.SUSPENDED}),
    mark("Không hoàn thành"): frozenset({Need.UNFULFILLED}),
    mark("Đã hoàn thành"): frozenset({Need.DONE}),
    mark("Không phải thực hiện"): frozenset({Need.NOT_ASKED}),
}
_OVER = {
    State.SUSPENDED: mark(
        "Nhiệm vụ đang tạm dừng; đơn vị chưa phải thực hiện, thời hạn được tính tiếp khi nhiệm vụ tiếp tục."
    ),
    State.WAIVED: mark("Đơn vị được miễn thực hiện nhiệm vụ."),
    State.TRANSFERRED: mark("Nhiệm vụ đã được chuyển cho đơn vị khác; đơn vị chỉ xem, không phải thực hiện nữa."),
    State.WITHDRAWN: mark("Nhiệm vụ đã được rút; đơn vị không phải thực hiện."),
    State.NOT_APPLICABLE: mark("Nhiệm vụ không áp dụng đối với đơn vị; đơn vị không phải thực hiện."),
    State.UNFULFILLED: mark("Đến khi khóa sổ chưa có kết quả được xác nhận; nhiệm vụ được ghi là không hoàn thành."),
}


def groups(page: OfficerPage, drafts: Mapping[str, Draft]) -> tuple[Group, ...]:
    """Obligations that have opened, what needs doing first; `drafts` are forms by where their fields' ids begin."""
    opened = (line for line in page.lines if line.state is not State.DORMANT)
    entries = tuple(_entry(page, line, drafts) for line in most_urgent_first(opened))
    found = (
        Group(_(title), tuple(entry for entry in entries if entry.need in needs)) for title, needs in _TITLES.items()
    )
    return tuple(group for group in found if group.entries)


def _entry(page: OfficerPage, line: ObligationLine, drafts: Mapping[str, Draft]) -> Entry:
    open_form = line.state in OWING and not page.closed
    lacking = completable(line) and not page.closed
    made = [request for request in page.requests if request.obligation == line.key]
    choices = {} if page.closed else ask_choices(line, waiting(made, [line]))
    return Entry(
        line,
        need(line),
        (drafts.get(line.requirement) or draft_for(line)) if open_form else None,
        (drafts.get(completing_form(line)) or completing_draft(line)) if lacking else None,
        None if page.closed else drafts.get(obstacle_form(line)),
        line.state in OWING | {State.SUBMITTED} and not page.closed,
        drafts.get(ask_form(line)) if choices else None,
        choices,
        tuple(sorted(made, key=lambda request: request.asked_at, reverse=True)),
        _over(line),
    )


def _over(line: ObligationLine) -> str:
    if line.state is State.UNFULFILLED and line.kind is RequirementKind.CONSULTATION:
        return _(WORDS[Reason.LAPSED])
    if line.state is State.UNFULFILLED and paused(line):
        return _("Nhiệm vụ tạm dừng đến khi khóa sổ; đơn vị không phải thực hiện nữa.")
    return _(_OVER[line.state]) if line.state in _OVER else ""


def completable(line: ObligationLine) -> bool:
    """Whether an answer that was handed in still lacks men and women."""
    return line.state in DONE | {State.SUBMITTED} and unsplit(line)


def completing_form(line: ObligationLine) -> str:
    """The name of the form that completes the split by sex, also the beginning of its fields' ids."""
    return f"{line.requirement}-split"


def holder_forms(page: OfficerPage, drafts: Mapping[str, Draft]) -> HolderForms | None:
    """The forms of those who answer for the unit; none once the register is closed."""
    if page.closed:
        return None
    return HolderForms(*(drafts.get(name) or Draft() for name in (FORWARD, SUBSTITUTE, LEAVE)))


def wanted(page: OfficerPage, query: Mapping[str, str]) -> dict[str, Draft]:
    """The forms that an address asks for, open: `ask` for requests, `tell` for what stands in the way, each with the
    requirement."""
    forms = [(ask_form, query.get("ask")), (obstacle_form, query.get("tell"))]
    return {form(line): Draft(shown=True) for form, asked in forms for line in page.lines if line.requirement == asked}


def why_not(page: OfficerPage, line: ObligationLine) -> Reason | None:
    """Why nothing can be handed in for an obligation; None where it can."""
    return Reason.CLOSED if page.closed else NOT_OWED.get(line.state)


def unacknowledged(page: OfficerPage) -> bool:
    """Whether the unit still has to say that it has received the directive."""
    return not page.closed and any(line.state in OWING and line.acknowledged_at is None for line in page.lines)
