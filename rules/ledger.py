"""Decides what happens in one register: on commands (`decide`) and with time (`advance`). Pure (DESIGN section 3)."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from datetime import datetime

from models.actor import Actor, ActorKind
from models.command import ChildClosed, Command, HearEscalation
from models.event import BelowClosed, CascadeOpened, StepFired, SummaryIssued
from models.follow_up import Track
from models.ledger import LedgerState
from models.obligation import DONE, obligation_key
from models.plan import CascadePlan, PlannedReport
from models.succession import TakeIn
from rules.book import Book, Change, may_open
from rules.calendar import local_day
from rules.carrying_out import carry_out
from rules.digest import next_digest, tell_deciders
from rules.documents import close
from rules.fold import empty
from rules.ladder import Step
from rules.margins import stepping, waking
from rules.openings import exclude_following, open_at_latest, open_at_start, open_held
from rules.recommendations import next_reminder, remind_of_replies
from rules.refusals import Reason, Refused
from rules.repeated import taken_as
from rules.reporting import next_report
from rules.reviews import settle
from rules.submissions import take_over

__all__ = [
    "Change",
    "advance",
    "answered_by",
    "awaited",
    "decide",
    "finished",
    "next_wake",
    "note_summary",
    "open_register",
]


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
    """What time alone brings by an instant: late openings, steps, replies overdue, digests, the closing. Nothing twice.

    Of several steps that an obligation has reached, only the last fires and names the others: after an outage one
    fitting mail goes out, not three. At the closing no more steps fire.
    """
    book = Book(plan, state, max(now, state.now), _timer(plan), "timer")
    if state.closed:
        return book.change()
    if book.at >= plan.closing:
        close(book)
        return book.change()
    open_at_latest(book)
    _fire_steps(book)
    remind_of_replies(book)
    tell_deciders(book)
    return book.change()


def decide(plan: CascadePlan, state: LedgerState, command: Command) -> Change:
    """What a command brings. Raises `Refused`; then nothing has changed.

    The command is judged at `command.at`, but never before the last event. A command that is repeated under the same
    id changes nothing and is not refused. Call `advance` first, so that time comes before people. A closed register
    takes in what others hand over, and hears what goes on upward: registers below may still be open.
    """
    book = Book(plan, state, max(command.at, state.now), command.actor, command.id)
    if isinstance(command, ChildClosed):
        if command.actor.unit not in state.below_closed:
            book.add(BelowClosed(unit=command.actor.unit, chain_head=command.chain_head, events=command.events))
        return book.change()
    if taken_as(state, command):
        return book.change()
    if state.closed and not isinstance(command, TakeIn | HearEscalation):
        raise Refused(Reason.CLOSED)
    carry_out(book, command)
    return book.change()


def answered_by(state: LedgerState, command: Command) -> int:
    """The number of the event that stands for a command already taken or without effect."""
    return taken_as(state, command) or state.seq


def note_summary(
    plan: CascadePlan, state: LedgerState, now: datetime, files: Mapping[str, str], report: PlannedReport | None = None
) -> Change:
    """A summary report was written, the one at the end if no other is named: SHA-256 (hex) of each form by its place.
    One that was noted already is not noted again."""
    cause = f"summary/{report.key}" if report else "summary"
    book = Book(plan, state, max(now, state.now), _timer(plan), cause)
    if report is None:
        book.add(SummaryIssued(files=dict(files)))
    elif report.key not in state.reported:
        book.add(
            SummaryIssued(
                files=dict(files), report=report.key, title=report.title, period=report.period, as_of=report.closes
            )
        )
    return book.change()


def next_wake(plan: CascadePlan, state: LedgerState, making: Collection[str] = ()) -> datetime | None:
    """The next instant at which time alone brings something; None once the register is closed. `making` are the keys
    of the reports that are being made, which wait for no time any more."""
    if state.closed:
        return None
    latest = {item.key: item.opening.at_latest for item in plan.requirements if may_open(state, item)}
    others = (next_reminder(plan, state), next_digest(plan, state), next_report(plan, state, making))
    return min((plan.closing, *waking(state.obligations, latest), *(at for at in others if at is not None)))


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


def _fire_steps(book: Book) -> None:
    """One event for all obligations of a requirement that have reached the same steps of a track: the last of them, and
    it tells all whom one of them would have told."""
    groups: dict[tuple[str, Track, tuple[Step, ...]], list[str]] = defaultdict(list)
    for key, item in stepping(book.state.obligations, book.at):
        for track, reached in book.schedule.reached(item, book.at).items():
            groups[item.requirement, track, reached].append(key)
    for (requirement, track, (*passed, last)), keys in groups.items():
        book.add(
            StepFired(
                requirement=requirement,
                step=last.name,
                track=track,
                step_kind=last.kind,
                to=tuple(dict.fromkeys(audience for step in (*passed, last) for audience in step.to)),
                scheduled=last.at,
                passed=tuple(step.name for step in passed),
                obligations=tuple(keys),
            )
        )
