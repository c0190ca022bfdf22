"""What rolls up through the branches is what all lines say together."""

from collections.abc import Collection, Mapping, Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.obligation import DONE, State
from models.register import ObligationLine
from models.reported import BranchTally
from models.tally import Tally
from models.unit import Level, Unit
from rules.register_tree import RegisterFace
from rules.rollup_branches import branches
from rules.rollup_figures import branch_of_each, figures_of
from rules.rollup_tally import added, present, spoke, tally
from tests.rules.plans import CLOSING, DUE, days, line, unit

TREE = (
    RegisterFace("top", "bo", None),
    RegisterFace("north", "so-b", "top"),
    RegisterFace("south", "so-a", "top"),
    RegisterFace("north-1", "phong-b1", "north"),
    RegisterFace("north-2", "phong-b2", "north"),
)
OWING = {
    "top": ("so-a", "so-b", "vu"),
    "south": ("xa-1", "xa-2", "vu"),
    "north": ("phong-b1", "phong-b2"),
    "north-1": ("xa-3",),
    "north-2": ("xa-4", "xa-5"),
}
KEEPERS = {register.issuer: unit(register.issuer, Level.PROVINCE, None) for register in TREE}
ENDED = st.sets(st.sampled_from(["so-a", "phong-b1", "xa-3", "xa-5"]))


@st.composite
def some_line(draw: st.DrawFn) -> ObligationLine:
    register = draw(st.sampled_from(TREE)).id
    state = draw(st.sampled_from(list(State)))
    return line(
        state,
        draw(st.sampled_from([DUE, None])),
        cascade_id=register,
        unit=draw(st.sampled_from(OWING[register])),
        submissions=draw(st.integers(0, 2)),
        submitted_at=DUE if state in DONE else None,
        returned=draw(st.integers(0, 2)),
    )


LINES = st.lists(some_line(), max_size=30)


def told(
    lines: Sequence[ObligationLine],
    registers: Sequence[RegisterFace],
    keepers: Mapping[str, Unit] = KEEPERS,
    ended: Collection[str] = (),
) -> tuple[BranchTally, ...]:
    """The branches that a report on these registers tells of."""
    branch = branch_of_each(registers)
    return branches(lines, figures_of(lines, CLOSING, branch), branch, keepers, ended)


def below(lines: Sequence[ObligationLine], top: str, ended: set[str]) -> tuple[BranchTally, ...]:
    """The branches below the unit that keeps a register."""
    ids = {top}
    for register in TREE:
        ids |= {register.id} if register.parent in ids else set()
    registers = [register for register in TREE if register.id in ids]
    return told([item for item in lines if item.cascade_id in ids], registers, KEEPERS, ended)


def counted(whole: Tally) -> Tally:
    """Without what was transferred, which may be all that is left of a branch."""
    return whole.model_copy(update={"transferred": 0})


@given(LINES, ENDED)
def test_branches_with_what_units_without_a_register_owe_add_up_to_the_whole(
    lines: list[ObligationLine], ended: set[str]
) -> None:
    found = below(lines, "top", ended)
    rest = [item for item in lines if item.cascade_id == "top" and item.unit == "vu"]
    assert counted(added([tally(rest, CLOSING), *(item.tally for item in found)])) == counted(tally(lines, CLOSING))


@given(LINES, ENDED)
def test_a_branch_rolls_up_from_the_branches_below_it_to_what_all_its_leaves_say(
    lines: list[ObligationLine], ended: set[str]
) -> None:
    leaves = [item for item in lines if item.cascade_id.startswith("north") or item.unit == "so-b"]
    rolled = [tally([item for item in leaves if item.cascade_id == "top"], CLOSING)]
    rolled += [item.tally for item in below(lines, "north", ended)]
    whole = {item.code: item for item in below(lines, "top", ended)}.get("so-b")
    assert counted(added(rolled)) == counted(tally(leaves, CLOSING))
    assert counted(whole.tally if whole else Tally()) == counted(tally(leaves, CLOSING))
    if whole:
        there = present(leaves, ended)
        assert (whole.units, whole.answered) == (len(there), len(spoke(leaves) & there))


def test_branches_stand_in_the_order_of_their_names_under_the_name_of_who_keeps_them_now() -> None:
    lines = [line(State.OPEN, cascade_id=register.id, unit="xa") for register in TREE[1:]]
    named = KEEPERS | {"so-b": _named("so-b", "Sở Đà"), "so-a": _named("so-a", "Sở Du")}
    found = told(lines, TREE, named)
    assert [(item.code, item.name, item.tally.obligations) for item in found] == [
        ("so-a", "Sở Du", 1),
        ("so-b", "Sở Đà", 3),
    ]


@pytest.mark.parametrize("registers", [(), TREE[:1], TREE[1:3]])
def test_there_are_no_branches_where_nobody_below_keeps_a_register(registers: Sequence[RegisterFace]) -> None:
    lines = [line(State.OPEN, cascade_id=register.id) for register in registers]
    assert told(lines, registers) == ()


def test_a_branch_of_which_all_went_elsewhere_is_left_out() -> None:
    lines = [line(State.TRANSFERRED, cascade_id="south"), line(State.OPEN, cascade_id="north")]
    assert [item.code for item in told(lines, TREE, KEEPERS, {"so-a"})] == ["so-b"]


def _named(code: str, name: str) -> Unit:
    return unit(code, Level.PROVINCE, None).model_copy(update={"short_name": name})


def rolled_up(top: RegisterFace, registers: Sequence[RegisterFace], lines: Mapping[str, list[ObligationLine]]) -> Tally:
    """A register's own lines, and what comes up from the registers below it, level by level."""
    parts = [rolled_up(register, registers, lines) for register in registers if register.parent == top.id]
    return added([tally(lines[top.id], CLOSING), *parts])


@pytest.mark.slow
def test_the_country_rolls_up_to_what_all_its_lines_say() -> None:
    """As many units as the country had until 2025, with three requirements each."""
    top, provinces, districts, communes = RegisterFace("bo", "bo", None), 63, 705, 10_026
    middle = [RegisterFace(f"p{number}", f"p{number}", "bo") for number in range(provinces)]
    lowest = [RegisterFace(f"d{number}", f"d{number}", f"p{number % provinces}") for number in range(districts)]
    asked = [(face.issuer, str(face.parent)) for face in (*middle, *lowest)]
    asked += [(f"c{number}", f"d{number % districts}") for number in range(communes)]
    states = [line(state, due, submitted_at=DUE) for state in State for due in (DUE, DUE - 100 * days(1), None)]
    lines = [
        states[(place * 7 + number) % len(states)].model_copy(update={"unit": code, "cascade_id": register})
        for place, (code, register) in enumerate(asked)
        for number in range(3)
    ]
    registers = [top, *middle, *lowest]
    of: dict[str, list[ObligationLine]] = {register.id: [] for register in registers}
    for item in lines:
        of[item.cascade_id].append(item)
    keepers = {register.issuer: unit(register.issuer, Level.PROVINCE, None) for register in registers}
    found = told(lines, registers, keepers)
    assert len(lines) == 3 * 10_794
    assert (len(found), sum(item.units for item in found)) == (provinces, len(present(lines, ())))
    assert added([item.tally for item in found]) == tally(lines, CLOSING)
    assert {item.code: item.tally for item in found} == {
        register.issuer: added([tally((item for item in of["bo"] if item.unit == register.issuer), CLOSING),
                                rolled_up(register, lowest, of)])
        for register in middle
    }  # fmt: skip
