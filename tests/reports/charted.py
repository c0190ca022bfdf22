"""A summary of the country, by hand: 63 provinces, three levels, and something for each chart to show."""

from datetime import date, timedelta
from functools import cache

from models.delay import Delays, DelayTally
from models.indicator import Comparator, Indicator, IndicatorKind
from models.obligation import Shares
from models.reported import BranchTally, PeriodRate, ProgressPoint
from models.summary import IndicatorTally, Summary
from models.tally import LevelTally, Tally
from models.unit import Level
from reports.results import added
from tests.reports.factory import dispatch_908

DAY = 86_400_000_000
FIRST = date(2020, 4, 14)
_PLACES = ("tỉnh Điện Biên", "thành phố Hồ Chí Minh", "tỉnh Bà Rịa - Vũng Tàu", "tỉnh Thừa Thiên Huế", "tỉnh Đắk Lắk")


def tally(fell_due: int, place: int = 0) -> Tally:
    """Most on time, something of everything."""
    late, waiting, stopped = fell_due // 10, fell_due // 20 + place % 3, fell_due // 50
    not_done = fell_due // 8 + place
    ages = (not_done // 2, not_done // 4, not_done // 8)
    return Tally(
        obligations=fell_due,
        applicable=fell_due,
        fell_due=fell_due,
        on_time=fell_due - late - waiting - stopped - not_done,
        late=late,
        waiting=waiting,
        not_done=not_done,
        overdue_30=ages[0],
        overdue_90=ages[1],
        overdue_120=ages[2],
        overdue_longer=not_done - sum(ages),
    )


def branch(place: int, fell_due: int = 510) -> BranchTally:
    """A province with all below it."""
    name = f"Sở Lao động - Thương binh và Xã hội {_PLACES[place] if place < len(_PLACES) else f'tỉnh thứ {place}'}"
    return BranchTally(
        code=f"p{place:02d}", name=name, level=Level.PROVINCE, units=171, answered=160, tally=tally(fell_due, place)
    )


def indicator(
    place: int, kind: IndicatorKind, result: float | None, target: float | None, met: bool | None, unit: str = "%"
) -> IndicatorTally:
    """One with a result over many units."""
    asks = Indicator(
        key=f"i{place}",
        title=f"Chỉ tiêu thứ {place}",
        kind=kind,
        unit=unit,
        target=target,
        comparator=Comparator.AT_LEAST,
    )
    return IndicatorTally(
        key="r", title="Báo cáo năm", level=Level.COMMUNE, indicator=asks.key, asks=asks, asked=9, reported=9,
        result=result, met=met,
    )  # fmt: skip


def _progress(place: int) -> ProgressPoint:
    due = place // 60 * 8000
    return ProgressPoint(day=FIRST + timedelta(days=place), due=due, handed_in=place * 120, done=place * 110)


def _rate(place: int) -> PeriodRate:
    label, fell_due = f"Quý {place + 1}/2020", place * 140
    return PeriodRate(label=label, first=FIRST, last=FIRST, fell_due=fell_due, on_time=place * 101, late=place)


@cache
def country() -> Summary:
    """10,794 units, of which 9,800 answered."""
    levels = ((Level.PROVINCE, 63), (Level.DISTRICT, 696), (Level.COMMUNE, 10035))
    by_level = tuple(LevelTally(level=level, units=units, tally=tally(3 * units)) for level, units in levels)
    held = Shares(above=812 * DAY, unit=3133 * DAY + DAY // 3, extension=420 * DAY, reviewer=655 * DAY)
    late = DelayTally(key="", name="Cộng", units=55, obligations=73, held=held, late_days=2000, first_late_days=2300)
    return dispatch_908().model_copy(
        update={
            "units": 10794,
            "answered_units": 9800,
            "overall": added(level.tally for level in by_level),
            "levels": by_level,
            "below": tuple(branch(place) for place in range(63)),
            "progress": tuple(_progress(place) for place in range(262)),
            "rates": tuple(_rate(place) for place in range(4)),
            "delays": Delays(overall=late),
            "indicators": (
                indicator(1, IndicatorKind.PERCENT, 66.7, 60, True),
                indicator(2, IndicatorKind.PERCENT, 41.25, 60, False),
                indicator(3, IndicatorKind.PERCENT, 12, None, None),
                indicator(4, IndicatorKind.NUMBER, 1234, 1000, True, "lượt người"),
                indicator(5, IndicatorKind.NUMBER, 5000, 1000, True, "lượt người"),
            ),
        }
    )  # fmt: skip
