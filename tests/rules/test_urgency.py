from datetime import UTC, date, datetime
from typing import Any

import pytest

from models.obligation import State, Timeliness
from models.plan import RequirementKind
from models.register import ObligationLine
from models.unit import Level
from rules.calendar import day_end
from rules.urgency import (
    Need,
    distance_words,
    due_words,
    lateness_words,
    most_urgent_first,
    need,
    working_days_left,
)

DUE = day_end(date(2020, 5, 29))  # a Friday


def at(month: int, day: int, hour: int = 2) -> datetime:
    return datetime(2020, month, day, hour, tzinfo=UTC)


def line(state: State, timeliness: Timeliness = Timeliness.NO_DEADLINE, **changed: Any) -> ObligationLine:
    values: dict[str, Any] = {
        "cascade_id": "c",
        "key": "a@u",
        "requirement": "a",
        "title": "Kế hoạch",
        "kind": RequirementKind.PLAN,
        "unit": "u",
        "unit_name": "Phòng",
        "level": Level.DISTRICT,
        "issuer": "s",
        "issuer_name": "Sở",
        "state": state,
        "timeliness": timeliness,
    }
    return ObligationLine(**values | changed)


@pytest.mark.parametrize(
    ("when", "days", "words"),
    [
        (at(5, 4), 19, "còn 19 ngày làm việc"),
        (at(5, 28), 1, "còn 1 ngày làm việc"),
        (at(5, 29), 0, "hạn cuối là hôm nay"),
        (at(5, 29, 16), 0, "hạn cuối là hôm nay"),
        (at(5, 29, 17), 0, "vừa quá hạn"),
        (at(5, 31), 0, "vừa quá hạn"),
        (at(6, 1), -1, "quá hạn 1 ngày làm việc"),
    ],
)
def test_distance_is_in_working_days(when: datetime, days: int, words: str) -> None:
    assert working_days_left(DUE, when) == days
    assert distance_words(DUE, when) == words


def test_a_last_day_off_is_not_called_a_working_day() -> None:
    sunday = day_end(date(2020, 5, 31))
    assert distance_words(sunday, at(5, 30)) == "không còn ngày làm việc nào"


def test_due_dates_have_their_weekday() -> None:
    assert due_words(DUE) == "thứ Sáu, 29/05/2020"
    assert due_words(None) == "không thời hạn"


@pytest.mark.parametrize(
    ("due", "came_in", "words"),
    [
        (None, at(6, 1), ""),
        (DUE, at(5, 29, 16), ""),
        (DUE, at(5, 30), "nộp muộn, chưa đến một ngày làm việc"),
        (DUE, at(6, 2), "nộp muộn 2 ngày làm việc"),
    ],
)
def test_lateness_is_judged_on_when_it_came_in(due: datetime | None, came_in: datetime, words: str) -> None:
    assert lateness_words(due, came_in) == words


def test_what_was_returned_comes_first_and_what_is_done_last() -> None:
    lines = [
        line(State.NOT_APPLICABLE),
        line(State.ACCEPTED, Timeliness.ON_TIME),
        line(State.UNFULFILLED, Timeliness.OVERDUE),
        line(State.SUSPENDED, Timeliness.OVERDUE),
        line(State.SUBMITTED, Timeliness.LATE),
        line(State.OPEN),
        line(State.OPEN, Timeliness.IN_TIME),
        line(State.OPEN, Timeliness.DUE_SOON),
        line(State.OPEN, Timeliness.OVERDUE),
        line(State.RETURNED, Timeliness.OVERDUE),
    ]
    assert [need(item) for item in most_urgent_first(lines)] == list(Need)
    assert [item for item in Need if item.owing] == list(Need)[:5]


def test_within_one_need_the_earlier_due_date_comes_first_and_none_last() -> None:
    dues = {"undated": None, "later": day_end(date(2020, 6, 1)), "sooner": DUE}
    lines = [line(State.RETURNED, key=key, due=due) for key, due in dues.items()]
    assert [item.key for item in most_urgent_first(lines)] == ["sooner", "later", "undated"]


@pytest.mark.parametrize("state", [State.DORMANT, State.NOT_APPLICABLE, State.WITHDRAWN])
def test_what_is_not_asked_of_a_unit_needs_nothing(state: State) -> None:
    assert need(line(state)) is Need.NOT_ASKED
