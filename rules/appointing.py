"""Naming people who answer for a unit, leaving, and addresses that are gone: what the register does about them.

Chains of people who name one another are short and never circle, and both names stay in the trail.
"""

from collections.abc import Iterator
from datetime import date, timedelta

from models.actor import ActorKind
from models.command import Leave, NameHolder, NoteRefusal
from models.correspondence import AddressRefused, HolderLeft, HolderNamed
from models.holder import Arrangement, Holder, holder_key
from models.obligation import OWING
from models.unit import Role
from rules.book import Book
from rules.calendar import local_day
from rules.holders import EMAIL, answers, holders_of, named_by
from rules.margins import keys_of
from rules.refusals import Reason, Refused

LONGEST_CHAIN = 3
"""People between a contact of the registry and the last one named by one another."""

_LONGEST_SUBSTITUTION = timedelta(days=366)
_CONTACTS = frozenset(Role)


def name_holder(book: Book, command: NameHolder) -> None:
    """Somebody who answers for the unit names another, or the unit that keeps the register does, or a supervisor."""
    actor, today = command.actor, local_day(book.at)
    stepping_in = actor.kind is ActorKind.SUPERVISOR
    if command.unit not in _units(book) or not (stepping_in or actor.unit in {command.unit, book.plan.issuer}):
        raise Refused(Reason.NOT_YOURS)
    own = actor.unit == command.unit and not stepping_in
    known = holders_of(book.state.holders, command.unit)
    by = (actor.holder or Role.FOCAL) if own else _in_charge(known, today)
    if own and not _works(named_by(known, by), by, today):
        raise Refused(Reason.HOLDER_GONE)
    if not command.name.strip():
        raise Refused(Reason.NAME_MISSING)
    if not EMAIL.fullmatch(command.email):
        raise Refused(Reason.ADDRESS_WRONG)
    _check_period(command, today)
    chain = tuple(_chain(known, by, today))
    met = {command.by_email.casefold(), *(address.casefold() for item in chain for address in _addresses(item))}
    if command.email.casefold() in met:
        raise Refused(Reason.HOLDER_CIRCLE)
    if len(chain) >= LONGEST_CHAIN:
        raise Refused(Reason.CHAIN_TOO_LONG)
    said = command.model_dump(include={"unit", "name", "email", "arrangement", "by_email", "first", "last", "reason"})
    book.add(HolderNamed.model_validate(said | {"by": by, "obligations": _owed(book, command.unit)}))


def leave(book: Book, command: Leave) -> None:
    """Somebody tells that he does not answer for his unit (any more); told twice it has happened once."""
    actor = command.actor
    if actor.unit not in _units(book):
        raise Refused(Reason.NOT_YOURS)
    holder = actor.holder or Role.FOCAL
    known = named_by(holders_of(book.state.holders, actor.unit), holder)
    if known is None and holder not in _CONTACTS:
        raise Refused(Reason.HOLDER_GONE)
    if known is not None and known.left_at is not None and known.email in {"", command.email}:
        return
    book.add(
        HolderLeft(
            unit=actor.unit,
            holder=holder,
            role=known.role if known else Role(holder),
            email=command.email,
            words=command.words,
            obligations=_owed(book, actor.unit),
        )
    )


def note_refusal(book: Book, command: NoteRefusal) -> None:
    """A mail server refused an address for good; what is known already is not noted again."""
    if command.actor.kind is not ActorKind.POSTMAN:
        raise Refused(Reason.NOT_YOURS)
    known = book.state.holders.get(holder_key(command.unit, command.holder))
    if known is not None and known.refused_at is not None and known.email == command.email:
        return
    said = command.model_dump(include={"unit", "holder", "role", "email", "words"})
    book.add(AddressRefused.model_validate(said | {"obligations": _owed(book, command.unit)}))


def _in_charge(holders: tuple[Holder, ...], day: date) -> str:
    """Whom somebody named from above follows, joins or stands in for: the last who took over, else the contact."""
    took_over = (
        item.id
        for item in reversed(holders)
        if item.arrangement is Arrangement.SUCCESSOR and item.role is Role.FOCAL and answers(item, day)
    )
    return next(took_over, Role.FOCAL)


def _works(holder: Holder | None, by: str, day: date) -> bool:
    """Whether somebody may name others: of whom nothing is known yet, a contact of the registry may."""
    return by in _CONTACTS if holder is None else answers(holder, day)


def _check_period(command: NameHolder, today: date) -> None:
    first, last = command.first, command.last
    if command.arrangement is not Arrangement.SUBSTITUTE:
        if first is not None or last is not None:
            raise Refused(Reason.PERIOD_WRONG)
    elif first is None or last is None or not first <= last or last < today or last - first > _LONGEST_SUBSTITUTION:
        raise Refused(Reason.PERIOD_WRONG)


def _chain(holders: tuple[Holder, ...], holder: str, day: date) -> Iterator[Holder]:
    """The named people from somebody up to the registry's contact, as far as they still answer."""
    while (found := named_by(holders, holder)) is not None and found.arrangement and answers(found, day):
        yield found
        holder = found.by


def _addresses(holder: Holder) -> tuple[str, str]:
    return (holder.email, holder.by_email)


def _units(book: Book) -> frozenset[str]:
    reviewing = (reviewer.unit for duty in book.plan.duties for reviewer in duty.reviewers)
    return frozenset((book.plan.issuer, *(duty.unit for duty in book.plan.duties), *reviewing))


def _owed(book: Book, unit: str) -> tuple[str, ...]:
    known = book.state.obligations
    return tuple(key for key in keys_of(known, unit) if known[key].state in OWING)
