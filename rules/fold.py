"""The state of a register as the fold of its events: the one place where a fact changes anything."""

from collections.abc import Iterable
from typing import assert_never

from models.answer import Answer
from models.correspondence import (
    AddressRefused,
    Chased,
    DecisionsAwaited,
    EscalationHeard,
    HolderLeft,
    HolderNamed,
    ObstacleRaised,
    RecommendationHandled,
    RepliesOverdue,
    RequestAnswered,
    RequestMade,
)
from models.event import (
    AboveAccepted,
    AboveExcluded,
    AboveReinstated,
    Accepted,
    Acknowledged,
    BelowClosed,
    CascadeClosed,
    CascadeOpened,
    DocumentRegistered,
    Endorsed,
    Event,
    EvidenceShared,
    Excluded,
    FiguresCompleted,
    Lapsed,
    ObligationsOpened,
    Returned,
    StepFired,
    Submitted,
    SummaryIssued,
    TakenOver,
    Withdrawn,
)
from models.ledger import LedgerState, command_key
from models.obligation import ObligationState, State, requirement_of
from models.plan import CascadePlan, RequirementKind, RequirementPlan
from models.request import requested_for
from models.stepped_in import Amended, DueSet, Ended, Reinstated, Released, Resumed, Suspended
from models.succession import KeepingChanged, TakenIn, Transferred
from rules import appointed, folding, inheriting, recommended, requested
from rules.ladder import Schedule
from rules.repeated import subject_of
from rules.revising import revised


def empty(plan: CascadePlan) -> LedgerState:
    """A register in which nothing has happened."""
    return LedgerState(now=plan.starts)


def fold(plan: CascadePlan, state: LedgerState, events: Iterable[Event]) -> LedgerState:
    """The state after some more events, which continue `state.seq` without a gap, under the plan in force before them.
    Of the state before, only what the events name is looked at."""
    for event in events:
        plan = revised(plan, [event])
        state = _apply(plan, state, event)
    return state


def requirement(plan: CascadePlan, key: str) -> RequirementPlan:
    """A requirement of the plan by key; the compiler guarantees that every duty's requirement is there."""
    return next(item for item in plan.requirements if item.key == key)


def _apply(plan: CascadePlan, state: LedgerState, event: Event) -> LedgerState:
    if event.seq != state.seq + 1:
        raise ValueError(f"event {event.seq} does not follow event {state.seq}")
    schedule, known = Schedule(plan.follow_up), state.obligations
    changed = _obligations(plan, schedule, state, event)
    if not isinstance(event.fact, StepFired):
        changed = {key: folding.settled(schedule, known.get(key), item, event.at) for key, item in changed.items()}
    update: dict[str, object] = {"seq": event.seq, "now": event.at}
    if changed:
        update["obligations"] = state.obligations | changed
        update["answers"] = folding.answers(state.answers, changed, event.fact)
    if subject := subject_of(event.fact):
        update["taken"] = state.taken | {command_key(event.cause, subject): event.seq}
    return state.model_copy(update=update | _register(plan, state, event))


