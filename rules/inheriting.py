"""What becomes of obligations that go from one unit to another: no figure is apportioned, nothing is owed twice, and
what units before had done is evidence (DOMAIN section 5)."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from models.answer import Answer
from models.ledger import LedgerState
from models.obligation import DONE, GONE, LIVE, Inherited, ObligationState, State, obligation_key
from models.recommendation import Recommendation, RecommendationStatus, recommendation_id
from models.request import Request, RequestStatus, request_id
from models.succession import Arrival, TakenIn, Transferred
from rules.folding import with_
from rules.holding import held_until
from rules.ladder import Schedule

_MOST_TO_DO = (
    State.UNFULFILLED,
    State.OPEN,
    State.RETURNED,
    State.SUBMITTED,
    State.DORMANT,
    State.SUSPENDED,
    State.ACCEPTED,
    State.SATISFIED,
)
"""Of several obligations that become one, the one with most to do says how it stands."""
_OF_EACH = {"inherited", "due", "original_due", "submissions", "heard_at", "climbed", "reason"}
"""What obligations that become one do not differ by: it is worked out for all of them."""


def moves_on(item: ObligationState) -> bool:
    """Whether an obligation goes to the successor of its unit; what is closed keeps its old name."""
    return item.state in LIVE


def transferred(before: Mapping[str, ObligationState], fact: Transferred) -> dict[str, ObligationState]:
    moved = {
        move.obligation: with_(
            before[move.obligation], state=State.TRANSFERRED, moved_to=move.units, reason=fact.reason
        )
        for move in fact.moves
    }
    return moved | {key: with_(before[key], moved_to=units) for key, units in fact.bequeathed.items()}


def gone_along(known: Mapping[str, Recommendation], fact: Transferred) -> dict[str, Recommendation]:
    """The recommendations that a register keeps when obligations leave it: what stands goes along with them."""
    moved = {move.obligation for move in fact.moves}
    return {
        key: item
        for key, item in known.items()
        if item.obligation not in moved or item.status is RecommendationStatus.CLOSED
    }


def taken_in(schedule: Schedule, state: LedgerState, fact: TakenIn, at: datetime, seq: int) -> dict[str, Any]:
    """What changes of a register when obligations arrive by event number `seq`: the obligations, and what comes with
    them: answers at hand, requests and recommendations that wait, evidence for later.

    In whatever order several handovers come, the outcome is the same.
    """
    found: dict[str, ObligationState] = {}
    answers, bequests = dict(state.answers), dict(state.bequests)
    requests, recommendations = dict(state.requests), dict(state.recommendations)
    for number, arrival in enumerate(fact.handover.arrivals, 1):
        key = obligation_key(arrival.duty.requirement, arrival.duty.unit)
        there = found.get(key) or state.obligations.get(key)
        if arrival.evidence:
            bequests[key] = together(bequests.get(key, ()), evidence(arrival))
            if there is not None and there.state not in GONE:
                found[key] = with_(there, inherited=together(there.inherited, evidence(arrival)))
            continue
        coming, answer = _arrived(arrival, fact.reason, at), arrival.answer
        if there is not None and there.state in GONE:
            coming = with_(coming, submissions=there.submissions + coming.submissions)
            requests = {name: item for name, item in requests.items() if not _went_along(item, key)}
        elif there is not None:
            coming, answer = _merged((there, answers.get(key)), (coming, answer), at)
        found[key] = coming
        answers.pop(key, None)
        answers |= {key: answer} if answer is not None else {}
        unit = arrival.duty.unit
        requests |= {item.id: item for item in _own_requests(arrival.requests, unit, key, seq, number)}
        recommendations |= {item.id: item for item in _own_words(arrival.recommendations, unit, key, seq, number)}
    standing = {key: schedule.counted(item, at) for key, item in found.items()}
    return {
        "obligations": state.obligations | standing,
        "answers": answers,
        "requests": requests,
        "recommendations": recommendations,
        "bequests": bequests,
    }


def _went_along(item: Request, key: str) -> bool:
    """Whether a request waited when its obligation went away: with that it comes back, or has been answered."""
    return item.obligation == key and item.status is RequestStatus.ASKED


def recipients_changed(
    before: Mapping[str, ObligationState], reviewers: Mapping[str, str]
) -> dict[str, ObligationState]:
    """What former recipients have accepted counts as accepted by those who decide in their place, where that is not
    decided yet; what is closed keeps the old names."""
    return {
        key: with_(item, endorsed=tuple(dict.fromkeys(reviewers.get(unit, unit) for unit in item.endorsed)))
        for key, item in before.items()
        if State.SUBMITTED in {item.state, item.laid_aside} and reviewers.keys() & set(item.endorsed)
    }


def evidence(arrival: Arrival) -> tuple[Inherited, ...]:
    """What the unit before, and those before it, had of the matter."""
    before = arrival.before
    own = Inherited(
        unit=before.unit,
        document=before.document,
        submitted_at=before.submitted_at,
        accepted=before.state in DONE,
    )
    return together(before.inherited, (own,))


def together(one: Iterable[Inherited], other: Iterable[Inherited]) -> tuple[Inherited, ...]:
    """The evidence of several units, each once, by unit."""
    found = {item.unit: item for item in (*one, *other)}
    return tuple(found[unit] for unit in sorted(found))


def _arrived(arrival: Arrival, reason: str, at: datetime) -> ObligationState:
    """An obligation as it stands under its unit now; a new one has not taken note of it yet."""
    before, stays = arrival.before, arrival.duty.unit == arrival.before.unit
    changes: dict[str, object] = {
        "unit": arrival.duty.unit,
        "coordinating": arrival.duty.coordinating,
        "acknowledged_at": before.acknowledged_at if stays else None,
        "inherited": before.inherited if stays else together(evidence(arrival), before.inherited),
        "moved_to": (),
        "reason": reason,
        "heard_at": at,
    }
    if arrival.waiting and before.state is not State.SUSPENDED:
        changes |= {"state": State.SUSPENDED, "laid_aside": before.state, "suspended_at": at}
    return with_(held_until(before, at), **changes)


_Answered = tuple[ObligationState, Answer | None]


def _merged(there: _Answered, coming: _Answered, at: datetime) -> _Answered:
    """Two obligations of one unit as one, with the answer at hand. What the unit has answered itself since stays
    answered; else there is as much time as the latest due date gives."""
    now = (held_until(there[0], at), there[1])
    (leading, answer), (other, _) = sorted((now, coming), key=_rank)
    both = {
        "inherited": together(leading.inherited, other.inherited),
        "submissions": leading.submissions + other.submissions,
    }
    if answered_itself(leading):
        return with_(leading, **both), answer
    due = max((item.due for item in (leading, other) if item.due is not None), default=None)
    first = leading.original_due or (leading.due if due != leading.due else None)
    return with_(leading, **both, due=due, original_due=first, heard_at=at), answer


def answered_itself(item: ObligationState) -> bool:
    """Whether the answer is that of the unit which owes it, not of one before it."""
    own = item.acknowledged_at is not None or not item.inherited
    return own and item.state in DONE | {State.SUBMITTED}


def _rank(found: _Answered) -> tuple[bool, int, float, float, str, str]:
    """By what obligations that become one are ordered, so that the order in which they come does not matter."""
    item, answer = found
    due = item.original_due or item.due
    return (
        not answered_itself(item),
        _MOST_TO_DO.index(item.state),
        -item.submitted_at.timestamp() if item.submitted_at else 0.0,
        due.timestamp() if due else 0.0,
        item.model_dump_json(exclude=_OF_EACH),
        answer.model_dump_json() if answer else "",
    )


def _own_requests(requests: Iterable[Request], unit: str, key: str, seq: int, number: int) -> Iterable[Request]:
    for place, request in enumerate(requests, 1):
        named = f"{request_id(key, seq)}.{number}.{place}"
        yield request.model_copy(update={"id": named, "obligation": key, "unit": unit})


def _own_words(items: Iterable[Recommendation], unit: str, key: str, seq: int, number: int) -> Iterable[Recommendation]:
    for place, item in enumerate(items, 1):
        named = f"{recommendation_id(key, 0, seq)}.{number}.{place}"
        yield item.model_copy(update={"id": named, "obligation": key, "unit": unit})
