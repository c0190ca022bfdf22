"""A directive changes while it runs: a new version of it, or units that were left out (docs/decisions/0013)."""

from collections.abc import Collection, Iterable
from datetime import date, datetime, time, timedelta

from models.intervention import Amend, Enlist
from models.obligation import LIVE, OWING, RELEASED, ObligationState, State, obligation_key
from models.plan import Amendment, Duty, RequirementPlan
from models.stepped_in import Amended
from rules.book import Book
from rules.calendar import ZONE, FrozenCalendar, day_end, day_start, local_day
from rules.deadline import term_due
from rules.openings import exclude_following, excluded, open_added
from rules.refusals import Reason, Refused
from rules.reporting import still_to_come
from rules.stepping_in import allow, due_fault, known_of, reinstated

ENLISTED = "enlist:"
"""How the ids of commands begin that enlist late addressees: by it they are found again for the next version."""
_NOT_READ = {"due", "term", "series", "opening", "ends_with", "consolidates", "function"}
"""What of a requirement only the register reads."""
_LONGEST_COUNT = 400
"""Days before the opening among which the one is looked for that a deadline is counted from, where that was earlier."""


def amend(book: Book, command: Amend) -> None:
    """Answers already in are kept; what is not asked any more is withdrawn; what is not done has the new dates, unless
    it had one of its own; what a version before left out is owed again if this one asks for it."""
    allow(book, command.actor, command.reason)
    amendment = command.amendment
    if amendment.version <= book.plan.version:
        raise Refused(Reason.VERSION_OUTDATED)
    if amendment.closing is not None and amendment.closing <= book.at:
        raise Refused(Reason.DAY_PAST)
    items = book.state.obligations
    gone = [
        item
        for key, item in items.items()
        if (item.requirement in amendment.removed or key in amendment.dropped)
        and (item.state in LIVE or excluded(item))  # what was excluded would come back with what it waited for
    ]
    if amendment.reports is not None:
        calendar = still_to_come(book.plan.reports, amendment.reports, book.at)
        amendment = amendment.model_copy(update={"reports": calendar})
    added, again = _new_keys(book, amendment.duties), _asked_again(book, amendment)
    dues = _new_dues(book, amendment, {*again, *(key for key, item in items.items() if item.state in LIVE)})
    for item in gone:
        dues.pop(item.key, None)
    book.add(
        Amended(
            amendment=amendment,
            withdrawn=tuple(item.key for item in gone),
            opened=known_of([*gone, *(items[key] for key in dues)]),
            dues=dues,
            followed=_followed(book, amendment),
            reworded=_reworded(book, amendment, {item.key for item in gone}),
            document=command.document,
            reason=command.reason,
        )
    )
    if again:
        reinstated(book, [book.obligation(key) for key in again], command.reason)
    changed = {item.key for item in amendment.requirements}
    waiting = {key for key, item in book.state.obligations.items() if item.requirement in changed}
    open_added(book, {*added, *again, *waiting})
    exclude_following(book, {key for key, item in book.state.obligations.items() if item.state in RELEASED})


def enlist(book: Book, command: Enlist) -> None:
    """Units owe what they were not asked before, as others of the register do, or begin to keep a register below."""
    allow(book, command.actor, command.reason)
    if command.until is not None and (fault := due_fault(book.plan, command.until, local_day(book.at))):
        raise Refused(fault)
    added = _new_keys(book, command.duties)
    duties = tuple(
        _decided_here(book, duty) for duty in command.duties if obligation_key(duty.requirement, duty.unit) in added
    )
    below = set(command.children) - set(book.plan.children)
    if not (duties or below or set(command.passes_down or ()) - set(book.plan.passes_down)):
        raise Refused(Reason.ALREADY_OWES)
    fresh = tuple(item for item in command.requirements if item.key not in book.requirements)
    asked = {**book.requirements, **{item.key: item for item in fresh}}
    if command.until is None and any(_past(asked[duty.requirement], book.at) for duty in duties):
        raise Refused(Reason.DATE_NEEDED)
    dues = {
        obligation_key(duty.requirement, duty.unit): _on_day(asked[duty.requirement], command.until)
        for duty in duties
        if command.until is not None
    }
    amendment = Amendment(
        version=book.plan.version,
        requirements=fresh,
        duties=duties,
        children=command.children,
        passes_down=command.passes_down,
    )
    book.add(Amended(amendment=amendment, dues=dues, reason=command.reason))
    open_added(book, added)
    exclude_following(book, {key for key, item in book.state.obligations.items() if item.state in RELEASED})


