"""How a register ended before its time, and how a directive stands in what is open."""

from datetime import timedelta

from sqlalchemy import Engine

from models.actor import ActorKind
from models.intervention import EndRegister
from models.obligation import State
from models.pages import EndedEarly
from rules.ledger import decide, open_register
from store.pages import Pages
from store.recorder import Recorder
from tests import small
from tests.store.test_pages import link

AT = small.STARTS + timedelta(days=1)


def test_the_keeper_of_the_first_register_supervises_until_it_has_ended(started: Engine) -> None:
    book, below = small.slice_of(small.TOP), small.slice_of(small.HIGH)
    opened, opened_below = open_register(book, small.STARTS), open_register(below, small.STARTS)
    recorder, pages = Recorder(started, small.MAIL_HOURS), Pages(started)
    recorder.record(book.cascade_id, opened.events)
    recorder.record(below.cascade_id, opened_below.events)
    top, high = link(small.TOP), link(small.HIGH).model_copy(update={"cascade_id": below.cascade_id})
    assert (pages.register_page(top).supervises, pages.register_page(high).supervises) == (True, False)
    found = pages.standing(top)
    assert found.below == len(small.plan().cascades) - 1
    assert found.states[State.OPEN] == 3
    assert pages.register_page(top).ended is None

    actor = small.reviewer(small.TOP)
    assert actor.kind is ActorKind.REVIEWER
    end = EndRegister(id="ended-on-the-page", at=AT, actor=actor, cancelled=True, reason="thu hồi")
    recorder.record(book.cascade_id, decide(book, opened.state, end).events)
    page = pages.register_page(top)
    seq = opened.state.seq + 1
    assert page.closed
    assert page.ended == EndedEarly(cancelled=True, at=AT, reason="thu hồi", seq=seq, cause="ended-on-the-page")
    assert pages.standing(top).states.keys() <= {State.DORMANT}, "what is below is still told"
