"""What other registers must hear of when events happen in one."""

from collections.abc import Callable, Iterable, Iterator
from typing import Any

import naming
from models.actor import Actor, ActorKind
from models.answer import Selected
from models.base import Wire
from models.command import (
    ChildClosed,
    Command,
    ExcludeBelow,
    HearEscalation,
    OpenBelow,
    RegisterDocument,
    ReinstateBelow,
    Replace,
)
from models.correspondence import EscalationHeard, RequestAnswered
from models.document import DocumentRef
from models.event import (
    AboveAccepted,
    AboveExcluded,
    AboveReinstated,
    Accepted,
    CascadeOpened,
    DocumentRegistered,
    Event,
    EvidenceShared,
    Excluded,
    StepFired,
    TakenOver,
    Withdrawn,
)
from models.follow_up import Audience
from models.intervention import EndRegister
from models.ledger import LedgerState
from models.obligation import DONE, Outcome, obligation_key, requirement_of, unit_of
from models.plan import CascadePlan
from models.request import RequestKind, requested_for
from models.stepped_in import Ended, Reinstated, Released
from models.succession import TakeIn, Transferred

_ABOVE = frozenset({Audience.ABOVE, Audience.ISSUER})
"""Those who stand above the unit that keeps a register."""


class Relay(Wire):
    """A command for another cascade, sent as a signal."""

    cascade_id: str
    command: Command


def relays(plan: CascadePlan, events: Iterable[Event]) -> tuple[Relay, ...]:
    """Commands that events bring for other registers. For those below: a unit's own document was accepted, does not
    apply or does again, another document arrived, or the directive is replaced or ended; what comes from further above
    is passed on where somebody waits. For the one above: escalations that mean those who stand there. For others:
    obligations that go there."""
    found = tuple(events)
    below = (
        Relay(cascade_id=naming.cascade_id(plan.directive_id, unit), command=command)
        for event in found
        for command, units in _told(plan, event)
        for unit in units
    )
    return (*below, *(relay for event in found for relay in _told_elsewhere(plan, event)))


def _told(  # noqa: C901 - one case per fact
    plan: CascadePlan, event: Event
) -> Iterator[tuple[Command, tuple[str, ...]]]:
    """The commands that an event brings, each with the units whose registers are told."""
    common = _common(plan, event)
    below, deeper = _registers_below(plan), _registers_waiting(plan)

    def opening(key: str, document: DocumentRef | None, selected: tuple[Selected, ...]) -> Command:
        named = {"requirement": requirement_of(key), "unit": unit_of(key)}
        return OpenBelow(**common, **named, document=document, selected=selected)

    def excluding(key: str) -> Command:
        return ExcludeBelow(**common, requirement=requirement_of(key), unit=unit_of(key))

    def reinstating(key: str) -> Command:
        return ReinstateBelow(**common, requirement=requirement_of(key), unit=unit_of(key))

    match event.fact:
        case Accepted(obligation=key, document=document, selected=selected, outcome=outcome):
            if outcome is not Outcome.REJECTED:
                yield opening(key, document, selected), below(key)
        case TakenOver(obligation=key, answer=answer, state=state):
            if state in DONE:
                yield opening(key, answer.document, answer.selected), below(key)
        case EvidenceShared(obligation=key, answer=answer):
            yield opening(key, answer.document, ()), below(key)
        case AboveAccepted(requirement=requirement, unit=unit, document=document, selected=selected):
            named = {"requirement": requirement, "unit": unit}
            yield OpenBelow(**common, **named, document=document, selected=selected), deeper(requirement)
        case AboveExcluded(requirement=requirement, unit=unit):
            yield ExcludeBelow(**common, requirement=requirement, unit=unit), deeper(requirement)
        case Excluded(obligations=keys) | Released(obligations=keys):
            for key in keys:
                yield excluding(key), below(key)
        case Reinstated(released=keys):
            for key in keys:
                yield reinstating(key), below(key)
        case AboveReinstated(requirement=requirement, unit=unit, obligations=keys):
            if requirement in plan.passes_down:
                yield ReinstateBelow(**common, requirement=requirement, unit=unit), deeper(requirement)
            for key in keys:
                yield reinstating(key), below(key)
        case RequestAnswered(request=request, request_kind=RequestKind.WITHDRAWAL, granted=True):
            yield excluding(requested_for(request)), below(requested_for(request))
        case CascadeOpened():
            for duty in plan.duties:
                if not duty.applicable:
                    yield (
                        ExcludeBelow(**common, requirement=duty.requirement, unit=duty.unit),
                        below(obligation_key(duty.requirement, duty.unit)),
                    )
        case DocumentRegistered(trigger=trigger, document=document):
            yield RegisterDocument(**common, trigger=trigger, document=document), plan.children
        case Withdrawn(obligations=keys, by=by, requirements=requirements, close=close):
            yield Replace(**common, by=by, requirements=requirements, close=close), plan.children
            for key in () if close else keys:
                yield excluding(key), below(key)
        case Ended(cancelled=cancelled, reason=reason):
            yield EndRegister(**common, cancelled=cancelled, reason=reason), plan.children


