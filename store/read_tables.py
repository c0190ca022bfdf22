"""Keeps the read tables: folds events over the rows that they touch, and writes those back."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import Row, bindparam, insert, tuple_, update
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
from store.engine import connected
from store.holders import holder_of
from store.requests import request_of
from store.succession import brought, touched

STATE_FIELDS = tuple(ObligationState.model_fields)
_AS_JSON = {"document", "basis", "endorsed", "climbed", "hands", "inherited", "moved_to"}
_RECOMMENDATION_FIELDS = tuple(Recommendation.model_fields)
_OBLIGATIONS = ("obligation", "obligations", "unfulfilled")
_RECOMMENDATIONS = ("recommendation", "recommendations")
"""The fields in which facts name what they touch."""
_MINE = col(ObligationRow.cascade_id) == bindparam("register")
_IN_ORDER = select(ObligationRow).where(_MINE).order_by(col(ObligationRow.position))
_KEYS = col(ObligationRow.key).in_(bindparam("keys", expanding=True))
_NAMED = _IN_ORDER.where(_KEYS)
_NAMED_OR_WAITING = _IN_ORDER.where(
    or_(_KEYS, col(ObligationRow.state) == State.SUBMITTED, col(ObligationRow.laid_aside) == State.SUBMITTED)
)
_LAST_POSITION = select(func.coalesce(func.max(col(ObligationRow.position)), -1)).where(_MINE)
_NEW_OBLIGATION, _NEW_SUBMISSION = insert(ObligationRow), insert(SubmissionRow)
_CHANGE = update(ObligationRow).where(_MINE, col(ObligationRow.key) == bindparam("of"))
"""Written once and run on the connection: the mapper took half the time of recording."""


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
    if submissions:
        connected(session).execute(_NEW_SUBMISSION, submissions)
    return after.closed


def _given(
    session: Session, plan: CascadePlan, before: LedgerState, events: Sequence[Event]
) -> tuple[LedgerState, dict[str, dict[str, Any] | None], list[dict[str, Any]]]:
    """The state after the events, and what they bring of answers: those that stand beside obligations now, and a row
    for every one as it was handed in, here or where an obligation comes from."""
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


def obligation_of(row: Row[Any] | ObligationRow) -> ObligationState:
    """An obligation as its row has it."""
    return ObligationState.model_validate({name: getattr(row, name) for name in STATE_FIELDS})


def recommendation_of(row: Row[Any] | RecommendationRow) -> Recommendation:
    """A recommendation as its row has it."""
    return Recommendation.model_validate({name: getattr(row, name) for name in _RECOMMENDATION_FIELDS})


def _obligation_rows(session: Session, cascade_id: str, events: Sequence[Event]) -> dict[str, Row[Any]]:
    """Those that are named, in whatever way."""
    keys = _named(events, _OBLIGATIONS) | {key for event in events for key in touched(event.fact)}
    keeping_changed = any(isinstance(event.fact, KeepingChanged) for event in events)
    if not (keys or keeping_changed):
        return {}
    query = _NAMED_OR_WAITING if keeping_changed else _NAMED
    rows = connected(session).execute(query, {"register": cascade_id, "keys": sorted(keys)})
    return {row.key: row for row in rows}


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
    rows: Mapping[str, Row[Any]],
    before: LedgerState,
    after: LedgerState,
    answers: Mapping[str, dict[str, Any] | None],
) -> None:
    """An event changes few columns of many: what is as it was is not written. Rows of which the same columns change are
    written together."""
    new = [(key, obligation) for key, obligation in after.obligations.items() if key not in rows]
    last = connected(session).execute(_LAST_POSITION, {"register": plan.cascade_id}).scalar_one() if new else -1
    fresh = [
        {"cascade_id": plan.cascade_id, "key": key, "directive_id": plan.directive_id, "position": position}
        | _columns(obligation)
        | {"answer": answers.get(key)}
        for position, (key, obligation) in enumerate(new, start=last + 1)
    ]
    connection = connected(session)
    if fresh:
        connection.execute(_NEW_OBLIGATION, fresh)
    changes: dict[tuple[str, ...], list[dict[str, Any]]] = defaultdict(list)
    for key, row in rows.items():
        columns = {} if before.obligations[key] is after.obligations[key] else _columns(after.obligations[key])
        if key in answers:
            columns["answer"] = answers[key]
        if changed := {name: value for name, value in columns.items() if getattr(row, name) != value}:
            changes[tuple(changed)].append({"register": plan.cascade_id, "of": key} | changed)
    for same in changes.values():
        connection.execute(_CHANGE, same)


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


def _submissions(cascade_id: str, events: Iterable[Event]) -> Iterable[dict[str, Any]]:
    """Every answer as it was handed in; one that is taken over counts as the first."""
    for event in events:
        match event.fact:
            case Submitted(obligation=key, submission=number, answer=answer):
                at = event.at
            case TakenOver(obligation=key, answer=answer, submitted_at=at):
                number = 1
            case _:
                continue
        yield {
            "cascade_id": cascade_id,
            "key": key,
            "number": number,
            "seq": event.seq,
            "at": at,
            "unit": unit_of(key),
            "answer": answer.model_dump(mode="json"),
        }
