"""Keeps the read tables: folds events over the rows that they touch, and writes those back."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import ColumnElement, insert, tuple_
from sqlmodel import Session, col, func, or_, select

from models.base import Wire
from models.correspondence import AddressRefused, HolderLeft, HolderNamed, RequestAnswered
from models.event import Event, EvidenceShared, FiguresCompleted, Submitted, TakenOver
from models.holder import holder_key
from models.ledger import LedgerState
from models.obligation import ObligationState, State, requirement_of, unit_of
from models.plan import CascadePlan, RequirementKind
from models.recommendation import Recommendation
from models.succession import KeepingChanged, TakenIn, Transferred
from models.tables import HolderRow, ObligationRow, RecommendationRow, RequestRow, SubmissionRow
from rules.fold import fold
from rules.revising import revised
from store.changes import change
from store.holders import holder_of
from store.requests import request_of
from store.succession import brought, touched

STATE_FIELDS = tuple(ObligationState.model_fields)
_AS_JSON = {"document", "basis", "endorsed", "climbed", "hands", "inherited", "moved_to"}
_RECOMMENDATION_FIELDS = tuple(Recommendation.model_fields)
_OBLIGATIONS = ("obligation", "obligations", "unfulfilled")
_RECOMMENDATIONS = ("recommendation", "recommendations")
"""The fields in which facts name what they touch."""


def write_state(session: Session, plan: CascadePlan, events: Sequence[Event]) -> bool:
    """Bring the tables of one register up to its newest events; returns whether the register is closed now."""
    obligations = _obligation_rows(session, plan.cascade_id, events)
    recommendations = _recommendation_rows(session, plan, events)
    requests = _request_rows(session, plan.cascade_id, events)
    holders = _holder_rows(session, plan.cascade_id, events)
    before = LedgerState(
        seq=events[0].seq - 1,
        now=plan.starts,
        obligations={key: obligation_of(row) for key, row in obligations.items()},
        recommendations={key: recommendation_of(row) for key, row in recommendations.items()},
        requests={key: request_of(row) for key, row in requests.items()},
        holders={key: holder_of(row) for key, row in holders.items()},
    )
    after, answers, submissions = _given(session, plan, before, events)
    _write_obligations(session, plan, obligations, before, after, answers)
    cascade_id = plan.cascade_id
    _write_parts(session, cascade_id, RecommendationRow, recommendations, before.recommendations, after.recommendations)
    _write_parts(session, cascade_id, RequestRow, requests, before.requests, after.requests)
    _write_parts(session, cascade_id, HolderRow, holders, before.holders, after.holders)
    session.add_all(submissions)
    return after.closed


def _given(
    session: Session, plan: CascadePlan, before: LedgerState, events: Sequence[Event]
) -> tuple[LedgerState, dict[str, dict[str, Any] | None], list[SubmissionRow]]:
    """The state after the events, and what they bring of answers: those that stand beside obligations now, and every
    one as it was handed in, here or where an obligation comes from."""
    after, answers, submissions = (
        before,
        dict[str, dict[str, Any] | None](),
        list(_submissions(plan.cascade_id, events)),
    )
    for event in events:
        was, after = after, fold(plan, after, (event,))
        plan = revised(plan, (event,))
        if isinstance(event.fact, Submitted | TakenOver | EvidenceShared | FiguresCompleted):
            answers[event.fact.obligation] = event.fact.answer.model_dump(mode="json")
        for item in brought(session, plan.cascade_id, event, was, after, answers):
            answers[item.key] = item.answer
            submissions += [item.submission] if item.submission is not None else []
    return after, answers, submissions


def obligation_of(row: ObligationRow) -> ObligationState:
    """An obligation as its row has it."""
    return ObligationState.model_validate({name: getattr(row, name) for name in STATE_FIELDS})


def recommendation_of(row: RecommendationRow) -> Recommendation:
    """A recommendation as its row has it."""
    return Recommendation.model_validate({name: getattr(row, name) for name in _RECOMMENDATION_FIELDS})


def _obligation_rows(session: Session, cascade_id: str, events: Sequence[Event]) -> dict[str, ObligationRow]:
    """Those that are named, in whatever way."""
    keys = _named(events, _OBLIGATIONS) | {key for event in events for key in touched(event.fact)}
    chosen: ColumnElement[bool] = col(ObligationRow.key).in_(keys)
    if any(isinstance(event.fact, KeepingChanged) for event in events):
        waiting = (col(ObligationRow.state), col(ObligationRow.laid_aside))
        chosen = or_(chosen, *(column == State.SUBMITTED for column in waiting))
    elif not keys:
        return {}
    query = select(ObligationRow).where(ObligationRow.cascade_id == cascade_id, chosen)
    return {row.key: row for row in session.exec(query.order_by(col(ObligationRow.position)))}


def _recommendation_rows(session: Session, plan: CascadePlan, events: Sequence[Event]) -> dict[str, RecommendationRow]:
    """Those that are handled, those of an obligation that is answered again, because the new answer replaces them, and
    those that go along with one that leaves."""
    collecting = {item.key for item in plan.requirements if item.kind is RequirementKind.RECOMMENDATIONS}
    answers = (event for event in events if isinstance(event.fact, Submitted | TakenOver))
    answered = {key for key in _named(answers, _OBLIGATIONS) if requirement_of(key) in collecting}
    for event in events:
        if isinstance(event.fact, Transferred):
            answered |= {move.obligation for move in event.fact.moves}
    named = _named(events, _RECOMMENDATIONS)
    if not answered and not named:
        return {}
    touched = or_(col(RecommendationRow.id).in_(named), col(RecommendationRow.obligation).in_(answered))
    query = select(RecommendationRow).where(RecommendationRow.cascade_id == plan.cascade_id, touched)
    return {row.id: row for row in session.exec(query)}


def _request_rows(session: Session, cascade_id: str, events: Iterable[Event]) -> dict[str, RequestRow]:
    """Those that are answered, and those of an obligation that comes back or is replaced."""
    keys: set[str] = set()
    coming: set[str] = set()
    for event in events:
        if isinstance(event.fact, RequestAnswered):
            keys.add(event.fact.request)
        elif isinstance(event.fact, TakenIn):
            coming.update(touched(event.fact))
    if not (keys or coming):
        return {}
    named = or_(col(RequestRow.id).in_(keys), col(RequestRow.obligation).in_(coming))
    query = select(RequestRow).where(RequestRow.cascade_id == cascade_id, named)
    return {row.id: row for row in session.exec(query)}


def _holder_rows(session: Session, cascade_id: str, events: Iterable[Event]) -> dict[str, HolderRow]:
    """Those who have left or cannot be reached, and those who name somebody: perhaps in their own place."""
    named: set[tuple[str, str]] = set()
    for event in events:
        match event.fact:
            case HolderLeft(unit=unit, holder=holder) | AddressRefused(unit=unit, holder=holder):
                named.add((unit, holder))
            case HolderNamed(unit=unit, by=by) if by:
                named.add((unit, by))
    if not named:
        return {}
    people = tuple_(col(HolderRow.unit), col(HolderRow.id)).in_(sorted(named))
    query = select(HolderRow).where(HolderRow.cascade_id == cascade_id, people)
    return {holder_key(row.unit, row.id): row for row in session.exec(query)}


def _named(events: Iterable[Event], fields: Iterable[str]) -> set[str]:
    keys: set[str] = set()
    for event in events:
        for field in fields:
            value = getattr(event.fact, field, ())
            if isinstance(value, str):
                keys.add(value)
            elif isinstance(value, tuple):  # a count bears the same name in the first fact
                keys.update(value)
    return keys


def _write_obligations(
    session: Session,
    plan: CascadePlan,
    rows: Mapping[str, ObligationRow],
    before: LedgerState,
    after: LedgerState,
    answers: Mapping[str, dict[str, Any] | None],
) -> None:
    new = [(key, obligation) for key, obligation in after.obligations.items() if key not in rows]
    known = func.coalesce(func.max(col(ObligationRow.position)), -1)
    last = session.exec(select(known).where(ObligationRow.cascade_id == plan.cascade_id)).one() if new else -1
    fresh = [
        {"cascade_id": plan.cascade_id, "key": key, "directive_id": plan.directive_id, "position": position}
        | _columns(obligation)
        | {"answer": answers.get(key)}
        for position, (key, obligation) in enumerate(new, start=last + 1)
    ]
    if fresh:
        session.exec(insert(ObligationRow), params=fresh)
    for key, row in rows.items():
        if before.obligations[key] is not after.obligations[key]:
            change(row, _columns(after.obligations[key]))
        if key in answers:
            row.answer = answers[key]


def _columns(obligation: ObligationState) -> dict[str, Any]:
    columns = {name: getattr(obligation, name) for name in STATE_FIELDS}
    return columns | obligation.model_dump(mode="json", include=_AS_JSON)


def _write_parts(
    session: Session,
    cascade_id: str,
    table: type[RecommendationRow | RequestRow | HolderRow],
    rows: Mapping[str, RecommendationRow | RequestRow | HolderRow],
    before: Mapping[str, Wire],
    after: Mapping[str, Wire],
) -> None:
    """Parts of the state of which each stands in a row of its own, with columns named as its fields."""
    fresh = [{"cascade_id": cascade_id} | part.model_dump() for key, part in after.items() if key not in rows]
    if fresh:
        session.exec(insert(table), params=fresh)
    for key, row in rows.items():
        if key not in after:
            session.delete(row)
        elif before[key] is not after[key]:
            change(row, after[key].model_dump())


def _submissions(cascade_id: str, events: Iterable[Event]) -> Iterable[SubmissionRow]:
    """Every answer as it was handed in; one that is taken over counts as the first."""
    for event in events:
        match event.fact:
            case Submitted(obligation=key, submission=number, answer=answer):
                at = event.at
            case TakenOver(obligation=key, answer=answer, submitted_at=at):
                number = 1
            case _:
                continue
        yield SubmissionRow(
            cascade_id=cascade_id,
            key=key,
            number=number,
            seq=event.seq,
            at=at,
            unit=unit_of(key),
            answer=answer.model_dump(mode="json"),
        )
