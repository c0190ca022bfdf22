"""What stood in the way of units, and how soon they had an answer (DOMAIN section 9, seed 2, behaviour 9)."""

from collections.abc import Iterable
from statistics import median

from models.recommendation import OBSTACLE, PENDING, Recommendation
from models.summary import ObstacleTally
from rules.calendar import local_day


def obstacles(recommendations: Iterable[Recommendation]) -> ObstacleTally:
    """One tally over all registers; recommendations are left out."""
    raised = [item for item in recommendations if item.group == OBSTACLE]
    answered = [item for item in raised if item.status not in PENDING]
    days = [(local_day(item.handled_at) - local_day(item.raised_at)).days for item in answered if item.handled_at]
    return ObstacleTally(
        raised=len(raised),
        answered=len(answered),
        waiting=len(raised) - len(answered),
        median_answer_days=median(days) if days else None,
        longest_answer_days=max(days, default=None),
    )
