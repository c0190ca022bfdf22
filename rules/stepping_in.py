"""A supervisor steps in: dates, releases, pauses, papers. Each with its reason, each undone only by a further event.

What fits is done for all targets; a target that was answered since it was looked at is left alone. Only where nothing
fits is the whole refused, with the reason of the first. The functions that end in `_fault` say beforehand what would
not fit, and why: who steps in is shown the same that the register decides.
"""

from collections import defaultdict
from collections.abc import Callable, Collection
from datetime import date, datetime

from models.actor import Actor, ActorKind
from models.event import Accepted, Submitted
from models.intervention import AcceptPaper, EndRegister, Reinstate, ReleaseUnit, Resume, SetDue, Suspend, Target
from models.obligation import DONE, GONE, LIVE, OWING, RELEASED, ObligationState, Outcome, State
from models.plan import CascadePlan, DirectiveHead, RequirementKind
from models.register import ObligationLine
from models.stepped_in import DueSet, Ended, Reinstated, Released, Resumed, Suspended
from rules.book import Book
from rules.calendar import FrozenCalendar, day_end, day_start, last_day, local_day
from rules.deciding import needs_reason
from rules.documents import close
from rules.openings import exclude_following, following_back, open_added, open_held
from rules.refusals import NOT_OWED, Reason, Refused
from rules.requests import new_due
from rules.reviews import settle

Item = ObligationState | ObligationLine
"""An obligation in a register, or a line of it as people read it."""

_NOT_ASKED = {
    State.ACCEPTED: Reason.ALREADY_DONE,
    State.SATISFIED: Reason.ALREADY_DONE,
    State.NOT_APPLICABLE: Reason.NOT_APPLICABLE,
    State.WAIVED: Reason.WAIVED,
    State.WITHDRAWN: Reason.WITHDRAWN,
    State.TRANSFERRED: Reason.TRANSFERRED,
    State.UNFULFILLED: Reason.LAPSED,
}


def may_step_in(plan: CascadePlan, actor: Actor) -> bool:
    """Whether somebody may step in: the supervisor at the command line, or who keeps the register."""
    return actor.kind is ActorKind.SUPERVISOR or (actor.kind is ActorKind.REVIEWER and actor.unit == plan.issuer)


def due_fault(plan: CascadePlan | DirectiveHead, until: date, today: date) -> Reason | None:
    """What is wrong with a new last day, whatever it was before; None where nothing is."""
    if until < local_day(plan.starts):
        return Reason.DAY_BEFORE_ISSUE
    if until < today:
        return Reason.DAY_PAST
    return Reason.DAY_BEYOND_CLOSING if until > last_day(plan.closing) else None


def dating_fault(item: Item, until: date) -> Reason | None:
    """Why something cannot get a new last day; None where it can."""
    same = item.due is not None and last_day(item.due) == until
    return release_fault(item) or (Reason.SAME_DAY if same else None)


def release_fault(item: Item) -> Reason | None:
    """Why a unit cannot be released from something; None where it can."""
    return _NOT_ASKED.get(item.state)


def reinstating_fault(item: Item) -> Reason | None:
    """Why something cannot be owed again; None where it can."""
    if item.state in RELEASED | DONE:
        return None
    return _NOT_ASKED.get(item.state, Reason.NOT_LAID_ASIDE)


def suspending_fault(item: Item) -> Reason | None:
    """Why something cannot be suspended; None where it can."""
    return None if item.state in OWING else NOT_OWED[item.state]


def resuming_fault(item: Item) -> Reason | None:
    """Why something cannot go on; None where it can."""
    return None if item.state is State.SUSPENDED else _NOT_ASKED.get(item.state, Reason.NOT_SUSPENDED)


def paper_fault(item: Item) -> Reason | None:
    """Why nothing can be accepted on paper for something; None where it can."""
    return suspending_fault(item)


def reassigning_fault(item: Item, there: Item | None = None) -> Reason | None:
    """Why something cannot go to another unit, of which the register has `there` for the same requirement; None where
    it can."""
    if item.state not in LIVE:
        return Reason.NOTHING_TO_REASSIGN
    owed = there is not None and there.state not in GONE
    return Reason.ALREADY_OWES if owed else None


def set_due(book: Book, command: SetDue) -> None:
    """A new last day, at the time of day at which the old one ended."""
    allow(book, command.actor, command.reason)
    if fault := due_fault(book.plan, command.until, local_day(book.at)):
        raise Refused(fault)
    dues: dict[datetime, list[ObligationState]] = defaultdict(list)
    for item in fitting(book, command.targets, lambda item: dating_fault(item, command.until)):
        dues[new_due(item.due, command.until) if item.due else day_end(command.until)].append(item)
    for due, items in dues.items():
        book.add(DueSet(**_about(items), until=command.until, due=due, reason=command.reason))


def release(book: Book, command: ReleaseUnit) -> None:
    """What would have followed from it does not apply either."""
    allow(book, command.actor, command.reason)
    items = fitting(book, command.targets, release_fault)
    book.add(Released(**_about(items), release=command.release, reason=command.reason))
    exclude_following(book, {item.key for item in items})


def reinstate(book: Book, command: Reinstate) -> None:
    """What it waited for may have come in the meantime: then it opens now."""
    allow(book, command.actor, command.reason)
    items = fitting(book, command.targets, reinstating_fault)
    reinstated(book, items, command.reason)


