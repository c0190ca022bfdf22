"""What waits for one person goes as one mail, to whoever answers for the unit when it leaves."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import Engine
from sqlmodel import col, select

from models.command import RaiseObstacle
from models.delivery import HandedOver, OnItsWay
from models.holder import Arrangement
from models.mail import Outgoing
from models.notice import NoticeKind
from models.obligation import State
from models.request import RequestKind, RequestStatus
from models.tables import LinkRow, ObligationRow, OutboxRow, RecommendationRow, RequestRow
from models.unit import Role
from rules.calendar import local_day
from rules.ledger import decide, open_register
from store.engine import reading, writing
from store.links import token_hash
from store.outbox import Outbox
from store.recorder import Recorder
from store.units import save_units
from tests import small
from tests.store.mailing import CASCADE, know, queue

KEY, OTHER = f"plan@{small.HIGH}", f"funded-report@{small.HIGH}"
FOCAL, HEAD = f"{small.HIGH}@nho.example", f"truong.{small.HIGH}@nho.example"
NOON = small.STARTS + timedelta(hours=12)


@pytest.fixture
def outbox(started: Engine) -> Outbox:
    """The outbox of the register after the mails of its opening have gone."""
    Recorder(started, small.MAIL_HOURS).record(CASCADE, open_register(small.slice_of(small.TOP), small.STARTS).events)
    box = Outbox(started, "https://dondoc.example/", "dondoc.example", small.MAIL_HOURS)
    for mail in box.claim(CASCADE, 10, NOON):
        box.note([HandedOver(mail=mail.ids, words="", resent=mail.resent)])
    return box


def claim(outbox: Outbox) -> Sequence[Outgoing]:
    return outbox.claim(CASCADE, 10, NOON)


def status(engine: Engine, row: int) -> str:
    with reading(engine) as session:
        return session.get_one(OutboxRow, row).status


def test_what_waits_for_one_person_is_one_mail_that_the_most_pressing_names(outbox: Outbox, started: Engine) -> None:
    reminder = queue(started, NoticeKind.REMINDER, obligations=[OTHER])
    accepted = queue(started, NoticeKind.ACCEPTED, obligations=[KEY])
    chase = queue(started, NoticeKind.CHASE, obligations=[KEY], words="Đề nghị khẩn trương.")
    (mail,) = claim(outbox)
    assert mail.ids == (chase, reminder, accepted)
    assert mail.letter.kind is NoticeKind.CHASE
    assert [part.kind for part in mail.letter.parts] == [NoticeKind.CHASE, NoticeKind.REMINDER, NoticeKind.ACCEPTED]
    assert [part.words for part in mail.letter.parts] == ["Đề nghị khẩn trương.", "", ""]
    with reading(started) as session:
        query = select(OutboxRow.message_id).where(col(OutboxRow.id).in_(mail.ids))
        assert set(session.exec(query)) == {mail.message_id}


def test_of_one_kind_everything_is_said_once(outbox: Outbox, started: Engine) -> None:
    later = small.STARTS + timedelta(hours=3)
    queue(started, NoticeKind.CHASE, obligations=[KEY], words="Khẩn.", step="7")
    queue(started, NoticeKind.CHASE, obligations=[OTHER, KEY], words="Khẩn.", step="8", at=later, send_at=later)
    (mail,) = claim(outbox)
    (part,) = mail.letter.parts
    assert [line.key for line in part.lines] == [KEY, OTHER]
    assert (part.words, part.at, mail.letter.at) == ("Khẩn.", later, later)


def test_two_people_get_a_mail_each_and_one_who_is_both_gets_one(outbox: Outbox, started: Engine) -> None:
    rows = {queue(started, NoticeKind.CHASE, role=role, obligations=[KEY]) for role in Role}
    assert {mail.to for mail in claim(outbox)} == {FOCAL, HEAD}
    unit = next(unit for unit in small.UNITS if unit.code == small.HIGH)
    save_units(started, [unit.model_copy(update={"head_email": FOCAL.upper()})])
    (mail,) = claim(outbox)
    assert (set(mail.ids), mail.to) == (rows, FOCAL)
    assert [line.key for line in mail.letter.parts[0].lines] == [KEY]


def test_a_mail_leads_to_one_page(outbox: Outbox, started: Engine) -> None:
    about_register = {queue(started, kind, small.TOP) for kind in (NoticeKind.REVIEW, NoticeKind.OBSTACLE)}
    own = queue(started, NoticeKind.REMINDER, small.TOP)
    found = {frozenset(mail.ids): mail.letter.url.split("/")[3] for mail in claim(outbox)}
    assert found == {frozenset(about_register): "s", frozenset({own}): "v"}


def test_a_body_that_owes_a_reply_but_decides_nothing_is_led_to_its_own_page(outbox: Outbox, started: Engine) -> None:
    queue(started, NoticeKind.REPLY_OVERDUE)
    (mail,) = claim(outbox)
    assert "/v/" in mail.letter.url


@pytest.mark.parametrize("kind", [NoticeKind.HANDOVER, NoticeKind.REGISTER])
def test_a_greeting_stays_alone(outbox: Outbox, started: Engine, kind: NoticeKind) -> None:
    know(started, "h5", name="Lê Thị Lan", email=FOCAL, arrangement=Arrangement.COLLEAGUE, by="focal")
    queue(started, kind, holder="h5")
    queue(started, NoticeKind.CHASE)
    assert sorted(len(mail.letter.parts) for mail in claim(outbox)) == [1, 1]


def test_a_named_person_is_greeted_and_gets_a_link_of_his_own(outbox: Outbox, started: Engine) -> None:
    know(started, "h5", name="Lê Thị Lan", email="lan@nho.example", arrangement=Arrangement.COLLEAGUE, by="focal")
    queue(started, NoticeKind.HANDOVER, holder="h5", obligations=[KEY])
    (mail,) = claim(outbox)
    assert mail.letter.holder is not None
    assert (mail.to, mail.letter.holder.name) == ("lan@nho.example", "Lê Thị Lan")
    with reading(started) as session:
        link = session.get_one(LinkRow, token_hash(mail.letter.url.rpartition("/")[2]))
        assert (link.holder, link.name, link.address) == ("h5", "Lê Thị Lan", "lan@nho.example")


def test_who_has_left_meanwhile_gets_nothing_and_who_follows_him_gets_it_all(outbox: Outbox, started: Engine) -> None:
    chase = queue(started, NoticeKind.CHASE, obligations=[KEY])
    reminder = queue(started, NoticeKind.REMINDER, obligations=[OTHER])
    know(started, left_at=small.STARTS)
    know(started, "h9", name="Trần Văn Minh", email="minh@nho.example", arrangement=Arrangement.SUCCESSOR, by="focal")
    (mail,) = claim(outbox)
    assert (mail.to, mail.ids) == ("minh@nho.example", (chase, reminder))


def test_a_mail_in_doubt_goes_to_who_follows_under_its_old_id(outbox: Outbox, started: Engine) -> None:
    queue(started, NoticeKind.CHASE, obligations=[KEY])
    (first,) = claim(outbox)
    outbox.note([OnItsWay(mail=first.ids)])
    know(started, left_at=small.STARTS)
    (again,) = claim(outbox)
    assert (again.to, again.message_id, again.resent) == (HEAD, first.message_id, True)


def test_where_all_who_answer_were_told_the_mail_of_who_has_left_is_needless(outbox: Outbox, started: Engine) -> None:
    focal, head = (queue(started, NoticeKind.CHASE, role=role, obligations=[KEY]) for role in Role)
    know(started, left_at=small.STARTS)
    assert [mail.ids for mail in claim(outbox)] == [(head,)]
    assert status(started, focal) == "needless"


def test_a_greeting_for_somebody_who_has_left_again_goes_to_nobody(outbox: Outbox, started: Engine) -> None:
    know(started, "h5", name="Lan", email="lan@nho.example", arrangement=Arrangement.COLLEAGUE, left_at=small.STARTS)
    row = queue(started, NoticeKind.HANDOVER, holder="h5")
    assert claim(outbox) == ()
    assert status(started, row) == "needless"


def test_after_a_substitutes_days_the_one_he_stood_in_for_gets_the_mail(outbox: Outbox, started: Engine) -> None:
    last, substitute = local_day(small.STARTS), Arrangement.SUBSTITUTE
    person: dict[str, Any] = {"name": "Lan", "email": "lan@nho.example", "by": "focal", "first": last, "last": last}
    know(started, "h5", arrangement=substitute, **person)
    queue(started, NoticeKind.CHASE, holder="h5")
    assert [mail.to for mail in claim(outbox)] == ["lan@nho.example"]
    next_day = NOON + timedelta(days=1)
    assert [mail.to for mail in outbox.claim(CASCADE, 10, next_day)] == [FOCAL]


def test_recommendations_and_requests_are_those_that_the_row_names(outbox: Outbox, started: Engine) -> None:
    at = datetime(2020, 3, 2, tzinfo=UTC)
    asked = {"cascade_id": CASCADE, "obligation": KEY, "unit": small.HIGH, "asked_at": at}
    raised = {"cascade_id": CASCADE, "obligation": KEY, "unit": small.HIGH, "raised_at": at, "group": "obstacle"}
    with writing(started) as session:
        for number in (1, 2):
            request = {"id": f"{KEY}/r{number}", "kind": RequestKind.MORE_TIME, "status": RequestStatus.ASKED}
            session.add(RequestRow.model_validate({**asked, **request, "reason": "lũ"}))
            recommendation = {"id": f"{KEY}/{number}.1", "text": "thiếu người", "status": "referred"}
            body = {"body": small.LOW, "by": "Lan"}
            session.add(RecommendationRow.model_validate({**raised, **recommendation, **body}))
    gone = f"{KEY}/0.1"
    queue(
        started, NoticeKind.REVIEW, small.TOP,
        obligations=[KEY], requests=[f"{KEY}/r2"], recommendations=[f"{KEY}/2.1", gone],
    )  # fmt: skip
    (mail,) = claim(outbox)
    (part,) = mail.letter.parts
    assert [item.id for item in part.requests] == [f"{KEY}/r2"]
    assert [item.id for item in part.recommendations] == [f"{KEY}/2.1"]
    assert mail.letter.names == {small.HIGH: "Phòng huyện Cao", small.LOW: "Phòng huyện Thấp"}


def test_the_keeper_is_told_why_no_mail_reaches_a_unit_and_not_told_where_it_does_again(
    outbox: Outbox, started: Engine
) -> None:
    low = f"plan@{small.LOW}"
    row = queue(started, NoticeKind.UNREACHABLE, small.TOP, obligations=[KEY, low])
    know(started, refused_at=small.STARTS, refused="550 no such user")
    (mail,) = claim(outbox)
    assert "550 no such user" in mail.letter.unheard[small.HIGH]
    assert [line.key for line in mail.letter.parts[0].lines] == [KEY]
    unit = next(unit for unit in small.UNITS if unit.code == small.HIGH)
    save_units(started, [unit.model_copy(update={"focal_email": "moi@nho.example"})])
    assert claim(outbox) == ()
    assert status(started, row) == "needless"


def act(engine: Engine, key: str = KEY, cascade: str = CASCADE, **changes: Any) -> None:
    """Let an obligation stand otherwise than the events have it."""
    with writing(engine) as session:
        row = session.get_one(ObligationRow, (cascade, key))
        for name, value in changes.items():
            setattr(row, name, value)


def test_an_escalation_from_below_speaks_of_the_register_below(outbox: Outbox, started: Engine) -> None:
    below, commune = small.cascade(small.HIGH), small.COMMUNES[0]
    Recorder(started, small.MAIL_HOURS).record(below, open_register(small.slice_of(small.HIGH), small.STARTS).events)
    key = f"commune-plan@{commune}"
    act(started, key, below, state=State.OPEN, due=small.STARTS)
    queue(started, NoticeKind.ESCALATION_BELOW, small.TOP, obligations=[key], register_id=below)
    queue(started, NoticeKind.ESCALATION, small.TOP, obligations=[KEY])
    (mail,) = claim(outbox)
    first, second = mail.letter.parts
    assert [(line.key, line.unit_name, line.issuer_name) for line in first.lines] == [
        (key, "UBND xã 0111", "Phòng huyện Cao")
    ]
    assert [line.key for line in second.lines] == [KEY]
    for row in mail.ids:
        with writing(started) as session:
            session.get_one(OutboxRow, row).status = "queued"
    act(started, key, below, state=State.ACCEPTED)
    (mail,) = claim(outbox)
    assert [part.kind for part in mail.letter.parts] == [NoticeKind.ESCALATION]


def test_the_units_that_owed_something_before_and_that_owe_it_now_are_named(outbox: Outbox, started: Engine) -> None:
    act(started, KEY, state=State.TRANSFERRED, moved_to=[small.LOW])
    act(started, OTHER, inherited=[{"unit": small.COMMUNES[0]}])
    queue(started, NoticeKind.TRANSFERRED, obligations=[KEY], words="Sáp nhập.")
    queue(started, NoticeKind.ASSIGNMENT, obligations=[OTHER])
    (mail,) = claim(outbox)
    assert mail.letter.names == {
        small.HIGH: "Phòng huyện Cao", small.LOW: "Phòng huyện Thấp", small.COMMUNES[0]: "UBND xã 0111"
    }  # fmt: skip


def test_what_was_undone_before_the_mail_left_is_not_told_nor_why(outbox: Outbox, started: Engine) -> None:
    act(started, OTHER, state=State.WAIVED)
    undone = queue(started, NoticeKind.WITHDRAWN, obligations=[KEY], words="Nhầm.", step="7")
    queue(started, NoticeKind.WITHDRAWN, obligations=[OTHER], words="Đã làm năm 2019.", step="8")
    (mail,) = claim(outbox)
    (part,) = mail.letter.parts
    assert undone in mail.ids
    assert ([line.key for line in part.lines], part.words) == ([OTHER], "Đã làm năm 2019.")


def test_the_keeper_gets_a_letter_to_each_unit_that_is_still_chased(outbox: Outbox, started: Engine) -> None:
    low, done = f"plan@{small.LOW}", OTHER
    act(started, done, state=State.SUBMITTED)
    queue(started, NoticeKind.LETTER, small.TOP, obligations=[KEY, low, done])
    (mail,) = claim(outbox)
    drafts = mail.letter.drafts
    assert [(draft.unit.code, [line.key for line in draft.lines]) for draft in drafts] == [
        (small.HIGH, [KEY]), (small.LOW, [low])
    ]  # fmt: skip
    assert {(draft.issuer.code, draft.head.label, draft.at) for draft in drafts} == {(small.TOP, "15/SO-BĐG", NOON)}


def test_a_mail_of_another_kind_brings_no_letters(outbox: Outbox, started: Engine) -> None:
    queue(started, NoticeKind.ESCALATION, small.TOP, obligations=[KEY])
    (mail,) = claim(outbox)
    assert mail.letter.drafts == ()


def test_what_a_superior_is_told_in_a_day_is_one_mail_the_next_working_morning(outbox: Outbox, started: Engine) -> None:
    book, recorder = small.slice_of(small.TOP), Recorder(started, small.MAIL_HOURS)
    state = open_register(book, small.STARTS).state
    for hour, unit in ((9, small.HIGH), (11, small.LOW), (16, small.HIGH)):
        raised = RaiseObstacle(
            id=f"o{hour}", at=small.STARTS + timedelta(hours=hour), actor=small.officer(unit),
            obligation=f"plan@{unit}", text=f"thiếu người ({hour} giờ)",
        )  # fmt: skip
        change = decide(book, state, raised)
        recorder.record(CASCADE, change.events)
        state = change.state
    morning = small.STARTS + timedelta(days=1, hours=8, minutes=15)
    assert [mail.to for mail in outbox.claim(CASCADE, 10, morning - timedelta(seconds=1))] == []
    (mail,) = outbox.claim(CASCADE, 10, morning)
    (part,) = mail.letter.parts
    assert (mail.to, part.kind) == ("so@nho.example", NoticeKind.OBSTACLE)
    assert [item.text for item in part.recommendations] == [f"thiếu người ({hour} giờ)" for hour in (9, 11, 16)]
