"""Which units an event is about: under them it is found again in a timeline."""

from collections.abc import Iterable, Iterator
from typing import Any

from models.actor import ActorKind
from models.correspondence import DecisionsAwaited, RequestAnswered
from models.event import CascadeOpened, Event, Fact
from models.obligation import unit_of
from models.plan import CascadePlan
from models.recommendation import obligation_of
from models.request import requested_for
from models.stepped_in import Amended
from models.succession import Handover, KeepingChanged, TakenIn, Transferred

_OBLIGATIONS = ("obligation", "obligations", "unfulfilled", "withdrawn", "source")
_RECOMMENDATIONS = ("recommendation", "recommendations")
_PEOPLE = {ActorKind.OFFICER, ActorKind.REVIEWER}


def concerned(plan: CascadePlan, event: Event) -> frozenset[str]:
    """The units whose obligations an event is about, those that it names, and the one that acted."""
    acting = {event.actor.unit} if event.actor.kind in _PEOPLE else set()
    return frozenset({*acting, *_named(plan, event.fact)})


def _named(plan: CascadePlan, fact: Fact) -> Iterator[str]:
    yield from _in_particular(plan, fact)
    if unit := getattr(fact, "unit", ""):
        yield unit
    if isinstance(fact, RequestAnswered):
        yield unit_of(requested_for(fact.request))
    for name in _OBLIGATIONS:
        yield from map(unit_of, _keys(getattr(fact, name, ())))
    for name in _RECOMMENDATIONS:
        yield from (unit_of(obligation_of(key)) for key in _keys(getattr(fact, name, ())))


def _in_particular(plan: CascadePlan, fact: Fact) -> Iterator[str]:
    """Those that some facts name in their own way."""
    match fact:
        case DecisionsAwaited(submissions=submissions, requests=requests):
            yield from (*submissions, *requests)
            yield from (unit_of(key) for keys in submissions.values() for key in keys)
            yield from (unit_of(requested_for(key)) for keys in requests.values() for key in keys)
        case CascadeOpened():
            yield from (duty.unit for duty in plan.duties)
        case Amended(amendment=amendment, dues=dues, followed=followed):
            yield from (duty.unit for duty in amendment.duties)
            yield from map(unit_of, (*amendment.dropped, *amendment.again, *dues, *followed))
        case Transferred(moves=moves, bequeathed=bequeathed, handovers=handovers):
            for move in moves:
                yield unit_of(move.obligation)
                yield from move.units
            yield from map(unit_of, bequeathed)
            yield from _arriving(handovers)
        case TakenIn(handover=handover, merged=merged):
            yield from _arriving([handover])
            yield from map(unit_of, merged)
        case KeepingChanged(keeping=keeping, before=before):
            yield from (keeping.issuer, before)


def _arriving(handovers: Iterable[Handover]) -> Iterator[str]:
    """Whoever owed it, owes it now, or held the event that counts for it."""
    for arrival in (each for handover in handovers for each in handover.arrivals):
        yield unit_of(arrival.before.key)
        yield arrival.duty.unit
        if arrival.before.shared_from:
            yield unit_of(arrival.before.shared_from)


def _keys(value: Any) -> tuple[str, ...]:
    """One key or several; a number of obligations bears the same name in the first fact, and a register that of a
    handover."""
    found = (value,) if isinstance(value, str) else value if isinstance(value, tuple) else ()
    return tuple(key for key in found if "@" in key)
