"""Bars: how what was asked for stands, level by level and requirement by requirement."""

from collections.abc import Iterator, Sequence

from models.base import Wire
from models.summary import Summary
from models.tally import Tally
from reports.plain import Text, number, share
from reports.results import added, by_series, counted
from rules.words import LEVELS

PARTS = (
    ("on_time", "hoàn thành đúng hạn"),
    ("late", "hoàn thành quá hạn"),
    ("done_no_deadline", "hoàn thành, không thời hạn"),
    ("waiting", "chờ xác nhận"),
    ("not_yet_due", "đang thực hiện, chưa đến hạn"),
    ("open_no_deadline", "chưa hoàn thành, không thời hạn"),
    ("not_done", "quá hạn, chưa hoàn thành"),
    ("suspended", "tạm dừng"),
)
"""Columns of a tally that together are all that applies, in the order of a bar."""


class Segment(Wire):
    """One part of a bar: `shown` is its count, `width` in percent of the bar."""

    name: str
    words: str
    shown: str
    width: float


class Bar(Wire):
    """`told` is what a screen reader says of its segments."""

    label: Text
    outcome: Text
    told: Text
    segments: tuple[Segment, ...]


def bars(summary: Summary) -> Iterator[Bar]:
    """One for each level and each requirement that applies to somebody."""
    for level in summary.levels:
        if level.tally.applicable:
            yield _bar(f"{LEVELS[level.level]}, {counted(level)}", level.tally)
    for items in by_series(summary):
        first = items[0]
        label = f"{first.ref}. {first.title}" if first.ref else first.title
        yield _bar(label, added(item.tally for item in items))


def legend(shown: Sequence[Bar]) -> tuple[tuple[str, str], ...]:
    """The parts that occur."""
    used = {segment.name for bar in shown for segment in bar.segments}
    return tuple(part for part in PARTS if part[0] in used)


def _bar(label: str, tally: Tally) -> Bar:
    counts = [(name, words, int(getattr(tally, name))) for name, words in PARTS]
    segments = tuple(
        Segment(name=name, words=words, shown=number(count), width=round(100 * count / tally.applicable, 2))
        for name, words, count in counts
        if count
    )
    told = "; ".join(f"{segment.words}: {segment.shown}" for segment in segments)
    return Bar(label=label, outcome=_outcome(tally), told=told, segments=segments)


def _outcome(tally: Tally) -> str:
    if tally.fell_due:
        return f"đúng hạn {share(tally.on_time, tally.fell_due, 'nhiệm vụ đến hạn')}"
    return f"{number(tally.applicable)} nhiệm vụ, chưa có nhiệm vụ đến hạn"
