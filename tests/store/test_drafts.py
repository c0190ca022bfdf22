"""Forms that were not sent are kept for the unit until they are sent or dropped."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlalchemy import Engine

from models.link import Link, Purpose
from models.saved import SavedDraft
from models.unit import Role
from rules.ledger import decide, open_register
from store.drafts import Drafts
from store.recorder import Recorder
from tests import small
from tests.small import HIGH, LOW, STARTS, TOP


def link(unit: str = HIGH, holder: str = "focal", keeper: str = TOP) -> Link:
    return Link(
        token_hash=f"hash of {holder}",
        purpose=Purpose.OFFICER,
        directive_id=small.plan().head.directive_id,
        cascade_id=small.cascade(keeper),
        unit=unit,
        role=Role.FOCAL,
        holder=holder,
        expires_at=STARTS,
    )


def draft(note: str, minute: int = 0) -> SavedDraft:
    at = STARTS + timedelta(minutes=minute)
    return SavedDraft(values={"note": note, "signer": "Lê Thị Lan"}, kept=(small.PAPER,), saved_at=at)


@pytest.fixture
def drafts(started: Engine) -> Drafts:
    return Drafts(started)


def test_a_draft_comes_back_as_it_was_for_everybody_who_answers_for_the_unit(drafts: Drafts) -> None:
    drafts.save(link(), "plan", draft("đang soạn"))
    assert drafts.load(link()) == {"plan": draft("đang soạn")}
    assert drafts.load(link(holder="h7")) == {"plan": draft("đang soạn")}


@pytest.mark.parametrize("other", [link(LOW), link(keeper=HIGH)])
def test_other_units_and_registers_do_not_see_it(drafts: Drafts, other: Link) -> None:
    drafts.save(link(), "plan", draft("đang soạn"))
    assert drafts.load(other) == {}


def test_saving_again_replaces_that_form_only(drafts: Drafts) -> None:
    drafts.save(link(), "plan", draft("một"))
    drafts.save(link(), "training", draft("khác"))
    drafts.save(link(), "plan", draft("hai", minute=5))
    assert drafts.load(link()) == {"plan": draft("hai", minute=5), "training": draft("khác")}


def test_two_browsers_that_save_a_form_for_the_first_time_at_once_leave_one_draft(drafts: Drafts) -> None:
    notes = [f"bản {number}" for number in range(8)]
    with ThreadPoolExecutor(8) as threads:
        list(threads.map(lambda note: drafts.save(link(), "plan", draft(note)), notes))
    (kept,) = drafts.load(link()).values()
    assert kept.values["note"] in notes


def test_a_dropped_draft_is_gone_and_dropping_it_again_is_nothing(drafts: Drafts) -> None:
    drafts.save(link(), "plan", draft("một"))
    drafts.save(link(), "training", draft("khác"))
    drafts.drop(link(), "plan")
    drafts.drop(link(), "plan")
    assert set(drafts.load(link())) == {"training"}


def test_what_is_handed_in_needs_no_draft_any_more(drafts: Drafts, started: Engine) -> None:
    for unit, form in ((HIGH, "plan"), (HIGH, "ask plan"), (LOW, "plan")):
        drafts.save(link(unit), form, draft("đang soạn"))
    book = small.slice_of(TOP)
    opened = open_register(book, STARTS)
    handed_in = decide(book, opened.state, small.submit(f"plan@{HIGH}"))
    Recorder(started, small.MAIL_HOURS).record(small.cascade(TOP), opened.events + handed_in.events)
    assert set(drafts.load(link(HIGH))) == {"ask plan"}
    assert set(drafts.load(link(LOW))) == {"plan"}
