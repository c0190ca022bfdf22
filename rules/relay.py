"""What other registers must hear of when events happen in one."""

from collections.abc import Callable, Iterable, Iterator
from typing import Any

import naming
from models.answer import Selected
from models.base import Wire
from models.command import (
    Actor,
    ActorKind,
    ChildClosed,
    Command,
    ExcludeBelow,
    OpenBelow,
    RegisterDocument,
    Replace,
)
from models.document import DocumentRef
from models.event import (
    AboveAccepted,
    AboveExcluded,
    Accepted,
    CascadeOpened,
    DocumentRegistered,
    Event,
    EvidenceShared,
    Excluded,
    TakenOver,
    Withdrawn,
)
from models.ledger import LedgerState
from models.obligation import DONE, Outcome, obligation_key, requirement_of, unit_of
from models.plan import CascadePlan


class Relay(Wire):
    """A command for another cascade, sent as a signal."""

    cascade_id: str
    command: Command


def relays(plan: CascadePlan, events: Iterable[Event]) -> tuple[Relay, ...]:
    """Commands that events bring for the registers below: a unit's own document was accepted or does not apply, another
    document arrived, or the directive is replaced. What comes from further above is passed on where somebody waits."""
    return tuple(
        Relay(cascade_id=naming.cascade_id(plan.directive_id, unit), command=command)
        for event in events
        for command, units in _told(plan, event)
        for unit in units
    )


def _told(  # noqa: C901 - one case per fact
    plan: CascadePlan, event: Event
) -> Iterator[tuple[Command, tuple[str, ...]]]:
    """The commands that an event brings, each with the units whose registers are told."""
    common: dict[str, Any] = {
        "id": f"{plan.cascade_id}/{event.seq}",
        "at": event.at,
        "actor": Actor(kind=ActorKind.CASCADE, unit=plan.issuer),
    }
    below, deeper = _registers_below(plan), _registers_waiting(plan)

    def opening(key: str, document: DocumentRef | None, selected: tuple[Selected, ...]) -> Command:
        named = {"requirement": requirement_of(key), "unit": unit_of(key)}
        return OpenBelow(**common, **named, document=document, selected=selected)

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
        case Excluded(obligations=keys):
            for key in keys:
                yield ExcludeBelow(**common, requirement=requirement_of(key), unit=unit_of(key)), below(key)
        case CascadeOpened():
            for duty in plan.duties:
                if not duty.applicable:
                    yield (
                        ExcludeBelow(**common, requirement=duty.requirement, unit=duty.unit),
                        below(obligation_key(duty.requirement, duty.unit)),
                    )
        case DocumentRegistered(trigger=trigger, document=document):
            yield RegisterDocument(**common, trigger=trigger, document=document), plan.children
        case Withdrawn(by=by, requirements=requirements, close=close):
            yield Replace(**common, by=by, requirements=requirements, close=close), plan.children


def _registers_below(plan: CascadePlan) -> Callable[[str], tuple[str, ...]]:
    """Which registers stand below an obligation: that of its unit; where the document is that of the unit which keeps
    this register, all that are told."""
    children, deeper = frozenset(plan.children), _registers_waiting(plan)

    def below(key: str) -> tuple[str, ...]:
        own = (unit_of(key),) if unit_of(key) in children else ()
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
        return tuple(unit for unit in plan.children if unit not in owing)

    return deeper


def closing_report(plan: CascadePlan, state: LedgerState, chain_head: str) -> Relay | None:
    """What a finished register tells the one above; None for the first register of a directive."""
    if plan.parent is None:
        return None
    command = ChildClosed(
        id=f"{plan.cascade_id}/closed",
        at=state.now,
        actor=Actor(kind=ActorKind.CASCADE, unit=plan.issuer),
        chain_head=chain_head,
        events=state.seq,
    )
    return Relay(cascade_id=plan.parent, command=command)
