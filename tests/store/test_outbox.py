"""Mails wait, go once, and keep their identity when they must go again."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import Engine
from sqlmodel import select

from models.link import Purpose
from models.notice import NoticeKind
from models.tables import LinkRow, OutboxRow
from models.unit import Role
from rules.ledger import open_register
from store.engine import reading
from store.links import token_hash
from store.outbox import Outbox, mail_counts, refused_mails
from store.recorder import Recorder
from store.units import save_units
from tests import small

CASCADE = small.cascade(small.TOP)


@pytest.fixture
def outbox(started: Engine) -> Outbox:
    """The outbox after the opening: a register mail and two assignments."""
    Recorder(started).record(CASCADE, open_register(small.slice_of(small.TOP), small.STARTS).events)
    return Outbox(started, "https://dondoc.example/", "dondoc.example")


def test_a_claimed_mail_has_everything_to_be_written(outbox: Outbox) -> None:
    register, high, _low = outbox.claim(CASCADE, 10)
    assert (register.to, register.letter.kind) == ("so@nho.example", NoticeKind.REGISTER)
    assert register.letter.url.startswith("https://dondoc.example/s/")
    assert high.to == f"{small.HIGH}@nho.example"
    assert high.letter.url.startswith("https://dondoc.example/v/")
    assert [line.requirement for line in high.letter.lines] == ["plan", "funded-report"]
    assert not high.resent


def test_the_token_in_the_mail_is_stored_only_as_a_hash(outbox: Outbox, started: Engine) -> None:
    token = outbox.claim(CASCADE, 10)[1].letter.url.rpartition("/")[2]
    with reading(started) as session:
        link = session.get_one(LinkRow, token_hash(token))
        assert (link.purpose, link.unit, link.role) == (Purpose.OFFICER, small.HIGH, Role.FOCAL)
        assert link.expires_at > datetime.now(UTC)
        assert token not in str([row.model_dump() for row in session.exec(select(LinkRow))])


def test_a_sent_mail_is_not_claimed_again(outbox: Outbox, started: Engine) -> None:
    first, second, _ = outbox.claim(CASCADE, 10)
    for mail in (first, second):
        outbox.sending(mail.id)
        outbox.sent(mail.id)
    assert [mail.to for mail in outbox.claim(CASCADE, 10)] == [f"{small.LOW}@nho.example"]
    with reading(started) as session:
        assert mail_counts(session, small.plan().head.directive_id) == {"sent": 2, "queued": 1}


def test_a_mail_cut_off_on_its_way_comes_again_under_its_own_id(outbox: Outbox) -> None:
    first = outbox.claim(CASCADE, 1)[0]
    outbox.sending(first.id)
    again = outbox.claim(CASCADE, 1)[0]
    assert again.resent
    assert (again.id, again.message_id) == (first.id, first.message_id)


def test_a_mail_put_back_waits_without_doubt(outbox: Outbox) -> None:
    first = outbox.claim(CASCADE, 1)[0]
    outbox.sending(first.id)
    outbox.put_back(first.id, "451 busy")
    assert not outbox.claim(CASCADE, 1)[0].resent


def test_a_refused_mail_is_a_fact_and_not_tried_again(outbox: Outbox, started: Engine) -> None:
    first = outbox.claim(CASCADE, 1)[0]
    outbox.refused(first.id, "550 no such user")
    assert first.id not in {mail.id for mail in outbox.claim(CASCADE, 10)}
    with reading(started) as session:
        row = session.get_one(OutboxRow, first.id)
        assert (row.status, row.error) == ("failed", "550 no such user")
        (refused,) = refused_mails(session, small.plan().head.directive_id)
        assert (refused["to"], refused["error"]) == ("so@nho.example", "550 no such user")


def test_a_unit_without_an_address_is_noted_and_does_not_stop_the_others(started: Engine, outbox: Outbox) -> None:
    unit = next(unit for unit in small.UNITS if unit.code == small.HIGH)
    save_units(started, [unit.model_copy(update={"focal_email": None, "head_email": None})])
    assert [mail.to for mail in outbox.claim(CASCADE, 10)] == ["so@nho.example", f"{small.LOW}@nho.example"]
    with reading(started) as session:
        assert mail_counts(session, small.plan().head.directive_id)["failed"] == 1
