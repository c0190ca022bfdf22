"""What has to hold whenever something happens to a register, whatever it is."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, date, datetime, timedelta
from typing import Any

from models.event import Event
from models.follow_up import Audience, StepKind, Track
from models.ledger import LedgerState
from models.notice import Notice, NoticeKind
from models.obligation import (
    DONE,
    OWING,
    RELEASED,
    Hands,
    ObligationState,
    State,
    Timeliness,
    obligation_key,
    requirement_of,
)
from models.plan import CascadePlan
from models.recommendation import OBSTACLE
from rules.concerned import concerned
from rules.deciding import recipients
from rules.fold import requirement
from rules.holding import hands_until
from rules.ladder import FOLLOWED_UP, Schedule, Step, tracks
from rules.timeliness import still_since, timeliness

_MICROSECOND = timedelta(microseconds=1)
_LIVE = {State.DORMANT, State.OPEN, State.SUBMITTED, State.RETURNED, State.SUSPENDED}
_LAID_ASIDE = {*RELEASED, State.TRANSFERRED}
LEGAL: Mapping[State, set[State]] = {
    State.DORMANT: {State.OPEN, State.SUBMITTED, State.SUSPENDED, *_LAID_ASIDE},
    State.OPEN: {State.SUBMITTED, State.SATISFIED, State.UNFULFILLED, State.SUSPENDED, *_LAID_ASIDE},
    State.SUBMITTED: {State.ACCEPTED, State.SATISFIED, State.RETURNED, State.SUSPENDED, *_LAID_ASIDE},
    State.RETURNED: {State.SUBMITTED, State.SATISFIED, State.UNFULFILLED, State.SUSPENDED, *_LAID_ASIDE},
    State.SUSPENDED: {*_LIVE, State.UNFULFILLED, *_LAID_ASIDE},
    State.ACCEPTED: {State.RETURNED, State.TRANSFERRED},
    State.SATISFIED: {State.RETURNED, State.TRANSFERRED},
    **{state: {*_LIVE, *RELEASED} for state in RELEASED},
}
"""What a state may become while an obligation stays with its unit. What was laid aside is as it was when it is
reinstated, or not applicable with what it waits for."""
_MOVES_A_DUE_DATE = {
    "request_answered", "due_set", "resumed", "reinstated", "amended", "obligations_opened", "taken_over",
}  # fmt: skip
_PUTS_OFF = {"request_answered", "due_set", "amended"}
_PRESSING = set(NoticeKind) & {
    NoticeKind.OVERDUE, NoticeKind.CHASE, NoticeKind.SILENCE, NoticeKind.UNACKNOWLEDGED, NoticeKind.NOT_RESUBMITTED,
}  # fmt: skip


def arrived(event: Event) -> set[str]:
    """The obligations that come to this register, or to another unit of it, with an event."""
    if event.fact.kind != "taken_in":
        return set()
    duties = (arrival.duty for arrival in event.fact.handover.arrivals)
    return {obligation_key(duty.requirement, duty.unit) for duty in duties}


def check_edges(plan: CascadePlan, before: LedgerState, after: LedgerState, event: Event) -> None:
    """No obligation vanishes, none comes from nowhere, and each goes only from state to state as it may."""
    if event.fact.kind == "cascade_opened":
        assert not before.obligations
        return
    new = after.obligations.keys() - before.obligations.keys()
    asked = {obligation_key(duty.requirement, duty.unit) for duty in plan.duties}
    assert before.obligations.keys() <= after.obligations.keys()
    assert not new or event.fact.kind in {"amended", "taken_in"}
    assert after.obligations.keys() <= asked
    for key, was in before.obligations.items():
        item = after.obligations[key]
        if key not in arrived(event):
            assert item.state is was.state or item.state in LEGAL[was.state], (event.fact.kind, was.state, item.state)
            check_dates(was, item, event)


def check_dates(was: ObligationState, item: ObligationState, event: Event) -> None:
    """A due date moves only where somebody says so; the first one is kept, and putting it off is counted."""
    kind = event.fact.kind
    assert item.due == was.due or kind in _MOVES_A_DUE_DATE
    later = was.due is not None and item.due is not None and was.due < item.due
    assert item.extensions - was.extensions == (later and kind in _PUTS_OFF)
    if was.original_due is not None:
        assert item.original_due == was.original_due
    elif item.original_due is not None:
        assert item.original_due == was.due


def check_hands(begun: dict[str, datetime], after: LedgerState, event: Event) -> None:
    """The times in all hands add up to the whole time since an obligation began; `begun` is from when each counts."""
    for key, item in after.obligations.items():
        if key in arrived(event):
            begun.pop(key, None)
        if item.hands is None:
            assert key not in begun
            continue
        beginning = item.hands.until - _together(item.hands)
        assert item.hands.until <= event.at
        assert begun.setdefault(key, beginning) == beginning, (key, event.fact.kind)


def _together(hands: Hands) -> timedelta:
    held = (hands.above, hands.unit, hands.extension, hands.reviewer, hands.suspended)
    assert min(held) >= 0
    return sum(held) * _MICROSECOND


class Climbing:
    """Every step fires once, in order, in time, and never about the past: by obligation, track and the day from which
    that counts."""

    def __init__(self) -> None:
        self._last: dict[tuple[str, Track, date], datetime] = {}
        self._touched: dict[str, datetime] = {}

    def check(self, plan: CascadePlan, before: LedgerState, after: LedgerState, event: Event) -> None:
        fact, schedule = event.fact, Schedule(plan.follow_up)
        changed = {key: item for key, item in after.obligations.items() if item is not before.obligations.get(key)}
        for item in changed.values():
            ahead = schedule.reached(item, plan.closing + timedelta(days=400))
            assert item.next_step_at == min((steps[0].at for steps in ahead.values()), default=None)
        if fact.kind != "step_fired":
            self._touched |= dict.fromkeys(changed, event.at)
            return
        assert fact.scheduled <= event.at < plan.closing
        assert fact.obligations
        for key in fact.obligations:
            item = before.obligations[key]
            reached = schedule.reached(item, event.at)[fact.track]
            assert [step.name for step in reached] == [*fact.passed, fact.step]
            assert set(fact.to) == {audience for step in reached for audience in step.to}
            assert item.state in FOLLOWED_UP
            only_reminded = set(fact.to) <= {Audience.FOCAL, Audience.HEAD} and fact.step_kind is StepKind.REMINDER
            assert not item.coordinating or fact.track is Track.REVIEW or only_reminded
            self._climb(key, fact.track, tracks(item)[fact.track], reached)

    def _climb(self, key: str, track: Track, day: date, reached: Iterable[Step]) -> None:
        for step in reached:
            assert step.at > self._touched[key]
            assert step.at > self._last.get((key, track, day), self._touched[key])
            self._last[key, track, day] = step.at


def check_decisions(plan: CascadePlan, accepting: dict[str, set[str]], event: Event) -> None:
    """Accepted is what every recipient has accepted, each of them the latest submission; or what came in on paper."""
    fact = event.fact
    if fact.kind in {"submitted", "returned"} and hasattr(fact, "obligation"):
        accepting[fact.obligation].clear()
    if fact.kind in {"reinstated", "taken_in", "transferred"}:
        for key in (*getattr(fact, "obligations", ()), *arrived(event)):
            accepting.pop(key, None)
    if fact.kind not in {"endorsed", "accepted"} or not hasattr(fact, "obligation") or event.cause.startswith("paper"):
        return
    assert event.actor.unit not in accepting[fact.obligation]
    accepting[fact.obligation].add(event.actor.unit)
    duty = next(duty for duty in plan.duties if obligation_key(duty.requirement, duty.unit) == fact.obligation)
    everybody = set(recipients(plan.issuer, duty.unit, [reviewer.unit for reviewer in duty.reviewers]))
    assert (accepting[fact.obligation] == everybody) == (fact.kind == "accepted")


def check_figures(plan: CascadePlan, event: Event) -> None:
    """men + women = total wherever people are counted, and completing them leaves the total alone."""
    fact = event.fact
    if fact.kind in {"submitted", "figures_completed", "evidence_shared"} and not event.cause.startswith("paper"):
        given = fact.answer
        counted = requirement(plan, requirement_of(fact.obligation)).attendance
        assert not counted or given.men is None or given.women is None or given.men + given.women == given.total
        assert fact.kind != "figures_completed" or (given.men is not None and given.total == 30)


def check_recommendations(before: LedgerState, after: LedgerState, event: Event) -> None:
    """They never vanish, but that a new answer replaces what nobody has dealt with, and that they go along with what
    is moved."""
    for key in before.recommendations.keys() - after.recommendations.keys():
        if event.fact.kind == "transferred":
            assert before.recommendations[key].obligation in {move.obligation for move in event.fact.moves}
            continue
        assert event.fact.kind == "submitted"
        assert before.recommendations[key].obligation == event.fact.obligation
        assert before.recommendations[key].handled_at is None
        assert before.recommendations[key].group != OBSTACLE


def check_concerned(plan: CascadePlan, event: Event) -> None:
    """Whoever owes what an event names finds the event under his unit."""
    units = {duty.unit for duty in plan.duties}
    named, found = owing(event.fact.model_dump(mode="json"), units), concerned(plan, event)
    assert named <= found, (named - found, event.fact)


def owing(said: Any, units: Iterable[str]) -> set[str]:
    """The units of those given whose obligations, recommendations or requests are named anywhere in what is said."""
    named = {text.rpartition("@")[2].partition("/")[0] for text in _texts(said) if "@" in text}
    return named & set(units)


def _texts(said: Any) -> Iterator[str]:
    if isinstance(said, str):
        yield said
    elif isinstance(said, Mapping):
        for name, value in said.items():
            yield name
            yield from _texts(value)
    elif isinstance(said, Iterable):
        for value in said:
            yield from _texts(value)


def check_account(after: LedgerState, events: Iterable[Event]) -> None:
    """Whatever goes to other units has exactly one account there: it is in a handover, or an obligation here."""
    for event in events:
        if event.fact.kind != "transferred":
            continue
        away = {arrival.before.key for handover in event.fact.handovers for arrival in handover.arrivals}
        for move in event.fact.moves:
            there = {obligation_key(requirement_of(move.obligation), unit) for unit in move.units}
            assert move.obligation in away or there <= after.obligations.keys()


def check_mail(told: set[tuple[str, ...]], notices: Iterable[Notice]) -> None:
    """Nobody is told the same of one wave twice, and who only takes part is not pressed."""
    for notice in notices:
        row = (notice.unit, notice.role, notice.kind, notice.step, notice.holder, notice.register_id)
        assert row not in told
        told.add(row)
        assert len(set(notice.obligations)) == len(notice.obligations)
        assert notice.unit != "guest" or notice.kind not in {*_PRESSING, NoticeKind.ESCALATION}


def check_item(key: str, item: ObligationState) -> None:
    """What is always so of one obligation."""
    assert item.key == key
    assert item.state not in {*OWING, State.SUBMITTED, *DONE} or item.opened_at is not None
    assert (item.submitted_at is not None) or item.state not in {*DONE, State.SUBMITTED, State.RETURNED}
    assert item.state is not State.SUSPENDED or None not in {item.suspended_at, item.laid_aside}
    assert item.state in FOLLOWED_UP or not any(item.climbed.values())
    check_pause(item)


def check_pause(item: ObligationState) -> None:
    """Nobody is late because something stood still, however long; and what can no longer be given grows no older."""
    still, after = still_since(item), datetime.max.replace(tzinfo=UTC)
    if still is not None and item.due is not None and still < item.due:
        assert timeliness(item, after) is Timeliness.IN_TIME
    assert item.state is not State.UNFULFILLED or hands_until(item, after) == item.hands
