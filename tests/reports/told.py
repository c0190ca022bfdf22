"""Summaries with all that a report tells beside the counts of an instant: a period, the report before, rates, branches,
and a unit in the middle that reports on its branch."""

from datetime import date
from functools import cache

from models.obligation import State, Timeliness
from models.plan import Period
from models.reported import Before, BranchTally, PeriodRate, ProgressPoint
from models.summary import Summary
from models.tally import LevelTally, Tally
from models.unit import Level, Unit
from rules.calendar import day_end
from tests.reports.factory import HEAD, ISSUER, dispatch_908, line, summary

QUARTER = Period(label="quý III năm 2020", first=date(2020, 6, 15), last=date(2020, 9, 14))
BEFORE = Before(
    period=Period(label="quý II năm 2020", first=date(2020, 3, 15), last=date(2020, 6, 14)),
    as_of=day_end(date(2020, 6, 14)),
    units=142,
    answered_units=9,
    overall=Tally(obligations=347, applicable=331, fell_due=9, on_time=7, not_done=2, overdue_30=2),
    levels=(
        LevelTally(level=Level.DISTRICT, units=9, tally=Tally(applicable=65, fell_due=9, on_time=7, not_done=2)),
        LevelTally(level=Level.COMMUNE, units=133, tally=Tally(applicable=266)),
    ),
)
RATES = tuple(
    PeriodRate(
        label=f"tháng {month} năm 2020",
        first=date(2020, month - 1, 15),
        last=date(2020, month, 14),
        fell_due=due,
        on_time=on_time,
        late=late,
    )
    for month, due, on_time, late in ((5, 0, 0, 0), (6, 9, 7, 1), (7, 9, 9, 0))
)
NOTE = "Đã phát 12 số tin, bài trên đài truyền thanh xã; mở 02 lớp nói chuyện chuyên đề."
OFFICE = Unit(
    code="1-ldtbxh",
    name="Phòng Lao động - Thương binh và Xã hội huyện Phú Lộc",
    short_name="Phòng LĐTBXH huyện Phú Lộc",
    level=Level.DISTRICT,
    line="ldtbxh",
    territory="482",
    parent_body="ỦY BAN NHÂN DÂN HUYỆN PHÚ LỘC",
    symbol="PLĐTBXH",
    place="Phú Lộc",
    head_title="TRƯỞNG PHÒNG",
)


@cache
def periodic() -> Summary:
    """The third quarter of dispatch 908, with the quarter before, months, branches and notes."""
    told = dispatch_908(final=False)
    lines = tuple(item.model_copy(update={"note": NOTE if item.ref == "2a" else ""}) for item in told.lines)
    return told.model_copy(
        update={
            "as_of": day_end(QUARTER.last),
            "period": QUARTER,
            "before": BEFORE,
            "rates": RATES,
            "lines": lines,
            "below": _branches(told),
            "progress": tuple(
                ProgressPoint(day=date(2020, month, 14), due=40 * (month - 4), handed_in=35 * (month - 4), done=30)
                for month in range(5, 10)
            ),
        }
    )


def _branches(told: Summary) -> tuple[BranchTally, ...]:
    """One per district: its own row and those of its communes."""
    return tuple(
        BranchTally(
            code=unit.code, name=unit.name, level=unit.level, units=15, answered=14,
            tally=Tally(obligations=37, applicable=35, fell_due=20, on_time=15, late=1, waiting=1, not_done=3,
                        overdue_30=1, overdue_90=2),
        )
        for unit in told.unit_tallies
        if unit.level is Level.DISTRICT
    )  # fmt: skip


def branch(*, final: bool = False) -> Summary:
    """A district's report on its communes, which goes to the province's department."""
    due = day_end(date(2020, 8, 14))
    lines = [
        line(
            unit=f"x{place}", unit_name=f"Ủy ban nhân dân xã thứ {place}", level=Level.COMMUNE, issuer=OFFICE.code,
            issuer_name=OFFICE.name, due=due, key=f"1a@x{place}",
            state=State.ACCEPTED if place else State.OPEN, submissions=int(place > 0),
            timeliness=Timeliness.ON_TIME if place else Timeliness.OVERDUE,
        )
        for place in range(5)
    ]  # fmt: skip
    return summary(*lines, issuer=OFFICE, head=HEAD, final=final).model_copy(update={"above": ISSUER})
