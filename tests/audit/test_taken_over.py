"""What a register took over from the record: told as slipped in where nothing had interrupted it (decision 0018)."""

from collections.abc import Mapping

import pytest

from audit.histories.replayed import Replayed
from audit.verify.archived import Archived
from audit.verify.finding import Finding, Part, Tampering, Unchecked
from audit.verify.histories import Told, beyond, taken_over
from audit.verify.server import Server
from models.event import Event
from rules.ledger import open_register
from tests import small

REGISTER = small.cascade(small.TOP)
EVENTS = open_register(small.slice_of(small.TOP), small.STARTS).events
NEWEST = EVENTS[-1]


def told(events: tuple[Event, ...] = EVENTS, **more: object) -> Told:
    known: Mapping[str, object] = {"heads": {}, "closed": False} | more
    return Told(Replayed(small.slice_of(small.TOP), events, **known), live=True)  # type: ignore[arg-type]  # given by name


def test_of_an_untouched_history_nothing_is_said() -> None:
    assert taken_over(REGISTER, told()) is None
    assert taken_over(REGISTER, Told()) is None


def test_what_was_taken_over_without_an_interruption_is_named_with_its_number() -> None:
    found = taken_over(REGISTER, told(untraced=frozenset({3, 2})))
    assert found is not None
    assert (found.part, found.tampering, found.seq) == (Part.HISTORY, Tampering.INSERTED, 2)


@pytest.mark.parametrize(
    ("more", "kind"),
    [({"interrupted": True}, Unchecked), ({}, Finding), ({"interrupted": True, "closed": True}, Finding)],
)
def test_what_the_history_does_not_know_may_only_come_from_an_interruption_of_one_that_runs(
    more: dict[str, bool], kind: type
) -> None:
    assert isinstance(beyond(REGISTER, told(EVENTS[:-1], **more), NEWEST, Server(None), Archived()), kind)