def _decided_here(book: Book, duty: Duty) -> Duty:
    """A duty whose further recipients are others than who keeps the register by now."""
    others = tuple(item for item in duty.reviewers if item.unit != book.plan.issuer)
    return duty.model_copy(update={"reviewers": others})


def _new_keys(book: Book, duties: Iterable[Duty]) -> frozenset[str]:
    """The obligations that duties add to the register."""
    keys = (obligation_key(duty.requirement, duty.unit) for duty in duties)
    return frozenset(key for key in keys if key not in book.state.obligations)


def _asked_again(book: Book, amendment: Amendment) -> tuple[str, ...]:
    """What was withdrawn or did not apply and is asked again; and what did not apply because of something that it does
    not wait for any more. What a supervisor has waived stays waived."""
    before = book.requirements
    elsewhere = {
        item.key
        for item in amendment.requirements
        if item.key in before and item.opening != before[item.key].opening and item.key not in amendment.removed
    }
    return tuple(
        key
        for key, item in book.state.obligations.items()
        if (key in amendment.again and item.state in RELEASED - {State.WAIVED})
        or (item.requirement in elsewhere and key not in amendment.dropped and excluded(item))
    )


def _followed(book: Book, amendment: Amendment) -> tuple[str, ...]:
    """What another ladder follows up from now on: its steps so far are not the steps of the new one."""
    if amendment.follow_up is None:
        return ()
    followed = OWING | {State.SUBMITTED}
    return tuple(key for key, item in book.state.obligations.items() if item.state in followed)


def _reworded(book: Book, amendment: Amendment, gone: Collection[str]) -> tuple[str, ...]:
    """What is asked for in other words from now on, of what is not done and of which its unit knows."""
    before = book.requirements
    changed = {
        asked.key for asked in amendment.requirements if asked.key in before and _words(asked, before[asked.key])
    }
    items = book.state.obligations.items()
    return known_of(
        [item for key, item in items if item.requirement in changed and item.state in LIVE and key not in gone]
    )


def _words(asked: RequirementPlan, before: RequirementPlan) -> bool:
    """Whether two versions of a requirement differ in what a unit reads, the date apart, which is told by itself."""
    dated = (asked.due, asked.term) != (before.due, before.term)
    unread = _NOT_READ | {"due_phrase"} if dated else _NOT_READ
    return asked.model_dump(exclude=unread) != before.model_dump(exclude=unread)


def _past(asked: RequirementPlan, at: datetime) -> bool:
    return asked.due is not None and asked.due <= at


def _on_day(asked: RequirementPlan, until: date) -> datetime:
    """The end of a last day, at the time of day at which the requirement ends for others."""
    at = asked.due.astimezone(ZONE).time() if asked.due else time(0)
    return day_end(until) if at == time(0) else day_start(until, at)


def _new_dues(book: Book, amendment: Amendment, keys: Collection[str]) -> dict[str, datetime | None]:
    """New dates of obligations, where the version before had the date that holds now."""
    before, calendar = book.requirements, FrozenCalendar(book.plan.follow_up.days_off)
    asked = {
        item.key: item
        for item in amendment.requirements
        if item.key in before and (item.due, item.term) != (before[item.key].due, before[item.key].term)
    }
    found: dict[str, datetime | None] = {}
    for key, item in book.state.obligations.items():
        if key not in keys or item.requirement not in asked:
            continue
        day = _counted_from(item, before[item.requirement], calendar)
        if item.due == _dated(before[item.requirement], day, calendar):
            due = _dated(asked[item.requirement], day, calendar)
            if due != item.due:
                found[key] = due
    return found


def _dated(asked: RequirementPlan, day: date | None, calendar: FrozenCalendar) -> datetime | None:
    """The due instant that a requirement gives to what is counted from a day; None where the day is not known yet."""
    if asked.term is None:
        return asked.due
    return None if day is None else term_due(asked.term, day, calendar)


def _counted_from(item: ObligationState, asked: RequirementPlan, calendar: FrozenCalendar) -> date | None:
    """The day from which the deadline of an obligation is counted: that of its opening, or the day before it which its
    due instant shows, for what follows an event; None for what has not opened."""
    if item.opened_at is None:
        return None
    opened = local_day(item.opened_at)
    if asked.term is None or item.due is None:
        return opened
    days = (opened - timedelta(days=number) for number in range(_LONGEST_COUNT))
    return next((day for day in days if term_due(asked.term, day, calendar) <= item.due), opened)
