"""How single facts change an obligation, and which answers a register keeps at hand."""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta

from models.answer import Answer
from models.correspondence import RequestAnswered
from models.document import DocumentRef
from models.event import (
    Accepted,
    Endorsed,
    EvidenceShared,
    Fact,
    FiguresCompleted,
    StepFired,
    Submitted,
    TakenOver,
)
from models.follow_up import StepKind
from models.obligation import DONE, RELEASED, ObligationState, State
from models.plan import CascadePlan, Duty, OpeningMode, RequirementPlan
from models.request import RequestKind
from models.stepped_in import Amended
from rules.attendance import lacks_split
from rules.calendar import FrozenCalendar, local_day
from rules.deadline import term_due
from rules.holding import begun, passed_on
from rules.ladder import Schedule


def fresh(plan: CascadePlan, duties: Iterable[Duty], since: datetime) -> dict[str, ObligationState]:
    """Obligations of a register before anything has happened to them. What waits for a document is in the hands of the
    unit above `since` it is there; what opens on a day, or with something of the unit's own, has not begun."""
    requirements = {item.key: item for item in plan.requirements}
    found: dict[str, ObligationState] = {}
    for duty in duties:
        asked = requirements[duty.requirement]
        waits = duty.applicable and asked.opening.mode not in _BEGIN_LATER
        obligation = ObligationState(
            requirement=duty.requirement,
            unit=duty.unit,
            state=State.DORMANT if duty.applicable else State.NOT_APPLICABLE,
            due=asked.due,
            coordinating=duty.coordinating,
            hands=begun(since) if waits else None,
        )
        found[obligation.key] = obligation
    return found


_BEGIN_LATER = frozenset({OpeningMode.ON_DAY, OpeningMode.WHEN_HELD})


def settled(
    schedule: Schedule, before: ObligationState | None, after: ObligationState, at: datetime
) -> ObligationState:
    """An obligation after an event, with what every event brings up to date: in whose hands it was until now, and which
    steps lie behind. Nobody is reminded of the past. `before` is None for one that is new to the register."""
    if after is before:
        return after
    now = schedule.counted(after, at)
    return now if before is None else passed_on(before, now, at)


def put(before: ObligationState, state: State) -> ObligationState:
    """Another state and nothing else."""
    return with_(before, state=state)


def heard(before: ObligationState, at: datetime, **changes: object) -> ObligationState:
    """A sign of life: where no date is set, the silence that is chased begins anew."""
    return with_(before, heard_at=at, **changes)


def spoken(before: ObligationState, at: datetime) -> ObligationState:
    """The unit speaks of it, so it has taken note."""
    return heard(before, at, acknowledged_at=before.acknowledged_at or at)


def opened(
    before: Mapping[str, ObligationState], at: datetime, due: datetime | None, basis: DocumentRef | None
) -> dict[str, ObligationState]:
    found: dict[str, ObligationState] = {}
    for key, item in before.items():
        until = due or item.due
        found[key] = heard(item, at, state=State.OPEN, due=until, promised=until, opened_at=at, basis=basis)
    return found


def submitted(before: ObligationState, fact: Submitted, at: datetime) -> ObligationState:
    return heard(
        before,
        at,
        state=State.SUBMITTED,
        submissions=fact.submission,
        existing=fact.answer.existing,
        document=fact.answer.document,
        submitted_at=fact.received_at or at,
        acknowledged_at=before.acknowledged_at or at,
        decided_at=None,
        comment="",
        outcome=None,
        endorsed=(),
        reason=fact.reason or before.reason,
    )


