"""What opens obligations that wait, and what shows that they do not apply after all."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Sequence
from datetime import date, datetime

from models.answer import Answer, Selected
from models.command import ActorKind, ExcludeBelow, OpenBelow
from models.document import DocumentRef
from models.event import AboveAccepted, AboveExcluded, Excluded, ObligationsOpened
from models.obligation import ObligationState, obligation_key, requirement_of, unit_of
from models.plan import Opening, OpeningMode, RequirementPlan
from rules.book import Book
from rules.calendar import FrozenCalendar, local_day
from rules.deadline import term_due
from rules.refusals import Reason, Refused

_FROM_ABOVE = frozenset({OpeningMode.WHEN_ACCEPTED, OpeningMode.WHEN_SELECTED})
_Waiting = tuple[str, ObligationState, RequirementPlan]


def open_at_start(book: Book) -> None:
    _open(book, book.waiting(lambda opening: opening.mode is OpeningMode.AT_START), "start")


def open_at_latest(book: Book) -> None:
    """Open what has waited until the instant at which it opens anyway."""
    late = book.waiting(lambda opening: opening.at_latest is not None and opening.at_latest <= book.at)
    _open(book, late, "at_latest")


def open_registered(book: Book, trigger: str, document: DocumentRef) -> None:
    """Open what waits for a document that has arrived."""
    waits = (OpeningMode.WHEN_REGISTERED, trigger)
    _open(book, book.waiting(lambda opening: (opening.mode, opening.key) == waits), "registered", document)


def open_held(book: Book, key: str, answer: Answer, earliest: date | None = None) -> None:
    """Open what the same unit owes after it has answered `key`. Days are counted from the day of what it handed in: of
    the event, else of the document, else today; not from before `earliest`, nor from a day that has not come yet."""
    waits = (OpeningMode.WHEN_HELD, requirement_of(key))
    waiting = book.waiting(lambda opening: (opening.mode, opening.key) == waits)
    found = [item for item in waiting if item[1].unit == unit_of(key)]
    today = local_day(book.at)
    day = min((answer.held and answer.held.date) or (answer.document and answer.document.date) or today, today)
    _open(book, found, "held", answer.document, max(day, earliest or day))


def hear_accepted(book: Book, command: OpenBelow) -> None:
    """The register above tells of an accepted document."""
    if command.actor.kind is not ActorKind.CASCADE:
        raise Refused(Reason.NOT_YOURS)
    if command.requirement in book.plan.passes_down:
        told = command.model_dump(include={"requirement", "unit", "document", "selected"})
        book.add(AboveAccepted.model_validate(told))
    open_accepted(book, command.requirement, command.document, command.selected)


def open_accepted(book: Book, requirement: str, document: DocumentRef | None, selected: Collection[Selected]) -> None:
    """Open what waits for the accepted document of a unit that all units of this register stand below; where that was a
    selection, for those that were selected, while the others owe nothing."""
    opening: list[_Waiting] = []
    excluded: list[str] = []
    chosen = {(item.unit, choice) for item in selected for choice in (item.choice, "")}
    for key, obligation, asked in book.waiting(_from_above(requirement)):
        waits_for_all = asked.opening.mode is OpeningMode.WHEN_ACCEPTED
        if waits_for_all or (obligation.unit, asked.opening.choice) in chosen:
            opening.append((key, obligation, asked))
        else:
            excluded.append(key)
    _open(book, opening, "accepted_above", document)
    _exclude(book, excluded, "not_selected")


def hear_excluded(book: Book, command: ExcludeBelow) -> None:
    """The register above tells that a requirement does not apply to a unit that all units here stand below."""
    if command.actor.kind is not ActorKind.CASCADE:
        raise Refused(Reason.NOT_YOURS)
    if command.requirement in book.plan.passes_down:
        book.add(AboveExcluded(requirement=command.requirement, unit=command.unit))
    waiting = book.waiting(_from_above(command.requirement))
    gone = [key for key, _, asked in waiting if asked.opening.at_latest is None]
    _exclude(book, gone, "not_applicable_above")


def exclude_following(book: Book, gone: Collection[str]) -> None:
    """Exclude what waits for nothing but obligations that do not apply: for others of the same unit or, in this
    register, for a document of the unit that keeps it and stands above all others."""
    requirements = {requirement_of(key) for key in gone}
    keepers = {
        duty.requirement
        for duty in book.plan.duties
        if obligation_key(duty.requirement, duty.unit) in gone and duty.speaks_for(book.plan.issuer)
    }
    modes = {*_FROM_ABOVE, OpeningMode.WHEN_HELD}
    following = []
    for key, obligation, asked in book.waiting(
        lambda opening: opening.mode in modes and opening.key in requirements and opening.at_latest is None
    ):
        waits_for = asked.opening.key
        own = asked.opening.mode is OpeningMode.WHEN_HELD
        if obligation_key(waits_for, obligation.unit) in gone if own else waits_for in keepers:
            following.append(key)
    _exclude(book, following, "not_applicable_above")


def _from_above(requirement: str) -> Callable[[Opening], bool]:
    return lambda opening: opening.mode in _FROM_ABOVE and opening.key == requirement


def _exclude(book: Book, keys: Sequence[str], reason: str) -> None:
    if keys:
        book.add(Excluded(obligations=tuple(keys), reason=reason))
        exclude_following(book, frozenset(keys))


def _open(
    book: Book, waiting: Iterable[_Waiting], reason: str, basis: DocumentRef | None = None, day: date | None = None
) -> None:
    """Open obligations; those whose deadline is counted from a day (by default today) get it with the opening."""
    calendar = FrozenCalendar(book.plan.follow_up.days_off)
    dues: dict[str, datetime | None] = {}
    groups: dict[datetime | None, list[str]] = defaultdict(list)
    for key, _, asked in waiting:
        if asked.key not in dues:
            dues[asked.key] = term_due(asked.term, day or local_day(book.at), calendar) if asked.term else None
        groups[dues[asked.key]].append(key)
    for due, keys in groups.items():
        book.add(ObligationsOpened(obligations=tuple(keys), reason=reason, basis=basis, due=due))
