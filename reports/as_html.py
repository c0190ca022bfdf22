"""The report as one self-contained page: readable on a phone, printable, without scripts or anything to fetch."""

from collections.abc import Iterable
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from models.base import Wire
from models.obligation import State
from models.register import ObligationLine
from models.summary import Summary
from models.tally import Tally
from reports.debts import item
from reports.draft import Draft
from reports.findings import by_issuer, named_units, units
from reports.marks import MARKS, Mark, mark
from reports.plain import Text, number, percent, share
from reports.results import added, by_series, counted
from reports.text import cut_off, draft
from rules.standing import title
from rules.words import LEVELS

TEMPLATES = Path(__file__).parent / "templates"


class Segment(Wire):
    """One part of a bar; `width` in percent of the bar."""

    name: str
    words: str
    count: int
    width: float


class Bar(Wire):
    label: Text
    outcome: Text
    segments: tuple[Segment, ...]


class HeatRow(Wire):
    """A unit and its marks, None where a requirement is not its own."""

    unit: Text
    marks: tuple[Mark | None, ...]


class Area(Wire):
    """One register: the units that one issuer follows up, against the requirements that occur there."""

    name: Text
    outcome: Text
    heads: tuple[tuple[Text, Text], ...]
    rows: tuple[HeatRow, ...]


class Figure(Wire):
    value: Text
    words: Text


class Page(Wire):
    """All that the template prints."""

    draft: Draft
    as_of: Text
    figures: tuple[Figure, ...]
    bars: tuple[Bar, ...]
    areas: tuple[Area, ...]
    legend: tuple[Mark, ...]
    parts: tuple[tuple[str, str], ...]


_PARTS = (
    ("on_time", "hoàn thành đúng hạn"),
    ("late", "hoàn thành quá hạn"),
    ("done_no_deadline", "hoàn thành, không thời hạn"),
    ("waiting", "chờ xác nhận"),
    ("not_yet_due", "đang thực hiện, chưa đến hạn"),
    ("open_no_deadline", "chưa hoàn thành, không thời hạn"),
    ("not_done", "quá hạn, chưa hoàn thành"),
    ("suspended", "tạm dừng"),
)


def to_html(summary: Summary) -> bytes:
    """The page in UTF-8; every text in it is escaped."""
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES), autoescape=True, undefined=StrictUndefined, trim_blocks=True,
        lstrip_blocks=True,
    )  # fmt: skip
    bars = tuple(_bars(summary))
    used = {part.name for bar in bars for part in bar.segments}
    page = Page(
        draft=draft(summary),
        as_of=f"Số liệu tính đến {cut_off(summary.as_of)}.",
        figures=tuple(_figures(summary)),
        bars=bars,
        areas=tuple(_area(summary, lines) for lines in by_issuer(summary.lines).values()),
        legend=MARKS,
        parts=tuple(part for part in _PARTS if part[0] in used),
    )
    return environment.get_template("summary.html").render(page=page).encode()


def _figures(summary: Summary) -> Iterable[Figure]:
    tally = summary.overall
    if summary.units:
        counts = f"{number(summary.answered_units)}/{number(summary.units)}"
        yield Figure(value=counts, words=f"đơn vị đã nộp kết quả ({percent(summary.answered_units, summary.units)})")
    if tally.fell_due:
        counts = f"{number(tally.on_time)}/{number(tally.fell_due)}"
        yield Figure(value=percent(tally.on_time, tally.fell_due), words=f"hoàn thành đúng hạn ({counts} đến hạn)")
    for count, words in (
        (tally.late, "nhiệm vụ hoàn thành quá hạn"),
        (tally.waiting, "kết quả chờ xác nhận"),
        (tally.not_done, "nhiệm vụ quá hạn, chưa hoàn thành"),
        (tally.not_yet_due, "nhiệm vụ chưa đến hạn"),
    ):
        if count:
            yield Figure(value=number(count), words=words)


def _bars(summary: Summary) -> Iterable[Bar]:
    for level in summary.levels:
        if level.tally.applicable:
            yield _bar(f"{LEVELS[level.level]}, {counted(level)}", level.tally)
    for items in by_series(summary):
        first = items[0]
        label = f"{first.ref}. {first.title}" if first.ref else first.title
        yield _bar(label, added(item.tally for item in items))


def _bar(label: str, tally: Tally) -> Bar:
    counts = [(name, words, int(getattr(tally, name))) for name, words in _PARTS]
    return Bar(
        label=label,
        outcome=_outcome(tally),
        segments=tuple(
            Segment(name=name, words=words, count=count, width=round(100 * count / tally.applicable, 2))
            for name, words, count in counts
            if count
        ),
    )


def _outcome(tally: Tally) -> str:
    if tally.fell_due:
        return f"đúng hạn {share(tally.on_time, tally.fell_due, 'nhiệm vụ đến hạn')}"
    return f"{number(tally.applicable)} nhiệm vụ, chưa có nhiệm vụ đến hạn"


def _area(summary: Summary, lines: list[ObligationLine]) -> Area:
    heads = {line.requirement: (item(line), title(line)) for line in lines}
    rows = []
    for name, mine in named_units(summary, lines):
        marks = {line.requirement: mark(line) for line in mine}
        rows.append(HeatRow(unit=name, marks=tuple(marks.get(key) for key in heads)))
    counting = [line for line in lines if line.state is not State.TRANSFERRED]
    return Area(
        name=lines[0].issuer_name,
        outcome=f"{number(units(counting))} đơn vị, {number(len(counting))} nhiệm vụ",
        heads=tuple(heads.values()),
        rows=tuple(rows),
    )
