"""Decides what happens in one register: on commands (`decide`) and with time (`advance`). Pure (DESIGN section 3)."""

from collections import defaultdict
from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime
from typing import assert_never

from models.command import (
    Acknowledge,
    Actor,
    ActorKind,
    ChildClosed,
    Command,
    Decision,
    OpenBelow,
    RegisterDocument,
    Review,
    Submit,
)
from models.document import DocumentRef
from models.event import (
    Accepted,
    Acknowledged,
    BelowClosed,
    CascadeClosed,
    CascadeOpened,
    DocumentRegistered,
    Event,
    Fact,
    ObligationsOpened,
    Returned,
    StepFired,
    Submitted,
)
from models.ledger import LedgerState, command_key
from models.obligation import OWING, ObligationState, State
from models.plan import CascadePlan, OpeningMode, RequirementPlan
from rules.answers import problems
from rules.fold import empty, fold, requirement
from rules.refusals import Reason, Refused


@dataclass(frozen=True)
class Change:
    """New events, in order, and the state after them."""

    state: LedgerState
    events: tuple[Event, ...] = ()


def open_register(plan: CascadePlan, now: datetime) -> Change:
    """The first events of a register: it exists, and what opens at the start is open."""
    book = _Book(plan, empty(plan), max(now, plan.starts), _timer(plan), "opening")
    units = len({duty.unit for duty in plan.duties})
    book.add(CascadeOpened(units=units, obligations=len(plan.duties)))
    _open_dormant(book, lambda item: item.opening.mode is OpeningMode.AT_START, "start")
    return book.change()


def advance(plan: CascadePlan, state: LedgerState, now: datetime) -> Change:
    """What time alone brings by an instant: late openings, ladder steps, the closing. Nothing twice.

    Of several steps that an obligation has reached, only the last fires and names the others: after an outage one
    fitting mail goes out, not three. At the closing no more steps fire.
    """
    book = _Book(plan, state, max(now, state.now), _timer(plan), "timer")
    if state.closed:
        return book.change()
    if book.at >= plan.closing:
        owing = tuple(key for key, item in state.obligations.items() if item.state in OWING)
        book.add(CascadeClosed(unfulfilled=owing))
        return book.change()
    _open_dormant(book, lambda item: _passed(item.opening.at_latest, book.at), "at_latest")
    for (key, first, last), keys in _reached_steps(plan, book.state, book.at).items():
        steps = requirement(plan, key).steps
        book.add(
            StepFired(
                requirement=key,
                step=steps[last].name,
                step_kind=steps[last].kind,
                scheduled=steps[last].at,
                passed=tuple(step.name for step in steps[first:last]),
                obligations=tuple(keys),
            )
        )
    return book.change()


def decide(plan: CascadePlan, state: LedgerState, command: Command) -> Change:
    """What a command brings. Raises `Refused`; then nothing has changed.

    The command is judged at `command.at`, but never before the last event. A command that is repeated under the same
    id changes nothing and is not refused. Call `advance` first, so that time comes before people.
    """
    book = _Book(plan, state, max(command.at, state.now), command.actor, command.id)
    if isinstance(command, ChildClosed):
        if command.actor.unit not in state.below_closed:
            book.add(BelowClosed(unit=command.actor.unit, chain_head=command.chain_head, events=command.events))
        return book.change()
    if _taken_as(state, command):
        return book.change()
    if state.closed:
        raise Refused(Reason.CLOSED)
    match command:
        case Acknowledge():
            _acknowledge(book, command)
        case Submit():
            _submit(book, command)
        case Review():
            _review(book, command)
        case RegisterDocument():
            _register_document(book, command)
        case OpenBelow():
            waits = (OpeningMode.WHEN_ACCEPTED, command.requirement)
            _open_dormant(
                book, lambda item: (item.opening.mode, item.opening.key) == waits, "accepted_above", command.document
            )
        case _:
            assert_never(command)
    return book.change()


def answered_by(state: LedgerState, command: Command) -> int:
    """The number of the event that stands for a command already taken or without effect."""
    return _taken_as(state, command) or state.seq


def next_wake(plan: CascadePlan, state: LedgerState) -> datetime | None:
    """The next instant at which time alone brings something; None once the register is closed."""
    if state.closed:
        return None
    plans = {item.key: item for item in plan.requirements}
    instants = [plan.closing]
    for obligation in state.obligations.values():
        item = plans[obligation.requirement]
        if obligation.state in OWING and obligation.next_step < len(item.steps):
            instants.append(item.steps[obligation.next_step].at)
        elif obligation.state is State.DORMANT and item.opening.at_latest:
            instants.append(item.opening.at_latest)
    return min(instants)


def awaited(plan: CascadePlan, registered: Collection[str]) -> dict[str, str]:
    """The documents that this register may still note as arrived, by key: the first register notes them for all."""
    if plan.parent is not None:
        return {}
    return {key: title for key, title in plan.triggers.items() if key not in registered}


def finished(plan: CascadePlan, state: LedgerState) -> bool:
    """Whether the register is closed and every register below it has reported its own closing."""
    return state.closed and set(plan.children) <= set(state.below_closed)


def _taken_as(state: LedgerState, command: Command) -> int | None:
    """The event of a command that took effect before."""
    match command:
        case Submit() | Review():
            return state.taken.get(command_key(command.id, command.obligation))
        case RegisterDocument():
            return state.taken.get(command_key(command.id, command.trigger))
        case Acknowledge():
            return state.taken.get(command_key(command.id, command.actor.unit))
    return None


