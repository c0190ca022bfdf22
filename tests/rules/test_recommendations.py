"""Who may do what with a recommendation, and whose word it waits for."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.plan import RequirementKind
from models.recommendation import PENDING, Handling, Recommendation, RecommendationStatus
from rules.ledger import decide
from rules.recommendations import waits_for, ways
from rules.refusals import Reason, Refused
from tests.rules.plans import ISSUER, at, handle, plan, recommending, requirement, submit
from tests.rules.registers import Book

NOON = at(3, 10)
KEY = "ideas@d1/1.1"
STATUSES = list(RecommendationStatus)
UNITS = (ISSUER, "d1", "d2")
BODIES = st.sampled_from(["", "Sở Y tế", *UNITS])


def raised() -> Book:
    book = Book(plan([requirement("ideas", due=None, kind=RequirementKind.RECOMMENDATIONS)], ("d1", "d2")))
    book.do(submit("ideas@d1", at(3, 9), recommending("vay")))
    return book


BOOK = raised()


def asked(status: RecommendationStatus, body: str = "") -> Recommendation:
    return BOOK.state.recommendations[KEY].model_copy(update={"status": status, "body": body})


@pytest.mark.parametrize("status", STATUSES)
def test_the_keeper_can_always_go_on_and_the_body_may_only_reply_and_once(status: RecommendationStatus) -> None:
    item = asked(status, "d2")
    assert ways(item, ISSUER, ISSUER)
    assert ways(item, "d2", ISSUER) == ((Handling.REPLY,) if status is RecommendationStatus.REFERRED else ())
    assert ways(item, item.unit, ISSUER) == ()


@given(st.sampled_from(STATUSES), BODIES, st.sampled_from(UNITS), st.sampled_from(Handling))
def test_the_ledger_takes_what_is_offered_and_nothing_else(
    status: RecommendationStatus, body: str, unit: str, handling: Handling
) -> None:
    item = asked(status, body)
    state = BOOK.state.model_copy(update={"recommendations": {KEY: item}})
    command = handle(KEY, NOON, handling, by=unit, words="đã có", body="d2", reply_by=at(3, 20).date())
    if handling in ways(item, unit, ISSUER):
        assert [event.fact.kind for event in decide(BOOK.plan, state, command).events] == ["recommendation_handled"]
        return
    with pytest.raises(Refused) as refused:
        decide(BOOK.plan, state, command)
    entitled = unit == ISSUER or (handling is Handling.REPLY and unit == body)
    assert refused.value.reason is (Reason.HANDLING_NOT_POSSIBLE if entitled else Reason.NOT_YOURS)


@given(st.sampled_from(STATUSES), BODIES, st.sampled_from(UNITS))
def test_who_is_waited_for_has_something_to_say_to_what_is_pending(
    status: RecommendationStatus, body: str, unit: str
) -> None:
    item = asked(status, body)
    assert not waits_for(item, unit, ISSUER) or (ways(item, unit, ISSUER) and status in PENDING)


def test_what_is_raised_waits_for_the_keeper_and_what_is_referred_for_the_body() -> None:
    told = asked(RecommendationStatus.RAISED, "d2")
    assert [unit for unit in UNITS if waits_for(told, unit, ISSUER)] == [ISSUER]
    referred = asked(RecommendationStatus.REFERRED, "d2")
    assert [unit for unit in UNITS if waits_for(referred, unit, ISSUER)] == ["d2"]
    elsewhere = asked(RecommendationStatus.REFERRED, "Sở Y tế")
    assert not any(waits_for(elsewhere, unit, ISSUER) for unit in UNITS)