def reinstated(book: Book, items: Collection[ObligationState], reason: str) -> None:
    """Obligations are owed again, and with them what did not apply because they did not. What they wait for may have
    come in the meantime."""
    released = following_back(book, {item.key for item in items if item.state in RELEASED})
    keys = tuple(dict.fromkeys((*(item.key for item in items), *released)))
    book.add(Reinstated(obligations=keys, opened=known_of(items), released=released, reason=reason))
    open_added(book, keys)


def suspend(book: Book, command: Suspend) -> None:
    allow(book, command.actor, command.reason)
    items = fitting(book, command.targets, suspending_fault)
    book.add(Suspended(**_about(items), reason=command.reason))


def resume(book: Book, command: Resume) -> None:
    """What was left of the time in working days is left now. What it waited for may have come in the meantime."""
    allow(book, command.actor, command.reason)
    items = fitting(book, command.targets, resuming_fault)
    dues = {item.key: due for item in items if (due := due_after_pause(book, item)) is not None}
    book.add(Resumed(**_about(items), dues=dues, reason=command.reason))
    open_added(book, {item.key for item in items})


def due_after_pause(book: Book, item: ObligationState) -> datetime | None:
    """The due instant of something suspended if it goes on now: later by the working days of the pause, though not
    after the closing; None where it stays as it was: there is none, or it had passed before."""
    if item.due is None or item.suspended_at is None or item.due <= item.suspended_at:
        return None
    calendar = FrozenCalendar(book.plan.follow_up.days_off)
    paused = calendar.count(local_day(item.suspended_at), local_day(book.at))
    if paused <= 0:
        return None
    until = min(calendar.add(last_day(item.due), paused), last_day(book.plan.closing))
    return max(item.due, new_due(item.due, until))


def accept_paper(book: Book, command: AcceptPaper) -> None:
    """Enter for a unit what it gave on paper, and accept it for all recipients."""
    allow(book, command.actor, command.reason)
    (item,) = fitting(book, [command.target], paper_fault)
    opened = item.opened_at or book.plan.starts
    dated = command.answer.document.date if command.answer.document is not None else None
    earliest = max(local_day(opened), dated or local_day(opened))
    if not earliest <= command.received_on <= local_day(book.at):
        raise Refused(Reason.RECEIVED_WRONG)
    answer = command.answer
    if answer.document is None and not answer.files:
        raise Refused(Reason.PAPER_MISSING)
    requirement = book.requirements[item.requirement]
    if requirement.kind is RequirementKind.SELECTION and not answer.selected:
        raise Refused(Reason.ANSWER_INCOMPLETE)  # else nobody would count as selected
    outcomes = requirement.outcomes
    if outcomes and command.outcome not in outcomes:
        raise Refused(Reason.OUTCOME_MISSING)
    outcome = command.outcome if outcomes else None
    if needs_reason(outcome) and not command.reason.strip():
        raise Refused(Reason.REASON_MISSING)
    number = item.submissions + 1
    received = max(day_start(command.received_on), opened)
    book.add(
        Submitted(obligation=item.key, submission=number, answer=answer, received_at=received, reason=command.reason)
    )
    open_held(book, item.key, answer)
    book.add(
        Accepted(
            obligation=item.key,
            submission=number,
            comment=command.reason,
            outcome=outcome,
            document=answer.document,
            selected=answer.selected,
        )
    )
    if outcome is not Outcome.REJECTED:
        settle(book, item.key, answer)


def end(book: Book, command: EndRegister) -> None:
    """Close before the time: the first register by its supervisor, those below by the register above."""
    from_above = command.actor.kind is ActorKind.CASCADE
    if from_above != (book.plan.parent is not None) and command.actor.kind is not ActorKind.SUPERVISOR:
        raise Refused(Reason.NOT_YOURS)
    if not from_above:
        allow(book, command.actor, command.reason)
    items = [item for item in book.state.obligations.values() if command.cancelled and item.state in LIVE]
    keys = tuple(item.key for item in items)
    book.add(Ended(cancelled=command.cancelled, withdrawn=keys, opened=known_of(items), reason=command.reason))
    close(book)


def allow(book: Book, actor: Actor, reason: str) -> None:
    """Raises `Refused` for somebody who may not step in, or gives no reason."""
    if not may_step_in(book.plan, actor):
        raise Refused(Reason.NOT_YOURS)
    if not reason.strip():
        raise Refused(Reason.REASON_NEEDED)


def fitting(
    book: Book, targets: Collection[Target], fault: Callable[[ObligationState], Reason | None]
) -> list[ObligationState]:
    """The targets that are as they were looked at and in which there is no fault. Raises `Refused` where there are
    none, and for an unknown one."""
    found: dict[str, ObligationState] = {}
    faults: list[Reason] = []
    for target in targets:
        item = book.obligation(target.obligation)
        why = answered_since(item, target.submissions) or fault(item)
        if why is None:
            found[item.key] = item
        else:
            faults.append(why)
    if not found:
        raise Refused(faults[0] if faults else Reason.NOTHING_CHOSEN)
    return list(found.values())


def answered_since(item: Item, submissions: int) -> Reason | None:
    """Why something that was looked at with so many submissions is left alone; None where it stands as it was seen."""
    return Reason.CHANGED_MEANWHILE if item.submissions != submissions else None


def known_of(items: Collection[ObligationState]) -> tuple[str, ...]:
    """The keys of those of which their units know: they have been open."""
    return tuple(item.key for item in items if item.opened_at is not None)


def _about(items: Collection[ObligationState]) -> dict[str, tuple[str, ...]]:
    """What a fact says it is about."""
    return {"obligations": tuple(item.key for item in items), "opened": known_of(items)}
