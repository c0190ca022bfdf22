"""The tables of results: the same figures by requirement, by level, by unit and by area."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

from models.obligation import Timeliness
from models.summary import Summary
from models.tally import LevelTally, RequirementTally, Tally, UnitTally
from models.unit import Level
from reports.draft import Block, Table, paragraphs
from reports.findings import suspended, waiting
from reports.plain import number, percent
from rules.words import LEVELS, due_day

MOST_ROWS = 70
"""More rows than there are provinces would make the body a data file; the workbook has them all."""
FEW_UNITS = 20
"""Up to so many units below the direct ones are listed one by one, more are added up by the unit that follows up."""

_FIGURES = (
    "Phải thực hiện",
    "Đã hoàn thành",
    "Đến hạn",
    "Hoàn thành đúng hạn",
    "Hoàn thành quá hạn",
    "Chờ xác nhận",
    "Chưa hoàn thành",
    "Tỷ lệ đúng hạn",
)


def done(tally: Tally) -> int:
    """All that is finished, with and without deadline."""
    return tally.on_time + tally.late + tally.done_no_deadline


def added(tallies: Iterable[Tally]) -> Tally:
    """One tally over several; rates follow from the added counts and are never averaged (DESIGN rule 9)."""
    counts: Counter[str] = Counter()
    for tally in tallies:
        counts.update(tally.model_dump())
    return Tally(**counts)


def matrix(summary: Summary) -> Table:
    """The official counting: done or not x in time, late or without deadline (DOMAIN section 3)."""
    tally = summary.overall
    handed_in = Counter(line.timeliness for line in waiting(summary))
    undated = handed_in[Timeliness.NO_DEADLINE]
    stopped = Counter(line.timeliness for line in suspended(summary))
    rows = {
        "Đã hoàn thành": (tally.on_time, tally.late, tally.done_no_deadline),
        "Đã nộp, chờ xác nhận": (handed_in[Timeliness.ON_TIME], tally.waiting - handed_in[Timeliness.ON_TIME], undated),
        "Chưa hoàn thành": (tally.not_yet_due, tally.not_done, tally.open_no_deadline - undated),
        "Tạm dừng": tuple(stopped[item] for item in (Timeliness.IN_TIME, Timeliness.OVERDUE, Timeliness.NO_DEADLINE)),
    }
    sums = tuple(sum(column) for column in zip(*rows.values(), strict=True))
    return Table(
        layout="matrix",
        caption="Tổng hợp kết quả thực hiện nhiệm vụ",
        head=("Tình trạng", "Đúng hạn, trong hạn", "Quá hạn", "Không thời hạn", "Cộng"),
        rows=tuple(_matrix_row(words, counts) for words, counts in rows.items() if any(counts)),
        total=_matrix_row("Cộng", sums),
    )


def by_requirement(summary: Summary) -> list[Table]:
    """One table per level of addressed units, one row per requirement that applies to somebody; the occurrences of a
    recurring one are added up."""
    tables = []
    for level in summary.levels:
        found = [items for items in by_series(summary) if items[0].level is level.level]
        if found:
            rows = [
                (items[0].ref or str(place), _titled(items), added(item.tally for item in items))
                for place, items in enumerate(found, 1)
            ]
            words = _level(level.level)
            tables.append(_results(f"Kết quả theo nội dung giao đơn vị {words}", "Mục", "Nội dung", rows, level.tally))
    return tables


def by_occurrence(summary: Summary) -> list[Block]:
    """One table per recurring requirement, one row per period."""
    blocks: list[Block] = []
    for items in by_series(summary):
        if len(items) > 1:
            rows = [
                (str(place), f"{_period(item)} ({_due(item)})", item.tally)
                for place, item in enumerate(items[-MOST_ROWS:], 1)
            ]
            caption = f"Kết quả theo kỳ: {items[0].title}"
            blocks.append(_results(caption, "TT", "Kỳ", rows, added(item.tally for item in items)))
            if len(items) > MOST_ROWS:
                blocks += paragraphs(
                    f"Bảng nêu {MOST_ROWS}/{number(len(items))} kỳ gần nhất, dòng cộng tính cả các kỳ."
                )
    return blocks


def by_series(summary: Summary) -> list[list[RequirementTally]]:
    """Requirements that apply to somebody, each with its occurrences, by level."""
    groups: dict[tuple[str, Level], list[RequirementTally]] = defaultdict(list)
    for item in summary.requirements:
        if item.tally.applicable:
            groups[item.series, item.level].append(item)
    return list(groups.values())


def _period(item: RequirementTally) -> str:
    return item.period.label if item.period else item.title


def by_level(summary: Summary) -> list[Table]:
    """One row per level; nothing where there is only one."""
    found = [level for level in summary.levels if level.tally.applicable]
    if len(found) <= 1:
        return []
    rows = [(str(place), f"{LEVELS[item.level]} ({counted(item)})", item.tally) for place, item in enumerate(found, 1)]
    return [_results("Kết quả theo cấp", "TT", "Cấp", rows, summary.overall)]


def counted(level: LevelTally) -> str:
    """How many units a level has; where all have ended, that is said."""
    return f"{number(level.units)} đơn vị" if level.units else "đơn vị trước sắp xếp"


def by_unit(summary: Summary) -> list[Table]:
    """The issuer's own subordinates one by one; those further down likewise if few, else by who follows them up
    where no table of branches does that."""
    tables = []
    issuers = {line.unit: line.issuer for line in summary.lines}
    units = [unit for unit in summary.unit_tallies if unit.tally.applicable]
    direct = [unit for unit in units if issuers[unit.code] == summary.issuer.code]
    if 1 < len(direct) <= MOST_ROWS:
        tables.append(_units("Kết quả của các đơn vị trực thuộc", direct))
    for level in summary.levels:
        below = [unit for unit in units if unit.level is level.level and issuers[unit.code] != summary.issuer.code]
        caption = f"Kết quả của đơn vị {_level(level.level)}"
        if 1 < len(below) <= FEW_UNITS:
            tables.append(_units(caption, below))
        elif below and not summary.below:
            tables.extend(_areas(f"{caption}, tổng hợp theo đơn vị theo dõi", below, issuers))
    return tables


def _areas(caption: str, units: Sequence[UnitTally], issuers: dict[str, str]) -> list[Table]:
    areas: dict[str, list[UnitTally]] = defaultdict(list)
    for unit in units:
        areas[issuers[unit.code]].append(unit)
    if not 1 < len(areas) <= MOST_ROWS:
        return []
    rows = [
        (str(place), f"{area[0].issuer_name} ({number(len(area))} đơn vị)", added(unit.tally for unit in area))
        for place, area in enumerate(areas.values(), 1)
    ]
    return [_results(caption, "TT", "Đơn vị theo dõi", rows, added(tally for _, _, tally in rows))]


def _units(caption: str, units: Sequence[UnitTally]) -> Table:
    rows = [(str(place), unit.name, unit.tally) for place, unit in enumerate(units, 1)]
    return _results(caption, "TT", "Đơn vị", rows, added(unit.tally for unit in units))


def _results(caption: str, first: str, second: str, rows: Sequence[tuple[str, str, Tally]], total: Tally) -> Table:
    return Table(
        layout="results",
        caption=caption,
        head=(first, second, *_FIGURES),
        rows=tuple((place, name, *_figures(tally)) for place, name, tally in rows),
        total=("", "Cộng", *_figures(total)) if len(rows) > 1 else (),
    )


def _figures(tally: Tally) -> tuple[str, ...]:
    counts = (
        tally.applicable,
        done(tally),
        tally.fell_due,
        tally.on_time,
        tally.late,
        tally.waiting,
        tally.not_done,
    )
    return (*map(number, counts), percent(tally.on_time, tally.fell_due))


def _matrix_row(words: str, counts: Sequence[int]) -> tuple[str, ...]:
    return (words, *map(number, counts), number(sum(counts)))


def _titled(items: Sequence[RequirementTally]) -> str:
    first = items[0]
    when = _due(first) if len(items) == 1 else first.due_phrase or f"{number(len(items))} kỳ"
    name = f"{first.title}, {first.period.label}" if first.period and len(items) == 1 else first.title
    return f"{name} ({when})"


def _due(item: RequirementTally) -> str:
    """The one due day, else the phrase; where units have different days and there is no phrase, that is said."""
    if item.due:
        return f"hạn {due_day(item.due)}"
    dated = item.tally.fell_due or item.tally.not_yet_due
    return item.due_phrase or ("thời hạn theo từng đơn vị" if dated else due_day(None))


def _level(level: Level) -> str:
    return LEVELS[level].lower()
