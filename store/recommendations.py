"""Recommendations as people read them: in the order in which they were raised."""

from collections.abc import Collection
from datetime import datetime

from sqlmodel import Session, col, select

from models.plan import CascadePlan
from models.recommendation import Recommendation
from models.tables import RecommendationRow
from store.read_tables import recommendation_of


def cascade_recommendations(session: Session, plan: CascadePlan) -> tuple[Recommendation, ...]:
    """All recommendations of one register."""
    rows = session.exec(select(RecommendationRow).where(RecommendationRow.cascade_id == plan.cascade_id))
    return tuple(sorted(map(recommendation_of, rows), key=_order))


def recommendations_in(session: Session, registers: Collection[str]) -> tuple[Recommendation, ...]:
    """All recommendations of some registers."""
    rows = session.exec(select(RecommendationRow).where(col(RecommendationRow.cascade_id).in_(registers)))
    return tuple(sorted(map(recommendation_of, rows), key=_order))


def _order(recommendation: Recommendation) -> tuple[datetime, str, int]:
    """By instant, obligation and number within the answer: an id ends in `/<submission>.<n>`."""
    return (recommendation.raised_at, recommendation.obligation, int(recommendation.id.rpartition(".")[2]))
