"""Obligations go from one unit to another: reassigned by a supervisor, or because units are reorganised (DOMAIN section
5). Every one has exactly one account afterwards: moved, merged, waiting, or closed under its old name."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from models.actor import ActorKind
from models.intervention import Reassign
from models.obligation import DONE, GONE, Inherited, ObligationState, State, obligation_key
from models.plan import Duty, RequirementPlan
from models.recommendation import PENDING, Recommendation, RecommendationStatus
from models.request import Request, RequestStatus
from models.stepped_in import Suspended
from models.succession import (
    Arrival,
    Handover,
    KeepingChanged,
    Move,
    Reorganise,
    Succession,
    TakeIn,
    TakenIn,
    Transferred,
)
from models.unit import Unit
from rules.book import Book
from rules.documents import close
from rules.folding import back
from rules.holding import hands_until, passed_on
from rules.inheriting import evidence, moves_on, together
from rules.openings import open_added, open_arrived
from rules.refusals import Reason, Refused
from rules.stepping_in import Item, allow, due_after_pause, fitting, known_of, reassigning_fault


@dataclass
class _Leaving:
    """What leaves its units: where each obligation goes, what is evidence for whom, and what arrives where."""

    moves: list[Move] = field(default_factory=list)
    bequeathed: dict[str, tuple[str, ...]] = field(default_factory=dict)
    arrivals: dict[str, list[Arrival]] = field(default_factory=lambda: defaultdict(list))
    waiting: list[str] = field(default_factory=list)


def awaits_heir(item: Item, unit: Unit, day: date) -> bool:
    """Whether an obligation waits for somebody who takes it over (chờ phân công lại): it is suspended, and its unit is
    not there any more on a day."""
    return item.state is State.SUSPENDED and not unit.valid_on(day)


def reassign(book: Book, command: Reassign) -> None:
    """Another unit owes it from now on. What it waited for may have come while it stood still."""
    allow(book, command.actor, command.reason)
    if command.unit == book.plan.issuer:
        raise Refused(Reason.OWN_REGISTER)

    def fault(item: ObligationState) -> Reason | None:
        return reassigning_fault(item, book.state.obligations.get(obligation_key(item.requirement, command.unit)))

    leaving, here = _Leaving(), book.plan.cascade_id
    for item in fitting(book, command.targets, fault):
        goes_on = item
        if item.state is State.SUSPENDED:
            goes_on = passed_on(item, back(item, command.reason, book.at, due_after_pause(book, item)), book.at)
        duty = book.duty(item.key).model_copy(update={"unit": command.unit})
        leaving.moves.append(Move(obligation=item.key, cascade_id=here, units=(command.unit,)))
        leaving.arrivals[here].append(_arrival(book, goes_on, duty))
    _transfer(book, leaving, command.reason)
    open_added(book, {_goes_to(arrival) for arrival in leaving.arrivals[here]})


def reorganise(book: Book, command: Reorganise) -> None:
    """What a reorganisation means for this register. Where it means nothing, nothing is written. A register ends only
    when nothing is left in it that would have to go on."""
    if command.actor.kind is not ActorKind.SUPERVISOR:
        raise Refused(Reason.NOT_YOURS)
    keeping = command.keeping
    if keeping is not None:
        before = book.plan.issuer
        book.add(KeepingChanged(keeping=keeping, before=before, on=command.on, basis=command.basis))
    leaving = _Leaving()
    for succession in command.successions:
        item = book.state.obligations.get(succession.obligation)
        if item is not None:
            _leave(book, succession, item, leaving)
    reason = f"{command.basis}: {command.reason}" if command.reason else command.basis
    if leaving.waiting:
        known = known_of([book.state.obligations[key] for key in leaving.waiting])
        book.add(Suspended(obligations=tuple(leaving.waiting), opened=known, reason=reason))
    _transfer(book, leaving, reason)
    if keeping is not None and keeping.ends and not any(moves_on(item) for item in book.state.obligations.values()):
        close(book)


def take_in(book: Book, command: TakeIn) -> None:
    """Another register hands over obligations; a register that has closed meanwhile keeps them as not fulfilled."""
    if command.actor.kind is not ActorKind.CASCADE:
        raise Refused(Reason.NOT_YOURS)
    _take_in(book, command.source, command.handover, command.reason)


def _leave(book: Book, succession: Succession, item: ObligationState, leaving: _Leaving) -> None:
    """Where one obligation goes. What is done goes on only where somebody still waits for a word on it; else it keeps
    its old name, and is evidence for those who follow."""
    here, duties = book.plan.cascade_id, succession.duties
    units = tuple(duty.unit for duty in duties)
    if moves_on(item) or (item.state in DONE and _waits_for_words(book, item.key)):
        if duties:
            leaving.moves.append(Move(obligation=item.key, cascade_id=succession.cascade_id, units=units))
            first, *others = duties
            coming = [_arrival(book, item, first), *(_without_words(_arrival(book, item, duty)) for duty in others)]
            leaving.arrivals[succession.cascade_id] += coming
        elif succession.cascade_id != here:
            leaving.moves.append(Move(obligation=item.key, cascade_id=succession.cascade_id))
            waits = _arrival(book, item, book.duty(item.key)).model_copy(update={"waiting": True})
            leaving.arrivals[succession.cascade_id].append(waits)
        elif item.state is not State.SUSPENDED and moves_on(item):
            leaving.waiting.append(item.key)
    elif item.state in DONE and duties and not item.moved_to:
        leaving.bequeathed[item.key] = units
        known = [Arrival(before=item, duty=_fresh(duty), evidence=True) for duty in duties]
        leaving.arrivals[succession.cascade_id] += known


def _transfer(book: Book, leaving: _Leaving, reason: str) -> None:
    handovers = {
        cascade_id: Handover(cascade_id=cascade_id, requirements=_asked_by(book, coming), arrivals=tuple(coming))
        for cascade_id, coming in leaving.arrivals.items()
    }
    if not handovers:
        return
    mine = handovers.pop(book.plan.cascade_id, None)
    fact = {"moves": tuple(leaving.moves), "bequeathed": leaving.bequeathed, "handovers": tuple(handovers.values())}
    book.add(Transferred.model_validate(fact | {"reason": reason}))
    if mine is not None:
        _take_in(book, book.plan.cascade_id, mine, reason)


def _asked_by(book: Book, coming: Iterable[Arrival]) -> tuple[RequirementPlan, ...]:
    keys = dict.fromkeys(arrival.before.requirement for arrival in coming if not arrival.evidence)
    return tuple(book.requirements[key] for key in keys)


def _take_in(book: Book, source: str, handover: Handover, reason: str) -> None:
    """The fact says all that follows from it: evidence that came earlier is put to each arrival."""
    known = dict(book.state.bequests)
    for arrival in handover.arrivals:
        if arrival.evidence:
            known[_goes_to(arrival)] = together(known.get(_goes_to(arrival), ()), evidence(arrival))
    merged: list[str] = []
    seen = {key for key, item in book.state.obligations.items() if item.state not in GONE}
    arrivals = []
    for arrival in handover.arrivals:
        key = _goes_to(arrival)
        arrivals.append(arrival if arrival.evidence else _received(book, arrival, known.get(key, ())))
        if not arrival.evidence and key in seen:
            merged.append(arrival.before.key)
        seen |= set() if arrival.evidence else {key}
    taken = handover.model_copy(update={"arrivals": tuple(arrivals)})
    book.add(TakenIn(source=source, handover=taken, merged=tuple(dict.fromkeys(merged)), reason=reason))
    if not book.state.closed:
        open_arrived(book, seen & {_goes_to(arrival) for arrival in arrivals})


def _received(book: Book, arrival: Arrival, known: Iterable[Inherited]) -> Arrival:
    """An arrival in this register: with evidence that is here already, and decided on by who keeps it."""
    changes: dict[str, Any] = {"inherited": together(arrival.before.inherited, known)}
    if book.state.closed and moves_on(arrival.before):
        ended = hands_until(arrival.before, book.at)
        changes |= {"state": State.UNFULFILLED, "hands": ended}
        if arrival.waiting and arrival.before.state is not State.SUSPENDED:
            changes |= {"laid_aside": arrival.before.state, "suspended_at": book.at}
    others = tuple(item for item in arrival.duty.reviewers if item.unit != book.plan.issuer)
    return arrival.model_copy(
        update={
            "before": arrival.before.model_copy(update=changes),
            "duty": arrival.duty.model_copy(update={"reviewers": others}),
            "waiting": arrival.waiting and not book.state.closed,
        }
    )


def _arrival(book: Book, item: ObligationState, duty: Duty) -> Arrival:
    """An obligation on its way to a unit, with what waits for a decision."""
    state, key = book.state, obligation_key(item.requirement, item.unit)
    return Arrival(
        before=item,
        duty=_fresh(duty),
        answer=state.answers.get(key),
        requests=tuple(_waiting(state.requests, key)),
        recommendations=tuple(_standing(state.recommendations, key)),
    )


def _fresh(duty: Duty) -> Duty:
    """A duty that is owed now, whatever was said when the directive was compiled. Nobody decides on his own answer."""
    others = tuple(item for item in duty.reviewers if item.unit != duty.unit)
    return duty.model_copy(update={"applicable": True, "earlier": None, "reviewers": others})


def _without_words(arrival: Arrival) -> Arrival:
    """Where several units take over, only the first has what waits for a decision: it is decided on once."""
    return arrival.model_copy(update={"requests": (), "recommendations": ()})


def _waits_for_words(book: Book, key: str) -> bool:
    return any(item.status in PENDING for item in _standing(book.state.recommendations, key))


def _waiting(requests: Mapping[str, Request], key: str) -> Iterable[Request]:
    return (item for item in requests.values() if item.obligation == key and item.status is RequestStatus.ASKED)


def _standing(recommendations: Mapping[str, Recommendation], key: str) -> Iterable[Recommendation]:
    closed = RecommendationStatus.CLOSED
    return (item for item in recommendations.values() if item.obligation == key and item.status is not closed)


def _goes_to(arrival: Arrival) -> str:
    return obligation_key(arrival.duty.requirement, arrival.duty.unit)
