"""What may be chased, as the ledger knows it and as a page shows it."""

import pytest

from models.obligation import OWING, ObligationState, State
from models.register import ObligationLine
from rules.chasing import chased_today, is_pressed_on_paper, may_be_chased
from tests.rules.plans import ISSUER, at, line


@pytest.mark.parametrize("state", list(State))
def test_the_ledger_and_a_page_agree_on_whom_to_press(state: State) -> None:
    for item in (ObligationState(requirement="year", unit="d1", state=state), line(state)):
        assert may_be_chased(item, ISSUER) == (state in OWING)
        assert not may_be_chased(item, item.unit)
        assert not may_be_chased(item.model_copy(update={"coordinating": True}), ISSUER)


def test_a_day_of_chasing_begins_at_midnight_in_vietnam() -> None:
    assert not chased_today(line(State.OPEN), at(3, 10))
    chased = line(State.OPEN, chased_at=at(3, 10, 0))
    assert [chased_today(chased, when) for when in (at(3, 9, 23), at(3, 10, 23), at(3, 11, 0))] == [False, True, False]


@pytest.mark.parametrize(
    ("item", "pressed"),
    [
        (line(State.OPEN), True),
        (line(State.OPEN, due=at(6, 1)), False),
        (line(State.OPEN, due=None), False),
        (line(State.OPEN, due=at(6, 1), chased_at=at(4, 1)), True),
        (line(State.OPEN, due=None, chased_at=at(4, 1)), True),
        (line(State.RETURNED, due=at(6, 1)), True),
        (line(State.SUBMITTED), False),
        (line(State.OPEN, coordinating=True), False),
    ],
)
def test_a_letter_presses_for_what_is_late_returned_or_was_chased(item: ObligationLine, pressed: bool) -> None:
    assert is_pressed_on_paper(item, ISSUER, at(5, 1)) == pressed
    assert not is_pressed_on_paper(item, item.unit, at(5, 1))
