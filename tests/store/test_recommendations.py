"""Recommendations in SQL follow the folded ledger: raised, replaced by a new answer, handled."""

from datetime import timedelta

import pytest
from sqlalchemy import Engine

from models.command import Command
from models.ledger import LedgerState
from models.recommendation import OBSTACLE, Handling, Recommendation, RecommendationStatus
from rules.ledger import advance, decide, open_register
from store.engine import reading
from store.recommendations import cascade_recommendations, recommendations_in
from store.recorder import Recorder
from tests import small, wide
from tests.small import HIGH, LOW, STARTS, TOP

CASCADE = wide.cascade(TOP)
KEY = f"asks@{HIGH}"
DAY = timedelta(days=1)


@pytest.fixture
def stored(engine: Engine) -> Engine:
    wide.store(engine)
    return engine


def live(engine: Engine, *commands: Command) -> LedgerState:
    """Keep the register through some commands, each recorded before the next; returns its state."""
    book, recorder = wide.slice_of(TOP), Recorder(engine, small.MAIL_HOURS)
    change = open_register(book, STARTS)
    recorder.record(CASCADE, change.events)
    for command in commands:
        change = advance(book, change.state, command.at)
        recorder.record(CASCADE, change.events)
        change = decide(book, change.state, command)
        recorder.record(CASCADE, change.events)
    return change.state


def found(engine: Engine) -> tuple[Recommendation, ...]:
    with reading(engine) as session:
        return cascade_recommendations(session, wide.slice_of(TOP))


def test_what_a_unit_raises_is_there_in_its_order(stored: Engine) -> None:
    texts = [f"việc {number}" for number in range(12)]
    state = live(stored, wide.submit(KEY, wide.asking(*texts), STARTS + DAY))
    assert [item.text for item in found(stored)] == texts
    assert {item.id: item for item in found(stored)} == state.recommendations


def test_a_new_answer_replaces_what_nobody_has_dealt_with_and_leaves_other_units_alone(stored: Engine) -> None:
    state = live(
        stored,
        wide.submit(f"asks@{LOW}", wide.asking("đường"), STARTS + DAY, "other"),
        wide.submit(KEY, wide.asking("vốn", "nghề"), STARTS + DAY, "first"),
        wide.handle(f"{KEY}/1.1", Handling.ANSWER, at=STARTS + 2 * DAY),
        small.review(KEY, TOP, STARTS + 3 * DAY, returns=True),
        wide.submit(KEY, wide.asking("chợ"), STARTS + 4 * DAY, "second"),
    )
    assert {item.id: item for item in found(stored)} == state.recommendations
    assert [(item.text, item.status) for item in found(stored)] == [
        ("vốn", RecommendationStatus.ANSWERED),
        ("đường", RecommendationStatus.RAISED),
        ("chợ", RecommendationStatus.RAISED),
    ]


def test_an_obstacle_stays_whatever_is_answered(stored: Engine) -> None:
    state = live(
        stored,
        wide.submit(KEY, wide.asking("vốn"), STARTS + DAY, "first"),
        wide.obstacle(KEY, "thiếu người", STARTS + 2 * DAY),
        small.review(KEY, TOP, STARTS + 3 * DAY, returns=True),
        wide.submit(KEY, wide.asking("chợ"), STARTS + 4 * DAY, "second"),
        wide.obstacle(f"plan@{LOW}", "thiếu kinh phí", STARTS + 5 * DAY, "another"),
    )
    assert {item.id: item for item in found(stored)} == state.recommendations
    assert [(item.text, item.group == OBSTACLE) for item in found(stored)] == [
        ("thiếu người", True),
        ("chợ", False),
        ("thiếu kinh phí", True),
    ]


def test_one_that_waits_for_a_reply_too_long_is_noted_once(stored: Engine) -> None:
    day = (STARTS + 5 * DAY).date()
    state = live(
        stored,
        wide.submit(KEY, wide.asking("vốn"), STARTS + DAY),
        wide.handle(f"{KEY}/1.1", Handling.REFER, at=STARTS + 2 * DAY, body=LOW, reply_by=day),
        small.acknowledge(LOW, STARTS + 20 * DAY),
    )
    (waiting,) = found(stored)
    assert (waiting.status, waiting.body, waiting.reply_by) == (RecommendationStatus.REFERRED, LOW, day)
    assert waiting.reminded
    assert state.recommendations == {waiting.id: waiting}


def test_a_directive_has_those_of_all_its_registers(stored: Engine) -> None:
    live(stored, wide.submit(KEY, wide.asking("vốn"), STARTS + DAY))
    with reading(stored) as session:
        assert [item.text for item in recommendations_in(session, [wide.cascade(HIGH), wide.cascade(TOP)])] == ["vốn"]
        assert recommendations_in(session, ["other"]) == ()
