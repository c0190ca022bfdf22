"""Answers that come from elsewhere: taken over from an earlier directive, shared by a co-host, completed later."""

from datetime import timedelta

import pytest
from sqlalchemy import Engine
from sqlmodel import select

from models.command import Command
from models.event import Event
from models.obligation import State
from models.tables import ObligationRow, SubmissionRow
from rules.ledger import decide, open_register
from store.engine import reading
from store.recorder import Recorder
from tests import small, wide
from tests.rules.stepping import reassign
from tests.small import HIGH, LOW, STARTS, TOP

CASCADE = wide.cascade(TOP)
DAY = timedelta(days=1)


@pytest.fixture
def recorded(engine: Engine) -> Engine:
    """A database with the wide directive, opened, on both kinds."""
    wide.store(engine)
    record(engine)
    return engine


def record(engine: Engine, *commands: Command) -> None:
    """Write the register from its opening on."""
    book = wide.slice_of(TOP)
    change = open_register(book, STARTS)
    events: list[Event] = [*change.events]
    for command in commands:
        change = decide(book, change.state, command)
        events += change.events
    Recorder(engine, small.MAIL_HOURS).record(CASCADE, events)


def row(engine: Engine, key: str) -> ObligationRow:
    with reading(engine) as session:
        return session.get_one(ObligationRow, (CASCADE, key))


def submissions(engine: Engine) -> dict[tuple[str, int], SubmissionRow]:
    with reading(engine) as session:
        return {(found.key, found.number): found for found in session.exec(select(SubmissionRow))}


def test_an_answer_that_is_taken_over_stands_beside_the_obligation_and_is_its_first_submission(
    recorded: Engine,
) -> None:
    taken = row(recorded, f"plan@{HIGH}")
    assert (taken.state, taken.taken_from) == (State.ACCEPTED, "12/SO-BĐG")
    assert taken.answer is not None
    assert taken.answer["document"]["number"] == "7/KH-UBND"
    first = submissions(recorded)[f"plan@{HIGH}", 1]
    assert (first.unit, first.at) == (HIGH, STARTS - 30 * DAY)


def test_the_evidence_of_an_event_stands_beside_both_hosts_obligations_and_was_handed_in_once(
    recorded: Engine,
) -> None:
    key = f"training@{HIGH}"
    record(
        recorded,
        wide.submit(key, wide.held(LOW), STARTS + DAY),
        small.review(key, TOP, STARTS + 2 * DAY),
    )
    shared = row(recorded, f"training@{LOW}")
    assert (shared.state, shared.shared_from) == (State.SATISFIED, key)
    assert shared.answer == row(recorded, key).answer
    assert {found for found, _ in submissions(recorded) if found.startswith("training")} == {key}


def test_figures_completed_later_are_what_counts_and_what_was_handed_in_is_kept(recorded: Engine) -> None:
    key = f"training@{HIGH}"
    record(recorded, wide.submit(key, wide.held(split=False), STARTS + DAY), wide.complete(key, STARTS + 2 * DAY))
    answer = row(recorded, key).answer
    assert answer is not None
    assert (answer["men"], answer["women"], answer["total"]) == (10, 20, 30)
    handed_in = submissions(recorded)[key, 1].answer
    assert (handed_in["men"], handed_in["women"], handed_in["total"]) == (None, None, 30)


def test_an_answer_goes_along_with_an_obligation_that_moves_on_before_it_is_written_down(recorded: Engine) -> None:
    """An officer hands in at the moment at which his unit's task goes to another one."""
    before, after = f"training@{LOW}", f"training@{wide.COMMUNE}"
    record(
        recorded,
        wide.submit(before, wide.held(), STARTS + DAY),
        reassign(STARTS + 2 * DAY, wide.COMMUNE, before, submissions=1),
    )
    answer = row(recorded, after).answer
    assert answer is not None
    assert answer == row(recorded, before).answer
    assert submissions(recorded)[after, 1].answer == answer
