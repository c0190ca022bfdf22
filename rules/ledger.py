"""Decides what happens in one register: on commands (`decide`) and with time (`advance`). Pure (DESIGN section 3)."""

from collections import defaultdict
from collections.abc import Collection
from datetime import datetime
from typing import assert_never

from models.command import (
    Acknowledge,
    Actor,
    ActorKind,
    ChildClosed,
    Command,
    CompleteFigures,
    ExcludeBelow,
    HandleRecommendation,
    OpenBelow,
    RaiseObstacle,
    RegisterDocument,
    Replace,
    Review,
    Submit,
)
from models.event import BelowClosed, CascadeClosed, CascadeOpened, DocumentRegistered, Lapsed, StepFired, Withdrawn
from models.ledger import LedgerState
from models.obligation import DONE, OWING, State, obligation_key
from models.plan import CascadePlan
from rules.book import Book, Change, may_open
from rules.calendar import local_day
from rules.fold import empty
from rules.ladder import Schedule, Step
from rules.obstacles import raise_obstacle
from rules.openings import (
    exclude_following,
    hear_accepted,
    hear_excluded,
    open_at_latest,
    open_at_start,
    open_held,
    open_registered,
)
from rules.recommendations import handle, next_reminder, remind_of_replies
from rules.refusals import Reason, Refused
from rules.repeated import taken_as
from rules.reviews import review, settle
from rules.submissions import acknowledge, complete_figures, submit, take_over

__all__ = [
    "Change",
    "advance",
    "answered_by",
    "awaited",
    "decide",
    "finished",
    "next_wake",
    "open_register",
]


_WITHDRAWABLE = frozenset({State.DORMANT, State.SUBMITTED, *OWING})
"""What waits for a decision is withdrawn too: it is decided on where it counts from now on."""


def open_register(plan: CascadePlan, now: datetime) -> Change:
    """The first events of a register: it exists, earlier answers count on, what opens at the start is open, and what
    would follow from something that does not apply does not apply either."""
    book = Book(plan, empty(plan), max(now, plan.starts), _timer(plan), "opening")
    units = len({duty.unit for duty in plan.duties})
    book.add(CascadeOpened(units=units, obligations=len(plan.duties)))
    answered = take_over(book)
    open_at_start(book)
    for key, earlier in answered.items():
        open_held(book, key, earlier.answer, local_day(book.at))
        if earlier.state in DONE:
            settle(book, key, earlier.answer)
    gone = {obligation_key(duty.requirement, duty.unit) for duty in plan.duties if not duty.applicable}
    exclude_following(book, gone)
    return book.change()


def advance(plan: CascadePlan, state: LedgerState, now: datetime) -> Change:
    """What time alone brings by an instant: late openings, steps, replies overdue, the closing. Nothing twice.

    Of several steps that an obligation has reached, only the last fires and names the others: after an outage one
    fitting mail goes out, not three. At the closing no more steps fire.
    """
    book = Book(plan, state, max(now, state.now), _timer(plan), "timer")
    if state.closed:
        return book.change()
    if book.at >= plan.closing:
        _close(book)
        return book.change()
    open_at_latest(book)
    _fire_steps(book)
    remind_of_replies(book)
    return book.change()


def decide(plan: CascadePlan, state: LedgerState, command: Command) -> Change:
    """What a command brings. Raises `Refused`; then nothing has changed.

    The command is judged at `command.at`, but never before the last event. A command that is repeated under the same
    id changes nothing and is not refused. Call `advance` first, so that time comes before people.
    """
    book = Book(plan, state, max(command.at, state.now), command.actor, command.id)
    if isinstance(command, ChildClosed):
        if command.actor.unit not in state.below_closed:
            book.add(BelowClosed(unit=command.actor.unit, chain_head=command.chain_head, events=command.events))
        return book.change()
    if taken_as(state, command):
        return book.change()
    if state.closed:
        raise Refused(Reason.CLOSED)
    _carry_out(book, command)
    return book.change()


def answered_by(state: LedgerState, command: Command) -> int:
    """The number of the event that stands for a command already taken or without effect."""
    return taken_as(state, command) or state.seq


def next_wake(plan: CascadePlan, state: LedgerState) -> datetime | None:
    """The next instant at which time alone brings something; None once the register is closed."""
    if state.closed:
        return None
    schedule = Schedule(plan.follow_up)
    latest = {item.key: item.opening.at_latest for item in plan.requirements if may_open(state, item)}
    instants = [plan.closing]
    for obligation in state.obligations.values():
        if obligation.state in OWING:
            step = schedule.step(obligation, obligation.next_step)
            if step is not None:
                instants.append(step.at)
        elif obligation.state is State.DORMANT:
            at_latest = latest.get(obligation.requirement)
            if at_latest is not None:
                instants.append(at_latest)
    reminder = next_reminder(plan, state)
    return min(*instants, reminder) if reminder else min(instants)


