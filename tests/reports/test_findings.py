"""What the register says of debts agrees with the tallies."""

from datetime import date, timedelta

import pytest

from models.obligation import State, Timeliness
from models.summary import Summary
from reports.findings import days_late, finished_late, overdue, silent, waiting
from reports.results import done
from rules.calendar import day_end, day_start
from tests.reports.edges import EDGES
from tests.reports.factory import CLOSING, line


def test_lateness_is_in_days_from_the_last_day_in_time() -> None:
    due = day_end(date(2020, 6, 1))
    late = line(due=due, state=State.ACCEPTED, timeliness=Timeliness.LATE, submitted_at=due)
    owed = line(due=due, timeliness=Timeliness.OVERDUE)
    assert days_late(late, CLOSING) == 1
    assert days_late(owed, day_end(date(2020, 6, 30))) == 29
    assert days_late(owed, day_start(date(2020, 7, 1)) + timedelta(hours=9)) == 30


@pytest.mark.parametrize("name", EDGES)
def test_the_named_units_are_those_that_were_counted(name: str) -> None:
    figures: Summary = EDGES[name]()
    assert len(overdue(figures)) == figures.overall.not_done
    assert len(finished_late(figures)) == figures.overall.late
    assert len({item.unit for item in silent(figures)}) == len(figures.silent_units)
    tally = figures.overall
    undated = sum(item.due is None for item in waiting(figures))
    assert len(waiting(figures)) == tally.waiting + undated
    assert tally.applicable == (
        done(tally) + tally.waiting + tally.not_done + tally.not_yet_due + tally.open_no_deadline + tally.suspended
    )
