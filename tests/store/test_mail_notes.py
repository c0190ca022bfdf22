"""What becomes of every mail stands in its register's journal: the two change together or not at all."""

import gzip
import hashlib
from collections.abc import Sequence
from datetime import timedelta

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import DBAPIError
from sqlmodel import col, select

from models.delivery import HandedOver, OnItsWay
from models.journal import Entry, MailDelayed, MailFailed, MailNeedless, MailRow, MailSent
from models.mail import Outgoing
from models.notice import NoticeKind
from models.tables import OutboxRow
from models.trail_tables import JournalRow, MailTextRow
from models.unit import Role
from models.unreachable import Unreachable
from rules.ledger import open_register
from store.engine import reading, writing
from store.outbox import Outbox
from store.recorder import Recorder
from store.units import save_units
from tests import small
from tests.store.mailing import CASCADE, CLOCK, queue
from tests.store.test_journal import check_chain, rows

NOON = small.STARTS + timedelta(hours=12)
TO_HIGH = f"{small.HIGH}@nho.example"
ASSIGNED = MailRow(unit=small.HIGH, role=Role.FOCAL, holder="focal", kind=NoticeKind.ASSIGNMENT, step="2")
WORDS = "Kính gửi Phòng Thử nghiệm huyện Cao\n"


@pytest.fixture
def outbox(started: Engine) -> Outbox:
    """The outbox after the opening: a register mail and two assignments."""
    Recorder(started, None).record(CASCADE, open_register(small.slice_of(small.TOP), small.STARTS).events)
    return Outbox(started, "https://dondoc.example/", "dondoc.example", None)


def to_high(outbox: Outbox) -> Outgoing:
    """The mail to one of the divisions, on its way."""
    mail = next(mail for mail in outbox.claim(CASCADE, 10, NOON) if mail.to == TO_HIGH)
    outbox.note([OnItsWay(mail=mail.ids)])
    return mail


def entries(engine: Engine) -> list[Entry]:
    found = rows(engine, CASCADE)
    check_chain(found)
    return [Entry.model_validate_json(row.body) for row in found]


def kept(engine: Engine) -> dict[str, str]:
    with reading(engine) as session:
        return {row.sha256: gzip.decompress(row.content).decode() for row in session.exec(select(MailTextRow))}


def statuses(engine: Engine, mail: Sequence[int]) -> set[str]:
    with reading(engine) as session:
        return {session.get_one(OutboxRow, row).status for row in mail}


def test_a_mail_that_was_sent_is_noted_with_its_words_and_with_what_called_for_it(
    outbox: Outbox, started: Engine
) -> None:
    mail = to_high(outbox)
    outbox.note([HandedOver(mail=mail.ids, words=WORDS, resent=False)])
    (entry,) = entries(started)
    sha256 = hashlib.sha256(WORDS.encode()).hexdigest()
    assert entry.note == MailSent(rows=(ASSIGNED,), to=TO_HIGH, message_id=mail.message_id, text=sha256)
    assert (entry.actor.kind, entry.actor.unit, entry.cause) == ("postman", small.TOP, "2")
    assert kept(started) == {sha256: WORDS}
    with reading(started) as session:
        assert list(session.exec(select(JournalRow.unit))) == [small.HIGH]


def test_a_mail_of_several_events_names_them_all_and_the_same_words_are_kept_once(
    outbox: Outbox, started: Engine
) -> None:
    queue(started, NoticeKind.REMINDER, obligations=[f"plan@{small.HIGH}"], step="9")
    mail = to_high(outbox)
    outbox.note([HandedOver(mail=mail.ids, words=WORDS, resent=True)])
    again = queue(started, NoticeKind.REMINDER, obligations=[f"plan@{small.HIGH}"], step="12")
    (next_one,) = (mail for mail in outbox.claim(CASCADE, 10, NOON) if mail.ids == (again,))
    outbox.note([HandedOver(mail=next_one.ids, words=WORDS, resent=False)])
    first, second = entries(started)
    assert isinstance(first.note, MailSent)
    assert isinstance(second.note, MailSent)
    assert (first.cause, first.note.resent, len(first.note.rows)) == ("2, 9", True, 2)
    assert (second.cause, second.note.resent, second.note.text) == ("12", False, first.note.text)
    assert len(kept(started)) == 1


