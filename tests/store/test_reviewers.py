"""What a further recipient of reports is shown and sent, and what people see who are told of recommendations."""

from datetime import timedelta

import pytest
from sqlalchemy import Engine
from sqlmodel import col, select

from models.link import Link, Purpose
from models.mail import Outgoing, Part
from models.notice import NoticeKind
from models.recommendation import Handling
from models.tables import OutboxRow
from models.unit import Role
from rules.ledger import advance, decide, open_register
from store.engine import writing
from store.outbox import Outbox
from store.pages import Pages
from store.recorder import Recorder
from tests import small, wide
from tests.small import HIGH, LOW, STARTS, TOP
from tests.wide import BOARD, UNION

CASCADE = wide.cascade(TOP)
DAY = timedelta(days=1)
PHOTO = small.PAPER.model_copy(update={"sha256": "cd" * 32, "name": "anh.jpg"})


@pytest.fixture
def answered(sqlite: Engine) -> Engine:
    """A register in which a report with two recipients, an event and recommendations have come in."""
    wide.store(sqlite)
    book = wide.slice_of(TOP)
    change = open_register(book, STARTS)
    events = [*change.events]
    for command in (
        small.submit(f"weekly.2020-w11@{HIGH}", STARTS + DAY, "report"),
        wide.submit(f"training@{HIGH}", wide.held(LOW).model_copy(update={"files": (PHOTO,)}), STARTS + DAY, "event"),
        small.review(f"training@{HIGH}", TOP, STARTS + 2 * DAY),
        wide.submit(f"asks@{HIGH}", wide.asking("vốn", "nghề"), STARTS + DAY, "asks"),
        wide.handle(f"asks@{HIGH}/1.1", Handling.REFER, body=LOW, reply_by=STARTS.date() + 9 * DAY, at=STARTS + DAY),
    ):
        change = decide(book, change.state, command)
        events += change.events
    Recorder(sqlite, small.MAIL_HOURS).record(CASCADE, events)
    return sqlite


def link(unit: str, purpose: Purpose) -> Link:
    return Link(
        token_hash="hash",  # noqa: S106 - not a secret
        purpose=purpose,
        directive_id=wide.DIRECTIVE,
        cascade_id=CASCADE,
        unit=unit,
        role=Role.FOCAL,
        expires_at=STARTS,
    )


def test_the_issuer_sees_the_whole_register(answered: Engine) -> None:
    page = Pages(answered).register_page(link(TOP, Purpose.REGISTER))
    assert (page.issuer.code, page.reviewer.code) == (TOP, TOP)
    assert len(page.lines) == len(wide.slice_of(TOP).duties)
    assert set(page.waiting_triggers) == {"guidance"}
    assert [item.text for item in page.recommendations] == ["vốn", "nghề"]
    assert page.groups == wide.GROUPS
    assert page.names[LOW] == "Phòng huyện Thấp"


def test_a_further_recipient_sees_only_the_lines_that_he_decides_on(answered: Engine) -> None:
    page = Pages(answered).register_page(link(BOARD, Purpose.REGISTER))
    assert (page.issuer.code, page.reviewer.code) == (TOP, BOARD)
    assert [line.key for line in page.lines] == [f"weekly.2020-w11@{HIGH}"]
    assert [reviewer.unit for reviewer in page.lines[0].reviewers] == [BOARD]
    assert page.waiting_triggers == {}
    assert page.recommendations == ()


def test_a_file_is_read_by_a_recipient_of_its_line_only(answered: Engine) -> None:
    pages = Pages(answered)
    assert pages.file(link(BOARD, Purpose.REGISTER), small.PAPER.sha256) == small.PAPER
    assert pages.file(link(BOARD, Purpose.REGISTER), PHOTO.sha256) is None
    assert pages.file(link(TOP, Purpose.REGISTER), PHOTO.sha256) == PHOTO
    assert pages.file(link(BOARD, Purpose.OFFICER), small.PAPER.sha256) is None


def test_a_co_host_reads_the_evidence_that_counts_for_it(answered: Engine) -> None:
    pages = Pages(answered)
    assert pages.file(link(LOW, Purpose.OFFICER), PHOTO.sha256) == PHOTO
    assert pages.file(link(UNION, Purpose.OFFICER), PHOTO.sha256) is None


def test_an_officer_sees_the_recommendations_of_the_unit_and_those_referred_to_it(answered: Engine) -> None:
    pages = Pages(answered)
    assert [item.text for item in pages.officer_page(link(HIGH, Purpose.OFFICER)).recommendations] == ["vốn", "nghề"]
    referred = pages.officer_page(link(LOW, Purpose.OFFICER))
    assert [item.text for item in referred.recommendations] == ["vốn"]
    assert referred.names[HIGH] == "Phòng huyện Cao"
    assert pages.officer_page(link(UNION, Purpose.OFFICER)).recommendations == ()


def test_an_event_offers_the_other_units_that_owe_it_as_hosts(answered: Engine) -> None:
    lines = {line.requirement: line for line in Pages(answered).officer_page(link(HIGH, Purpose.OFFICER)).lines}
    assert set(lines["training"].candidates) == {LOW, UNION}
    assert lines["asks"].candidates == {}


def test_a_line_says_all_that_plan_duty_state_and_answer_say(answered: Engine) -> None:
    lines = {line.key: line for line in Pages(answered).register_page(link(TOP, Purpose.REGISTER)).lines}
    held, shared = lines[f"training@{HIGH}"], lines[f"training@{LOW}"]
    assert held.held is not None
    assert held.held.with_units == (LOW,)
    assert [row.role for row in held.attended] == ["cán bộ"]
    assert (shared.shared_from, shared.held) == (held.key, held.held)
    assert lines[f"training@{UNION}"].coordinating
    assert lines[f"weekly.2020-w11@{HIGH}"].series == "weekly"
    assert [item.text for item in lines[f"asks@{HIGH}"].recommendations] == ["vốn", "nghề"]
    taken = lines[f"plan@{HIGH}"]
    assert (taken.taken_from, taken.document) == ("12/SO-BĐG", wide.FIRST_PLAN)