def awaited(plan: CascadePlan, registered: Collection[str]) -> dict[str, str]:
    """The documents that this register may still note as arrived, by key: the first register notes them for all."""
    if plan.parent is not None:
        return {}
    return {key: title for key, title in plan.triggers.items() if key not in registered}


def finished(plan: CascadePlan, state: LedgerState) -> bool:
    """Whether the register is closed and every register below it has reported its own closing."""
    return state.closed and set(plan.children) <= set(state.below_closed)


def _timer(plan: CascadePlan) -> Actor:
    return Actor(kind=ActorKind.TIMER, unit=plan.issuer)


def _carry_out(  # noqa: C901 - one case per command
    book: Book,
    command: Acknowledge
    | Submit
    | Review
    | CompleteFigures
    | HandleRecommendation
    | RaiseObstacle
    | RegisterDocument
    | OpenBelow
    | ExcludeBelow
    | Replace,
) -> None:
    match command:
        case Acknowledge():
            acknowledge(book, command)
        case Submit():
            submit(book, command)
        case Review():
            review(book, command)
        case CompleteFigures():
            complete_figures(book, command)
        case HandleRecommendation():
            handle(book, command)
        case RaiseObstacle():
            raise_obstacle(book, command)
        case RegisterDocument():
            _register_document(book, command)
        case OpenBelow():
            hear_accepted(book, command)
        case ExcludeBelow():
            hear_excluded(book, command)
        case Replace():
            _replace(book, command)
        case _:
            assert_never(command)


def _close(book: Book) -> None:
    owing = tuple(key for key, item in book.state.obligations.items() if item.state in OWING)
    book.add(CascadeClosed(unfulfilled=owing))


def _fire_steps(book: Book) -> None:
    """One event for all obligations of a requirement that have reached the same steps for the same due instant."""
    groups: dict[tuple[str, datetime | None, tuple[Step, ...]], list[str]] = defaultdict(list)
    for key, item in book.state.obligations.items():
        if item.state in OWING and (reached := book.schedule.reached(item, book.at)):
            groups[item.requirement, item.due, reached].append(key)
    for (requirement, _, (*passed, last)), keys in groups.items():
        book.add(
            StepFired(
                requirement=requirement,
                step=last.name,
                step_kind=last.kind,
                scheduled=last.at,
                passed=tuple(step.name for step in passed),
                obligations=tuple(keys),
            )
        )


def _register_document(book: Book, command: RegisterDocument) -> None:
    """A document has arrived: drafts that it makes final are out of discussion, and what waits for it opens."""
    from_above = command.actor.kind is ActorKind.CASCADE
    if command.trigger not in book.plan.triggers or (book.plan.parent is not None and not from_above):
        raise Refused(Reason.UNKNOWN_TRIGGER)
    if not from_above and command.actor.unit != book.plan.issuer:
        raise Refused(Reason.NOT_YOURS)
    if command.trigger in book.state.registered:
        raise Refused(Reason.ALREADY_REGISTERED)
    book.add(DocumentRegistered(trigger=command.trigger, document=command.document))
    final = {item.key for item in book.plan.requirements if item.ends_with == command.trigger}
    lapsed = [key for key, item in book.state.obligations.items() if item.requirement in final and item.state in OWING]
    if lapsed:
        book.add(Lapsed(obligations=tuple(lapsed), basis=command.document))
    open_registered(book, command.trigger, command.document)


def _replace(book: Book, command: Replace) -> None:
    """Another directive replaces this one: its supervisor tells the first register, and each register those below."""
    allowed = ActorKind.SUPERVISOR if book.plan.parent is None else ActorKind.CASCADE
    if command.actor.kind is not allowed:
        raise Refused(Reason.NOT_YOURS)
    named = {
        item.key
        for item in book.plan.requirements
        if not command.requirements or {item.key, item.series} & set(command.requirements)
    }
    withdrawn = tuple(
        key for key, item in book.state.obligations.items() if item.requirement in named and item.state in _WITHDRAWABLE
    )
    book.add(Withdrawn(obligations=withdrawn, by=command.by, requirements=command.requirements, close=command.close))
    if command.close:
        _close(book)
