from models.obligation import State
from rules.rollup_figures import figures_of
from rules.rollup_former import former_units
from tests.rules.plans import CLOSING, line


def test_units_of_before_keep_what_is_closed_and_say_where_the_rest_went() -> None:
    lines = [
        line(State.ACCEPTED, unit="d1", unit_name="Phòng cũ", moved_to=("n1",)),
        line(State.TRANSFERRED, unit="d1", unit_name="Phòng cũ", moved_to=("n2", "n1")),
        line(State.OPEN, unit="n1", unit_name="Xã Một"),
        line(State.WAIVED, unit="d2", unit_name="Phòng khác"),
    ]
    (former,) = former_units(lines, {"n1": "Xã Một"}, {"d1"}, {"d1"}, figures_of(lines, CLOSING, {}))
    assert (former.name, former.tally.obligations, former.waiting, former.moved) == ("Phòng cũ", 1, 0, 1)
    assert former.heirs == ("Xã Một", "n2")
    assert former.divided


def test_what_nobody_has_taken_over_waits_also_in_another_register() -> None:
    lines = [
        line(State.TRANSFERRED, unit="d1", unit_name="Phòng cũ"),
        line(State.SUSPENDED, unit="d1", unit_name="Phòng cũ", cascade_id="above"),
    ]
    (former,) = former_units(lines, {}, {"d1"}, (), figures_of(lines, CLOSING, {}))
    assert (former.tally.obligations, former.waiting, former.moved, former.heirs) == (1, 1, 0, ())


def test_who_hands_something_over_and_is_still_there_is_no_former_unit() -> None:
    lines = [line(State.TRANSFERRED, moved_to=("n1",)), line(State.UNFULFILLED)]
    assert former_units(lines, {}, (), (), figures_of(lines, CLOSING, {})) == ()
