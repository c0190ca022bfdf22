"""What comes into the tables of one register from another, and which obligations such facts name."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlmodel import Session, select

from models.correspondence import RequestAnswered
from models.document import DocumentRef
from models.event import Event, Fact
from models.ledger import LedgerState
from models.obligation import ObligationState, obligation_key
from models.request import requested_for
from models.stepped_in import Amended, Ended
from models.succession import Arrival, TakenIn, Transferred
from models.tables import ObligationRow


def touched(fact: Fact) -> Iterable[str]:
    """The obligations that a fact changes and does not simply list."""
    match fact:
        case RequestAnswered(request=request):
            return [requested_for(request)]
        case Ended(withdrawn=keys):
            return keys
        case Amended(withdrawn=keys, dues=dues, followed=followed, amendment=amendment):
            added = (obligation_key(duty.requirement, duty.unit) for duty in amendment.duties)
            return [*keys, *dues, *followed, *added]
        case Transferred(moves=moves, bequeathed=bequeathed):
            return [*(move.obligation for move in moves), *bequeathed]
        case TakenIn(handover=handover):
            return [_key(arrival) for arrival in handover.arrivals]
    return ()


@dataclass(frozen=True)
class Brought:
    """The answer that stands beside an obligation from now on, from the register in which it was given, and the row of
    the submission as which those who decide on it can read it. No answer: what stood there is not that of the
    obligation any more, because another has become one with it."""

    key: str
    answer: dict[str, Any] | None = None
    submission: dict[str, Any] | None = None


def brought(
    session: Session,
    cascade_id: str,
    event: Event,
    before: LedgerState,
    after: LedgerState,
    unwritten: Mapping[str, dict[str, Any] | None],
) -> Iterator[Brought]:
    """What an event brings of answers that were given elsewhere. `unwritten` are those of this register, by obligation,
    that its table does not have yet."""
    fact = event.fact
    if not isinstance(fact, TakenIn):
        return
    known = unwritten if fact.source == cascade_id else {}
    found: dict[str, Brought] = {}
    for arrival in fact.handover.arrivals:
        key, source = _key(arrival), arrival.before.key
        was, now = before.obligations.get(key), after.obligations.get(key)
        if arrival.evidence or now is None or (was is not None and _given(was) == _given(now)):
            continue
        if now.submitted_at is None:
            found[key] = Brought(key)
        elif _given(now) == _given(arrival.before):
            answer = known[source] if source in known else _answer(session, fact.source, source)
            found[key] = Brought(key, answer, _submission(cascade_id, now, event.seq, answer))
    yield from found.values()


def _given(item: ObligationState) -> tuple[datetime | None, DocumentRef | None]:
    """By what the answer of an obligation is known."""
    return item.submitted_at, item.document


def _answer(session: Session, cascade_id: str, key: str) -> dict[str, Any] | None:
    query = select(ObligationRow.answer).where(ObligationRow.cascade_id == cascade_id, ObligationRow.key == key)
    answer = session.exec(query).one_or_none()
    return dict(answer) if answer is not None else None


def _submission(
    cascade_id: str, item: ObligationState, seq: int, answer: dict[str, Any] | None
) -> dict[str, Any] | None:
    if answer is None or item.submitted_at is None:
        return None
    return {
        "cascade_id": cascade_id,
        "key": item.key,
        "number": item.submissions,
        "seq": seq,
        "at": item.submitted_at,
        "unit": item.unit,
        "answer": answer,
    }


def _key(arrival: Arrival) -> str:
    return obligation_key(arrival.duty.requirement, arrival.duty.unit)
