"""What stands on the margins of sheets is what looking at every obligation finds, also after some were written anew."""

from collections import Counter
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from models.obligation import OWING, ObligationState, State, obligation_key
from models.sheets import Sheets
from rules import margins

DAY0 = datetime(2020, 3, 2, tzinfo=UTC)
DAYS = st.one_of(st.none(), st.integers(0, 9).map(lambda days: DAY0 + timedelta(days=days)))
REQUIREMENTS = ("plan", "report")
ITEMS = st.builds(
    ObligationState,
    requirement=st.sampled_from(REQUIREMENTS),
    unit=st.integers(0, 90).map(lambda number: f"u{number}"),
    state=st.sampled_from(State),
    due=DAYS,
    next_step_at=DAYS,
    submitted_at=DAYS,
    opened_at=DAYS,
    coordinating=st.booleans(),
)
CHANGES = st.lists(st.lists(ITEMS, max_size=120), min_size=1, max_size=4)


@given(CHANGES, st.integers(0, 9))
def test_margins_say_what_the_obligations_say(changes: list[list[ObligationState]], days: int) -> None:
    at, kept = DAY0 + timedelta(days=days), Sheets()
    for change in changes:
        kept |= {obligation_key(item.requirement, item.unit): item for item in change}
        check(kept, at)


def check(kept: Sheets, at: datetime) -> None:
    items = list(kept.items())
    assert list(margins.stepping(kept, at)) == [
        (key, item) for key, item in items if item.next_step_at is not None and item.next_step_at <= at
    ]
    latest = {"plan": at, "report": None}
    wakes = [item.next_step_at for _, item in items if item.state is not State.DORMANT and item.next_step_at]
    wakes += [at for _, item in items if item.state is State.DORMANT and latest[item.requirement]]
    assert min(margins.waking(kept, latest), default=None) == min(wakes, default=None)
    assert list(margins.dormant(kept, {"plan": 1})) == [
        (key, item) for key, item in items if item.state is State.DORMANT and item.requirement == "plan"
    ]
    assert list(margins.keys_of(kept, "u7")) == [key for key, item in items if item.unit == "u7"]
    came = [
        max(item.submitted_at, item.opened_at or item.submitted_at)
        for _, item in items
        if item.state is State.SUBMITTED and item.submitted_at
    ]
    assert margins.first_came(kept, None) == min(came, default=None)
    assert margins.first_came(kept, at) == min((each for each in came if each >= at), default=None)
    handed = [(key, item) for key, item in items if item.state is State.SUBMITTED]
    assert list(margins.submitted(kept)) == handed
    lead = [item for _, item in items if not item.coordinating]
    assert margins.states(kept) == Counter(item.state for item in lead)
    assert margins.overdue(kept, at) == sum(
        item.state in OWING and item.due is not None and item.due <= at for item in lead
    )
