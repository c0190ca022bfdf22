"""What registers are told again after they have changed: what had come above them before they began to wait for it.

A register is told once when a document above it is accepted, and forgets what nobody there waits for. A requirement
that comes into it later would wait for ever.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from models.actor import Actor
from models.answer import Selected
from models.command import Command, ExcludeBelow, OpenBelow, RegisterDocument
from models.document import DocumentRef
from models.ledger import LedgerState
from models.obligation import DONE, RELEASED, ObligationState, Outcome, State, obligation_key
from models.plan import CascadePlan, OpeningMode
from rules.book import may_open

_FROM_ABOVE = frozenset({OpeningMode.WHEN_ACCEPTED, OpeningMode.WHEN_SELECTED})


@dataclass(frozen=True)
class Kept:
    """A register as it stands: the plan in force, its obligations and documents, and what selections have chosen, by
    obligation."""

    plan: CascadePlan
    state: LedgerState
    arrived: Mapping[str, DocumentRef] = field(default_factory=dict)
    selected: Mapping[str, tuple[Selected, ...]] = field(default_factory=dict)


def missed(registers: Mapping[str, Kept], cause: str, at: datetime, actor: Actor) -> Iterator[tuple[str, Command]]:
    """What each register waits for although it has come above: its id, and the command that says so. `cause` begins the
    ids of the commands, so that saying it again has no further effect."""
    for cascade_id, register in registers.items():
        if register.state.closed:
            continue
        yield from (
            (
                cascade_id,
                RegisterDocument(id=f"{cause}/{trigger}", at=at, actor=actor, trigger=trigger, document=document),
            )
            for trigger, document in _documents_above(registers, register).items()
        )
        for requirement in _awaited(register):
            source = _nearest(registers, register, requirement)
            if source is None:
                continue
            above, item = source
            told = {"id": cause, "at": at, "actor": actor, "requirement": requirement, "unit": item.unit}
            if item.state in DONE and item.outcome is not Outcome.REJECTED:
                selected = above.selected.get(item.key, ())
                yield cascade_id, OpenBelow.model_validate(told | {"document": item.document, "selected": selected})
            elif item.state in RELEASED:
                yield cascade_id, ExcludeBelow.model_validate(told)


def _documents_above(registers: Mapping[str, Kept], register: Kept) -> dict[str, DocumentRef]:
    """Documents that some requirements of the directive wait for and that have arrived without this register hearing of
    it."""
    above = registers.get(register.plan.parent or "")
    if above is None:
        return {}
    found = _documents_above(registers, above) | dict(above.arrived)
    return {key: found[key] for key in found if key in register.plan.triggers and key not in register.arrived}


def _awaited(register: Kept) -> Iterable[str]:
    """The requirements of units above for whose answers something here waits."""
    dormant = {item.requirement for item in register.state.obligations.values() if item.state is State.DORMANT}
    asked = (item for item in register.plan.requirements if item.key in dormant and may_open(register.state, item))
    openings = (item.opening for item in asked)
    return dict.fromkeys(opening.key for opening in openings if opening.mode in _FROM_ABOVE)


def _nearest(registers: Mapping[str, Kept], register: Kept, requirement: str) -> tuple[Kept, ObligationState] | None:
    """The answer that counts for the units of a register: that of the unit which keeps it, or of the nearest above that
    owes it; with the register in which it stands. None where it is asked of nobody there."""
    here: Kept | None = register
    below: str | None = None
    while here is not None:
        for duty in here.plan.duties:
            own = duty.unit == below and not duty.coordinating
            if duty.requirement == requirement and (own or duty.speaks_for(here.plan.issuer)):
                item = here.state.obligations.get(obligation_key(requirement, duty.unit))
                if item is not None and item.state is not State.TRANSFERRED:
                    return here, item
        below = here.plan.issuer
        here = registers.get(here.plan.parent or "")
    return None