def _told_elsewhere(plan: CascadePlan, event: Event) -> Iterator[Relay]:
    """What an event brings for registers that do not stand below."""
    common = _common(plan, event)
    match event.fact:
        case StepFired(to=to, step=step, obligations=keys) if plan.parent and (further := _ABOVE & set(to)):
            heard = {"register_id": plan.cascade_id, "unit": plan.issuer, "step": step, "obligations": keys}
            said = HearEscalation(**common, **heard, to=tuple(sorted(further)))
            yield Relay(cascade_id=plan.parent, command=said)
        case EscalationHeard(to=to) as fact if plan.parent and Audience.ISSUER in to:
            heard = fact.model_dump(exclude={"kind", "to"})
            said = HearEscalation(**common, **heard, to=(Audience.ISSUER,))
            yield Relay(cascade_id=plan.parent, command=said)
        case Transferred(handovers=handovers, reason=reason):
            for handover in handovers:
                taken = TakeIn(**common, source=plan.cascade_id, handover=handover, reason=reason)
                yield Relay(cascade_id=handover.cascade_id, command=taken)


def sent_back(plan: CascadePlan, undelivered: Relay) -> Command | None:
    """What a register tells itself where another one has ended before it could be told: obligations that were to go
    there wait here (chờ phân công lại), so that nothing is lost."""
    if not isinstance(undelivered.command, TakeIn):
        return None
    command = undelivered.command
    waiting = {
        arrival.before.key: arrival.model_copy(
            update={"waiting": True, "duty": arrival.duty.model_copy(update={"unit": arrival.before.unit})}
        )
        for arrival in reversed(command.handover.arrivals)  # of several units that take over, the first has the words
        if not arrival.evidence
    }
    arrivals = tuple(reversed(waiting.values()))
    handover = command.handover.model_copy(update={"cascade_id": plan.cascade_id, "arrivals": arrivals})
    return command.model_copy(update={"id": f"{command.id}/{undelivered.cascade_id}/back", "handover": handover})


def _common(plan: CascadePlan, event: Event) -> dict[str, Any]:
    return {
        "id": f"{plan.cascade_id}/{event.seq}",
        "at": event.at,
        "actor": Actor(kind=ActorKind.CASCADE, unit=plan.issuer),
    }


def _registers_below(plan: CascadePlan) -> Callable[[str], tuple[str, ...]]:
    """Which registers stand below an obligation: that of its unit; where the document is that of the unit which keeps
    this register, all that are told."""
    deeper = _registers_waiting(plan)

    def below(key: str) -> tuple[str, ...]:
        register = plan.register_of(unit_of(key))
        own = (register,) if register else ()
        if requirement_of(key) not in plan.passes_down:
            return own
        duty = next(item for item in plan.duties if obligation_key(item.requirement, item.unit) == key)
        return (*own, *deeper(duty.requirement)) if duty.speaks_for(plan.issuer) else own

    return below


def _registers_waiting(plan: CascadePlan) -> Callable[[str], tuple[str, ...]]:
    """Which registers below wait for what is answered here or above: not those of units that owe the same themselves,
    for what stands below such a unit waits for its answer, the nearest above."""

    def deeper(requirement: str) -> tuple[str, ...]:
        owing = {duty.unit for duty in plan.duties if duty.requirement == requirement and not duty.coordinating}
        return tuple(unit for unit in plan.children if plan.keeper_of(unit) not in owing)

    return deeper


def closing_report(plan: CascadePlan, state: LedgerState, chain_head: str) -> Relay | None:
    """What a finished register tells the one above, which knows it by the unit it began with, whoever keeps it now;
    None for the first register of a directive."""
    if plan.parent is None:
        return None
    _, begun_with = naming.cascade_parts(plan.cascade_id)
    command = ChildClosed(
        id=f"{plan.cascade_id}/closed",
        at=state.now,
        actor=Actor(kind=ActorKind.CASCADE, unit=begun_with),
        chain_head=chain_head,
        events=state.seq,
    )
    return Relay(cascade_id=plan.parent, command=command)
