"""Days on which a unit owed something and gave no sign of life."""

from datetime import date, datetime, timedelta

from models.command import Command
from models.event import Event
from rules.calendar import WorkingCalendar, day_start
from rules.ledger import advance, decide, open_register
from rules.silence import Standing, silent_days, standings
from tests import small

KEY = f"plan@{small.HIGH}"
REPORT = f"funded-report@{small.HIGH}"
MONDAY = date(2020, 3, 2)
"""The first day of the small directive."""


def at(day: date, hours: int = 9) -> datetime:
    return day_start(day) + timedelta(hours=hours)


def lived(*commands: Command) -> list[Event]:
    """The events of the first register from its opening on."""
    plan = small.slice_of(small.TOP)
    changes = [open_register(plan, small.STARTS)]
    for command in commands:
        changes.append(advance(plan, changes[-1].state, command.at))
        changes.append(decide(plan, changes[-1].state, command))
    return [event for change in changes for event in change.events]


def stood(until: date, *commands: Command) -> Standing:
    return standings(small.slice_of(small.TOP), lived(*commands), at(until))[small.HIGH]


def silent(standing: Standing, first: date | None = None, last: date | None = None) -> list[date]:
    return sorted(silent_days(standing, WorkingCalendar(), first, last))


def test_every_working_day_counts_on_which_something_is_owed_and_nothing_is_heard() -> None:
    assert silent(stood(date(2020, 3, 10))) == [date(2020, 3, day) for day in (2, 3, 4, 5, 6, 9, 10)]


def test_a_sign_of_life_takes_its_own_day_away() -> None:
    heard = small.acknowledge(small.HIGH, at(date(2020, 3, 4)))
    assert silent(stood(date(2020, 3, 6), heard)) == [date(2020, 3, day) for day in (2, 3, 5, 6)]


def test_what_waits_for_a_review_is_not_owed_and_what_is_returned_is_again() -> None:
    commands = (
        small.submit(REPORT, at(MONDAY), "r"),
        small.submit(KEY, at(MONDAY), "s"),
        small.review(KEY, small.TOP, at(date(2020, 3, 5)), returns=True),
    )
    assert silent(stood(date(2020, 3, 4), *commands[:2])) == []
    assert silent(stood(date(2020, 3, 6), *commands)) == [date(2020, 3, 5), date(2020, 3, 6)]


def test_days_after_a_due_date_are_told_apart_and_no_day_counts_twice() -> None:
    found = silent_days(stood(date(2020, 4, 3)), WorkingCalendar())
    assert sum(found.values()) == len([date(2020, 4, 1), date(2020, 4, 3)]), "2 April 2020 was a day off"
    assert not found[date(2020, 3, 31)]
    assert len(found) == 24


def test_only_days_between_two_days_are_counted() -> None:
    standing = stood(date(2020, 4, 3))
    assert silent(standing, date(2020, 3, 5), date(2020, 3, 9)) == [date(2020, 3, day) for day in (5, 6, 9)]


def test_what_was_owed_in_two_registers_is_one_silence() -> None:
    one, other = stood(date(2020, 3, 4)), stood(date(2020, 3, 6))
    one.add(other)
    assert len(silent(one)) == 5
