"""Who stands above whom in one directive, and whom it addresses."""

from collections.abc import Sequence
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.directive import Addressees
from models.unit import Level, Unit
from rules.addressing import Addressed, Registry, addressed, anywhere

ON = date(2020, 3, 2)


def unit(code: str, *superiors: str, level: Level = Level.DISTRICT, **changed: Any) -> Unit:
    values: dict[str, Any] = {"name": code, "short_name": code, "line": "ubnd", "territory": code}
    values |= {"superior": superiors[0] if superiors else None, "also_under": superiors[1:]}
    return Unit(code=code, level=level, **values | changed)


def registry(*units: Unit) -> Registry:
    return Registry({found.code: found for found in units})


# A province with a department beside its committee, and two districts that have both as well.
LABOUR: dict[str, Any] = {"line": "ldtbxh"}
NORTH: dict[str, Any] = {"region": "north", "tags": ("hills",)}
REGISTRY = registry(
    unit("p", level=Level.PROVINCE, territory="46", **NORTH),
    unit("so", "p", level=Level.PROVINCE, territory="46", **LABOUR, **NORTH),
    unit("d1", "p", territory="1", **NORTH),
    unit("phong1", "d1", "so", territory="1", **LABOUR),
    unit("c1", "d1", "phong1", level=Level.COMMUNE, tags=("hills",)),
    unit("d2", "p", territory="2"),
    unit("old", "p", valid_to=date(2019, 12, 31)),
    unit("phong2", "d2", "so", territory="2", **LABOUR),
    unit("c2", "phong2", "d2", level=Level.COMMUNE),
    unit("orphan", "old", level=Level.COMMUNE),
    unit("party", level=Level.PROVINCE, line="party", territory="46"),
)


def codes(found: Addressed) -> list[str]:
    return [item.code for item in found.units]


def asked(issuer: str = "p", on: date = ON, *, without: Sequence[str] = (), **to: Any) -> Addressed:
    to["except"] = without
    return addressed(REGISTRY.tree(issuer, None, on), REGISTRY, Addressees.model_validate(to), on)


def test_below_a_unit_is_all_that_stands_under_it_through_any_superior_once_and_in_order() -> None:
    assert [found.code for found in REGISTRY.below("p")] == [
        "so", "d1", "phong1", "c1", "d2", "old", "phong2", "c2", "orphan",
    ]  # fmt: skip
    assert [found.code for found in REGISTRY.below("so")] == ["phong1", "c1", "phong2", "c2"]
    assert REGISTRY.below("c1") == REGISTRY.below("unknown") == []


def test_units_that_stand_above_each_other_do_not_hang_it_up() -> None:
    circle = registry(unit("a", "b"), unit("b", "a"), unit("c", "b"))
    assert [found.code for found in circle.below("a")] == ["b", "c"]
    assert circle.tree("a", None, ON).path("c") == ["c", "b", "a"]


def test_a_chain_of_any_length_is_followed() -> None:
    size = 5000
    chain = registry(unit("0"), *(unit(str(at), str(at - 1)) for at in range(1, size)))
    assert len(chain.below("0")) == size - 1
    assert len(chain.tree("0", None, ON).path(str(size - 1))) == size


# The tree of a directive


def test_each_unit_stands_under_the_nearest_to_the_issuer() -> None:
    tree = REGISTRY.tree("d1", None, ON)
    assert dict(tree.parent) == {"phong1": "d1", "c1": "d1"}
    assert [found.code for found in tree.units] == ["phong1", "c1"]


@pytest.mark.parametrize(
    ("line", "above"),
    [
        (None, {"phong1": "d1", "phong2": "d2", "c1": "d1", "c2": "d2"}),
        ("ubnd", {"phong1": "d1", "phong2": "d2", "c1": "d1", "c2": "d2"}),
        ("ldtbxh", {"phong1": "so", "phong2": "so", "c1": "d1", "c2": "d2"}),
    ],
)
def test_of_equally_near_superiors_the_line_of_the_directive_decides(line: str | None, above: dict[str, str]) -> None:
    tree = REGISTRY.tree("p", line, ON)
    assert {code: tree.parent[code] for code in above} == above


def test_of_equally_near_superiors_without_a_line_the_first_decides() -> None:
    units = (unit("top"), unit("a", "top"), unit("b", "top", line="x"), unit("ab", "a", "b"), unit("ba", "b", "a"))
    tree = registry(*units).tree("top", None, ON)
    assert (tree.parent["ab"], tree.parent["ba"]) == ("a", "b")
    along = registry(*units).tree("top", "x", ON)
    assert (along.parent["ab"], along.parent["ba"]) == ("b", "b")


def test_a_path_goes_up_to_the_issuer() -> None:
    tree = REGISTRY.tree("p", "ldtbxh", ON)
    assert tree.path("phong1") == ["phong1", "so", "p"]
    assert tree.path("p") == ["p"]
    assert tree.path("party") == ["party"]


