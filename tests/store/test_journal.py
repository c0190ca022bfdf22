"""Journals: one chain each, in the order of what happened, and nothing of what was rolled back."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from threading import Barrier

import pytest
from sqlalchemy import Engine
from sqlmodel import col, select

from models.actor import Actor, ActorKind, Identified
from models.clock import Clock
from models.journal import INSTALLATION, AttemptInvalid, Entry, Exported, Note, Viewed
from models.trail_tables import JournalRow
from models.unreachable import Unreachable
from rules.chain import GENESIS, canonical, links
from store.engine import make_engine, reading, writing
from store.journal import Journal, append
from tests import small

REGISTER = small.cascade(small.TOP)
BELOW = small.cascade(small.HIGH)
SOMEBODY = Actor(kind=ActorKind.READER, unit="", name="Lê Thị Lan", identified=Identified.SIGN_IN)


def view(page: int) -> Viewed:
    return Viewed(page=f"/{page}")


def rows(engine: Engine, chain: str = REGISTER) -> list[JournalRow]:
    with reading(engine) as session:
        query = select(JournalRow).where(JournalRow.chain == chain).order_by(col(JournalRow.seq))
        found = list(session.exec(query))
        session.expunge_all()
        return found


def pages(found: list[JournalRow]) -> list[Note]:
    return [Entry.model_validate_json(row.body).note for row in found]


def check_chain(found: list[JournalRow]) -> None:
    """Every entry follows the one before: numbered from 1, canonical, linked."""
    assert [row.seq for row in found] == list(range(1, len(found) + 1))
    assert [row.hash for row in found] == list(links(row.body for row in found))
    for row in found:
        entry = Entry.model_validate_json(row.body)
        assert canonical(entry) == row.body
        assert (entry.seq, entry.at, entry.recorded_at, entry.note.kind) == (row.seq, row.at, row.recorded_at, row.kind)


def test_entries_follow_one_another_in_a_chain_of_their_register(started: Engine) -> None:
    journal = Journal(started)
    journal.note(REGISTER, SOMEBODY, "/1", view(1), small.HIGH)
    with writing(started) as session:
        append(session, REGISTER, SOMEBODY, "/2", [(small.LOW, view(2)), ("", view(3))])
        append(session, REGISTER, SOMEBODY, "/4", [("", view(4))])
    journal.note(BELOW, SOMEBODY, "/5", view(5))
    found = rows(started)
    check_chain(found)
    assert pages(found) == [view(1), view(2), view(3), view(4)]
    assert [row.unit for row in found] == [small.HIGH, small.LOW, "", ""]
    assert [Entry.model_validate_json(row.body).cause for row in found] == ["/1", "/2", "/2", "/4"]
    (below,) = rows(started, BELOW)
    assert (below.seq, below.hash) == (1, next(links([below.body], GENESIS)))


def test_nothing_to_note_leaves_no_trace(started: Engine) -> None:
    with writing(started) as session:
        append(session, REGISTER, SOMEBODY, "", [])
    assert rows(started) == []


def test_an_entry_knows_both_the_time_of_its_register_and_the_real_time(engine: Engine) -> None:
    small.store(engine, Clock(origin_real=datetime(2026, 1, 1, tzinfo=UTC), origin_business=small.STARTS))
    before = datetime.now(UTC)
    Journal(engine).note(REGISTER, SOMEBODY, "", view(1))
    Journal(engine).note(INSTALLATION, SOMEBODY, "", view(2))
    (entry,), (ours,) = rows(engine), rows(engine, INSTALLATION)
    assert before <= entry.recorded_at <= datetime.now(UTC)
    assert entry.at - small.STARTS == entry.recorded_at - datetime(2026, 1, 1, tzinfo=UTC)
    assert abs(ours.at - ours.recorded_at).total_seconds() < 60


def test_a_transaction_that_is_rolled_back_leaves_no_entry_and_no_gap(started: Engine) -> None:
    journal = Journal(started)
    journal.note(REGISTER, SOMEBODY, "", view(1))

    def fail() -> None:
        with writing(started) as session:
            append(session, REGISTER, SOMEBODY, "", [("", view(2)), ("", view(3))])
            raise RuntimeError("the rest did not go well")

    with pytest.raises(RuntimeError):
        fail()
    journal.note(REGISTER, SOMEBODY, "", view(4))
    found = rows(started)
    check_chain(found)
    assert pages(found) == [view(1), view(4)]


def test_two_who_write_at_once_wait_for_each_other(started: Engine) -> None:
    together, each = Barrier(2), 15
    kinds: list[list[Note]] = [[view(number) for number in range(each)], [Exported(what=str(n)) for n in range(each)]]

    def write(notes: list[Note]) -> None:
        together.wait()
        for note in notes:
            Journal(started).note(REGISTER, SOMEBODY, "", note)

    with ThreadPoolExecutor(2) as threads:
        list(threads.map(write, kinds))
    found = rows(started)
    check_chain(found)
    noted = pages(found)
    assert [[note for note in noted if isinstance(note, type(kind[0]))] for kind in kinds] == kinds


def test_journals_of_several_registers_and_of_the_installation_do_not_mix(started: Engine) -> None:
    together, chains = Barrier(3), (REGISTER, BELOW, INSTALLATION)

    def write(chain: str) -> None:
        together.wait()
        for number in range(5):
            Journal(started).note(chain, SOMEBODY, "", AttemptInvalid(what=chain, count=number))

    with ThreadPoolExecutor(3) as threads:
        list(threads.map(write, chains))
    for chain in chains:
        check_chain(rows(started, chain))
        assert pages(rows(started, chain)) == [AttemptInvalid(what=chain, count=number) for number in range(5)]


def test_a_database_that_is_not_there_is_unreachable() -> None:
    engine = make_engine("sqlite:////nowhere/at/all/dondoc.db")
    with pytest.raises(Unreachable):
        Journal(engine).note(INSTALLATION, SOMEBODY, "", view(1))
