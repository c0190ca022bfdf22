"""What opens obligations that wait, and what shows that they do not apply after all."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from datetime import date, datetime
from functools import partial

from models.actor import ActorKind
from models.answer import Answer, Selected
from models.command import ExcludeBelow, OpenBelow, ReinstateBelow
from models.document import DocumentRef
from models.event import AboveAccepted, AboveExcluded, AboveReinstated, Excluded, ObligationsOpened
from models.obligation import ObligationState, State, obligation_key, requirement_of, unit_of
from models.plan import Opening, OpeningMode, RequirementPlan
from rules.book import Book
from rules.calendar import FrozenCalendar, local_day
from rules.deadline import term_due
from rules.refusals import Reason, Refused

_FROM_ABOVE = frozenset({OpeningMode.WHEN_ACCEPTED, OpeningMode.WHEN_SELECTED})
TELL_FROM_ABOVE = frozenset({ActorKind.CASCADE, ActorKind.SUPERVISOR})
"""Who may tell a register what has come above it: the register there, or a supervisor who tells it again."""
_Waiting = tuple[str, ObligationState, RequirementPlan]


def open_at_start(book: Book) -> None:
    _open(book, book.waiting(lambda opening: opening.mode is OpeningMode.AT_START), "start")


def open_at_latest(book: Book) -> None:
    """Open what has waited until the instant at which it opens anyway."""
    late = book.waiting(lambda opening: opening.at_latest is not None and opening.at_latest <= book.at)
    _open(book, late, "at_latest")


def open_added(book: Book, keys: Collection[str]) -> None:
    """Open what was added to a register that runs, is owed again, or waits for something else than before, where that
    has come: its day, a document that is registered, the unit's own answer, or what opened others of the same
    requirement. What a unit above has done besides is told again (rules/catching_up.py)."""
    siblings = {item.requirement: item.basis for item in book.state.obligations.values() if item.opened_at is not None}
    found: dict[DocumentRef | None, list[_Waiting]] = defaultdict(list)
    for key, obligation, asked in book.waiting(lambda _: True):
        if key not in keys:
            continue
        opening, basis, come = asked.opening, None, False
        match opening.mode:
            case OpeningMode.AT_START:
                come = True
            case OpeningMode.WHEN_REGISTERED:
                come, basis = opening.key in book.state.registered, siblings.get(asked.key)
            case OpeningMode.WHEN_ACCEPTED:
                come, basis = asked.key in siblings, siblings.get(asked.key)
            case OpeningMode.WHEN_HELD:
                own = book.state.obligations.get(obligation_key(opening.key, obligation.unit))
                if own is not None:
                    come, basis = own.submitted_at is not None, own.document
        if come or (opening.at_latest is not None and opening.at_latest <= book.at):
            found[basis].append((key, obligation, asked))
    for basis, waiting in found.items():
        _open(book, waiting, "added", basis)


def open_arrived(book: Book, keys: Collection[str]) -> None:
    """Open what has come from another register and waits for a document that is here already."""
    registered = {(OpeningMode.WHEN_REGISTERED, trigger) for trigger in book.state.registered}
    waiting = book.waiting(lambda opening: (opening.mode, opening.key) in registered)
    _open(book, [item for item in waiting if item[0] in keys], "registered")


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
    if command.actor.kind not in TELL_FROM_ABOVE:
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
        units = (obligation.unit, *(before.unit for before in obligation.inherited))
        if waits_for_all or any((unit, asked.opening.choice) in chosen for unit in units):
            opening.append((key, obligation, asked))
        else:
            excluded.append(key)
    _open(book, opening, "accepted_above", document)
    _exclude(book, excluded, "not_selected")


def open_taken_over(book: Book, key: str) -> None:
    """Open what a unit owes that waits for a document of a unit above, where the unit has taken over that document from
    it and it was accepted now: a district's plan that has gone down to its communes."""
    taken_over = book.state.obligations[key]
    if not taken_over.inherited:
        return
    waiting = book.waiting(_from_above(taken_over.requirement))
    own = [item for item in waiting if item[1].unit == taken_over.unit and not _selects(item)]
    _open(book, own, "accepted_above", taken_over.document)


def _selects(item: _Waiting) -> bool:
    return item[2].opening.mode is OpeningMode.WHEN_SELECTED


