"""What was recommended from below and what became of it, by group (DOMAIN section 9, seed 3)."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import groupby

from models.recommendation import OBSTACLE, Recommendation
from models.summary import RecommendationTally, Summary
from reports.draft import Block, headed, listing, paragraphs
from reports.plain import listed, number
from rules.rollup_recommendations import overdue
from rules.words import day


def recommendations(summary: Summary) -> list[Block]:
    """Counts and one table per requirement that collects recommendations; then who owes a reply."""
    blocks: list[Block] = []
    for _, group in groupby(summary.recommendation_groups, key=lambda item: item.key):
        tallies = list(group)
        blocks += [*paragraphs(_counts(tallies)), *_table(tallies)]
    late = "; ".join(_late(summary))
    blocks += paragraphs(f"Cơ quan quá hạn trả lời kiến nghị: {late}." if late else "")
    return headed(2, "Kiến nghị của các đơn vị và kết quả xử lý", blocks)


def body_names(summary: Summary, bodies: Iterable[str]) -> dict[str, str]:
    """How bodies are called: a unit's code stands for its name, any other body for itself."""
    asked = set(bodies)
    units = {line.unit: line.unit_name for line in (*summary.lines, *summary.coordinating) if line.unit in asked}
    return {body: units.get(body, body) for body in asked}


def _counts(tallies: Sequence[RecommendationTally]) -> str:
    raised, answered, taken, referred, late, unanswered = _sums(tallies)
    parts = [
        f"{number(count)} kiến nghị {words}"
        for count, words in (
            (answered, "đã được giải đáp, tiếp thu hoặc trả lời" + (f" (tiếp thu {number(taken)})" if taken else "")),
            (
                referred,
                "đã chuyển cơ quan có thẩm quyền, đang chờ trả lời" + (f" ({number(late)} quá hạn)" if late else ""),
            ),
            (unanswered, "chưa được xử lý"),
        )
        if count
    ]
    about = f" theo nội dung “{tallies[0].title}”" if tallies[0].title else ""
    return f"Đã tiếp nhận {number(raised)} kiến nghị{about}, gồm {listed(parts)}."


def _table(tallies: Sequence[RecommendationTally]) -> list[Block]:
    """Nothing where the requirement has no groups: the sentence says it all."""
    if not any(item.group for item in tallies):
        return []
    head = (
        "TT",
        "Nhóm nội dung",
        "Tiếp nhận",
        "Đã trả lời",
        "Trong đó tiếp thu",
        "Chờ trả lời",
        "Quá hạn trả lời",
        "Chưa xử lý",
    )
    rows = [
        (str(place), item.name or "Nội dung khác", *map(number, _sums([item]))) for place, item in enumerate(tallies, 1)
    ]
    total = ("", "Cộng", *map(number, _sums(tallies)))
    return listing("recommendations", "Kiến nghị theo nhóm nội dung", head, rows, total)


def _sums(tallies: Sequence[RecommendationTally]) -> tuple[int, ...]:
    columns = ("raised", "answered", "taken_on_board", "referred", "replies_overdue", "unanswered")
    return tuple(sum(getattr(item, column) for item in tallies) for column in columns)


def _late(summary: Summary) -> list[str]:
    """The bodies that should have replied, in the order of time."""
    late = [item for item in summary.recommendations if item.group != OBSTACLE and overdue(item, summary.as_of)]
    names = body_names(summary, (item.body for item in late))
    owed: dict[str, list[Recommendation]] = defaultdict(list)
    for item in late:
        owed[names[item.body]].append(item)
    first = {body: min(item.reply_by for item in items if item.reply_by) for body, items in owed.items()}
    return [
        f"{body} ({number(len(owed[body]))} kiến nghị, hạn sớm nhất {day(first[body])})"
        for body in sorted(owed, key=lambda body: first[body])
    ]