def test_mails_lead_those_who_decide_to_the_register_and_others_to_their_own_page(answered: Engine) -> None:
    wanted = {
        (NoticeKind.REGISTER, TOP): "s",
        (NoticeKind.REGISTER, BOARD): "s",
        (NoticeKind.REVIEW, BOARD): "s",
        (NoticeKind.REPLY_OVERDUE, TOP): "s",
        (NoticeKind.REPLY_OVERDUE, LOW): "v",
        (NoticeKind.ASSIGNMENT, HIGH): "v",
        (NoticeKind.OBSTACLE, TOP): "s",
        (NoticeKind.ANSWERED, HIGH): "v",
    }
    with writing(answered) as session:
        for row in session.exec(select(OutboxRow).where(col(OutboxRow.id).is_not(None))):
            session.delete(row)
        session.flush()
        for kind, unit in wanted:
            session.add(
                OutboxRow(
                    cascade_id=CASCADE, unit=unit, role=Role.FOCAL, holder="focal", kind=kind, step="x", at=STARTS,
                    send_at=STARTS, obligations=[], recommendations=[], requests=[],
                )
            )  # fmt: skip
    assert {(part.kind, mail.letter.receiver.code): _page(mail) for mail, part in posted(answered)} == wanted


def test_a_mail_about_missing_replies_names_them_to_the_register_and_to_the_body(sqlite: Engine) -> None:
    wide.store(sqlite)
    book = wide.slice_of(TOP)
    change = open_register(book, STARTS)
    events = [*change.events]
    reply_by = (STARTS + 9 * DAY).date()
    for command in (
        wide.submit(f"asks@{HIGH}", wide.asking("vốn", "nghề", "chợ"), STARTS + DAY, "asks"),
        wide.handle(f"asks@{HIGH}/1.1", Handling.REFER, at=STARTS + DAY, id_="a", body=LOW, reply_by=reply_by),
        wide.handle(
            f"asks@{HIGH}/1.2", Handling.REFER, at=STARTS + DAY, id_="b", body="Ngân hàng CSXH", reply_by=reply_by
        ),
    ):
        change = decide(book, change.state, command)
        events += change.events
    events += advance(book, change.state, STARTS + 20 * DAY).events
    Recorder(sqlite, small.MAIL_HOURS).record(CASCADE, events)
    mails = posted(sqlite)
    overdue = ((mail.letter, part) for mail, part in mails if part.kind is NoticeKind.REPLY_OVERDUE)
    told = {letter.receiver.code: (letter, part) for letter, part in overdue}
    letter, part = told[TOP]
    assert [item.text for item in part.recommendations] == ["vốn", "nghề"]
    assert {HIGH: "Phòng huyện Cao", LOW: "Phòng huyện Thấp"}.items() <= letter.names.items()
    assert [item.text for item in told[LOW][1].recommendations] == ["vốn"]
    assert not any(part.recommendations for _, part in mails if part.kind is NoticeKind.ASSIGNMENT)


def test_mails_tell_of_an_obstacle_and_of_what_is_said_on_it_and_of_nothing_else(sqlite: Engine) -> None:
    wide.store(sqlite)
    book = wide.slice_of(TOP)
    change = open_register(book, STARTS)
    events = [*change.events]
    for command in (
        wide.obstacle(f"training@{HIGH}", "thiếu hội trường", STARTS + DAY, "a"),
        wide.obstacle(f"training@{HIGH}", "thiếu kinh phí", STARTS + 2 * DAY, "b"),
        wide.submit(f"asks@{HIGH}", wide.asking("vốn"), STARTS + DAY, "asks"),
    ):
        change = decide(book, change.state, command)
        events += change.events
    obstacle = next(key for key, item in change.state.recommendations.items() if item.text == "thiếu kinh phí")
    for key, id_, day in ((obstacle, "x", 4), (f"asks@{HIGH}/1.1", "y", 5)):
        change = decide(book, change.state, wide.handle(key, Handling.ANSWER, at=STARTS + day * DAY, id_=id_))
        events += change.events
    change = decide(book, change.state, wide.handle(obstacle, Handling.CLOSE, at=STARTS + 6 * DAY, id_="z"))
    Recorder(sqlite, small.MAIL_HOURS).record(CASCADE, [*events, *change.events])
    told = [
        (part.kind, mail.letter.receiver.code, [item.text for item in part.recommendations], _page(mail))
        for mail, part in posted(sqlite)
        if part.kind in {NoticeKind.OBSTACLE, NoticeKind.ANSWERED}
    ]
    assert told == [
        (NoticeKind.ANSWERED, HIGH, ["thiếu kinh phí", "vốn"], "v"),
        (NoticeKind.OBSTACLE, TOP, ["thiếu hội trường", "thiếu kinh phí"], "s"),
    ]


def posted(engine: Engine) -> list[tuple[Outgoing, Part]]:
    """All mails that leave within a month, each with every part of it."""
    mails = Outbox(engine, "https://dondoc.example", "dondoc.example", small.MAIL_HOURS).claim(
        CASCADE, 50, small.STARTS + 30 * DAY
    )
    return [(mail, part) for mail in mails for part in mail.letter.parts]


def _page(mail: Outgoing) -> str:
    return mail.letter.url.removeprefix("https://dondoc.example/").partition("/")[0]
