"""Signing in on both databases: links, sessions, and what the installation's journal has of them."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import Engine, text
from sqlmodel import col, select

from models.actor import Actor, ActorKind, Identified
from models.journal import INSTALLATION, Entry
from models.reader import Reader, ReaderRole
from models.reading_tables import ReadingSessionRow, SignInRow
from models.trail_tables import JournalRow
from rules.chain import links
from rules.reading import IDLE, LINK_HOLDS, LONGEST, MOST_LINKS
from store.engine import reading
from store.readers import all_readers, list_reader, remove_reader
from store.sign_in import SignIn
from store.sign_in_mail import SignInMails, Waiting

NOW = datetime(2026, 11, 20, 3, tzinfo=UTC)
ADMIN = Actor(kind=ActorKind.OPERATOR, unit="", identified=Identified.COMMAND_LINE, name="root")
BINH = Reader(address="binh@hue.example", name="Trần Thị Bình", role=ReaderRole.AUDITOR)
MINUTE = timedelta(minutes=1)


@pytest.fixture
def listed(engine: Engine) -> Engine:
    list_reader(engine, BINH, ADMIN, "test")
    return engine


def mailed(engine: Engine, at: datetime = NOW) -> Waiting:
    """A link that was asked for and is mailed now."""
    SignIn(engine).ask(BINH.address, at)
    (waiting,) = SignInMails(engine).claim(at)
    return waiting


def signed_in(engine: Engine, at: datetime = NOW) -> str:
    secret = SignIn(engine).sign_in(mailed(engine, at).token, at)
    assert secret is not None
    return secret


def notes(engine: Engine) -> list[tuple[str, str]]:
    """Kinds and names of actors in the installation's journal, whose chain holds."""
    with reading(engine) as session:
        query = select(JournalRow).where(JournalRow.chain == INSTALLATION).order_by(col(JournalRow.seq))
        rows = session.exec(query).all()
    assert [row.hash for row in rows] == list(links(row.body for row in rows))
    return [(row.kind, Entry.model_validate_json(row.body).actor.name) for row in rows]


def test_a_link_lets_in_once(listed: Engine) -> None:
    people, waiting = SignIn(listed), mailed(listed)
    secret = people.sign_in(waiting.token, NOW + LINK_HOLDS - MINUTE)
    assert secret is not None
    assert people.reader(secret, NOW + LINK_HOLDS) == BINH
    assert people.sign_in(waiting.token, NOW) is None


def test_a_link_ends_after_a_quarter_of_an_hour(listed: Engine) -> None:
    waiting = mailed(listed)
    assert SignIn(listed).sign_in(waiting.token, NOW + LINK_HOLDS) is None


def test_an_unknown_link_lets_nobody_in(listed: Engine) -> None:
    mailed(listed)
    assert SignIn(listed).sign_in("x" * 43, NOW) is None


def test_an_address_is_found_however_it_is_typed(listed: Engine) -> None:
    SignIn(listed).ask("  BINH@Hue.Example ", NOW)
    assert [item.address for item in SignInMails(listed).claim(NOW)] == [BINH.address]


def test_for_an_address_that_is_not_listed_nothing_waits_and_a_note_remains(listed: Engine) -> None:
    SignIn(listed).ask("ai.do@hue.example", NOW)
    assert SignInMails(listed).claim(NOW) == []
    assert notes(listed) == [("reader_listed", "root"), ("sign_in_asked", "")]


def test_no_more_than_a_few_links_are_on_their_way_at_once(listed: Engine) -> None:
    for _ in range(MOST_LINKS + 2):
        SignIn(listed).ask(BINH.address, NOW)
    assert len(SignInMails(listed).claim(NOW)) == MOST_LINKS
    SignIn(listed).ask(BINH.address, NOW + LINK_HOLDS)
    assert len(SignInMails(listed).claim(NOW + LINK_HOLDS)) == 1


