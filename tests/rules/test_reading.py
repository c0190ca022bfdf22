"""Who may see what, lights, the tree of registers, and what a search takes."""

from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from models.obligation import ObligationState, State, Timeliness
from models.reader import Reader, ReaderRole
from models.reading import Counts, Light
from rules.reading import branch, counted, glance, light, sight
from rules.register_tree import MOST_UNITS, RegisterFace, shortened, tree
from rules.searching import FIELDS, finder, search_of

AT = datetime(2020, 4, 1, tzinfo=UTC)
ABOVE: dict[str, list[str]] = {
    "so": [],
    "cao": ["ubnd", "so"],
    "thap": ["so"],
    "xa": ["cao"],
    "ubnd": [],
    "vong": ["vong"],
}


def reader(role: ReaderRole, unit: str = "") -> Reader:
    return Reader(address="a@nho.example", name="A", role=role, unit=unit)


def test_a_branch_is_all_below_in_any_line_of_authority() -> None:
    assert branch("so", ABOVE) == {"so", "cao", "thap", "xa"}
    assert branch("ubnd", ABOVE) == {"ubnd", "cao", "xa"}
    assert branch("cao", ABOVE) == {"cao", "xa"}
    assert branch("vong", ABOVE) == {"vong"}
    assert branch("nowhere", ABOVE) == frozenset()


def test_an_auditor_sees_all_an_operator_no_answers_a_supervisor_no_machinery() -> None:
    auditor = sight(reader(ReaderRole.AUDITOR), ABOVE)
    assert auditor.sees("anything")
    assert auditor.technical
    operator = sight(reader(ReaderRole.OPERATOR), ABOVE)
    assert not any(operator.sees(code) for code in ABOVE)
    assert operator.technical
    supervisor = sight(reader(ReaderRole.SUPERVISOR, "cao"), ABOVE)
    assert {code for code in ABOVE if supervisor.sees(code)} == {"cao", "xa"}
    assert not supervisor.technical


@given(st.dictionaries(st.integers(0, 20), st.lists(st.integers(0, 20), max_size=3)), st.integers(0, 20))
def test_whoever_sees_a_unit_sees_all_below_it(above: dict[int, list[int]], unit: int) -> None:
    known = {str(code): [str(item) for item in items] for code, items in above.items()}
    seen = branch(str(unit), known)
    for code in seen:
        assert branch(code, known) <= seen


def item(state: State, suspended_at: datetime | None = None) -> ObligationState:
    return ObligationState(requirement="plan", unit="x", state=state, suspended_at=suspended_at)


@given(st.sampled_from(State), st.sampled_from(Timeliness), st.sampled_from([None, AT]), st.integers(1, 9))
def test_everything_has_one_light_and_is_counted_once(
    state: State, timeliness: Timeliness, suspended_at: datetime | None, number: int
) -> None:
    counts = counted([(*glance(item(state, suspended_at), timeliness), number)])
    assert counts.asked + counts.grey == number
    assert counts.light is light(item(state, suspended_at), timeliness)


def test_late_is_red_while_it_is_owed_and_amber_once_it_is_done() -> None:
    assert light(item(State.OPEN), Timeliness.OVERDUE) is Light.RED
    assert light(item(State.UNFULFILLED), Timeliness.NO_DEADLINE) is Light.RED
    assert light(item(State.ACCEPTED), Timeliness.LATE) is Light.AMBER
    assert light(item(State.RETURNED), Timeliness.IN_TIME) is Light.AMBER
    assert light(item(State.ACCEPTED), Timeliness.ON_TIME) is Light.GREEN
    assert light(item(State.WAIVED), Timeliness.NO_DEADLINE) is Light.GREY


def test_what_stood_still_in_time_when_its_register_closed_is_no_more_red_than_before() -> None:
    assert light(item(State.SUSPENDED, AT), Timeliness.OVERDUE) is Light.GREY
    assert light(item(State.UNFULFILLED, AT), Timeliness.IN_TIME) is Light.GREY
    assert light(item(State.UNFULFILLED, AT), Timeliness.OVERDUE) is Light.RED


REGISTERS = [RegisterFace("1", "so", None), RegisterFace("2", "cao", "1"), RegisterFace("3", "thap", "1")]
RED, GREEN = Counts(red=1), Counts(green=1, done=1)


def test_a_unit_that_keeps_a_register_has_it_below_and_the_worst_light_of_all() -> None:
    (root,) = tree(REGISTERS, {("1", "cao"): GREEN, ("1", "thap"): GREEN, ("2", "xa"): RED}, {})
    assert (root.unit, root.whole.light, root.own) == ("so", Light.RED, Counts())
    high, low = root.below
    assert (high.unit, high.own.light, high.whole.light) == ("cao", Light.GREEN, Light.RED)
    assert [node.unit for node in high.below] == ["xa"]
    assert (low.unit, low.whole, low.register_id) == ("thap", GREEN, "")


def test_a_register_below_is_there_also_where_nothing_above_it_may_be_seen() -> None:
    (root,) = tree(REGISTERS, {("2", "xa"): RED}, {})
    assert [node.unit for node in root.below] == ["cao"]
    assert root.whole == RED


def test_units_stand_in_vietnamese_order_on_every_level() -> None:
    counts = {("1", "cao"): GREEN, ("1", "thap"): GREEN} | {("2", unit): RED for unit in "abc"}
    names = {"cao": "Đại Từ", "thap": "Du Già", "a": "Bà Điểm", "b": "Ân Thi", "c": "Ăn Hải"}
    (root,) = shortened(tree(REGISTERS, counts, names))
    assert [node.name for node in root.below] == ["Du Già", "Đại Từ"]
    assert [node.name for node in root.below[1].below] == ["Ăn Hải", "Ân Thi", "Bà Điểm"]


def test_of_a_large_tree_a_page_shows_the_top_and_the_register_that_is_chosen() -> None:
    counts = {("1", "cao"): GREEN, ("1", "thap"): GREEN}
    counts |= {(register, f"{register}-{n}"): GREEN for register in ("2", "3") for n in range(MOST_UNITS)}
    whole = tree(REGISTERS, counts, {})
    (root,) = shortened(whole)
    assert [(node.hidden, node.below) for node in root.below] == [(MOST_UNITS, ()), (MOST_UNITS, ())]
    (chosen,) = shortened(whole, "3")
    assert [len(node.below) for node in chosen.below] == [0, MOST_UNITS]
    assert chosen.whole == whole[0].whole


def test_words_without_marks_find_those_with_them() -> None:
    assert finder("ke hoach")("Kế hoạch năm")
    assert finder("KẾ HOẠCH")("kế hoạch năm")
    assert not finder("kề hoạch")("kế hoạch năm")
    assert finder("đ")("Đội")
    assert finder("doi")("Đội")


@given(st.dictionaries(st.sampled_from([*FIELDS, "light"]), st.text(max_size=250)))
def test_whatever_is_typed_is_taken_or_named(typed: dict[str, str]) -> None:
    search, faults = search_of(typed)
    assert faults.keys() <= {*typed, "form"}
    if not faults:
        assert any(getattr(search, name) for name in (*FIELDS, "light"))