def hear_excluded(book: Book, command: ExcludeBelow) -> None:
    """The register above tells that a requirement does not apply to a unit that all units here stand below."""
    if command.actor.kind not in TELL_FROM_ABOVE:
        raise Refused(Reason.NOT_YOURS)
    if command.requirement in book.plan.passes_down:
        book.add(AboveExcluded(requirement=command.requirement, unit=command.unit))
    waiting = book.waiting(_from_above(command.requirement))
    gone = [key for key, _, asked in waiting if asked.opening.at_latest is None]
    _exclude(book, gone, "not_applicable_above")


def hear_reinstated(book: Book, command: ReinstateBelow) -> None:
    """The register above tells that a requirement applies after all to a unit that all units here stand below."""
    if command.actor.kind not in TELL_FROM_ABOVE:
        raise Refused(Reason.NOT_YOURS)
    waited = [key for key, _, _ in _excluded(book, _from_above(command.requirement))]
    keys = following_back(book, waited)
    if keys or command.requirement in book.plan.passes_down:
        book.add(AboveReinstated(requirement=command.requirement, unit=command.unit, obligations=keys))
        open_added(book, keys)


def excluded(item: ObligationState) -> bool:
    """Whether something did not apply because nothing above it did; a supervisor would have given a reason."""
    return item.state is State.NOT_APPLICABLE and item.laid_aside is State.DORMANT and not item.reason


def following_back(book: Book, back: Iterable[str]) -> tuple[str, ...]:
    """Obligations that apply again, with all that did not apply because they did not."""
    found: dict[str, None] = {}
    more = list(back)
    while more:
        found |= dict.fromkeys(more)
        more = [key for key in _following(book, more, partial(_excluded, book)) if key not in found]
    return tuple(found)


def exclude_following(book: Book, gone: Collection[str]) -> None:
    """Exclude what waits for nothing but obligations that do not apply: for others of the same unit or, in this
    register, for a document of the unit that keeps it and stands above all others."""
    _exclude(book, _following(book, gone, book.waiting), "not_applicable_above")


def _excluded(book: Book, chosen: Callable[[Opening], bool]) -> Iterator[_Waiting]:
    """What was excluded, of requirements whose opening is chosen."""
    asked = {key: item for key, item in book.requirements.items() if chosen(item.opening)}
    for key, obligation in book.state.obligations.items():
        if obligation.requirement in asked and excluded(obligation):
            yield key, obligation, asked[obligation.requirement]


def _following(
    book: Book, gone: Collection[str], waiting: Callable[[Callable[[Opening], bool]], Iterable[_Waiting]]
) -> list[str]:
    """Of what is `waiting` in the register, that which waits for nothing but these."""
    requirements = {requirement_of(key) for key in gone}
    keepers = {
        duty.requirement
        for duty in book.plan.duties
        if obligation_key(duty.requirement, duty.unit) in gone and duty.speaks_for(book.plan.issuer)
    }
    modes = {*_FROM_ABOVE, OpeningMode.WHEN_HELD}
    following = []
    for key, obligation, asked in waiting(
        lambda opening: opening.mode in modes and opening.key in requirements and opening.at_latest is None
    ):
        waits_for = asked.opening.key
        own = asked.opening.mode is OpeningMode.WHEN_HELD or bool(obligation.inherited)
        mine = obligation_key(waits_for, obligation.unit) in gone
        above = asked.opening.mode in _FROM_ABOVE and waits_for in keepers
        if (own and mine) or above:
            following.append(key)
    return following


def _from_above(requirement: str) -> Callable[[Opening], bool]:
    return lambda opening: opening.mode in _FROM_ABOVE and opening.key == requirement


def _exclude(book: Book, keys: Sequence[str], reason: str) -> None:
    if keys:
        book.add(Excluded(obligations=tuple(keys), reason=reason))
        exclude_following(book, frozenset(keys))


def _open(
    book: Book, waiting: Iterable[_Waiting], reason: str, basis: DocumentRef | None = None, day: date | None = None
) -> None:
    """Open obligations; those whose deadline is counted from a day (by default today) get it with the opening, unless
    they have one of their own."""
    calendar = FrozenCalendar(book.plan.follow_up.days_off)
    dues: dict[str, datetime | None] = {}
    groups: dict[datetime | None, list[str]] = defaultdict(list)
    for key, obligation, asked in waiting:
        if asked.key not in dues:
            dues[asked.key] = term_due(asked.term, day or local_day(book.at), calendar) if asked.term else None
        groups[None if obligation.due else dues[asked.key]].append(key)
    for due, keys in groups.items():
        book.add(ObligationsOpened(obligations=tuple(keys), reason=reason, basis=basis, due=due))
