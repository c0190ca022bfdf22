"""Mails wait for their hour, go once, and keep their identity when they must go again."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import Engine
from sqlmodel import col, select

from models.delivery import HandedOver, OnItsWay
from models.holder import Arrangement
from models.link import Purpose
from models.mail import Outgoing
from models.notice import NoticeKind
from models.obligation import State
from models.tables import LinkRow, ObligationRow, OutboxRow
from models.unit import Role
from rules.ledger import open_register
from store.engine import reading, writing
from store.links import token_hash
from store.outbox import Outbox, mail_counts, refused_mails
from store.recorder import Recorder
from store.units import save_units
from tests import small
from tests.store.mailing import CASCADE, CLOCK, know, queue

MORNING = small.STARTS + timedelta(hours=8)


@pytest.fixture
def outbox(started: Engine) -> Outbox:
    """The outbox after the opening at midnight: a register mail and two assignments."""
    Recorder(started, small.MAIL_HOURS).record(CASCADE, open_register(small.slice_of(small.TOP), small.STARTS).events)
    return Outbox(started, "https://dondoc.example/", "dondoc.example", small.MAIL_HOURS)


def claim(outbox: Outbox, limit: int = 10, at: datetime = MORNING) -> Sequence[Outgoing]:
    return outbox.claim(CASCADE, limit, at)


def send(outbox: Outbox, *mails: Outgoing) -> None:
    for mail in mails:
        outbox.note([OnItsWay(mail=mail.ids)])
        outbox.note([HandedOver(mail=mail.ids, words="", resent=mail.resent)])


def states(engine: Engine) -> list[str]:
    with reading(engine) as session:
        return list(session.exec(select(OutboxRow.status).order_by(col(OutboxRow.id))))


def test_mail_waits_for_the_morning(outbox: Outbox) -> None:
    night, morning = small.STARTS + timedelta(hours=1), small.STARTS + timedelta(hours=7.5)
    assert outbox.next_at(CASCADE) == morning
    assert not outbox.due(CASCADE, night)
    assert claim(outbox, at=night) == ()
    assert outbox.due(CASCADE, MORNING)
    mails = claim(outbox)
    assert {mail.letter.at for mail in mails} == {morning}
    send(outbox, *mails)
    assert not outbox.due(CASCADE, MORNING)
    assert outbox.next_at(CASCADE) is None


def test_a_claimed_mail_has_everything_to_be_written(outbox: Outbox) -> None:
    register, high, _low = claim(outbox)
    assert (register.to, register.letter.kind) == ("so@nho.example", NoticeKind.REGISTER)
    assert register.letter.url.startswith("https://dondoc.example/s/")
    assert high.to == f"{small.HIGH}@nho.example"
    assert high.letter.url.startswith("https://dondoc.example/v/")
    (part,) = high.letter.parts
    assert [line.requirement for line in part.lines] == ["plan", "funded-report"]
    assert (part.kind, part.at) == (NoticeKind.ASSIGNMENT, small.STARTS)
    assert (high.letter.holder, high.letter.role, high.resent) == (None, Role.FOCAL, False)
    assert high.letter.names == {small.HIGH: "Phòng huyện Cao"}


def test_a_unit_has_one_thread_whoever_in_it_is_written_to(outbox: Outbox, started: Engine) -> None:
    queue(started, NoticeKind.OVERDUE, role=Role.HEAD)
    register, high, _low, head = claim(outbox)
    assert high.thread_id == head.thread_id != register.thread_id
    assert len({mail.message_id for mail in (register, high, head)} | {high.thread_id}) == 4


def test_the_token_in_the_mail_is_stored_only_as_a_hash(outbox: Outbox, started: Engine) -> None:
    token = claim(outbox)[1].letter.url.rpartition("/")[2]
    with reading(started) as session:
        link = session.get_one(LinkRow, token_hash(token))
        assert (link.purpose, link.unit, link.role) == (Purpose.OFFICER, small.HIGH, Role.FOCAL)
        assert (link.holder, link.name, link.address) == ("focal", "", f"{small.HIGH}@nho.example")
        assert link.expires_at > datetime.now(UTC)
        assert token not in str([row.model_dump() for row in session.exec(select(LinkRow))])


def test_a_sent_mail_is_not_claimed_again(outbox: Outbox, started: Engine) -> None:
    first, second, _ = claim(outbox)
    send(outbox, first, second)
    assert [mail.to for mail in claim(outbox)] == [f"{small.LOW}@nho.example"]
    with reading(started) as session:
        assert mail_counts(session, small.plan().head.directive_id) == {"sent": 2, "queued": 1}


def test_a_mail_cut_off_on_its_way_comes_again_as_it_was(outbox: Outbox, started: Engine) -> None:
    queue(started, NoticeKind.REMINDER, obligations=[f"plan@{small.HIGH}"])
    first = claim(outbox)[1]
    assert len(first.ids) == 2
    outbox.note([OnItsWay(mail=first.ids)])
    queue(started, NoticeKind.CHASE, obligations=[f"plan@{small.HIGH}"], step="9")
    again = next(mail for mail in claim(outbox) if mail.resent)
    assert (again.ids, again.message_id, again.letter.parts) == (first.ids, first.message_id, first.letter.parts)
    alone = next(mail for mail in claim(outbox) if mail.letter.kind is NoticeKind.CHASE)
    assert not alone.resent
    assert alone.message_id != first.message_id


def test_a_mail_put_back_waits_without_doubt_and_takes_along_what_has_come(outbox: Outbox, started: Engine) -> None:
    first = claim(outbox)[1]
    outbox.note([OnItsWay(mail=first.ids)])
    outbox.put_back(first.ids, "451 busy")
    chase = queue(started, NoticeKind.CHASE, obligations=[f"plan@{small.HIGH}"])
    again = claim(outbox)[1]
    assert not again.resent
    assert again.ids == (chase, *first.ids)


def test_a_refused_mail_is_a_fact_and_not_tried_again(outbox: Outbox, started: Engine) -> None:
    first = claim(outbox)[0]
    outbox.refused(first.ids, "554 content refused")
    assert first.ids not in {mail.ids for mail in claim(outbox)}
    assert outbox.refusals(CASCADE, MORNING) == ()
    with reading(started) as session:
        (refused,) = refused_mails(session, small.plan().head.directive_id)
        assert (refused["to"], refused["error"]) == ("so@nho.example", "554 content refused")


def test_an_address_that_is_gone_is_told_until_the_register_knows(outbox: Outbox, started: Engine) -> None:
    high = claim(outbox)[1]
    outbox.unreachable(high.ids, "550 no such user")
    (refusal,) = outbox.refusals(CASCADE, MORNING)
    assert (refusal.unit, refusal.holder, refusal.role) == (small.HIGH, "focal", Role.FOCAL)
    assert (refusal.email, refusal.words) == (high.to, "550 no such user")
    directive = small.plan().head.directive_id
    with reading(started) as session:
        assert mail_counts(session, directive) == {"failed": 1, "queued": 2}
        assert [mail["to"] for mail in refused_mails(session, directive)] == [high.to]
    units = {unit.code: unit for unit in small.UNITS}
    save_units(started, [units[small.HIGH].model_copy(update={"focal_email": "moi@nho.example"})])
    assert outbox.refusals(CASCADE, MORNING) == ()


def test_a_unit_without_an_address_is_noted_and_does_not_stop_the_others(started: Engine, outbox: Outbox) -> None:
    unit = next(unit for unit in small.UNITS if unit.code == small.HIGH)
    save_units(started, [unit.model_copy(update={"focal_email": None, "head_email": None})])
    assert [mail.to for mail in claim(outbox)] == ["so@nho.example", f"{small.LOW}@nho.example"]
    (refusal,) = outbox.refusals(CASCADE, MORNING)
    assert (refusal.unit, refusal.holder, refusal.email) == (small.HIGH, "focal", "")
    assert refusal.words == "đơn vị chưa có địa chỉ thư điện tử"
    with reading(started) as session:
        assert mail_counts(session, small.plan().head.directive_id)["failed"] == 1


def test_a_mail_that_is_not_taken_yet_waits_longer_each_time_and_is_given_up(outbox: Outbox, started: Engine) -> None:
    at, mail = MORNING, claim(outbox)[1]
    for minutes in (1, 2, 4):
        outbox.note([OnItsWay(mail=mail.ids)])
        outbox.postpone(mail.ids, "450 greylisted", CLOCK, CLOCK.real(at))
        assert mail.ids not in {other.ids for other in claim(outbox, at=at)}
        at += timedelta(minutes=minutes)
        mail = claim(outbox, at=at + timedelta(seconds=5))[1]
        assert not mail.resent
    with writing(started) as session:
        session.get_one(OutboxRow, mail.ids[0]).attempts = 1000
    outbox.postpone(mail.ids, "450 greylisted", CLOCK, CLOCK.real(at))
    assert states(started) == ["queued", "failed", "queued"]


def test_a_mail_that_is_done_with_is_not_on_its_way_again(outbox: Outbox, started: Engine) -> None:
    mail = claim(outbox)[0]
    assert outbox.note([OnItsWay(mail=mail.ids)]) == [True]
    outbox.note([HandedOver(mail=mail.ids, words="", resent=mail.resent)])
    assert outbox.note([OnItsWay(mail=mail.ids)]) == [False]
    assert states(started)[0] == "sent"


def test_a_small_claim_finds_whole_mails(outbox: Outbox, started: Engine) -> None:
    for step in range(9):
        queue(started, NoticeKind.REMINDER, unit=small.LOW, step=str(step))
    send(outbox, *claim(outbox, limit=2))
    (mail,) = claim(outbox, limit=1)
    assert (mail.to, len(mail.ids)) == (f"{small.LOW}@nho.example", 10)
    send(outbox, mail)
    with reading(started) as session:
        assert mail_counts(session, small.plan().head.directive_id) == {"sent": 3}


def test_an_outbox_of_which_nothing_is_known_has_nothing_to_say(started: Engine) -> None:
    outbox = Outbox(started, "https://dondoc.example", "dondoc.example", small.MAIL_HOURS)
    found: list[Any] = [outbox.due(CASCADE, MORNING), outbox.next_at(CASCADE)]
    assert [*found, claim(outbox), outbox.refusals(CASCADE, MORNING)] == [False, None, (), ()]


def test_the_decisions_of_one_sitting_go_as_one_mail(outbox: Outbox, started: Engine) -> None:
    send(outbox, *claim(outbox))
    minutes = [MORNING + timedelta(minutes=60 + after) for after in (0, 2, 5)]
    rows = [queue(started, NoticeKind.ACCEPTED, step=str(n), send_at=at) for n, at in enumerate(minutes)]
    assert claim(outbox) == ()
    (mail,) = claim(outbox, at=minutes[0])
    assert mail.ids == tuple(rows)
    assert mail.letter.at == minutes[0]


def test_what_is_gathered_does_not_leave_because_a_colleague_is_greeted(outbox: Outbox, started: Engine) -> None:
    send(outbox, *claim(outbox))
    know(started, "h9", name="Lan", email="lan@nho.example", arrangement=Arrangement.COLLEAGUE, by="focal")
    queue(started, NoticeKind.ACCEPTED, send_at=MORNING + timedelta(hours=1))
    queue(started, NoticeKind.HANDOVER, holder="h9")
    (mail,) = claim(outbox)
    assert mail.letter.kind is NoticeKind.HANDOVER


def test_nobody_is_chased_for_what_was_handed_in_while_the_mail_waited(outbox: Outbox, started: Engine) -> None:
    send(outbox, *claim(outbox))
    plan, report = f"plan@{small.HIGH}", f"funded-report@{small.HIGH}"
    queue(started, NoticeKind.CHASE, obligations=[plan, report])
    over = queue(started, NoticeKind.REMINDER, obligations=[plan])
    with writing(started) as session:
        session.get_one(ObligationRow, (CASCADE, plan)).state = State.SUBMITTED
    (mail,) = claim(outbox)
    (part,) = mail.letter.parts
    assert (part.kind, [line.key for line in part.lines]) == (NoticeKind.CHASE, [report])
    send(outbox, mail)
    with writing(started) as session:
        session.get_one(OutboxRow, over).status = "queued"
    assert claim(outbox) == ()
    assert states(started)[-1] == "needless"


def test_nobody_is_called_to_decide_what_was_decided_while_the_digest_waited(outbox: Outbox, started: Engine) -> None:
    send(outbox, *claim(outbox))
    plan, report = f"plan@{small.HIGH}", f"funded-report@{small.HIGH}"
    with writing(started) as session:
        for key, state in ((plan, State.SUBMITTED), (report, State.ACCEPTED)):
            session.get_one(ObligationRow, (CASCADE, key)).state = state
    digest = queue(started, NoticeKind.REVIEW, unit=small.TOP, obligations=[plan, report])
    (mail,) = claim(outbox)
    assert [line.key for line in mail.letter.parts[0].lines] == [plan]
    with writing(started) as session:
        session.get_one(ObligationRow, (CASCADE, plan)).state = State.ACCEPTED
    assert claim(outbox) == ()
    with reading(started) as session:
        assert session.get_one(OutboxRow, digest).status == "needless"


def test_after_an_outage_mail_waits_for_the_morning_and_a_greeting_does_not(outbox: Outbox, started: Engine) -> None:
    know(started, "h9", name="Lan", email="lan@nho.example", arrangement=Arrangement.COLLEAGUE, by="focal")
    queue(started, NoticeKind.HANDOVER, holder="h9")
    outbox.hold(CASCADE, MORNING)
    assert len(claim(outbox)) == 4
    night, next_day = MORNING + timedelta(hours=12), MORNING + timedelta(days=1)
    outbox.hold(CASCADE, night)
    assert [mail.letter.kind for mail in claim(outbox, at=night)] == [NoticeKind.HANDOVER]
    assert len(claim(outbox, at=next_day)) == 4


def test_a_mail_that_is_tried_again_after_hours_waits_for_the_morning(outbox: Outbox) -> None:
    mail, evening = claim(outbox)[0], small.STARTS + timedelta(hours=16, minutes=59, seconds=30)
    outbox.note([OnItsWay(mail=mail.ids)])
    outbox.postpone(mail.ids, "450 greylisted", CLOCK, CLOCK.real(evening))
    assert mail.ids not in {other.ids for other in claim(outbox, at=evening + timedelta(hours=3))}
    assert mail.ids in {other.ids for other in claim(outbox, at=MORNING + timedelta(days=1))}
