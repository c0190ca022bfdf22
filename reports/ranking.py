"""Who does what fell due on time and who does not: the best and the worst of each level; the workbook ranks all."""

from collections.abc import Sequence

from models.summary import Summary
from models.tally import LevelTally
from reports.draft import Block, headed, listing, paragraphs
from reports.plain import WORKBOOK, number, percent
from rules.ranking import Ranked, ranked, whole_places
from rules.words import LEVELS

MOST_PLACES = 10
"""Rows at either end of a ranking."""
FEWEST_UNITS = 3
"""Fewer units are not ranked: the table of units says it all."""

_HEAD = ("Hạng", "Đơn vị", "Nhiệm vụ đến hạn", "Hoàn thành đúng hạn", "Tỷ lệ đúng hạn")


def ranking(summary: Summary) -> list[Block]:
    """One ranking per level; nothing where all units of it have the same rate."""
    rule = (
        "Đơn vị được xếp hạng trong cùng cấp theo tỷ lệ hoàn thành đúng hạn trên số nhiệm vụ đến hạn; đơn vị có tỷ lệ "
        "bằng nhau cùng hạng; đơn vị chưa có nhiệm vụ đến hạn không xếp hạng."
    )
    tables = [block for level in summary.levels for block in _level(summary, level)]
    return headed(2, "Xếp hạng đơn vị theo tỷ lệ đúng hạn", [*paragraphs(rule), *tables] if tables else [])


def _level(summary: Summary, level: LevelTally) -> list[Block]:
    places = ranked(unit for unit in summary.unit_tallies if unit.level is level.level)
    if len(places) < FEWEST_UNITS or places[-1].place == 1:
        return []
    of = f"đơn vị {LEVELS[level.level].lower()}"
    if len(places) <= 2 * MOST_PLACES:
        return _table(summary, f"Xếp hạng {of} theo tỷ lệ đúng hạn", places)
    return [
        *_end(summary, f"Đơn vị {LEVELS[level.level].lower()} có tỷ lệ đúng hạn cao nhất", places),
        *_end(summary, f"Đơn vị {LEVELS[level.level].lower()} có tỷ lệ đúng hạn thấp nhất", places[::-1]),
        *paragraphs(f"Đã xếp hạng {number(len(places))} {of}; bảng xếp hạng đầy đủ tại {WORKBOOK}."),
    ]


def _end(summary: Summary, caption: str, places: Sequence[Ranked]) -> list[Block]:
    """One end of a ranking; units that share a place which has no room are told by number, not by chance."""
    shown, cut = whole_places(places, MOST_PLACES)
    tied = ""
    if cut:
        tally = cut[0].unit.tally
        more = "tiếp theo, " if shown else ""
        tied = (
            f"{caption}: {more}có {number(len(cut))} đơn vị cùng xếp hạng {number(cut[0].place)} với tỷ lệ đúng hạn "
            f"{percent(tally.on_time, tally.fell_due)}."
        )
    return [*_table(summary, caption, shown), *paragraphs(tied)]


def _table(summary: Summary, caption: str, places: Sequence[Ranked]) -> list[Block]:
    return listing("ranking", caption, _HEAD, [_row(summary, item) for item in places])


def _row(summary: Summary, item: Ranked) -> tuple[str, ...]:
    """Units of other registers are named with who follows them up, because communes may share a name."""
    unit, tally = item.unit, item.unit.tally
    where = f" ({unit.issuer_name})" if unit.issuer_name != summary.issuer.name else ""
    rate = percent(tally.on_time, tally.fell_due)
    return (number(item.place), unit.name + where, number(tally.fell_due), number(tally.on_time), rate)
