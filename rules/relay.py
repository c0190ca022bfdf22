"""What other registers must hear of when events happen in one."""

from collections.abc import Iterable

import naming
from models.base import Wire
from models.command import Actor, ActorKind, ChildClosed, Command, OpenBelow, RegisterDocument
from models.event import Accepted, DocumentRegistered, Event
from models.ledger import LedgerState
from models.obligation import requirement_of, unit_of
from models.plan import CascadePlan


class Relay(Wire):
    """A command for another cascade, sent as a signal."""

    cascade_id: str
    command: Command


def relays(plan: CascadePlan, events: Iterable[Event]) -> tuple[Relay, ...]:
    """Commands that events bring for the registers below: a unit's own document was accepted, or one arrived."""
    found: list[Relay] = []
    children = set(plan.children)
    for event in events:
        common = {"at": event.at, "actor": Actor(kind=ActorKind.CASCADE, unit=plan.issuer)}
        match event.fact:
            case Accepted(obligation=key, document=document) if unit_of(key) in children:
                command: Command = OpenBelow(
                    id=f"{plan.cascade_id}/{event.seq}",
                    requirement=requirement_of(key),
                    document=document,
                    **common,
                )
                found.append(Relay(cascade_id=naming.cascade_id(plan.directive_id, unit_of(key)), command=command))
            case DocumentRegistered(trigger=trigger, document=document):
                command = RegisterDocument(
                    id=f"{plan.cascade_id}/{event.seq}", trigger=trigger, document=document, **common
                )
                found += [
                    Relay(cascade_id=naming.cascade_id(plan.directive_id, unit), command=command)
                    for unit in plan.children
                ]
    return tuple(found)


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