def test_a_mail_that_is_not_taken_is_noted_each_time_until_it_is_given_up(outbox: Outbox, started: Engine) -> None:
    mail = to_high(outbox)
    outbox.put_back(mail.ids, "451 busy")
    outbox.postpone(mail.ids, "450 greylisted", CLOCK, CLOCK.real(NOON))
    with writing(started) as session:
        session.get_one(OutboxRow, mail.ids[0]).attempts = 1000
    outbox.postpone(mail.ids, "450 greylisted", CLOCK, CLOCK.real(NOON))
    about = {"rows": (ASSIGNED,), "to": TO_HIGH}
    assert [entry.note for entry in entries(started)] == [
        MailDelayed(**about, error="451 busy"),
        MailDelayed(**about, error="450 greylisted"),
        MailFailed(**about, error="450 greylisted"),
    ]
    assert kept(started) == {}


def test_a_mail_that_is_refused_for_good_is_noted_and_whether_its_address_was(outbox: Outbox, started: Engine) -> None:
    mail = to_high(outbox)
    outbox.refused(mail.ids, "554 too much red")
    outbox.unreachable(mail.ids, "550 no such user")
    about = {"rows": (ASSIGNED,), "to": TO_HIGH}
    assert [entry.note for entry in entries(started)] == [
        MailFailed(**about, error="554 too much red"),
        MailFailed(**about, error="550 no such user", unreachable=True),
    ]


def test_who_has_no_address_is_noted_once(outbox: Outbox, started: Engine) -> None:
    save_units(
        started,
        [
            unit.model_copy(update={"focal_email": None, "head_email": None}) if unit.code == small.HIGH else unit
            for unit in small.UNITS
        ],
    )
    outbox.claim(CASCADE, 10, NOON)
    outbox.claim(CASCADE, 10, NOON)
    (entry,) = entries(started)
    assert isinstance(entry.note, MailFailed)
    assert (entry.note.rows, entry.note.to, entry.note.unreachable) == ((ASSIGNED,), "", True)
    assert entry.note.error


def test_what_nobody_has_to_be_told_any_more_is_noted(outbox: Outbox, started: Engine) -> None:
    gone = queue(started, NoticeKind.HANDOVER, holder="h99", step="7")
    outbox.claim(CASCADE, 10, NOON)
    (entry,) = entries(started)
    assert entry.note == MailNeedless(
        rows=(MailRow(unit=small.HIGH, role=Role.FOCAL, holder="h99", kind=NoticeKind.HANDOVER, step="7"),)
    )
    assert statuses(started, [gone]) == {"needless"}


def test_where_the_journal_cannot_be_written_the_mail_is_not_said_to_have_gone(outbox: Outbox, started: Engine) -> None:
    mail = to_high(outbox)
    with started.begin() as connection:
        connection.execute(text("ALTER TABLE journal RENAME TO gone"))
    with pytest.raises((DBAPIError, Unreachable)):
        outbox.note([HandedOver(mail=mail.ids, words=WORDS, resent=False)])
    assert statuses(started, mail.ids) == {"sending"}
    assert kept(started) == {}


def test_every_row_that_is_done_with_has_its_last_word_in_the_journal(outbox: Outbox, started: Engine) -> None:
    queue(started, NoticeKind.HANDOVER, holder="h99", step="7")
    for number, mail in enumerate(outbox.claim(CASCADE, 10, NOON)):
        outbox.note([OnItsWay(mail=mail.ids)])
        if number:
            outbox.note([HandedOver(mail=mail.ids, words=WORDS, resent=False)])
        else:
            outbox.refused(mail.ids, "554 no")
    told = {
        (row.unit, row.kind, row.step)
        for entry in entries(started)
        if isinstance(entry.note, MailSent | MailFailed | MailNeedless)
        for row in entry.note.rows
    }
    with reading(started) as session:
        done = select(OutboxRow).where(col(OutboxRow.status).not_in(("queued", "sending")))
        assert {(row.unit, row.kind, row.step) for row in session.exec(done)} == told