def test_a_session_ends_when_nothing_is_looked_at_for_an_hour(listed: Engine) -> None:
    people, secret = SignIn(listed), signed_in(listed)
    assert people.reader(secret, NOW + IDLE - MINUTE) == BINH
    assert people.reader(secret, NOW + 2 * IDLE - 2 * MINUTE) == BINH
    assert people.reader(secret, NOW + 3 * IDLE) is None


def test_a_session_ends_after_eight_hours_however_busy(listed: Engine) -> None:
    people, secret = SignIn(listed), signed_in(listed)
    at = NOW
    while at < NOW + LONGEST - MINUTE:
        assert people.reader(secret, at) == BINH
        at += IDLE / 2
    assert people.reader(secret, NOW + LONGEST) is None


def test_signing_out_ends_the_session_here(listed: Engine) -> None:
    people, secret = SignIn(listed), signed_in(listed)
    people.sign_out(secret)
    people.sign_out(secret)
    assert people.reader(secret, NOW) is None
    assert notes(listed) == [
        ("reader_listed", "root"),
        ("sign_in_asked", ""),
        ("signed_in", BINH.address),
        ("signed_out", BINH.address),
    ]


def test_whoever_is_taken_off_the_list_is_out_at_once(listed: Engine) -> None:
    people, secret, waiting = SignIn(listed), signed_in(listed), mailed(listed, NOW + MINUTE)
    assert remove_reader(listed, BINH.address, ADMIN, "test")
    assert people.reader(secret, NOW) is None
    assert people.sign_in(waiting.token, NOW) is None
    assert all_readers(listed) == []
    assert not remove_reader(listed, BINH.address, ADMIN, "test")
    assert [kind for kind, _ in notes(listed)].count("reader_removed") == 1


def test_whoever_gets_another_role_has_it_at_once(listed: Engine) -> None:
    secret = signed_in(listed)
    now_less = BINH.model_copy(update={"role": ReaderRole.SUPERVISOR, "unit": "480"})
    assert not list_reader(listed, now_less, ADMIN, "test")
    assert SignIn(listed).reader(secret, NOW) == now_less


def test_a_mail_that_could_not_be_sent_waits_until_its_link_would_have_ended(listed: Engine) -> None:
    mails, waiting = SignInMails(listed), mailed(listed)
    assert mails.claim(NOW) == []
    mails.put_back(waiting.id)
    (again,) = mails.claim(NOW + MINUTE)
    assert again.token != waiting.token
    mails.put_back(waiting.id)
    assert mails.claim(NOW + LINK_HOLDS) == []


def test_a_mail_whose_process_died_is_taken_in_hand_by_another(listed: Engine) -> None:
    waiting = mailed(listed)
    (again,) = SignInMails(listed).claim(NOW + MINUTE)
    assert again.id == waiting.id


def test_what_was_sent_or_refused_for_good_is_noted_and_waits_no_more(listed: Engine) -> None:
    mails = SignInMails(listed)
    mails.finished(mailed(listed).id, NOW)
    mails.finished(mailed(listed).id, NOW, "550 no such user")
    assert mails.claim(NOW + 2 * MINUTE) == []
    assert [kind for kind, _ in notes(listed)].count("sign_in_mailed") == 2


def test_what_has_ended_is_forgotten(listed: Engine) -> None:
    signed_in(listed)
    SignIn(listed).ask("ai.do@hue.example", NOW + LONGEST)
    with reading(listed) as session:
        assert session.exec(select(SignInRow)).all() == []
        assert session.exec(select(ReadingSessionRow)).all() == []


def test_no_secret_is_in_the_database(listed: Engine) -> None:
    waiting = mailed(listed)
    secret = SignIn(listed).sign_in(waiting.token, NOW)
    with listed.connect() as connection:
        kept = [
            str(row)
            for table in ("reader", "sign_in", "reading_session", "journal")
            for row in connection.execute(text(f"SELECT * FROM {table}"))  # noqa: S608 - names of ours
        ]
    assert secret is not None
    assert not [row for row in kept if secret in row or waiting.token in row]