class _Book:
    """Events being written, all at one instant by one actor."""

    def __init__(self, plan: CascadePlan, state: LedgerState, at: datetime, actor: Actor, cause: str) -> None:
        self.plan = plan
        self.state = state
        self.at = at
        self._actor = actor
        self._cause = cause
        self._events: list[Event] = []

    def add(self, fact: Fact) -> None:
        event = Event(seq=self.state.seq + 1, at=self.at, actor=self._actor, cause=self._cause, fact=fact)
        self.state = fold(self.plan, self.state, (event,))
        self._events.append(event)

    def change(self) -> Change:
        return Change(self.state, tuple(self._events))


def _timer(plan: CascadePlan) -> Actor:
    return Actor(kind=ActorKind.TIMER, unit=plan.issuer)


def _acknowledge(book: _Book, command: Acknowledge) -> None:
    unit = command.actor.unit
    mine = [(key, item) for key, item in book.state.obligations.items() if item.unit == unit]
    if not mine:
        raise Refused(Reason.NOT_YOURS)
    fresh = tuple(key for key, item in mine if item.state in OWING and item.acknowledged_at is None)
    if fresh:
        book.add(Acknowledged(unit=unit, obligations=fresh))


def _submit(book: _Book, command: Submit) -> None:
    obligation = _obligation(book, command.obligation)
    if obligation.unit != command.actor.unit:
        raise Refused(Reason.NOT_YOURS)
    match obligation.state:
        case State.DORMANT:
            raise Refused(Reason.NOT_OPEN_YET)
        case State.NOT_APPLICABLE:
            raise Refused(Reason.NOT_APPLICABLE)
        case State.SUBMITTED:
            raise Refused(Reason.ALREADY_SUBMITTED)
        case State.ACCEPTED | State.SATISFIED:
            raise Refused(Reason.ALREADY_DONE)
        case State.UNFULFILLED:
            raise Refused(Reason.CLOSED)
        case State.OPEN | State.RETURNED:
            pass
        case _:
            assert_never(obligation.state)
    if problems(requirement(book.plan, obligation.requirement), command.answer):
        raise Refused(Reason.ANSWER_INCOMPLETE)
    book.add(Submitted(obligation=command.obligation, submission=obligation.submissions + 1, answer=command.answer))


def _review(book: _Book, command: Review) -> None:
    obligation = _obligation(book, command.obligation)
    if command.actor.unit != book.plan.issuer:
        raise Refused(Reason.NOT_YOURS)
    if obligation.submissions != command.submission:
        raise Refused(Reason.REVIEW_OUTDATED)
    if obligation.state is not State.SUBMITTED:
        raise Refused(Reason.NOTHING_TO_REVIEW)
    if command.decision is Decision.RETURN:
        if not command.comment.strip():
            raise Refused(Reason.COMMENT_MISSING)
        book.add(Returned(obligation=command.obligation, submission=command.submission, comment=command.comment))
        return
    book.add(
        Accepted(
            obligation=command.obligation,
            submission=command.submission,
            comment=command.comment,
            document=obligation.document,
        )
    )


def _register_document(book: _Book, command: RegisterDocument) -> None:
    from_above = command.actor.kind is ActorKind.CASCADE
    if command.trigger not in book.plan.triggers or (book.plan.parent is not None and not from_above):
        raise Refused(Reason.UNKNOWN_TRIGGER)
    if not from_above and command.actor.unit != book.plan.issuer:
        raise Refused(Reason.NOT_YOURS)
    if command.trigger in book.state.registered:
        raise Refused(Reason.ALREADY_REGISTERED)
    book.add(DocumentRegistered(trigger=command.trigger, document=command.document))
    waits = (OpeningMode.WHEN_REGISTERED, command.trigger)
    _open_dormant(book, lambda item: (item.opening.mode, item.opening.key) == waits, "registered", command.document)


def _obligation(book: _Book, key: str) -> ObligationState:
    if key not in book.state.obligations:
        raise Refused(Reason.UNKNOWN_OBLIGATION)
    return book.state.obligations[key]


def _open_dormant(
    book: _Book, chosen: Callable[[RequirementPlan], bool], reason: str, basis: DocumentRef | None = None
) -> None:
    opening = {item.key for item in book.plan.requirements if chosen(item)}
    keys = tuple(
        key
        for key, item in book.state.obligations.items()
        if item.state is State.DORMANT and item.requirement in opening
    )
    if keys:
        book.add(ObligationsOpened(obligations=keys, reason=reason, basis=basis))


def _passed(instant: datetime | None, at: datetime) -> bool:
    return instant is not None and instant <= at


def _reached_steps(plan: CascadePlan, state: LedgerState, at: datetime) -> dict[tuple[str, int, int], list[str]]:
    """Obligations by (requirement, first step not yet fired, last step reached), for those that reached one."""
    plans = {item.key: item for item in plan.requirements}
    groups: dict[tuple[str, int, int], list[str]] = defaultdict(list)
    for key, item in state.obligations.items():
        if item.state not in OWING:
            continue
        reached = sum(step.at <= at for step in plans[item.requirement].steps)
        if reached > item.next_step:
            groups[item.requirement, item.next_step, reached - 1].append(key)
    return groups
