from models.obligation import State
from rules.rollup_former import former_units
from tests.rules.plans import line


def test_units_of_before_keep_what_is_closed_and_say_where_the_rest_went() -> None:
    lines = [
        line(State.ACCEPTED, unit="d1", unit_name="Phòng cũ", moved_to=("n1",)),
        line(State.TRANSFERRED, unit="d1", unit_name="Phòng cũ", moved_to=("n2", "n1")),
        line(State.OPEN, unit="n1", unit_name="Xã Một"),
        line(State.WAIVED, unit="d2", unit_name="Phòng khác"),
    ]
    (former,) = former_units(lines, {"n1": "Xã Một"}, {"d1"})
    assert (former.name, former.kept, former.done, former.moved) == ("Phòng cũ", 1, 1, 1)
    assert former.heirs == ("Xã Một", "n2")
    assert former.divided


def test_where_nobody_was_reorganised_there_are_none() -> None:
    assert former_units([line(State.ACCEPTED), line(State.UNFULFILLED)], {}, ()) == ()
