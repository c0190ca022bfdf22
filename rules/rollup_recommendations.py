"""Recommendations by the groups of their requirement: raised, answered, referred (DOMAIN section 9, seed 3)."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from models.obligation import requirement_of
from models.plan import RequirementKind
from models.recommendation import OBSTACLE, PENDING, Recommendation, RecommendationStatus
from models.register import ObligationLine
from models.summary import RecommendationTally
from rules.calendar import day_end
from rules.rollup_tally import series_of


def recommendation_groups(
    lines: Iterable[ObligationLine], recommendations: Sequence[Recommendation], as_of: datetime
) -> tuple[RecommendationTally, ...]:
    """All groups of each requirement for which anything was raised, in the order of the file; what has no group of the
    requirement comes last. Each recommendation counts exactly once; obstacles are counted by themselves.

    The occurrences of a recurring requirement count together; requirements stay apart, because a higher level may pass
    on what a lower one raised.
    """
    asked: dict[str, ObligationLine] = {}
    for line in lines:
        if line.kind is RequirementKind.RECOMMENDATIONS:
            asked.setdefault(line.requirement, line)
    raised: dict[str, list[Recommendation]] = {}
    titles: dict[str, str] = {}
    groups: dict[str, dict[str, str]] = {}
    for line in asked.values():
        groups.setdefault(series_of(line), {}).update(line.groups)
        titles.setdefault(series_of(line), line.title)
    for item in recommendations:
        if item.group == OBSTACLE:
            continue
        requirement = requirement_of(item.obligation)
        series = series_of(asked[requirement]) if requirement in asked else requirement
        raised.setdefault(series, []).append(item)
    return tuple(
        tally
        for series in dict.fromkeys((*titles, *raised))
        if series in raised
        for tally in _by_group(series, titles.get(series, ""), groups.get(series, {}), raised[series], as_of)
    )


def overdue(item: Recommendation, as_of: datetime) -> bool:
    """Whether the body that it was referred to should have replied by an instant."""
    waits = item.status is RecommendationStatus.REFERRED
    return waits and item.reply_by is not None and day_end(item.reply_by) <= as_of


def _by_group(
    series: str, title: str, groups: dict[str, str], raised: Sequence[Recommendation], as_of: datetime
) -> Iterable[RecommendationTally]:
    for group, name in (*groups.items(), ("", "")):
        found = [item for item in raised if (item.group if item.group in groups else "") == group]
        if found or group:
            yield RecommendationTally(
                key=series,
                title=title,
                group=group,
                name=name,
                raised=len(found),
                answered=sum(item.status not in PENDING for item in found),
                taken_on_board=sum(item.status is RecommendationStatus.TAKEN_ON_BOARD for item in found),
                referred=sum(item.status is RecommendationStatus.REFERRED for item in found),
                replies_overdue=sum(overdue(item, as_of) for item in found),
                unanswered=sum(item.status is RecommendationStatus.RAISED for item in found),
            )
