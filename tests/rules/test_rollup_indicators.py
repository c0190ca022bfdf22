"""Indicators are added up from counts, held against their target, and doubted where parts disagree."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.indicator import Comparator, Figure, Indicator, IndicatorKind
from models.obligation import State
from models.register import ObligationLine
from models.summary import IndicatorTally
from models.unit import Level
from rules.rollup_indicators import holds, indicators
from rules.rollup_quality import remarks
from tests.reports.factory import line

PERCENT = Indicator(key="led", title="Nữ lãnh đạo", kind=IndicatorKind.PERCENT, unit="%", target=60)
NUMBER = Indicator(key="trained", title="Lượt người được tập huấn", kind=IndicatorKind.NUMBER, target=150, by_sex=True)
YES_NO = Indicator(key="column", title="Có chuyên mục", kind=IndicatorKind.YES_NO)
RATIO = Indicator(
    key="ratio", title="Tỷ số giới tính khi sinh", kind=IndicatorKind.NUMBER, unit="bé trai/100 bé gái", target=111,
    comparator=Comparator.AT_MOST,
)  # fmt: skip


def report(
    unit: str, figure: Figure | None, indicator: Indicator = PERCENT, state: State = State.ACCEPTED, **changed: Any
) -> ObligationLine:
    figures = {indicator.key: figure} if figure else {}
    return line(
        **{"unit": unit, "unit_name": unit, "state": state, "indicators": (indicator,), "figures": figures} | changed
    )


def tally(*lines: ObligationLine) -> IndicatorTally:
    (found,) = indicators(lines)
    return found


def test_a_percentage_comes_from_added_counts_and_is_never_an_average() -> None:
    found = tally(
        report("large", Figure(numerator=50, denominator=100)),
        report("small", Figure(numerator=9, denominator=10)),
        report("silent", None, state=State.OPEN),
        report("waiting", Figure(numerator=1, denominator=1), state=State.SUBMITTED),
        report("outside", None, state=State.NOT_APPLICABLE),
    )
    assert (found.asked, found.reported) == (4, 2)
    assert (found.numerator, found.denominator, found.result) == (59, 110, 5900 / 110)
    assert (found.met, found.units_met) == (False, 1)


def test_numbers_are_summed_and_by_sex_where_that_is_given() -> None:
    found = tally(
        report("a", Figure(value=100, men=40, women=60), NUMBER),
        report("b", Figure(men=10, women=40), NUMBER),
        report("c", Figure(value=7), NUMBER),
    )
    assert (found.value, found.result, found.met) == (157, 157, True)
    assert (found.men, found.women, found.split, found.reported) == (50, 100, 2, 3)


def test_ratios_without_their_counts_are_not_added() -> None:
    found = tally(report("a", Figure(value=110), RATIO), report("b", Figure(value=114), RATIO))
    assert (found.value, found.result, found.met, found.units_met) == (None, None, None, 1)
    assert tally(report("a", Figure(value=110), RATIO)).met is True


def test_yes_is_counted() -> None:
    found = tally(*(report(unit, Figure(yes=yes), YES_NO) for unit, yes in (("a", True), ("b", False), ("c", True))))
    assert (found.yes, found.reported, found.met) == (2, 3, False)
    assert tally(report("a", Figure(yes=True), YES_NO)).met is True
    assert tally(report("a", None, YES_NO)).met is None


def test_levels_and_periods_are_not_mixed() -> None:
    figure = Figure(numerator=1, denominator=2)
    found = indicators(
        [
            report("province", figure, level=Level.PROVINCE),
            report("district", figure),
            report("district", figure, requirement="1a.2020-06"),
        ]
    )
    assert [(item.key, item.level, item.denominator) for item in found] == [
        ("1a", Level.PROVINCE, 2), ("1a", Level.DISTRICT, 2), ("1a.2020-06", Level.DISTRICT, 2),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("comparator", "results"),
    [
        (Comparator.AT_LEAST, {59.9: False, 60: True, 61: True}),
        (Comparator.AT_MOST, {59.9: True, 60: True, 61: False}),
        (Comparator.LESS, {59.9: True, 60: False, 61: False}),
        (Comparator.MORE, {59.9: False, 60: False, 61: True}),
        (Comparator.EQUAL, {59.9: False, 60: True, 61: False}),
    ],
)
def test_comparators(comparator: Comparator, results: dict[float, bool]) -> None:
    assert {result: holds(result, comparator, 60) for result in results} == results


def test_a_third_of_three_hundred_is_a_hundred() -> None:
    assert holds(100 * (0.1 + 0.2), Comparator.EQUAL, 30)


@given(st.lists(st.tuples(st.integers(0, 500), st.integers(1, 500)), min_size=1, max_size=9), st.randoms())
def test_the_order_of_units_does_not_matter(counts: list[tuple[int, int]], random: Any) -> None:
    lines = [report(str(place), Figure(numerator=n, denominator=d)) for place, (n, d) in enumerate(counts)]
    shuffled = random.sample(lines, len(lines))
    assert tally(*shuffled) == tally(*lines)
    assert tally(*lines).result == 100 * sum(n for n, _ in counts) / sum(d for _, d in counts)


def test_parts_that_do_not_add_up_are_remarked_upon() -> None:
    part = Indicator(key="officers", title="Cán bộ", kind=IndicatorKind.NUMBER)
    rest = part.model_copy(update={"key": "others"})
    whole = NUMBER.model_copy(update={"parts": ("officers", "others"), "by_sex": False})
    figures = {"trained": Figure(value=1200), "officers": Figure(value=700), "others": Figure(value=400.5)}
    wrong = report("Phòng A", None, whole, figures=figures, indicators=(whole, part, rest))
    assert remarks([wrong], []) == (
        "Số liệu không khớp: Phòng A, chỉ tiêu “Lượt người được tập huấn”: các thành phần cộng lại là 1.100,5, khác "
        "tổng "
        "số 1.200.",
    )
    unfinished = wrong.model_copy(update={"figures": {"trained": Figure(value=1200), "officers": Figure(value=700)}})
    assert remarks([unfinished], []) == ()


def test_parts_of_a_percentage_are_counted_in_both_its_numbers() -> None:
    whole = PERCENT.model_copy(update={"parts": ("a", "b")})
    figures = {
        "led": Figure(numerator=5, denominator=10),
        "a": Figure(numerator=2, denominator=5),
        "b": Figure(numerator=3, denominator=4),
    }
    wrong = report("Phòng A", None, whole, figures=figures)
    assert remarks([wrong], []) == (
        "Số liệu không khớp: Phòng A, chỉ tiêu “Nữ lãnh đạo”: mẫu số của các thành phần cộng lại là 9, khác tổng số "
        "10.",
    )


def test_men_and_women_that_do_not_add_up_and_a_missing_split_are_remarked_upon() -> None:
    assert remarks([report("Phòng A", Figure(value=100, men=40, women=50), NUMBER)], []) == (
        "Số liệu không khớp: Phòng A, chỉ tiêu “Lượt người được tập huấn”: nam 40 và nữ 50 cộng lại là 90, khác tổng "
        "số "
        "100.",
    )
    assert remarks([report("Phòng A", Figure(value=100), NUMBER)], []) == (
        "Chưa tách nam, nữ: Phòng A, chỉ tiêu “Lượt người được tập huấn”.",
    )
