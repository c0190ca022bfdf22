from datetime import datetime, timedelta

import pytest

from models.obligation import ObligationState, State, Timeliness
from rules.timeliness import DUE_SOON, timeliness
from tests.rules.plans import DUE

TICK = timedelta(microseconds=1)
NOWS = {
    "long before": DUE - timedelta(days=30),
    "just outside due soon": DUE - DUE_SOON - TICK,
    "due soon": DUE - DUE_SOON,
    "last moment": DUE - TICK,
    "due": DUE,
    "after": DUE + timedelta(days=30),
}
OWED = [Timeliness.IN_TIME, Timeliness.IN_TIME, Timeliness.DUE_SOON, Timeliness.DUE_SOON] + [Timeliness.OVERDUE] * 2
NEVER = [Timeliness.NO_DEADLINE] * len(NOWS)
TABLE = {
    State.DORMANT: NEVER,
    State.NOT_APPLICABLE: NEVER,
    State.WAIVED: NEVER,
    State.WITHDRAWN: NEVER,
    State.TRANSFERRED: NEVER,
    State.OPEN: OWED,
    State.RETURNED: OWED,
    State.SUSPENDED: [Timeliness.IN_TIME if now < DUE else Timeliness.OVERDUE for now in NOWS.values()],
    State.UNFULFILLED: [Timeliness.IN_TIME if now < DUE else Timeliness.OVERDUE for now in NOWS.values()],
}
HANDED_IN = [State.SUBMITTED, State.ACCEPTED, State.SATISFIED]


def judged(state: State, now: datetime, **known: datetime | State | None) -> Timeliness:
    values: dict[str, datetime | State | None] = {"due": DUE, **known}
    return timeliness(ObligationState.model_validate({"requirement": "r", "unit": "u", "state": state} | values), now)


@pytest.mark.parametrize("state", TABLE)
def test_what_is_owed_or_not_asked_is_judged_by_the_present(state: State) -> None:
    assert [judged(state, now) for now in NOWS.values()] == TABLE[state]


@pytest.mark.parametrize("state", HANDED_IN)
@pytest.mark.parametrize("now", NOWS.values(), ids=NOWS)
def test_what_was_handed_in_is_judged_by_when_it_came_in(state: State, now: datetime) -> None:
    assert judged(state, now, submitted_at=DUE - TICK) is Timeliness.ON_TIME
    assert judged(state, now, submitted_at=DUE) is Timeliness.LATE


@pytest.mark.parametrize("state", State)
def test_without_a_due_date_nothing_is_late(state: State) -> None:
    assert judged(state, NOWS["after"], due=None, submitted_at=NOWS["after"]) is Timeliness.NO_DEADLINE


def test_every_state_is_in_one_of_the_tables() -> None:
    assert {*TABLE, *HANDED_IN} == set(State)


def test_a_slow_decision_does_not_make_an_officer_late() -> None:
    late_decision = {"submitted_at": DUE - timedelta(days=1), "decided_at": DUE + timedelta(days=20)}
    assert judged(State.ACCEPTED, NOWS["after"], **late_decision) is Timeliness.ON_TIME


@pytest.mark.parametrize("state", [State.SUSPENDED, State.UNFULFILLED])
def test_what_stood_still_is_judged_by_when_that_began_also_after_it_could_no_longer_be_given(state: State) -> None:
    assert judged(state, NOWS["after"], suspended_at=DUE - TICK) is Timeliness.IN_TIME
    assert judged(state, NOWS["after"], suspended_at=DUE) is Timeliness.OVERDUE


@pytest.mark.parametrize("state", [State.SUSPENDED, State.UNFULFILLED])
def test_what_was_handed_in_before_it_stood_still_is_judged_by_when_it_came_in(state: State) -> None:
    """It waited for a decision when its unit was dissolved: that is not the fault of the unit."""
    since: dict[str, datetime | State] = {"suspended_at": NOWS["after"], "laid_aside": State.SUBMITTED}
    assert judged(state, NOWS["after"], submitted_at=DUE - TICK, **since) is Timeliness.IN_TIME
    assert judged(state, NOWS["after"], submitted_at=DUE, **since) is Timeliness.OVERDUE


def test_an_answer_that_was_returned_is_owed_again() -> None:
    assert judged(State.RETURNED, NOWS["after"], submitted_at=DUE - timedelta(days=1)) is Timeliness.OVERDUE