def _obligations(  # noqa: C901 - one case per fact
    plan: CascadePlan, schedule: Schedule, state: LedgerState, event: Event
) -> dict[str, ObligationState]:
    """The obligations that an event changes, as they are after it."""
    before, at = state.obligations, event.at
    match event.fact:
        case CascadeOpened():
            return folding.fresh(plan, plan.duties, plan.starts)
        case ObligationsOpened(obligations=keys, due=due, basis=basis):
            return folding.opened({key: before[key] for key in keys}, at, due, basis)
        case Acknowledged(obligations=keys):
            return {key: folding.heard(before[key], at, acknowledged_at=at) for key in keys}
        case ObstacleRaised(obligation=key) | RequestMade(obligation=key):
            return {key: folding.spoken(before[key], at)}
        case Submitted(obligation=key) as fact:
            return {key: folding.submitted(before[key], fact, at)}
        case TakenOver(obligation=key) as fact:
            return {key: folding.taken_over(plan, requirement(plan, before[key].requirement), before[key], fact, at)}
        case EvidenceShared(obligation=key) as fact:
            return {key: folding.shared(before[key], fact, at)}
        case Endorsed(obligation=key) as fact:
            return {key: folding.endorsed(before[key], fact, event.actor.unit)}
        case Accepted(obligation=key) as fact:
            return {key: folding.accepted(before[key], fact, at)}
        case Returned(obligation=key, comment=comment):
            return {key: folding.returned(before[key], comment, at)}
        case StepFired(obligations=keys) as fact:
            return {key: folding.stepped(schedule, before[key], fact) for key in keys}
        case Excluded(obligations=keys):
            return {key: folding.released(before[key], State.NOT_APPLICABLE, "") for key in keys}
        case Withdrawn(obligations=keys):
            return {key: folding.released(before[key], State.WITHDRAWN, "") for key in keys}
        case Lapsed(obligations=keys) | CascadeClosed(unfulfilled=keys):
            return {key: folding.put(before[key], State.UNFULFILLED) for key in keys}
        case FiguresCompleted(obligation=key):
            return {key: before[key]}
        case RequestAnswered(request=request) as fact:
            key = requested_for(request)
            return {key: folding.request_answered(before[key], fact, at)}
        case Chased(obligations=keys):
            return {key: folding.chased(before[key], at) for key in keys}
        case DueSet(obligations=keys, due=due, reason=reason):
            return {key: folding.dated_anew(folding.heard(before[key], at), due, at, reason=reason) for key in keys}
        case Released(obligations=keys, release=release, reason=reason):
            return {key: folding.released(before[key], State(release), reason) for key in keys}
        case Reinstated(obligations=keys, reason=reason):
            return {key: folding.back(before[key], reason, at) for key in keys}
        case AboveReinstated(obligations=keys):
            return {key: folding.back(before[key], "", at) for key in keys}
        case Suspended(obligations=keys, reason=reason):
            return {key: folding.suspended(before[key], reason, at) for key in keys}
        case Resumed(obligations=keys, reason=reason, dues=dues):
            return {key: folding.back(before[key], reason, at, dues.get(key)) for key in keys}
        case Ended(withdrawn=keys, reason=reason):
            return {key: folding.released(before[key], State.WITHDRAWN, reason) for key in keys}
        case Amended() as fact:
            return folding.amended(plan, before, fact, at)
        case Transferred() as fact:
            return inheriting.transferred(before, fact)
        case KeepingChanged(keeping=keeping):
            return inheriting.recipients_changed(before, keeping.reviewers)
        case (
            AboveAccepted()
            | HolderNamed()
            | HolderLeft()
            | AddressRefused()
            | DecisionsAwaited()
            | EscalationHeard()
            | SummaryIssued()
            | AboveExcluded()
            | TakenIn()
            | RecommendationHandled()
            | RepliesOverdue()
            | DocumentRegistered()
            | BelowClosed()
        ):
            return {}
        case _:
            assert_never(event.fact)


def _register(  # noqa: C901 - one case per fact
    plan: CascadePlan, state: LedgerState, event: Event
) -> dict[str, object]:
    """What an event changes of the register apart from its obligations."""
    match event.fact:
        case Submitted(obligation=key, submission=submission, answer=answer):
            return _raised(plan, state, event, key, submission, answer)
        case TakenOver(obligation=key, answer=answer):
            return _raised(plan, state, event, key, 1, answer)
        case ObstacleRaised() as fact:
            obstacle = recommended.obstacle(fact, event.seq, event.at)
            return {"recommendations": state.recommendations | {obstacle.id: obstacle}}
        case RecommendationHandled(recommendation=key) as fact:
            item = recommended.handled(state.recommendations[key], fact, event.at)
            return {"recommendations": state.recommendations | {key: item}}
        case RequestMade() as fact:
            request = requested.made(fact, event.seq, event.at)
            return {"requests": state.requests | {request.id: request}}
        case RequestAnswered(request=key) as fact:
            return {"requests": state.requests | {key: requested.answered(state.requests[key], fact, event.at)}}
        case HolderNamed() as fact:
            return {"holders": state.holders | appointed.named(state.holders, fact, event.seq, event.at)}
        case HolderLeft() as fact:
            return {"holders": state.holders | appointed.left(state.holders, fact, event.at)}
        case AddressRefused() as fact:
            return {"holders": state.holders | appointed.refused(state.holders, fact, event.at)}
        case DecisionsAwaited():
            return {"digest_at": event.at}
        case RepliesOverdue(recommendations=keys):
            reminded = {key: state.recommendations[key].model_copy(update={"reminded": True}) for key in keys}
            return {"recommendations": state.recommendations | reminded}
        case DocumentRegistered(trigger=trigger):
            return {"registered": (*state.registered, trigger)}
        case BelowClosed(unit=unit):
            return {"below_closed": (*state.below_closed, unit)}
        case Transferred() as fact:
            return {"recommendations": inheriting.gone_along(state.recommendations, fact)}
        case TakenIn() as fact:
            return inheriting.taken_in(Schedule(plan.follow_up), state, fact, event.at, event.seq)
        case CascadeOpened():
            return {"opened_at": event.at}
        case CascadeClosed():
            return {"closed": True, "closed_at": event.at, "answers": {}}
        case SummaryIssued(report=report):
            return {"reported": (*state.reported, report)} if report else {"summarised": True}
    return {}


def _raised(
    plan: CascadePlan, state: LedgerState, event: Event, key: str, submission: int, answer: Answer
) -> dict[str, object]:
    if requirement(plan, requirement_of(key)).kind is not RequirementKind.RECOMMENDATIONS:
        return {}
    return {"recommendations": recommended.raised(state.recommendations, key, submission, answer, event.at)}
