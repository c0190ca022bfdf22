"""What pages offer is what the ledger does, in every state."""

from collections.abc import Callable
from datetime import date
from functools import partial

import pytest

from models.command import Command
from models.intervention import Release
from models.obligation import State
from rules.refusals import Reason, Refused
from rules.ways import Way, fault, ways
from tests.rules.stepping import (
    NOW,
    accept_paper,
    in_state,
    reassign,
    reinstate,
    release,
    resume,
    set_due,
    suspend,
)

COMMANDS: dict[Way, Callable[..., Command]] = {
    Way.SET_DUE: lambda key, submissions: set_due(NOW, date(2020, 4, 24), key, submissions=submissions),
    Way.ACCEPT_PAPER: lambda key, submissions: accept_paper(NOW, key, date(2020, 3, 12), submissions=submissions),
    Way.REASSIGN: lambda key, submissions: reassign(NOW, "d9", key, submissions=submissions),
    Way.SUSPEND: lambda key, submissions: suspend(NOW, key, submissions=submissions),
    Way.RESUME: lambda key, submissions: resume(NOW, key, submissions=submissions),
    Way.REINSTATE: lambda key, submissions: reinstate(NOW, key, submissions=submissions),
    **{
        way: partial(lambda key, submissions, kind: release(NOW, key, kind=kind, submissions=submissions), kind=kind)
        for way, kind in (
            (Way.WAIVE, Release.WAIVED),
            (Way.NOT_APPLICABLE, Release.NOT_APPLICABLE),
            (Way.WITHDRAW, Release.WITHDRAWN),
        )
    },
}


@pytest.mark.parametrize("state", State)
@pytest.mark.parametrize("way", Way)
def test_a_way_that_is_offered_is_taken_and_another_refused_for_the_reason_that_was_given(
    way: Way, state: State
) -> None:
    book, key = in_state(state)
    item = book.state.obligations[key]
    why = fault(way, item, item.submissions)
    assert (why is None) is (way in ways(item))
    command = COMMANDS[way](key, item.submissions)
    if why is None:
        book.do(command)
    else:
        with pytest.raises(Refused) as refusal:
            book.do(command)
        assert refusal.value.reason is why


@pytest.mark.parametrize("way", Way)
def test_what_was_answered_since_fits_no_way(way: Way) -> None:
    book, key = in_state(State.SUBMITTED)
    assert fault(way, book.state.obligations[key], 0) is Reason.CHANGED_MEANWHILE
