"""Remarks on figures that are incomplete or contradict each other, as sentences for the summary (DESIGN rule 9).

Only what counts is remarked upon: figures of accepted answers. Nothing is corrected here.
"""

import math
from collections import Counter
from collections.abc import Callable, Iterable, Sequence

from models.indicator import Figure, Indicator, IndicatorKind
from models.obligation import DONE
from models.register import ObligationLine
from rules.figures import figure
from rules.rollup_events import Gathering, count_of, same_name
from rules.rollup_indicators import value_of
from rules.standing import title
from rules.words import day


def remarks(lines: Sequence[ObligationLine], held: Sequence[Gathering]) -> tuple[str, ...]:
    """One sentence for each fault, each once: first of participants, then of events, then of indicators."""
    done = [line for line in lines if line.state in DONE]
    sentences = (
        *(text for gathering in held for text in _split(gathering)),
        *(text for line in done for text in _sums(line)),
        *(text for gathering in held for text in (*_differing(gathering), *_unlinked(gathering))),
        *_several_places(held),
        *(text for line in done for text in _after_cut_off(line)),
        *(text for line in done for text in _figures(line)),
    )
    return tuple(dict.fromkeys(sentences))


def _split(gathering: Gathering) -> Iterable[str]:
    line = gathering.counted
    count = count_of(line) if line else None
    if line and count and not count.split and (line.men is None or line.women is None):
        yield (
            f"Chưa tách nam, nữ: {line.unit_name}, {_what(line)} ({figure(count.total)} người); không dùng được vào số "
            "liệu tách biệt giới cho đến khi đơn vị bổ sung."
        )


def _sums(line: ObligationLine) -> Iterable[str]:
    men, women, total = line.men, line.women, line.total
    if men is not None and women is not None and total is not None and men + women != total:
        yield (
            f"Số người không khớp: {line.unit_name}, {_what(line)}: nam {figure(men)} và nữ {figure(women)} cộng lại "
            f"là {figure(men + women)}, khác tổng số {figure(total)}."
        )
    rows = sum(row.total for row in line.attended)
    if line.attended and total is not None and rows != total:
        yield (
            f"Số người không khớp: {line.unit_name}, {_what(line)}: các thành phần cộng lại là {figure(rows)}, khác "
            f"tổng số {figure(total)}."
        )


def _differing(gathering: Gathering) -> Iterable[str]:
    """Two hosts that do not agree; the figures of the first report count."""
    reported = [(line.unit_name, count) for line in gathering.lines if (count := count_of(line))]
    told = list(dict.fromkeys((unit, count.total) for unit, count in reported))
    splits = list(dict.fromkeys((unit, count.men, count.women) for unit, count in reported if count.men is not None))
    if len({total for _, total in told}) > 1:
        words = "; ".join(f"{unit} {figure(total)} người" for unit, total in told)
    elif len({(men, women) for _, men, women in splits}) > 1:
        words = "; ".join(f"{unit} nam {men}, nữ {women}" for unit, men, women in splits)
    else:
        return
    counted = gathering.counted
    source = counted.unit_name if counted else ""
    yield f"Số liệu khác nhau về {_what(gathering.lines[0])}: {words}; tính theo số liệu báo cáo trước, của {source}."


def _unlinked(gathering: Gathering) -> Iterable[str]:
    """Units that reported an event of one name and day without naming each other as hosts."""
    units = dict.fromkeys(line.unit for line in gathering.lines)
    named = {unit for line in gathering.lines if line.held for unit in line.held.with_units}
    alone = [line.unit for line in gathering.lines if not line.shared_from and line.unit not in named]
    if len(units) > 1 and len(set(alone)) > 1:
        yield (
            f"{figure(len(units))} đơn vị cùng báo cáo {_what(gathering.lines[0])} mà không ghi nhau là đơn vị đồng tổ "
            "chức: tính là một sự kiện; nếu là những sự kiện khác nhau, đề nghị ghi rõ địa điểm."
        )


def _several_places(held: Sequence[Gathering]) -> Iterable[str]:
    events = [(gathering.lines[0], gathering.held) for gathering in held if gathering.held]
    places = Counter((same_name(event.name), event.date) for _, event in events)
    for line, event in events:
        count = places[same_name(event.name), event.date]
        if count > 1:
            places[same_name(event.name), event.date] = 0
            yield (
                f"{_what(line)[:1].upper()}{_what(line)[1:]} được báo cáo tại {figure(count)} địa điểm khác nhau: tính "
                f"là {figure(count)} sự kiện."
            )


def _after_cut_off(line: ObligationLine) -> Iterable[str]:
    """What was held after the data of the period were closed belongs to the next period (DOMAIN section 2)."""
    if line.held and line.period and line.held.date > line.period.last:
        yield (
            f"{line.unit_name} báo cáo {_what(line)} vào kỳ {line.period.label}, sau ngày chốt số liệu "
            f"{day(line.period.last)}: thuộc kỳ sau."
        )


def _figures(line: ObligationLine) -> Iterable[str]:
    for asked in line.indicators:
        reported = line.figures.get(asked.key)
        if reported is None:
            continue
        about = f"{line.unit_name}, chỉ tiêu “{asked.title}”"
        total = value_of(reported)
        if reported.men is not None and reported.women is not None and total is not None:
            sexes = reported.men + reported.women
            if not math.isclose(sexes, total):
                yield (
                    f"Số liệu không khớp: {about}: nam {figure(reported.men)} và nữ {figure(reported.women)} cộng lại "
                    f"là {figure(sexes)}, khác tổng số {figure(total)}."
                )
        if asked.by_sex and (reported.men is None or reported.women is None):
            yield f"Chưa tách nam, nữ: {about}."
        for words, whole, added in _parts(asked, line.figures):
            yield f"Số liệu không khớp: {about}: {words}các thành phần cộng lại là {added}, khác tổng số {whole}."


def _parts(asked: Indicator, figures: dict[str, Figure]) -> Iterable[tuple[str, str, str]]:
    """Where the parts of an indicator do not add up to it: which of its numbers, the whole, the sum of the parts."""
    parts = [figures.get(key, Figure()) for key in asked.parts]
    readings: dict[str, Callable[[Figure], float | None]] = (
        {"tử số của ": lambda part: part.numerator, "mẫu số của ": lambda part: part.denominator}
        if asked.kind is IndicatorKind.PERCENT
        else {"": value_of}
    )
    for words, read in readings.items():
        total = read(figures[asked.key])
        known = [value for part in parts if (value := read(part)) is not None]
        if known and len(known) == len(parts) and total is not None and not math.isclose(sum(known), total):
            yield words, figure(total), figure(sum(known))


def _what(line: ObligationLine) -> str:
    """What was held, as it continues a sentence: the event with its day, or else the requirement."""
    if line.held:
        return f"sự kiện “{line.held.name}” ngày {day(line.held.date)}"
    return f"nội dung “{title(line)}”"
