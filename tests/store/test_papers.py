"""What papers are made of: the latest submission with its place in the chain, for those who handed it in."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import Engine
from sqlmodel import Session

from models.clock import Clock
from models.command import Submit
from models.holder import Arrangement
from models.link import Link, Purpose
from models.tables import HolderRow
from models.unit import Role
from rules.chain import GENESIS, canonical, link
from rules.ledger import decide, open_register
from store.directives import set_clock
from store.papers import PaperData
from store.recorder import Recorder
from tests import small

CASCADE = small.cascade(small.TOP)
PLAN = f"plan@{small.HIGH}"
AT = small.STARTS + timedelta(days=1)


def held(unit: str, cascade: str = CASCADE) -> Link:
    return Link(
        token_hash="hash",  # noqa: S106 - not a secret
        purpose=Purpose.REGISTER if unit == small.TOP else Purpose.OFFICER,
        directive_id=small.plan().head.directive_id,
        cascade_id=cascade,
        unit=unit,
        role=Role.FOCAL,
        expires_at=small.STARTS,
    )


@pytest.fixture
def answered(started: Engine) -> Engine:
    """The first register with a plan handed in, returned, and handed in again by a substitute."""
    book, recorder = small.slice_of(small.TOP), Recorder(started, small.MAIL_HOURS)
    first: Submit = small.submit(PLAN, AT)
    substitute = first.actor.model_copy(update={"holder": "h9", "name": "Nguyễn Văn Bình"})
    again = first.model_copy(update={"id": "again", "at": AT + timedelta(days=2), "actor": substitute})
    turn = open_register(book, small.STARTS)
    recorder.record(CASCADE, turn.events)
    for command in (first, small.review(PLAN, small.TOP, AT + timedelta(days=1), returns=True), again):
        turn = decide(book, turn.state, command)
        recorder.record(CASCADE, turn.events)
    return started


def test_a_receipt_stands_where_the_chain_has_it(answered: Engine) -> None:
    receipt = PaperData(answered).receipt(held(small.HIGH), PLAN)
    assert receipt is not None
    assert (receipt.submission, receipt.received_at) == (2, AT + timedelta(days=2))
    assert (receipt.issuer.code, receipt.unit.code, receipt.line.key) == (small.TOP, small.HIGH, PLAN)
    assert receipt.answer.files == (small.PAPER,)
    assert (receipt.actor.name, receipt.arrangement, receipt.taken_from) == ("Nguyễn Văn Bình", None, "")
    book = small.slice_of(small.TOP)
    turn = open_register(book, small.STARTS)
    events = list(turn.events)
    for command in (
        small.submit(PLAN, AT),
        small.review(PLAN, small.TOP, AT + timedelta(days=1), returns=True),
        small.submit(PLAN, AT + timedelta(days=2), "again").model_copy(update={"actor": receipt.actor}),
    ):
        turn = decide(book, turn.state, command)
        events += turn.events
    chain = [GENESIS]
    for event in events:
        chain.append(link(chain[-1], canonical(event)))
    assert (receipt.previous_hash, receipt.event_hash) == (chain[receipt.seq - 1], chain[receipt.seq])


def test_it_says_how_the_one_who_handed_in_came_to_answer(answered: Engine) -> None:
    with Session(answered) as session, session.begin():
        session.add(
            HolderRow(
                cascade_id=CASCADE,
                unit=small.HIGH,
                id="h9",
                role=Role.FOCAL,
                name="Nguyễn Văn Bình",
                email="binh@nho.example",
                arrangement=Arrangement.SUBSTITUTE,
            )
        )
    receipt = PaperData(answered).receipt(held(small.HIGH), PLAN)
    assert receipt is not None
    assert receipt.arrangement is Arrangement.SUBSTITUTE


@pytest.mark.parametrize(
    ("unit", "obligation"), [(small.LOW, PLAN), (small.TOP, PLAN), (small.HIGH, f"training@{small.HIGH}")]
)
def test_there_is_none_for_others_and_none_for_what_was_not_handed_in(
    answered: Engine, unit: str, obligation: str
) -> None:
    assert PaperData(answered).receipt(held(unit), obligation) is None


def test_the_report_is_for_the_issuer_once_all_registers_are_closed(answered: Engine) -> None:
    data = PaperData(answered)
    assert data.closed_directive(held(small.TOP)) is None
    Recorder(answered, small.MAIL_HOURS).close_directive(small.plan().head.directive_id)
    assert data.closed_directive(held(small.TOP)) == small.plan().head
    assert data.closed_directive(held(small.HIGH, small.cascade(small.HIGH))) is None


LATE = datetime(2020, 4, 7, 5, tzinfo=UTC)
"""After 31 March, when the plans were due."""


def chased(engine: Engine, at: datetime) -> Engine:
    """The first register, with a clock that stands at an instant."""
    set_clock(engine, small.plan().head.directive_id, Clock(origin_real=datetime.now(UTC), origin_business=at))
    Recorder(engine, small.MAIL_HOURS).record(CASCADE, open_register(small.slice_of(small.TOP), small.STARTS).events)
    return engine


def test_a_letter_presses_a_unit_for_what_is_late(started: Engine) -> None:
    letter = PaperData(chased(started, LATE)).chase_letter(CASCADE, small.TOP, small.HIGH)
    assert letter is not None
    assert (letter.issuer.code, letter.unit.code) == (small.TOP, small.HIGH)
    assert [line.key for line in letter.lines] == [PLAN]
    assert letter.at >= LATE


@pytest.mark.parametrize(
    ("at", "keeper", "unit"),
    [(AT, small.TOP, small.HIGH), (LATE, small.LOW, small.HIGH), (LATE, small.TOP, small.COMMUNES[0])],
)
def test_there_is_no_letter_without_a_cause_or_for_who_does_not_keep_the_register(
    started: Engine, at: datetime, keeper: str, unit: str
) -> None:
    assert PaperData(chased(started, at)).chase_letter(CASCADE, keeper, unit) is None
