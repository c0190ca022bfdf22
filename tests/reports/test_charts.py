"""Charts show the figures of a summary, nothing else, and the same picture every time."""

import struct
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from xml.etree import ElementTree

import pytest
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from numpy import asarray

from models.delay import Delays
from models.indicator import IndicatorKind
from models.summary import Summary
from models.tally import Tally
from reports.charts import CHARTS, Chart, chart, charts
from reports.charts.outcomes import FILLS, parts
from reports.charts.style import INCH
from reports.plain import number, percent
from tests.reports.charted import branch, country, indicator
from tests.reports.edges import EDGES
from tests.reports.factory import dispatch_908, line, summary

ROOT = Path(__file__).parents[2]
SVG = "{http://www.w3.org/2000/svg}"


def found(name: str, of: Summary | None = None) -> Chart:
    shown = chart(of or country(), name)
    assert shown
    return shown


@cache
def words(shown: Chart) -> list[str]:
    """The texts of a picture, in the order in which they are drawn."""
    return ["".join(item.itertext()) for item in ElementTree.fromstring(shown.svg()).iter(f"{SVG}text")]  # noqa: S314


def drawn(shown: Chart) -> Figure:
    figure = Figure(figsize=(shown.width_mm / INCH, shown.height_mm / INCH))
    shown.draw(figure)
    return figure


def lengths(axes: Axes) -> Iterator[tuple[str, float]]:
    """Label and length of each bar that has a label, as drawn."""
    for bars in axes.containers:
        label = str(bars.get_label())
        if not label.startswith("_"):
            yield from ((label, bar.get_width()) for bar in bars)


def test_a_report_shows_them_in_its_order() -> None:
    assert [item.name for item in charts(country())] == list(CHARTS)
    assert chart(country(), "rates") == next(item for item in charts(country()) if item.name == "rates")


@pytest.mark.parametrize("edge", EDGES)
def test_whatever_the_summary_a_picture_is_whole_and_speaks_vietnamese(edge: str) -> None:
    for shown in charts(EDGES[edge]()):
        root = ElementTree.fromstring(shown.svg())  # noqa: S314
        assert root.tag == f"{SVG}svg"
        assert root.findtext(f"{SVG}title") == shown.title
        assert root.findtext(f"{SVG}desc") == shown.alt
        assert shown.width_mm == 165
        assert 20 <= shown.height_mm <= 235
        told = " ".join([shown.title, shown.alt, *words(shown)])
        assert not {"None", "nan", "inf"} & set(told.replace("(", " ").split())


@pytest.mark.parametrize("name", CHARTS)
def test_a_picture_is_the_same_every_time(name: str) -> None:
    assert found(name).svg() == found(name).svg()
    assert "<metadata" not in found(name).svg()


def test_a_picture_for_print_is_the_same_every_time_and_has_200_dots_per_inch() -> None:
    first = found("levels").png()
    assert first == found("levels").png()
    wide, high = struct.unpack(">II", first[16:24])
    assert (wide, high) == pytest.approx((165 / INCH * 200, found("levels").height_mm / INCH * 200), abs=1)


def test_pictures_stand_in_one_page_without_disturbing_each_other_or_the_page() -> None:
    pictures = [item.svg() for item in charts(country())]
    ids = [
        value
        for picture in pictures
        for item in ElementTree.fromstring(picture).iter()  # noqa: S314
        if (value := item.get("id"))
    ]
    assert len(ids) == len(set(ids))
    for picture in pictures:
        assert picture.startswith("<svg")
        assert "<style" not in picture
        assert "http" not in picture.replace("http://www.w3.org/2000/svg", "").replace(
            "http://www.w3.org/1999/xlink", ""
        )


def test_letters_are_text_in_the_font_of_the_report() -> None:
    picture = found("levels").svg()
    assert "Hoàn thành đúng hạn" in words(found("levels"))
    assert picture.count("font: ") + picture.count("font-family: ") == picture.count("'Times New Roman', Tinos, ")


def test_without_a_picture_the_charting_library_is_not_loaded() -> None:
    code = "import sys, reports.charts; print('matplotlib' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)  # noqa: S603
    assert done.stdout.strip() == "False"


@pytest.mark.parametrize("name", CHARTS)
def test_where_there_is_nothing_to_show_there_is_no_chart(name: str) -> None:
    assert chart(summary(final=False), name) is None
    nothing = {"overall": Tally(), "levels": (), "rates": (), "progress": (), "delays": Delays(), "indicators": ()}
    empty = country().model_copy(update={**nothing, "requirements": (), "below": (), "lines": ()})
    assert chart(empty, name) is None


def test_levels_show_every_count_and_bars_in_proportion() -> None:
    shown = found("levels")
    told = words(shown)
    for level in country().levels:
        assert {number(count) for count in parts(level.tally).values()} <= set(told)
        assert percent(level.tally.on_time, level.tally.fell_due) in told
        assert f"{number(level.tally.fell_due)} nhiệm vụ đến hạn" in shown.alt
        assert sum(parts(level.tally).values()) == level.tally.fell_due
    bars = list(lengths(drawn(shown).axes[0]))
    commune = country().levels[-1].tally
    assert [label for label, _ in bars[-len(FILLS) :]] == [FILLS[name].words for name in parts(commune)]
    assert [length for _, length in bars[-len(FILLS) :]] == pytest.approx(
        [100 * count / commune.fell_due for count in parts(commune).values()]
    )


