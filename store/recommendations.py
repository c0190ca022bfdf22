"""Recommendations as people read them: in the order in which they were raised."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import bindparam
from sqlmodel import Session, col, select

from models.plan import CascadePlan
from models.recommendation import Recommendation
from models.tables import RecommendationRow
from store.engine import connected
from store.read_tables import recommendation_of

_OF_REGISTER = select(RecommendationRow).where(col(RecommendationRow.cascade_id) == bindparam("register"))
_OF_UNIT = _OF_REGISTER.where(
    (col(RecommendationRow.unit) == bindparam("of")) | (col(RecommendationRow.body) == bindparam("of"))
)


def cascade_recommendations(session: Session, plan: CascadePlan, unit: str | None = None) -> tuple[Recommendation, ...]:
    """All recommendations of one register; or those that a unit raised or should reply to."""
    values = {"register": plan.cascade_id} | ({} if unit is None else {"of": unit})
    rows = connected(session).execute(_OF_REGISTER if unit is None else _OF_UNIT, values)
    return tuple(sorted(map(recommendation_of, rows), key=_order))


def recommendations_in(session: Session, registers: Collection[str]) -> tuple[Recommendation, ...]:
    """All recommendations of some registers."""
    rows = session.exec(select(RecommendationRow).where(col(RecommendationRow.cascade_id).in_(registers)))
    return tuple(sorted(map(recommendation_of, rows), key=_order))


def _order(recommendation: Recommendation) -> tuple[datetime, str, int]:
    """By instant, obligation and number within the answer: an id ends in `/<submission>.<n>`."""
    return (recommendation.raised_at, recommendation.obligation, int(recommendation.id.rpartition(".")[2]))