def taken_over(
    plan: CascadePlan, item: RequirementPlan, before: ObligationState, fact: TakenOver, at: datetime
) -> ObligationState:
    """An earlier answer as the first submission. A deadline counted from the opening counts from the taking over."""
    due = before.due
    if item.term is not None:
        due = term_due(item.term, local_day(at), FrozenCalendar(plan.follow_up.days_off))
    return heard(
        before,
        at,
        state=fact.state,
        due=due,
        promised=due,
        opened_at=at,
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
    return with_(before, endorsed=(*before.endorsed, by), comment=fact.comment, outcome=fact.outcome)


def accepted(before: ObligationState, fact: Accepted, at: datetime) -> ObligationState:
    return with_(
        before,
        state=State.SATISFIED if before.existing else State.ACCEPTED,
        decided_at=at,
        comment=fact.comment or before.comment,
        outcome=fact.outcome or before.outcome,
    )


def returned(before: ObligationState, comment: str, at: datetime) -> ObligationState:
    return heard(
        before,
        at,
        state=State.RETURNED,
        returned=before.returned + 1,
        decided_at=at,
        comment=comment,
        outcome=None,
        endorsed=(),
    )


def request_answered(before: ObligationState, fact: RequestAnswered, at: datetime) -> ObligationState:
    """More time moves the due date and begins the ladder anew; the original date is kept. Being released withdraws."""
    if not fact.granted:
        return heard(before, at)
    if fact.request_kind is RequestKind.WITHDRAWAL:
        return released(before, State.WITHDRAWN, "")
    return due_set(heard(before, at), fact.due) if fact.due is not None else before


def due_set(before: ObligationState, due: datetime | None, **changes: object) -> ObligationState:
    """Another due instant; the first one is kept, and putting it off is counted. What is brought forward again after it
    was put off keeps what was promised at first, if that is earlier still."""
    if due == before.due:
        return with_(before, **changes)
    promised = min(before.promised, due) if before.promised and due else due
    moved: dict[str, object] = {
        "due": due,
        "original_due": before.original_due or before.due,
        "promised": promised,
        "extensions": before.extensions + bool(due and before.due and due > before.due),
    }
    return with_(before, **(moved | changes))


def dated_anew(before: ObligationState, due: datetime | None, at: datetime, **changes: object) -> ObligationState:
    """Another due instant, said at an instant: what is suspended has from then on what is left until it."""
    still = {"suspended_at": at} if before.state is State.SUSPENDED and due != before.due else {}
    return due_set(before, due, **still, **changes)


def released(before: ObligationState, state: State, reason: str) -> ObligationState:
    """What was suspended or excluded keeps what it was before, and since when it stands still."""
    aside = before.laid_aside if before.state in {State.SUSPENDED, State.NOT_APPLICABLE} else before.state
    return with_(before, state=state, laid_aside=aside, reason=reason)


def suspended(before: ObligationState, reason: str, at: datetime) -> ObligationState:
    return with_(before, state=State.SUSPENDED, laid_aside=before.state, suspended_at=at, reason=reason)


def back(before: ObligationState, reason: str, at: datetime, due: datetime | None = None) -> ObligationState:
    """What was laid aside goes on as it was, what was released while it was suspended as suspended; what was done is
    returned. `due` is its new due instant, moved by the time for which it stood still."""
    if before.state in DONE:
        return with_(returned(before, reason, at), reason=reason)
    if before.state in RELEASED and before.suspended_at is not None:
        return heard(before, at, state=State.SUSPENDED, reason=reason)
    moved = due - before.due if due and before.due else timedelta()
    return heard(
        before,
        at,
        state=before.laid_aside or State.DORMANT,
        laid_aside=None,
        suspended_at=None,
        reason=reason,
        due=due or before.due,
        promised=before.promised + moved if before.promised else None,
        original_due=(before.original_due or before.due) if moved else before.original_due,
    )


def amended(
    plan: CascadePlan, before: Mapping[str, ObligationState], fact: Amended, at: datetime
) -> dict[str, ObligationState]:
    """What a new version of the directive changes, under its plan: it adds, withdraws and dates anew. What stands on
    another ladder has its steps counted anew, and none is climbed twice."""
    added = fresh(plan, fact.amendment.duties, at)
    found = {key: item for key, item in added.items() if key not in before}
    found |= {key: with_(before[key]) for key in fact.followed}
    for key, due in fact.dues.items():
        item = before.get(key) or found[key]
        found[key] = (
            dated_anew(item, due, at, promised=due, reason=fact.reason) if key in before else with_(item, due=due)
        )
    for key in fact.withdrawn:
        found[key] = released(before[key], State.WITHDRAWN, fact.reason)
    return found


def chased(before: ObligationState, at: datetime) -> ObligationState:
    return with_(before, chased_at=at, escalations=before.escalations + 1)


def stepped(schedule: Schedule, before: ObligationState, fact: StepFired) -> ObligationState:
    now = schedule.climbed(before, fact.track, len(fact.passed) + 1)
    return with_(now, escalations=before.escalations + 1) if fact.step_kind is not StepKind.REMINDER else now


def answers(known: dict[str, Answer], changed: Mapping[str, ObligationState], fact: Fact) -> dict[str, Answer]:
    """The answers at hand after a fact: what a decision on them needs, and those whose split by sex is still missing.

    Nothing else is kept, because the state travels with a register that continues as new.
    """
    given: dict[str, Answer] = {}
    if isinstance(fact, Submitted | TakenOver | EvidenceShared | FiguresCompleted):
        given[fact.obligation] = fact.answer
    kept = {
        key: answer
        for key, item in changed.items()
        if (answer := given.get(key) or known.get(key)) is not None and _matters(item, answer)
    }
    gone = [key for key in changed if key in known]
    if not kept and not gone:
        return known
    found = dict(known)
    for key in gone:
        del found[key]
    return found | kept


def _matters(item: ObligationState, answer: Answer) -> bool:
    if State.SUBMITTED in {item.state, item.laid_aside}:
        return bool(answer.selected or answer.held or answer.no_comment or lacks_split(answer))
    return item.state in DONE and lacks_split(answer)


def with_(before: ObligationState, **changes: object) -> ObligationState:
    """The same obligation but for some changes."""
    return before.model_copy(update=changes)
