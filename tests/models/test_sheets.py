"""A register on sheets is the same mapping as if all were written anew each time; what was before stays as it was."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.ledger import LedgerState
from models.obligation import ObligationState, State, obligation_key
from models.sheets import Look, Sheet, Sheets, Taken

NOW = datetime(2020, 3, 2, tzinfo=UTC)
KEYS = st.integers(0, 2_500)
CHANGES = st.lists(st.dictionaries(KEYS, st.sampled_from(State), max_size=150), max_size=8)


def items(chosen: dict[int, State]) -> dict[str, ObligationState]:
    found = (ObligationState(requirement="plan", unit=f"u{number}", state=state) for number, state in chosen.items())
    return {obligation_key(item.requirement, item.unit): item for item in found}


@given(CHANGES)
def test_sheets_are_the_mapping_in_its_order(changes: list[dict[int, State]]) -> None:
    plain: dict[str, ObligationState] = {}
    kept = Sheets()
    before = [(kept, dict(plain))]
    for change in map(items, changes):
        plain, kept = plain | change, kept | change
        before.append((kept, dict(plain)))
    for sheets, expected in before:
        assert list(sheets.items()) == list(expected.items())
        assert len(sheets) == len(expected)
        assert all(key in sheets and sheets[key] is item for key, item in expected.items())
        assert all(len(sheet) for sheet in sheets.sheets)
    assert "nobody@nowhere" not in kept


@given(CHANGES)
def test_what_was_taken_is_the_mapping(changes: list[dict[int, State]]) -> None:
    plain: dict[str, int] = {}
    kept = Taken()
    before = [(kept, plain)]
    for seq, change in enumerate(changes):
        more = {str(number): seq for number in change}
        plain, kept = plain | more, kept | more
        before.append((kept, plain))
    for taken, expected in before:
        assert (dict(taken), len(taken)) == (expected, len(expected))
        assert all(key in taken and taken[key] == seq for key, seq in expected.items())
    assert "nothing" not in kept


def test_few_obligations_that_come_one_by_one_share_a_sheet() -> None:
    kept = Sheets()
    for number in range(2_000):
        kept |= items({number: State.OPEN})
    assert [len(volume.sheets) for volume in kept.volumes] == [24, 24, 24, 12]
    assert [len(sheet) for sheet in kept.sheets] == [24] * 83 + [8]


def test_each_sheet_is_looked_at_once_and_anew_where_it_was_written_anew() -> None:
    looked: list[int] = []

    def at(sheet: Sheet) -> int:
        looked.append(len(sheet))
        return len(sheet)

    look = Look[int](at, sum)
    kept = Sheets(items(dict.fromkeys(range(200), State.OPEN)))
    changed = kept | items({70: State.SUBMITTED})
    assert [each.noted(look) for each in (kept, kept, changed)] == [200, 200, 200]
    assert looked == [*[24] * 8, 8, 24]


def test_a_state_travels_as_it_always_did() -> None:
    obligations = items({1: State.OPEN, 2: State.SUBMITTED})
    state = LedgerState.model_validate({"now": NOW, "obligations": obligations, "taken": {"a plan@u1": 3}})
    told = state.model_dump(mode="json")
    assert told["obligations"] == {key: item.model_dump(mode="json") for key, item in obligations.items()}
    assert told["taken"] == {"a plan@u1": 3}
    assert list(told["obligations"]) == list(obligations)
    assert LedgerState.model_validate_json(state.model_dump_json()) == state
    assert isinstance(LedgerState.model_validate(state.model_dump()).obligations, Sheets)
    assert state.model_dump()["obligations"]["plan@u1"]["state"] is State.OPEN


def test_something_else_is_no_sheet() -> None:
    with pytest.raises(ValueError, match="state"):
        LedgerState.model_validate({"now": NOW, "obligations": {"plan@u1": {"requirement": "plan", "unit": "u1"}}})