def test_progress_ends_at_the_latest_figures() -> None:
    last = country().progress[-1]
    assert words(found("progress"))[-3:] == [
        f"Đã nộp: {number(last.handed_in)}",
        f"Hoàn thành: {number(last.done)}",
        f"Kế hoạch (đến hạn): {number(last.due)}",
    ]
    curves = {str(curve.get_label()): curve for curve in drawn(found("progress")).axes[0].get_lines()}
    drawn_at = {
        int(at): int(count) for at, count in asarray(curves["Hoàn thành"].get_xydata())
    }  # as given, before the steps
    assert drawn_at == {point.day.toordinal(): point.done for point in country().progress}
    assert "14/04/2020" in words(found("progress"))


def test_units_and_requirements_show_a_mark_for_each_obligation() -> None:
    shown = found("heat", EDGES["conference"]())
    marks = [text for text in words(shown) if len(text) == 2 and text.isupper()]
    assert len(marks) == len(EDGES["conference"]().lines)
    assert shown.alt.startswith("5 đơn vị, 11 nội dung: hoàn thành đúng hạn hoặc không thời hạn 31; ")


def test_above_forty_units_branches_show_their_shares() -> None:
    shown = found("heat")
    told = words(shown)
    assert told.count("Sở LĐTBXH …") == 2  # once in each panel, and names without it
    for place in ("tỉnh Bà Rịa", "thành phố Hồ"):
        assert any(text.startswith(place) for text in told)
    for item in country().below:
        assert percent(item.tally.on_time, item.tally.fell_due) in told
    assert shown.alt.startswith("63 đơn vị trực thuộc: hoàn thành đúng hạn ")
    assert "thấp nhất" in shown.alt


def test_above_forty_units_without_branches_requirements_show_their_shares() -> None:
    told = words(found("heat", dispatch_908()))
    assert {"cấp huyện", "cấp xã"} <= set(told)
    for item in dispatch_908().requirements:
        if item.tally.fell_due:
            assert percent(item.tally.on_time, item.tally.fell_due) in told


def test_a_branch_of_which_nothing_fell_due_has_no_share() -> None:
    some = country().model_copy(
        update={"below": (branch(0), branch(1), branch(2, fell_due=0).model_copy(update={"tally": Tally()}))}
    )
    assert found("heat", some).alt.startswith("2 đơn vị trực thuộc")


def test_ages_show_counts_and_shares_of_what_is_overdue() -> None:
    whole = country().overall
    ages = (whole.overdue_30, whole.overdue_90, whole.overdue_120, whole.overdue_longer)
    assert sum(ages) == whole.not_done
    assert {f"{number(count)} ({percent(count, whole.not_done)})" for count in ages} <= set(words(found("ageing")))
    assert [length for _, length in lengths(drawn(found("ageing")).axes[0])] == list(ages)


def test_delays_are_steps_that_lead_to_the_whole() -> None:
    told = words(found("delays"))
    assert {"812 ngày (16,2%)", "3.133,3 ngày (62,4%)", "420 ngày (8,4%)", "655 ngày (13,0%)", "5.020,3 ngày"} <= set(
        told
    )
    steps = list(lengths(drawn(found("delays")).axes[0]))
    assert [label for label, _ in steps][-1] == "Cộng"
    assert sum(length for _, length in steps[:-1]) == pytest.approx(steps[-1][1])
    assert "Tạm dừng" not in told


def test_rates_leave_out_periods_of_which_nothing_fell_due() -> None:
    told = words(found("rates"))
    assert [text for text in told if text.startswith("Quý")] == ["Quý 2/2020", "Quý 3/2020", "Quý 4/2020"]
    assert told.count(percent(101, 140)) == 3
    assert {"101/140", "202/280", "303/420"} <= set(told)
    assert chart(country().model_copy(update={"rates": country().rates[:2]}), "rates") is None


def test_indicators_show_results_and_targets() -> None:
    shown = found("indicators")
    told = words(shown)
    assert {"66,7%", "41,25%", "12%", "1.234 lượt người", "5.000 lượt người"} <= set(told)
    assert told.count("mục tiêu ≥ 60%") == 2
    assert "»" in told  # five times the target does not fit
    assert "Chỉ tiêu thứ 2 41,25%, mục tiêu ≥ 60%, chưa đạt" in shown.alt
    assert [length for _, length in lengths(drawn(shown).axes[0])] == [66.7, 41.25, 12]
    assert [length for _, length in lengths(drawn(shown).axes[1])] == [1.234, 2]


@pytest.mark.parametrize(
    ("kind", "result", "target"),
    [
        (IndicatorKind.PERCENT, None, 60),  # a denominator of 0
        (IndicatorKind.NUMBER, 12, 0),
        (IndicatorKind.NUMBER, 12, None),
        (IndicatorKind.YES_NO, None, 1),
    ],
)
def test_indicators_that_have_no_length_have_no_bar(kind: IndicatorKind, result: float | None, target: float) -> None:
    only = (indicator(1, kind, result, target, None),)
    assert chart(country().model_copy(update={"indicators": only}), "indicators") is None


def test_counts_too_small_for_their_part_of_a_bar_stand_above_it() -> None:
    one = Tally(obligations=9999, applicable=9999, fell_due=9999, on_time=9996, late=1, waiting=1, not_done=1)
    level = country().levels[0].model_copy(update={"tally": one})
    shown = found("levels", country().model_copy(update={"levels": (level,)}))
    assert words(shown).count("1") == 3
    assert "99,9%" in words(shown)


def test_one_unit_with_one_obligation_has_a_bar_and_no_table() -> None:
    shown = [item.name for item in charts(EDGES["one unit, all done"]())]
    assert "levels" in shown
    assert "heat" not in shown
    assert chart(summary(line(), line(requirement="2", key="2@u1"), final=False), "heat")
