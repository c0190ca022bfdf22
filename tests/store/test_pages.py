"""What pages read: one unit's obligations, a whole register, and only files that the holder may see."""

from datetime import timedelta

import pytest
from sqlalchemy import Engine

from models.link import Link, Purpose
from models.obligation import State
from models.unit import Role
from rules.ledger import advance, decide, open_register
from store.pages import Pages
from store.recorder import Recorder
from store.summaries import load_summary
from tests import small

CASCADE = small.cascade(small.TOP)


@pytest.fixture
def answered(started: Engine) -> Engine:
    """The first register with one plan handed in."""
    book = small.slice_of(small.TOP)
    opened = open_register(book, small.STARTS)
    handed = decide(book, opened.state, small.submit(f"plan@{small.HIGH}", small.STARTS + timedelta(days=1)))
    Recorder(started, small.MAIL_HOURS).record(CASCADE, opened.events + handed.events)
    return started


def link(unit: str, purpose: Purpose = Purpose.OFFICER) -> Link:
    return Link(
        token_hash="hash",  # noqa: S106 - not a secret
        purpose=purpose,
        directive_id=small.plan().head.directive_id,
        cascade_id=CASCADE,
        unit=unit,
        role=Role.FOCAL,
        expires_at=small.STARTS,
    )


def test_an_officer_sees_the_own_unit_only(answered: Engine) -> None:
    page = Pages(answered).officer_page(link(small.HIGH))
    assert {line.unit for line in page.lines} == {small.HIGH}
    handed = next(line for line in page.lines if line.requirement == "plan")
    assert handed.state is State.SUBMITTED
    assert handed.document is not None
    assert handed.document.number == "12/KH-UBND"
    assert handed.files == (small.PAPER,)
    assert (handed.men, handed.women, handed.total) == (10, 20, 30)
    assert page.issuer.code == small.TOP


def test_a_reviewer_sees_the_whole_register_and_what_it_awaits(answered: Engine) -> None:
    page = Pages(answered).register_page(link(small.TOP, Purpose.REGISTER))
    assert len(page.lines) == 6
    assert page.waiting_triggers == {"guidance": "Hướng dẫn của tỉnh"}


def test_a_registered_document_is_no_longer_awaited(started: Engine) -> None:
    from models.command import RegisterDocument
    from models.document import DocumentRef

    book = small.slice_of(small.TOP)
    opened = open_register(book, small.STARTS)
    command = RegisterDocument(
        id="d", at=small.STARTS, actor=small.reviewer(small.TOP), trigger="guidance",
        document=DocumentRef(number="9/HD-UBND", normal="9/HD-UBND"),
    )  # fmt: skip
    Recorder(started, small.MAIL_HOURS).record(CASCADE, opened.events + decide(book, opened.state, command).events)
    assert Pages(started).register_page(link(small.TOP, Purpose.REGISTER)).waiting_triggers == {}


def test_a_file_is_read_by_its_unit_and_its_reviewer_and_by_nobody_else(answered: Engine) -> None:
    pages = Pages(answered)
    assert pages.file(link(small.HIGH), small.PAPER.sha256) == small.PAPER
    assert pages.file(link(small.TOP, Purpose.REGISTER), small.PAPER.sha256) == small.PAPER
    assert pages.file(link(small.LOW), small.PAPER.sha256) is None
    assert pages.file(link(small.HIGH), "00" * 32) is None


def test_the_summary_counts_every_obligation_once(answered: Engine) -> None:
    book = small.slice_of(small.HIGH)
    opened = open_register(book, small.STARTS)
    later = advance(book, opened.state, book.requirements[0].opening.at_latest or small.STARTS)
    Recorder(answered, small.MAIL_HOURS).record(book.cascade_id, opened.events + later.events)
    summary = load_summary(answered, small.plan().head.directive_id)
    assert summary.overall.obligations == 6 + 2
    assert sum(summary.by_state.values()) == 8
    assert summary.by_state[State.NOT_APPLICABLE] == 1
    assert summary.submissions == 1
    assert not summary.final
