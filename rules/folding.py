"""How single facts change an obligation, and which answers a register keeps at hand."""

from collections.abc import Mapping
from datetime import datetime

from models.answer import Answer
from models.correspondence import RequestAnswered
from models.document import DocumentRef
from models.event import (
    Accepted,
    Endorsed,
    EvidenceShared,
    Fact,
    FiguresCompleted,
    Returned,
    StepFired,
    Submitted,
    TakenOver,
)
from models.obligation import DONE, ObligationState, State
from models.plan import CascadePlan, RequirementPlan, StepKind
from models.request import RequestKind
from rules.attendance import lacks_split
from rules.calendar import FrozenCalendar, local_day
from rules.deadline import term_due
from rules.ladder import Schedule


def fresh(plan: CascadePlan) -> dict[str, ObligationState]:
    """All obligations of a register before anything has happened."""
    dues = {item.key: item.due for item in plan.requirements}
    obligations = (
        ObligationState(
            requirement=duty.requirement,
            unit=duty.unit,
            state=State.DORMANT if duty.applicable else State.NOT_APPLICABLE,
            due=dues[duty.requirement],
            coordinating=duty.coordinating,
        )
        for duty in plan.duties
    )
    return {obligation.key: obligation for obligation in obligations}


def put(before: ObligationState, state: State) -> ObligationState:
    """Another state and nothing else."""
    return _with(before, state=state)


def heard(before: ObligationState, at: datetime, **changes: object) -> ObligationState:
    """A sign of life: where no date is set, the silence that is chased begins anew."""
    return _with(before, heard_at=at, next_step=0 if before.due is None else before.next_step, **changes)


def opened(
    plan: CascadePlan,
    before: Mapping[str, ObligationState],
    at: datetime,
    due: datetime | None,
    basis: DocumentRef | None,
) -> dict[str, ObligationState]:
    schedule = Schedule(plan.follow_up)
    found: dict[str, ObligationState] = {}
    for key, item in before.items():
        until = due or item.due
        behind = schedule.behind(until, item.coordinating, at)
        found[key] = _with(item, state=State.OPEN, due=until, opened_at=at, heard_at=at, basis=basis, next_step=behind)
    return found


def submitted(before: ObligationState, fact: Submitted, at: datetime) -> ObligationState:
    return heard(
        before,
        at,
        state=State.SUBMITTED,
        submissions=fact.submission,
        existing=fact.answer.existing,
        document=fact.answer.document,
        submitted_at=at,
        acknowledged_at=before.acknowledged_at or at,
        decided_at=None,
        comment="",
        outcome=None,
        endorsed=(),
    )


def taken_over(
    plan: CascadePlan, item: RequirementPlan, before: ObligationState, fact: TakenOver, at: datetime
) -> ObligationState:
    """An earlier answer as the first submission. A deadline counted from the opening counts from the taking over."""
    due = before.due
    if item.term is not None:
        due = term_due(item.term, local_day(at), FrozenCalendar(plan.follow_up.days_off))
    return _with(
        before,
        state=fact.state,
        due=due,
        opened_at=at,
        heard_at=at,
        submissions=1,
        existing=fact.answer.existing,
        document=fact.answer.document,
        submitted_at=fact.submitted_at,
        decided_at=at if fact.state in DONE else None,
        taken_from=fact.number,
    )


def shared(before: ObligationState, fact: EvidenceShared, at: datetime) -> ObligationState:
    return heard(
        before,
        at,
        state=State.SATISFIED,
        document=fact.answer.document,
        submitted_at=fact.submitted_at,
        decided_at=at,
        comment="",
        shared_from=fact.source,
    )


def endorsed(before: ObligationState, fact: Endorsed, by: str) -> ObligationState:
    return _with(before, endorsed=(*before.endorsed, by), comment=fact.comment, outcome=fact.outcome)


def accepted(before: ObligationState, fact: Accepted, at: datetime) -> ObligationState:
    return _with(
        before,
        state=State.SATISFIED if before.existing else State.ACCEPTED,
        decided_at=at,
        comment=fact.comment or before.comment,
        outcome=fact.outcome or before.outcome,
    )


def returned(plan: CascadePlan, before: ObligationState, fact: Returned, at: datetime) -> ObligationState:
    return _with(
        before,
        state=State.RETURNED,
        returned=before.returned + 1,
        decided_at=at,
        heard_at=at,
        comment=fact.comment,
        outcome=None,
        endorsed=(),
        next_step=Schedule(plan.follow_up).behind(before.due, before.coordinating, at),
    )


def request_answered(
    plan: CascadePlan, before: ObligationState, fact: RequestAnswered, at: datetime
) -> ObligationState:
    """More time moves the due date and begins the ladder anew; the original date is kept. Being released withdraws."""
    if not fact.granted:
        return heard(before, at)
    if fact.request_kind is RequestKind.WITHDRAWAL:
        return put(before, State.WITHDRAWN)
    if fact.due is None:
        return before
    return _with(
        before,
        due=fact.due,
        original_due=before.original_due or before.due,
        extensions=before.extensions + 1,
        heard_at=at,
        next_step=Schedule(plan.follow_up).behind(fact.due, before.coordinating, at),
    )


def chased(before: ObligationState, at: datetime) -> ObligationState:
    return _with(before, chased_at=at, escalations=before.escalations + 1)


def stepped(before: ObligationState, fact: StepFired) -> ObligationState:
    return _with(
        before,
        next_step=before.next_step + len(fact.passed) + 1,
        escalations=before.escalations + (fact.step_kind is not StepKind.REMINDER),
    )


def answers(known: dict[str, Answer], changed: Mapping[str, ObligationState], fact: Fact) -> dict[str, Answer]:
    """The answers at hand after a fact: what a decision on them needs, and those whose split by sex is still missing.

    Nothing else is kept, because the state travels with a register that continues as new.
    """
    given: dict[str, Answer] = {}
    if isinstance(fact, Submitted | TakenOver | EvidenceShared | FiguresCompleted):
        given[fact.obligation] = fact.answer
    found = {key: answer for key, answer in known.items() if key not in changed}
    for key, item in changed.items():
        answer = given.get(key) or known.get(key)
        if answer is not None and _matters(item, answer):
            found[key] = answer
    return found if found.keys() | known.keys() else known


def _matters(item: ObligationState, answer: Answer) -> bool:
    if item.state is State.SUBMITTED:
        return bool(answer.selected or answer.held or answer.no_comment or lacks_split(answer))
    return item.state in DONE and lacks_split(answer)


def _with(before: ObligationState, **changes: object) -> ObligationState:
    return before.model_copy(update=changes)
