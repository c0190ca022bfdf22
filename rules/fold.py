"""The state of a register as the fold of its events: the one place where a fact changes anything."""

from collections.abc import Iterable
from datetime import datetime
from typing import assert_never

from models.event import (
    Accepted,
    Acknowledged,
    BelowClosed,
    CascadeClosed,
    CascadeOpened,
    DocumentRegistered,
    Event,
    ObligationsOpened,
    Returned,
    StepFired,
    Submitted,
)
from models.ledger import LedgerState, command_key
from models.obligation import ObligationState, State
from models.plan import CascadePlan, RequirementPlan, StepKind


def empty(plan: CascadePlan) -> LedgerState:
    """A register in which nothing has happened."""
    return LedgerState(now=plan.starts)


def fold(plan: CascadePlan, state: LedgerState, events: Iterable[Event]) -> LedgerState:
    """The state after some more events, which continue `state.seq` without a gap."""
    for event in events:
        state = _apply(plan, state, event)
    return state


def requirement(plan: CascadePlan, key: str) -> RequirementPlan:
    """A requirement of the plan by key; the compiler guarantees that every duty's requirement is there."""
    return next(item for item in plan.requirements if item.key == key)


def _apply(plan: CascadePlan, state: LedgerState, event: Event) -> LedgerState:  # noqa: C901 - one case per fact
    if event.seq != state.seq + 1:
        raise ValueError(f"event {event.seq} does not follow event {state.seq}")
    changed: dict[str, ObligationState] = {}
    update: dict[str, object] = {"seq": event.seq, "now": event.at}
    match event.fact:
        case CascadeOpened():
            changed = _fresh(plan)
        case ObligationsOpened(obligations=keys):
            changed = {key: _opened(plan, state.obligations[key], event) for key in keys}
        case Acknowledged(unit=unit, obligations=keys):
            changed = {key: _with(state.obligations[key], acknowledged_at=event.at) for key in keys}
            update["taken"] = _taken(state, event, unit)
        case Submitted() as fact:
            before = state.obligations[fact.obligation]
            changed[fact.obligation] = _with(
                before,
                state=State.SUBMITTED,
                submissions=fact.submission,
                existing=fact.answer.existing,
                document=fact.answer.document,
                submitted_at=event.at,
                acknowledged_at=before.acknowledged_at or event.at,
                decided_at=None,
                comment="",
            )
            update["taken"] = _taken(state, event, fact.obligation)
        case Accepted() as fact:
            before = state.obligations[fact.obligation]
            done = State.SATISFIED if before.existing else State.ACCEPTED
            changed[fact.obligation] = _with(before, state=done, decided_at=event.at, comment=fact.comment)
            update["taken"] = _taken(state, event, fact.obligation)
        case Returned() as fact:
            before = state.obligations[fact.obligation]
            changed[fact.obligation] = _with(
                before,
                state=State.RETURNED,
                returned=before.returned + 1,
                decided_at=event.at,
                comment=fact.comment,
                next_step=_first_step_after(requirement(plan, before.requirement), event.at),
            )
            update["taken"] = _taken(state, event, fact.obligation)
        case StepFired() as fact:
            names = [step.name for step in requirement(plan, fact.requirement).steps]
            beyond = names.index(fact.step) + 1
            raised = fact.step_kind is not StepKind.REMINDER
            for key in fact.obligations:
                before = state.obligations[key]
                changed[key] = _with(before, next_step=beyond, escalations=before.escalations + raised)
        case DocumentRegistered(trigger=trigger):
            update["registered"] = (*state.registered, trigger)
            update["taken"] = _taken(state, event, trigger)
        case BelowClosed(unit=unit):
            update["below_closed"] = (*state.below_closed, unit)
        case CascadeClosed(unfulfilled=keys):
            update["closed"] = True
            changed = {key: _with(state.obligations[key], state=State.UNFULFILLED) for key in keys}
        case _:
            assert_never(event.fact)
    if changed:
        update["obligations"] = state.obligations | changed
    return state.model_copy(update=update)


def _fresh(plan: CascadePlan) -> dict[str, ObligationState]:
    dues = {item.key: item.due for item in plan.requirements}
    obligations = (
        ObligationState(
            requirement=duty.requirement,
            unit=duty.unit,
            state=State.DORMANT if duty.applicable else State.NOT_APPLICABLE,
            due=dues[duty.requirement],
        )
        for duty in plan.duties
    )
    return {obligation.key: obligation for obligation in obligations}


def _opened(plan: CascadePlan, before: ObligationState, event: Event) -> ObligationState:
    first = _first_step_after(requirement(plan, before.requirement), event.at)
    return _with(before, state=State.OPEN, opened_at=event.at, next_step=first)


def _first_step_after(item: RequirementPlan, at: datetime) -> int:
    """Steps that lie behind are not caught up with: nobody is reminded of the past."""
    return sum(step.at <= at for step in item.steps)


def _with(before: ObligationState, **changes: object) -> ObligationState:
    return before.model_copy(update=changes)


def _taken(state: LedgerState, event: Event, subject: str) -> dict[str, int]:
    return state.taken | {command_key(event.cause, subject): event.seq}