def test_children_are_the_other_way_round() -> None:
    tree = REGISTRY.tree("p", None, ON)
    assert tree.children["p"] == ("so", "d1", "d2")
    assert tree.children["d1"] == ("phong1", "c1")
    assert "c1" not in tree.children
    assert ("p" in tree, "c2" in tree, "party" in tree) == (True, True, False)


def test_what_does_not_exist_on_the_day_is_not_in_the_tree_nor_what_it_alone_connects() -> None:
    now, then = REGISTRY.tree("p", None, ON), REGISTRY.tree("p", None, date(2019, 1, 1))
    assert {"old", "orphan"} & set(now.parent) == set()
    assert then.path("orphan") == ["orphan", "old", "p"]


@given(st.data())
def test_every_unit_below_is_in_the_tree_once_at_its_least_distance(data: st.DataObject) -> None:
    size = data.draw(st.integers(1, 12))
    units = [unit("0")]
    for at in range(1, size):
        above = data.draw(st.lists(st.integers(0, at - 1), max_size=3, unique=True))
        units.append(unit(str(at), *map(str, above), line=data.draw(st.sampled_from("xy"))))
    found = registry(*units)
    tree = found.tree("0", "x", ON)
    assert list(tree.units) == found.below("0")
    least = {"0": 0}
    for _ in units:
        for item in units:
            near = [least[code] + 1 for code in item.superiors if code in least]
            if near and item.code != "0":
                least[item.code] = min(near)
    assert {code: len(tree.path(code)) - 1 for code in ("0", *tree.parent)} == least
    assert all(tree.parent[item.code] in item.superiors for item in tree.units)
    assert sorted(code for below in tree.children.values() for code in below) == sorted(tree.parent)


# Addressees


def test_a_level_means_all_units_of_it_below_the_issuer_that_exist_on_the_day() -> None:
    assert codes(asked(level="commune")) == ["c1", "c2"]
    assert codes(asked(level="province")) == ["so"]
    assert codes(asked(level="ministry")) == []
    assert codes(asked(level="district", on=date(2019, 1, 1))) == ["d1", "phong1", "d2", "old", "phong2"]


@pytest.mark.parametrize(
    ("to", "expected"),
    [
        ({"line": "ldtbxh"}, ["so", "phong1", "phong2"]),
        ({"level": "district", "line": "ldtbxh"}, ["phong1", "phong2"]),
        ({"region": "north"}, ["so", "d1"]),
        ({"tag": "hills"}, ["so", "d1", "c1"]),
        ({"tag": "hills", "level": "commune"}, ["c1"]),
        ({"within": "1"}, ["d1", "phong1", "c1"]),
        ({"within": "2", "level": "commune"}, ["c2"]),
        ({"within": "nowhere"}, []),
        ({"region": "north", "tag": "hills", "line": "ubnd", "within": "46", "level": "district"}, ["d1"]),
    ],
)
def test_all_conditions_must_be_met(to: dict[str, Any], expected: list[str]) -> None:
    assert codes(asked(**to)) == expected


def test_listed_units_are_asked_besides_a_condition_or_instead() -> None:
    assert codes(asked(units=["c2", "d1"])) == ["d1", "c2"]
    assert codes(asked(line="ldtbxh", units=["c1"])) == ["so", "phong1", "c1", "phong2"]
    assert codes(asked(level="commune", units=["c1", "c1"])) == ["c1", "c2"]
    assert codes(asked()) == []


def test_exceptions_leave_out_whoever_they_name() -> None:
    assert codes(asked(level="commune", without=["c1"])) == ["c2"]
    assert codes(asked(level="commune", units=["d1"], without=["c1", "d1", "c2"])) == []


def test_the_issuer_is_asked_only_where_it_is_listed() -> None:
    assert codes(asked(level="province")) == ["so"]
    assert codes(asked(level="commune", units=["p"])) == ["p", "c1", "c2"]
    assert asked(units=["p"]).outside == ()
    assert codes(asked(units=["p"], without=["p"])) == []


def test_a_listed_unit_that_stands_elsewhere_is_told_apart() -> None:
    found = asked(units=["d1", "party", "unknown", "party"])
    assert (codes(found), found.outside) == (["d1"], ("party",))
    assert asked("d1", units=["p", "c2", "c1"]).outside == ("p", "c2")


def test_a_listed_unit_that_does_not_exist_on_the_day_is_neither_asked_nor_outside() -> None:
    assert asked(units=["old", "d1"]) == asked(units=["d1"])


def test_coordinators_may_stand_anywhere() -> None:
    def found(**to: Any) -> list[str]:
        return [item.code for item in anywhere(REGISTRY, Addressees.model_validate(to), ON)]

    assert found(line="party", units=["c1", "old"]) == ["c1", "party"]
    assert found(within="46", level="province") == ["p", "so", "party"]
    assert found(within="46", level="province", **{"except": ["so"]}) == ["p", "party"]
    assert found() == []
