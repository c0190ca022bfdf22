"""What stood in the way of units, and how soon they had an answer (DOMAIN section 9, seed 2, behaviour 9)."""

from models.recommendation import OBSTACLE, PENDING, RecommendationStatus
from models.summary import Summary
from reports.draft import Block, headed, listing, paragraphs
from reports.plain import number
from reports.recommendations import body_names
from rules.calendar import local_day
from rules.figures import figure
from rules.words import day


def obstacles(summary: Summary) -> list[Block]:
    """Counts and the time until an answer, then what still waits for one."""
    if not summary.obstacles.raised:
        return []
    head = ("TT", "Đơn vị", "Ngày phản ánh", "Khó khăn, vướng mắc chưa có trả lời")
    body = [
        *paragraphs(_counts(summary), _answer_time(summary)),
        *listing("debts", "Khó khăn, vướng mắc đang chờ trả lời", head, _waiting(summary)),
    ]
    return headed(2, "Khó khăn, vướng mắc", body)


def _counts(summary: Summary) -> str:
    tally = summary.obstacles
    waiting = f"còn {number(tally.waiting)} nội dung đang chờ trả lời" if tally.waiting else ""
    answered = f"đã trả lời {number(tally.answered)} nội dung" if tally.answered else "chưa nội dung nào được trả lời"
    return f"Các đơn vị đã phản ánh {number(tally.raised)} khó khăn, vướng mắc; " + (
        f"{answered}, {waiting}." if tally.answered and waiting else f"{answered}."
    )


def _answer_time(summary: Summary) -> str:
    tally = summary.obstacles
    if tally.median_answer_days is None or tally.longest_answer_days is None:
        return ""
    if tally.answered == 1:
        return f"Thời gian từ khi đơn vị phản ánh đến khi có trả lời: {number(tally.longest_answer_days)} ngày."
    return (
        f"Thời gian từ khi đơn vị phản ánh đến khi có trả lời: trung vị {figure(tally.median_answer_days)} ngày, lâu "
        f"nhất {number(tally.longest_answer_days)} ngày."
    )


def _waiting(summary: Summary) -> list[tuple[str, ...]]:
    """The longest waiting first, with the body that some were referred to."""
    pending = [item for item in summary.recommendations if item.group == OBSTACLE and item.status in PENDING]
    names = body_names(summary, (body for item in pending for body in (item.unit, item.body)))
    rows: list[tuple[str, ...]] = []
    for place, item in enumerate(sorted(pending, key=lambda item: item.raised_at), 1):
        referred = item.status is RecommendationStatus.REFERRED
        where = f" (đã chuyển {names[item.body]})" if referred else ""
        rows.append((str(place), names[item.unit], day(local_day(item.raised_at)), item.text + where))
    return rows
