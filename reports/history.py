"""How it came to this: the report before, and the rate of what fell due in each period."""

from collections.abc import Iterator

from models.reported import Before
from models.summary import Summary
from models.tally import Tally
from reports.draft import Block, headed, listing, paragraphs
from reports.occasion import cut_off
from reports.pictures import picture
from reports.plain import lower_first, number, percent, tenths
from reports.results import done
from rules.figures import figure
from rules.words import LEVELS, day

MOST_PERIODS = 24
"""Two years of months; the workbook has all."""


def comparison(summary: Summary) -> list[Block]:
    """This report against the one before, in counts and percentage points; one sentence, then all of it as a table."""
    before = summary.before
    if before is None or not (before.overall.applicable or summary.overall.applicable):
        return []
    rows = [(str(place), *row) for place, row in enumerate(_rows(summary, before), 1)]
    head = ("TT", "Số liệu", "Kỳ trước", "Kỳ này", "Tăng, giảm")
    return headed(
        2,
        "So sánh với báo cáo trước",
        [
            *paragraphs(_sentence(summary, before)),
            *listing("comparison", "So sánh với báo cáo trước", head, rows),
        ],
    )


def rates(summary: Summary) -> list[Block]:
    """One row per period of which something fell due, the last ones; nothing where there is only one."""
    found = [rate for rate in summary.rates if rate.fell_due]
    if len(found) <= 1:
        return []
    rows = [
        (
            str(place), rate.label, f"{day(rate.first)} - {day(rate.last)}", number(rate.fell_due),
            number(rate.on_time), number(rate.late), percent(rate.on_time, rate.fell_due),
        )
        for place, rate in enumerate(found[-MOST_PERIODS:], 1)
    ]  # fmt: skip
    head = (
        "TT", "Kỳ", "Thời hạn trong khoảng", "Nhiệm vụ đến hạn", "Hoàn thành đúng hạn", "Hoàn thành quá hạn",
        "Tỷ lệ đúng hạn",
    )  # fmt: skip
    more = f"Bảng nêu {MOST_PERIODS}/{number(len(found))} kỳ gần nhất." if len(found) > MOST_PERIODS else ""
    note = "Nhiệm vụ được tính vào kỳ có thời hạn của nhiệm vụ đó."
    table = listing("rates", "Tỷ lệ hoàn thành đúng hạn qua các kỳ", head, rows)
    return headed(
        2, "Tỷ lệ đúng hạn qua các kỳ", [*paragraphs(note), *table, *paragraphs(more), *picture(summary, "rates")]
    )


def _sentence(summary: Summary, before: Before) -> str:
    """What matters most: how much more is done and owed, and where the rate went."""
    when = f"{before.period.label}, " if before.period else ""
    now, then = summary.overall, before.overall
    parts = [
        f"số nhiệm vụ đã hoàn thành {_moved(done(now), done(then))}",
        f"số nhiệm vụ quá hạn chưa hoàn thành {_moved(now.not_done, then.not_done)}",
    ]
    if now.fell_due and then.fell_due:
        parts.append(f"tỷ lệ hoàn thành đúng hạn {lower_first(_points(now, then))} ({_rates(now, then)})")
    return f"So với báo cáo trước ({when}số liệu tính đến {cut_off(before.as_of)}): {'; '.join(parts)}."


def _moved(now: int, then: int) -> str:
    if now == then:
        return f"không đổi ({number(now)})"
    return f"{_change(now, then)} (từ {number(then)} {'lên' if now > then else 'xuống'} {number(now)})"


def _rows(summary: Summary, before: Before) -> Iterator[tuple[str, ...]]:
    now, then = summary.overall, before.overall
    answered = (
        f"{number(before.answered_units)}/{number(before.units)}",
        f"{number(summary.answered_units)}/{number(summary.units)}",
    )
    yield ("Đơn vị đã nộp kết quả", *answered, _capital(summary.answered_units, before.answered_units))
    for words, count, earlier in (
        ("Nhiệm vụ phải thực hiện", now.applicable, then.applicable),
        ("Nhiệm vụ đến hạn", now.fell_due, then.fell_due),
        ("Đã hoàn thành", done(now), done(then)),
        ("Hoàn thành đúng hạn", now.on_time, then.on_time),
        ("Hoàn thành quá hạn", now.late, then.late),
        ("Quá hạn chưa hoàn thành", now.not_done, then.not_done),
    ):
        if count or earlier:
            yield (words, number(earlier), number(count), _capital(count, earlier))
    yield _rate("Tỷ lệ đúng hạn", now, then)
    levels = {level.level: level.tally for level in before.levels}
    shared = [level for level in summary.levels if level.level in levels]
    if len(shared) > 1:
        for level in shared:
            yield _rate(f"Tỷ lệ đúng hạn {LEVELS[level.level].lower()}", level.tally, levels[level.level])


def _rate(words: str, now: Tally, then: Tally) -> tuple[str, ...]:
    return (words, percent(then.on_time, then.fell_due), percent(now.on_time, now.fell_due), _points(now, then))


def _points(now: Tally, then: Tally) -> str:
    """The difference of the two rates as they are printed, in percentage points; `-` where one cannot be told."""
    if not (now.fell_due and then.fell_due):
        return "-"
    moved = tenths(now.on_time, now.fell_due) - tenths(then.on_time, then.fell_due)
    if not moved:
        return "Không đổi"
    return f"{'Tăng' if moved > 0 else 'Giảm'} {figure(abs(moved) / 10)} điểm phần trăm"


def _rates(now: Tally, then: Tally) -> str:
    return f"báo cáo trước {percent(then.on_time, then.fell_due)}, báo cáo này {percent(now.on_time, now.fell_due)}"


def _change(now: int, then: int) -> str:
    if now == then:
        return "không đổi"
    return f"{'tăng' if now > then else 'giảm'} {number(abs(now - then))}"


def _capital(now: int, then: int) -> str:
    return _change(now, then).capitalize()
