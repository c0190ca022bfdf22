"""Events become chain, read tables and outbox together, once."""

from datetime import timedelta

import pytest
from sqlalchemy import Engine
from sqlmodel import select

from models.event import Event
from models.obligation import ObligationState, State
from models.tables import CascadeRow, EventRow, ObligationRow, OutboxRow, SubmissionRow
from rules.chain import GENESIS, canonical, link
from rules.ledger import Change, advance, decide, open_register
from store.engine import reading
from store.recorder import Recorder
from tests import small


def life() -> list[Change]:
    """A register from opening to closing with an answer returned, handed in again and accepted."""
    book = small.slice_of(small.TOP)
    key = f"plan@{small.HIGH}"
    changes = [open_register(book, small.STARTS)]

    def then(change: Change) -> None:
        changes.append(change)

    day = timedelta(days=1)
    then(decide(book, changes[-1].state, small.acknowledge(small.HIGH, small.STARTS + day)))
    then(decide(book, changes[-1].state, small.submit(key, small.STARTS + 2 * day, "s1")))
    then(decide(book, changes[-1].state, small.review(key, small.TOP, small.STARTS + 3 * day, "r1", returns=True)))
    then(decide(book, changes[-1].state, small.submit(key, small.STARTS + 4 * day, "s2")))
    then(decide(book, changes[-1].state, small.review(key, small.TOP, small.STARTS + 5 * day, "r2", submission=2)))
    then(advance(book, changes[-1].state, small.STARTS + 40 * day))
    then(advance(book, changes[-1].state, book.closing))
    return changes


def events_of(changes: list[Change]) -> list[Event]:
    return [event for change in changes for event in change.events]


def rows(engine: Engine) -> dict[str, ObligationState]:
    fields = ObligationState.model_fields
    with reading(engine) as session:
        found = session.exec(select(ObligationRow).where(ObligationRow.cascade_id == small.cascade(small.TOP)))
        return {row.key: ObligationState.model_validate({name: getattr(row, name) for name in fields}) for row in found}


def test_read_tables_equal_the_folded_ledger(started: Engine) -> None:
    recorder, changes = Recorder(started, small.MAIL_HOURS), life()
    for change in changes:
        recorder.record(small.cascade(small.TOP), change.events)
    assert rows(started) == changes[-1].state.obligations
    assert rows(started)[f"plan@{small.HIGH}"].state is State.ACCEPTED
    with reading(started) as session:
        assert session.get_one(CascadeRow, small.cascade(small.TOP)).closed


def test_one_batch_or_many_leave_the_same_record(started: Engine) -> None:
    changes = life()
    recorded = Recorder(started, small.MAIL_HOURS).record(small.cascade(small.TOP), events_of(changes))
    head = GENESIS
    for event in events_of(changes):
        head = link(head, canonical(event))
    assert (recorded.seq, recorded.chain_head) == (changes[-1].state.seq, head)
    assert rows(started) == changes[-1].state.obligations


def test_recording_twice_changes_nothing(started: Engine) -> None:
    recorder, events = Recorder(started, small.MAIL_HOURS), events_of(life())
    first = recorder.record(small.cascade(small.TOP), events[:4])
    assert recorder.record(small.cascade(small.TOP), events[:4]) == first
    overlapping = recorder.record(small.cascade(small.TOP), events[2:])
    assert overlapping.seq == len(events)
    with reading(started) as session:
        assert len(session.exec(select(EventRow)).all()) == len(events)
        assert len(session.exec(select(SubmissionRow)).all()) == 2


def test_what_an_interrupted_try_recorded_stays_and_is_told(started: Engine) -> None:
    """The same events at another instant, and others than these."""
    recorder, events, cascade_id = Recorder(started, small.MAIL_HOURS), events_of(life()), small.cascade(small.TOP)
    before = recorder.record(cascade_id, events[:4])
    later = [event.model_copy(update={"recorded_at": small.STARTS + timedelta(days=9)}) for event in events[2:6]]
    told = recorder.record(cascade_id, later)
    assert (told.seq, told.chain_head) == (before.seq, before.chain_head)
    assert list(told.earlier) == events[2:4]
    with reading(started) as session:
        assert len(session.exec(select(EventRow)).all()) == 4
        assert session.get_one(CascadeRow, cascade_id).chain_head == before.chain_head


def test_mail_that_an_interrupted_try_called_for_leaves_when_it_would_have(started: Engine) -> None:
    recorder, events, cascade_id = Recorder(started, small.MAIL_HOURS), events_of(life()), small.cascade(small.TOP)
    returned = next(event for event in events if event.fact.kind == "returned")
    first = recorder.record(cascade_id, events[: returned.seq])
    assert first.leaves_at is not None
    other = events[returned.seq - 1].model_copy(update={"recorded_at": small.STARTS})
    told = recorder.record(cascade_id, [other])
    assert told.earlier == (returned,)
    assert told.leaves_at is not None


def test_a_gap_in_the_numbers_is_refused_and_nothing_is_written(started: Engine) -> None:
    events = events_of(life())
    with pytest.raises(ValueError, match="does not follow"):
        Recorder(started, small.MAIL_HOURS).record(small.cascade(small.TOP), events[1:])
    with reading(started) as session:
        assert not session.exec(select(EventRow)).all()
        assert not session.exec(select(OutboxRow)).all()


def test_every_wave_queues_one_mail_for_each_receiver(started: Engine) -> None:
    Recorder(started, small.MAIL_HOURS).record(small.cascade(small.TOP), events_of(life()))
    with reading(started) as session:
        mails = [(mail.kind, mail.unit, mail.role) for mail in session.exec(select(OutboxRow).order_by("id"))]
    assert mails == [
        ("register", small.TOP, "focal"),
        ("assignment", small.HIGH, "focal"),
        ("assignment", small.LOW, "focal"),
        ("returned", small.HIGH, "focal"),
        ("accepted", small.HIGH, "focal"),
        ("chase", small.LOW, "focal"),
        ("chase", small.LOW, "head"),
        ("letter", small.TOP, "focal"),
        ("unacknowledged", small.LOW, "focal"),
        ("unacknowledged", small.LOW, "head"),
        ("escalation", small.TOP, "focal"),
    ]


def test_the_latest_answer_stands_beside_the_obligation_and_all_are_kept(started: Engine) -> None:
    Recorder(started, small.MAIL_HOURS).record(small.cascade(small.TOP), events_of(life()))
    with reading(started) as session:
        answers = [(row.number, row.unit) for row in session.exec(select(SubmissionRow).order_by("number"))]
        assert answers == [(1, small.HIGH), (2, small.HIGH)]
        row = session.get_one(ObligationRow, (small.cascade(small.TOP), f"plan@{small.HIGH}"))
        assert row.answer is not None
        assert row.answer["document"]["number"] == "12/KH-UBND"
