"""What the page tells first: a handful of figures, each with what it was in the report before."""

from collections.abc import Iterator

from models.base import Wire
from models.summary import Summary
from models.tally import Tally
from reports.plain import Text, number, percent

_COUNTS = (
    ("late", "nhiệm vụ hoàn thành quá hạn"),
    ("waiting", "kết quả chờ xác nhận"),
    ("not_done", "nhiệm vụ quá hạn, chưa hoàn thành"),
    ("not_yet_due", "nhiệm vụ chưa đến hạn"),
)
"""Columns of a tally that are shown where they count something."""


class Figure(Wire):
    """`before` is the same figure in the report before, empty where there is none."""

    value: Text
    words: Text
    before: Text = ""


def figures(summary: Summary) -> Iterator[Figure]:
    """Coverage, the rate on time, and the counts that are not zero."""
    tally, before = summary.overall, summary.before
    if summary.units:
        yield Figure(
            value=f"{number(summary.answered_units)}/{number(summary.units)}",
            words=f"đơn vị đã nộp kết quả ({percent(summary.answered_units, summary.units)})",
            before=f"{number(before.answered_units)}/{number(before.units)}" if before and before.units else "",
        )
    if tally.fell_due:
        yield Figure(
            value=percent(tally.on_time, tally.fell_due),
            words=f"hoàn thành đúng hạn ({number(tally.on_time)}/{number(tally.fell_due)} đến hạn)",
            before=_rate(before.overall) if before else "",
        )
    for name, words in _COUNTS:
        then = getattr(before.overall, name) if before else 0
        if getattr(tally, name) or then:
            yield Figure(value=number(getattr(tally, name)), words=words, before=number(then) if before else "")


def _rate(tally: Tally) -> str:
    return percent(tally.on_time, tally.fell_due) if tally.fell_due else "chưa có nhiệm vụ đến hạn"
