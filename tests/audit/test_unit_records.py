"""How units kept their time over directives and years."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import Engine

from audit.record.read import read_records
from audit.record.units import Days
from models.clock import Clock
from models.unit import Level
from rules.calendar import day_start
from store.directives import set_clock
from tests import small
from tests.commands.ledgers import Ledgers

NOW = datetime.now(UTC)
LATE = day_start(date(2020, 4, 9)) + timedelta(hours=9)


@pytest.fixture
def record(started: Engine) -> Engine:
    """One unit answers its plan late, the other not at all; it is 30 April 2020."""
    registers = Ledgers(started)
    registers.do(small.cascade(small.TOP), small.submit(f"plan@{small.HIGH}", LATE))
    registers.do(small.cascade(small.TOP), small.review(f"plan@{small.HIGH}", small.TOP, LATE + timedelta(days=1)))
    clock = Clock(origin_real=NOW, origin_business=day_start(date(2020, 4, 30)))
    set_clock(started, small.plan().head.directive_id, clock)
    return started


def test_rates_are_of_counts_and_silence_is_in_working_days(record: Engine) -> None:
    high, low = read_records(record, NOW, Days(), Level.DISTRICT)
    assert (high.code, low.code) == (small.HIGH, small.LOW)
    counts = high.overall.tally
    assert (counts.fell_due, counts.on_time, counts.late, counts.on_time_rate) == (1, 0, 1, 0.0)
    assert (low.overall.tally.fell_due, low.overall.tally.not_done) == (1, 1)
    assert low.overall.silent > low.overall.silent_overdue > 0
    assert high.years[2020].described()["fell_due"] == 1


def test_only_what_falls_due_in_the_days_is_counted(record: Engine) -> None:
    high, low = read_records(record, NOW, Days(date(2020, 5, 1), date(2020, 5, 31)), Level.DISTRICT)
    assert (high.code, high.overall.tally.applicable, high.overall.tally.fell_due) == (small.HIGH, 1, 0)
    assert (low.overall.tally.not_applicable, low.overall.tally.on_time_rate) == (1, None)
    assert read_records(record, NOW, Days(date(2021, 1, 1))) == []
    assert [item.code for item in read_records(record, NOW, Days(), unit=small.LOW)] == [small.LOW]
