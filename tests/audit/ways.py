"""Ways of tampering with the database, and what has to be found of each."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import delete, update
from sqlmodel import Session, col, select

from audit.verify.finding import Part, Tampering
from models.tables import CascadeRow, DirectiveRow, EventRow, HolderRow, ObligationRow, OutboxRow, SubmissionRow
from models.trail_tables import ArchiveRow, EventUnitRow, JournalRow
from rules.chain import GENESIS, link, links
from tests import small
from tests.audit.records import KEY, REGISTER


@dataclass(frozen=True)
class Tampered:
    """What was done, and what has to be found: in which part, of what kind, and which row by a part of its name."""

    do: Callable[[Session], None]
    part: Part
    kind: Tampering
    row: str = ""


def event(session: Session, seq: int) -> EventRow:
    return session.get_one(EventRow, (REGISTER, seq))


def events(session: Session) -> list[EventRow]:
    return list(session.exec(select(EventRow).where(EventRow.cascade_id == REGISTER).order_by(col(EventRow.seq))))


def changed(body: str) -> str:
    """The same, done by another unit."""
    value = json.loads(body)
    value["actor"]["unit"] = small.LOW
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def hash_anew(session: Session, *, head: bool = True) -> None:
    """Number and hash a whole chain again, as somebody would who knows how it is made."""
    rows = events(session)
    for number, row in enumerate(rows, 1):
        value = json.loads(row.body)
        value["seq"] = number
        row.body = json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    for row, hash_ in zip(rows, links(row.body for row in rows), strict=True):
        row.hash = hash_
    if head:
        cascade = session.get_one(CascadeRow, REGISTER)
        cascade.chain_head, cascade.last_seq = rows[-1].hash, len(rows)
    session.flush()


def remove(session: Session, *seqs: int) -> None:
    session.execute(delete(EventRow).where(col(EventRow.cascade_id) == REGISTER, col(EventRow.seq).in_(seqs)))


def renumber(session: Session, seq: int, to: int) -> None:
    here = (col(EventRow.cascade_id) == REGISTER) & (col(EventRow.seq) == seq)
    session.execute(update(EventRow).where(here).values(seq=to))


def edit_a_body(session: Session) -> None:
    event(session, 4).body = changed(event(session, 4).body)


def edit_a_body_and_its_hash(session: Session) -> None:
    edit_a_body(session)
    event(session, 4).hash = link(event(session, 3).hash, event(session, 4).body)


def hash_anew_from_a_point_on(session: Session) -> None:
    edit_a_body(session)
    event(session, 4).unit = small.LOW
    hash_anew(session)


def delete_one(session: Session) -> None:
    remove(session, 4)


def delete_one_and_close_the_gap(session: Session) -> None:
    remove(session, 4)
    for row in events(session)[3:]:
        renumber(session, row.seq, row.seq - 1)
    session.expire_all()


def delete_one_and_hash_anew(session: Session) -> None:
    delete_one_and_close_the_gap(session)
    hash_anew(session)


def delete_the_last(session: Session) -> None:
    remove(session, *(row.seq for row in events(session)[-3:]))


def delete_the_last_and_say_so(session: Session) -> None:
    delete_the_last(session)
    session.expire_all()
    hash_anew(session)


def insert_one(session: Session) -> None:
    rows = events(session)
    for row in reversed(rows[3:]):
        renumber(session, row.seq, row.seq + 1)
    session.expire_all()
    copied = event(session, 3)
    session.add(EventRow(**copied.model_dump() | {"seq": 4, "body": changed(copied.body)}))
    session.flush()


def insert_one_and_hash_anew(session: Session) -> None:
    insert_one(session)
    hash_anew(session)


def add_one_at_the_end(session: Session) -> None:
    last = events(session)[-1]
    session.add(EventRow(**last.model_dump() | {"seq": last.seq + 1}))
    session.flush()
    hash_anew(session)


def reorder_two(session: Session) -> None:
    for seq, to in ((4, 0), (5, 4), (0, 5)):
        renumber(session, seq, to)


def reorder_two_and_hash_anew(session: Session) -> None:
    reorder_two(session)
    session.expire_all()
    hash_anew(session)


def swap_two_bodies(session: Session) -> None:
    one, other = event(session, 4), event(session, 5)
    one.body, other.body = other.body, one.body


def set_event(**values: Any) -> Callable[[Session], None]:
    """A column of the fourth event that repeats what its body says."""

    def do(session: Session) -> None:
        event(session, 4).sqlmodel_update(values)

    return do


def set_obligation(**values: Any) -> Callable[[Session], None]:
    return lambda session: _set(session, ObligationRow, (REGISTER, KEY), values)


def set_cascade(**values: Any) -> Callable[[Session], None]:
    return lambda session: _set(session, CascadeRow, REGISTER, values)


def _set(session: Session, table: Any, key: Any, values: dict[str, Any]) -> None:
    session.get_one(table, key).sqlmodel_update(values)


def set_sent_mail(**values: Any) -> Callable[[Session], None]:
    def do(session: Session) -> None:
        row = session.exec(select(OutboxRow).where(OutboxRow.status == "sent").order_by(col(OutboxRow.id))).first()
        assert row is not None
        row.sqlmodel_update(values)

    return do


def delete_mail(status: str) -> Callable[[Session], None]:
    def do(session: Session) -> None:
        row = session.exec(select(OutboxRow).where(OutboxRow.status == status).order_by(col(OutboxRow.id))).first()
        session.delete(row)

    return do


def invent_mail(session: Session) -> None:
    row = session.exec(select(OutboxRow).order_by(col(OutboxRow.id))).first()
    assert row is not None
    session.add(OutboxRow(**row.model_dump(exclude={"id"}) | {"step": "3", "status": "queued"}))


def edit_an_answer(session: Session) -> None:
    row = session.get_one(SubmissionRow, (REGISTER, KEY, 1))
    row.answer = row.answer | {"men": 99}


def swap_two_answers(session: Session) -> None:
    one, other = (session.get_one(SubmissionRow, (REGISTER, KEY, number)) for number in (1, 2))
    one.answer, other.answer = other.answer, one.answer


def edit_the_plan(session: Session) -> None:
    row = session.get_one(CascadeRow, REGISTER)
    row.plan = row.plan | {
        "requirements": [row.plan["requirements"][0] | {"title": "khác"}, *row.plan["requirements"][1:]]
    }


def edit_the_head(session: Session) -> None:
    row = session.exec(select(DirectiveRow)).one()
    row.head = row.head | {"closing": "2021-01-01T00:00:00Z"}


def edit_the_source(session: Session) -> None:
    row = session.exec(select(DirectiveRow)).one()
    row.source = row.source.replace("2020-03-31", "2020-03-30")


def invent_a_holder(session: Session) -> None:
    session.add(HolderRow(cascade_id=REGISTER, unit=small.HIGH, id="h9", role="focal", email="x@nho.example"))


def forget_a_unit(session: Session) -> None:
    session.execute(delete(EventUnitRow).where(col(EventUnitRow.unit) == small.LOW, col(EventUnitRow.seq) == 1))


def delete_an_entry(session: Session) -> None:
    session.delete(session.get_one(JournalRow, (REGISTER, 2)))


def edit_an_entry(session: Session) -> None:
    row = session.get_one(JournalRow, (REGISTER, 2))
    row.body = row.body.replace("nho.example", "xau.example")


def truncate_the_journal(session: Session) -> None:
    session.execute(delete(JournalRow).where(col(JournalRow.chain) == REGISTER, col(JournalRow.seq) > 2))


def hash_the_journal_anew(session: Session) -> None:
    edit_an_entry(session)
    rows = session.exec(select(JournalRow).where(JournalRow.chain == REGISTER).order_by(col(JournalRow.seq))).all()
    for row, hash_ in zip(rows, links(row.body for row in rows), strict=True):
        row.hash = hash_


def forget_the_archive(session: Session) -> None:
    session.delete(session.get_one(ArchiveRow, REGISTER))


LATER = datetime(2020, 3, 9, 3, tzinfo=UTC)
IN_THE_DATABASE = {
    "a body is edited": Tampered(edit_a_body, Part.CHAIN, Tampering.EDITED, "4"),
    "a body and its hash": Tampered(edit_a_body_and_its_hash, Part.CHAIN, Tampering.EDITED, "4"),
    "re-hashed from a point on": Tampered(hash_anew_from_a_point_on, Part.CHAIN, Tampering.RE_HASHED, "4"),
    "an event is deleted": Tampered(delete_one, Part.CHAIN, Tampering.DELETED, "4"),
    "deleted, the gap closed": Tampered(delete_one_and_close_the_gap, Part.CHAIN, Tampering.DELETED, "4"),
    "deleted, hashed anew": Tampered(delete_one_and_hash_anew, Part.CHAIN, Tampering.DELETED, "4"),
    "the last ones are deleted": Tampered(delete_the_last, Part.CHAIN, Tampering.TRUNCATED),
    "the last ones, and the head": Tampered(delete_the_last_and_say_so, Part.CHAIN, Tampering.TRUNCATED),
    "an event is inserted": Tampered(insert_one, Part.CHAIN, Tampering.INSERTED, "4"),
    "inserted, hashed anew": Tampered(insert_one_and_hash_anew, Part.CHAIN, Tampering.INSERTED, "4"),
    "added at the end": Tampered(add_one_at_the_end, Part.CHAIN, Tampering.INSERTED),
    "two are reordered": Tampered(reorder_two, Part.CHAIN, Tampering.REORDERED, "4"),
    "reordered, hashed anew": Tampered(reorder_two_and_hash_anew, Part.CHAIN, Tampering.REORDERED, "4"),
    "two bodies are swapped": Tampered(swap_two_bodies, Part.CHAIN, Tampering.REORDERED, "4"),
    "at": Tampered(set_event(at=LATER), Part.CHAIN, Tampering.COLUMN_CHANGED, "at"),
    "recorded_at": Tampered(set_event(recorded_at=LATER), Part.CHAIN, Tampering.COLUMN_CHANGED, "recorded_at"),
    "unit": Tampered(set_event(unit=small.LOW), Part.CHAIN, Tampering.COLUMN_CHANGED, "unit"),
    "kind": Tampered(set_event(kind="accepted"), Part.CHAIN, Tampering.COLUMN_CHANGED, "kind"),
    "chain_head": Tampered(set_cascade(chain_head=GENESIS), Part.CHAIN, Tampering.HEAD_CHANGED),
    "due": Tampered(set_obligation(due=LATER), Part.TABLE, Tampering.DATE_CHANGED, f"obligation {KEY}, due"),
    "state": Tampered(set_obligation(state="open"), Part.TABLE, Tampering.EDITED, "state"),
    "submitted_at": Tampered(set_obligation(submitted_at=LATER), Part.TABLE, Tampering.DATE_CHANGED, "submitted_at"),
    "an answer": Tampered(edit_an_answer, Part.TABLE, Tampering.EDITED, f"submission {KEY} 1"),
    "two answers are swapped": Tampered(swap_two_answers, Part.TABLE, Tampering.SWAPPED, f"submission {KEY} 1"),
    "a holder is invented": Tampered(invent_a_holder, Part.TABLE, Tampering.INSERTED, "holder"),
    "a unit's timeline": Tampered(forget_a_unit, Part.TABLE, Tampering.DELETED, f"event_unit {small.LOW} 1"),
    "the plan in force": Tampered(edit_the_plan, Part.TABLE, Tampering.EDITED, "plan"),
    "the directive's head": Tampered(edit_the_head, Part.TABLE, Tampering.EDITED, "directive"),
    "the directive's file": Tampered(edit_the_source, Part.TABLE, Tampering.EDITED, "directive_version"),
    "closed": Tampered(set_cascade(closed=False), Part.TABLE, Tampering.EDITED, "closed"),
    "a mail's status": Tampered(set_sent_mail(status="failed"), Part.OUTBOX, Tampering.EDITED, "status"),
    "a mail's recipient": Tampered(
        set_sent_mail(recipient="x@nho.example"), Part.OUTBOX, Tampering.EDITED, "recipient"
    ),
    "what a mail tells": Tampered(set_sent_mail(words="khác"), Part.OUTBOX, Tampering.EDITED, "words"),
    "a sent mail is deleted": Tampered(delete_mail("sent"), Part.OUTBOX, Tampering.DELETED),
    "a waiting mail is deleted": Tampered(delete_mail("queued"), Part.OUTBOX, Tampering.DELETED),
    "a mail is invented": Tampered(invent_mail, Part.OUTBOX, Tampering.INSERTED),
    "an entry is deleted": Tampered(delete_an_entry, Part.JOURNAL, Tampering.DELETED, "2"),
    "an entry is edited": Tampered(edit_an_entry, Part.JOURNAL, Tampering.EDITED, "2"),
    "the journal is truncated": Tampered(truncate_the_journal, Part.JOURNAL, Tampering.TRUNCATED, "3"),
    "the journal is hashed anew": Tampered(hash_the_journal_anew, Part.JOURNAL, Tampering.RE_HASHED, "2"),
    "the note of the archive": Tampered(forget_the_archive, Part.TABLE, Tampering.DELETED, "archive"),
}
