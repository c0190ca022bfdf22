"""A report with a cut-off says the same however much comes later."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import Engine, update
from sqlmodel import col

from models.clock import Clock
from models.command import Command
from models.event import Event, SummaryIssued
from models.obligation import State
from models.summary import Summary
from models.tables import CascadeRow, OutboxRow
from rules.calendar import day_end, day_start
from rules.periods import read_period
from rules.reportable import NotReportable, UnknownUnit
from store.as_of import stood
from store.engine import reading, writing
from store.recorder import Recorder
from store.summaries import load_summary
from tests import small
from tests.commands.ledgers import Ledgers
from tests.small import HIGH, LOW, TOP

DIRECTIVE = small.plan().head.directive_id
TICK = timedelta(microseconds=1)
CUTS = (date(2020, 3, 14), date(2020, 4, 14), date(2020, 5, 14), date(2020, 6, 14))


@pytest.fixture
def lived(engine: Engine) -> tuple[Engine, dict[date, Summary]]:
    """A directive that ran for months, and what was reported of it at the end of some days, before it went on."""
    now = Clock(origin_real=datetime.now(UTC), origin_business=day_end(date(2020, 6, 20)))
    small.store(engine, now)
    registers = Ledgers(engine)
    plan = f"plan@{HIGH}"
    reported: dict[date, Summary] = {}
    lives: dict[date, list[tuple[str, Command]]] = {
        CUTS[0]: [],
        CUTS[1]: [
            (TOP, small.submit(plan, on(4, 2))),
            (TOP, small.review(plan, TOP, on(4, 6), "r1", returns=True)),
        ],
        CUTS[2]: [
            (TOP, small.submit(plan, on(4, 20), "s2")),
            (TOP, small.review(plan, TOP, on(4, 21), "r2", submission=2)),
            (HIGH, small.submit("commune-plan@0111-xa", on(4, 28), "s3")),
        ],
        CUTS[3]: [(HIGH, small.review("commune-plan@0111-xa", HIGH, on(5, 20), "r3"))],
    }
    for day, commands in lives.items():
        for keeper, command in commands:
            registers.do(small.cascade(keeper), command)
        for keeper, unit in ((TOP, LOW), (HIGH, "0112-xa"), (LOW, "0121-xa")):
            until_then = small.acknowledge(unit, day_end(day) - TICK, f"{day} {unit}")
            registers.do(small.cascade(keeper), until_then)
        reported[day] = load_summary(engine, DIRECTIVE, day_end(day))
    return engine, reported


def on(month: int, day: int) -> datetime:
    return day_start(date(2020, month, day)) + timedelta(hours=9)


def test_what_was_reported_is_reported_again(lived: tuple[Engine, dict[date, Summary]]) -> None:
    engine, reported = lived
    assert len({summary.model_dump_json() for summary in reported.values()}) == len(CUTS), "each tells something else"
    for day, summary in reported.items():
        assert load_summary(engine, DIRECTIVE, day_end(day)) == summary
    with stood(engine, DIRECTIVE, day_end(CUTS[-1])) as same:
        assert same is engine, "nothing came later"
    with stood(engine, DIRECTIVE, day_end(CUTS[-1]) - TICK) as other:
        assert other is not engine


def test_a_period_has_the_data_up_to_the_end_of_its_last_day_beside_the_period_before(
    lived: tuple[Engine, dict[date, Summary]],
) -> None:
    engine, reported = lived
    found = load_summary(engine, DIRECTIVE, period=read_period("tháng 5/2020"))
    told = reported[CUTS[2]]
    assert found == told.model_copy(update={"period": found.period, "before": found.before})
    assert found.as_of == day_end(CUTS[2])
    assert found.before is not None
    assert found.before.period == read_period("tháng 4/2020")
    before = reported[CUTS[1]]
    assert (found.before.overall, found.before.levels) == (before.overall, before.levels)
    assert (found.before.units, found.before.answered_units) == (before.units, before.answered_units)
    going_on = load_summary(engine, DIRECTIVE, period=read_period("quý III/2020"), at=day_end(date(2020, 6, 20)))
    assert (going_on.as_of, going_on.final) == (day_end(date(2020, 6, 20)), False)
    first = load_summary(engine, DIRECTIVE, period=read_period("tháng 3/2020"))
    assert first.before is None, "the directive had not begun"


def test_the_report_at_the_end_stands_beside_the_one_issued_last(lived: tuple[Engine, dict[date, Summary]]) -> None:
    engine, reported = lived
    closing = small.plan().head.closing
    assert load_summary(engine, DIRECTIVE, closing).before is None
    with reading(engine) as session:
        last = session.get_one(CascadeRow, small.cascade(TOP)).last_seq
    for number, day in enumerate(CUTS[1:3], 1):
        issued = SummaryIssued(files={}, report=f"r{number}", as_of=day_end(day))
        event = Event(seq=last + number, at=on(6, 18), actor=small.reviewer(TOP), cause="report", fact=issued)
        Recorder(engine, None).record(small.cascade(TOP), [event])
    found = load_summary(engine, DIRECTIVE, closing)
    assert found.final
    assert found.before is not None
    assert (found.before.period, found.before.as_of) == (None, day_end(CUTS[2]))
    assert found.before.overall == reported[CUTS[2]].overall


def test_a_unit_that_keeps_a_register_reports_on_its_branch_and_mails_count_that_had_left(
    lived: tuple[Engine, dict[date, Summary]],
) -> None:
    engine, reported = lived
    for day, whole in reported.items():
        found = load_summary(engine, DIRECTIVE, day_end(day), unit=HIGH)
        assert (found.issuer.code, found.above.code if found.above else None) == (HIGH, TOP)
        assert found.lines == tuple(line for line in whole.lines if line.cascade_id == small.cascade(HIGH))
        (branch,) = (item for item in whole.below if item.code == HIGH)
        asked = [line for line in whole.lines if line.unit == HIGH and line.state is not State.TRANSFERRED]
        assert branch.tally.obligations == found.overall.obligations + len(asked)
    assert load_summary(engine, DIRECTIVE, unit=TOP).overall == load_summary(engine, DIRECTIVE).overall
    with writing(engine) as session:
        session.execute(update(OutboxRow).values(status="sent"))
        early = update(OutboxRow).where(col(OutboxRow.send_at) < day_end(CUTS[0])).values(status="failed")
        session.execute(early)
    first, later = (load_summary(engine, DIRECTIVE, day_end(day)) for day in CUTS[:2])
    assert (first.mails_sent, first.mails_failed) == (0, later.mails_failed)
    assert later.mails_failed > 0
    now, of_branch = (load_summary(engine, DIRECTIVE, unit=unit) for unit in (TOP, HIGH))
    assert 0 < later.mails_sent < now.mails_sent
    assert 0 < of_branch.mails_sent < now.mails_sent


@pytest.mark.parametrize(
    ("unit", "period", "words"),
    [
        ("0111-xa", None, "keeps no register"),
        ("011-phogn", None, "did you mean '011-phong'"),
        (None, "năm 2019", "begins on 2020-03-02"),
        (None, "tháng 9/2020", "begin on 2020-08-15"),
    ],
)
def test_what_cannot_be_reported_on_is_said(started: Engine, unit: str | None, period: str | None, words: str) -> None:
    with pytest.raises(NotReportable, match=words) as caught:
        load_summary(started, DIRECTIVE, unit=unit, period=read_period(period) if period else None)
    assert isinstance(caught.value, UnknownUnit) == (unit == "011-phogn")
