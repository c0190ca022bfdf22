"""What a register knows of recommendations (kiến nghị) and obstacles (vướng mắc): how facts change it."""

from collections.abc import Mapping
from datetime import datetime

from models.answer import Answer
from models.correspondence import ObstacleRaised, RecommendationHandled
from models.obligation import unit_of
from models.recommendation import OBSTACLE, Handling, Recommendation, RecommendationStatus, recommendation_id

_STATUS = {
    Handling.ANSWER: RecommendationStatus.ANSWERED,
    Handling.TAKE_ON_BOARD: RecommendationStatus.TAKEN_ON_BOARD,
    Handling.REFER: RecommendationStatus.REFERRED,
    Handling.REPLY: RecommendationStatus.REPLIED,
    Handling.CLOSE: RecommendationStatus.CLOSED,
    Handling.REOPEN: RecommendationStatus.RAISED,
}


def raised(
    known: Mapping[str, Recommendation], obligation: str, submission: int, answer: Answer, at: datetime
) -> dict[str, Recommendation]:
    """All recommendations after an answer came in. It replaces those of the obligation's earlier answers that nobody
    has dealt with; what was dealt with stays, and so do obstacles."""
    kept = {key: item for key, item in known.items() if item.obligation != obligation or _stays(item)}
    for number, item in enumerate(answer.recommendations, 1):
        key = recommendation_id(obligation, submission, number)
        kept[key] = Recommendation(
            id=key,
            obligation=obligation,
            unit=unit_of(obligation),
            group=item.group,
            text=item.text,
            by=item.by,
            raised_at=at,
        )
    return kept


def _stays(item: Recommendation) -> bool:
    return item.group == OBSTACLE or item.handled_at is not None


def obstacle(fact: ObstacleRaised, seq: int, at: datetime) -> Recommendation:
    """An obstacle that event number `seq` tells of: made in no answer, so that none replaces it."""
    return Recommendation(
        id=recommendation_id(fact.obligation, 0, seq),
        obligation=fact.obligation,
        unit=fact.unit,
        group=OBSTACLE,
        text=fact.text,
        raised_at=at,
    )


def handled(before: Recommendation, fact: RecommendationHandled, at: datetime) -> Recommendation:
    """A recommendation after something was done with it; what was said earlier stays until there is something newer.

    Closing says nothing, so the instant of the answer stays with it.
    """
    changes: dict[str, object] = {
        "status": _STATUS[fact.handling],
        "handled_at": before.handled_at if fact.handling is Handling.CLOSE else at,
        "words": fact.words or before.words,
    }
    if fact.handling is Handling.REFER:
        changes |= {"body": fact.body, "reply_by": fact.reply_by, "reminded": False}
    if fact.handling is Handling.REOPEN:
        changes["reopened"] = before.reopened + 1
    return before.model_copy(update=changes)
