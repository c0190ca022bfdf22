from datetime import date
from typing import Any

import pytest

from models.registry import RegistryFile
from models.unit import Level, Role, Unit
from rules.registry import RegistryError, Territory, make_units, territory

TERRITORIES = [
    territory({"level": level, "code": code, "name": name, "parent_code": parent})
    for level, code, name, parent in (
        ("W", "0001", "Xã Lộc Điền", "001"),
        ("P", "01", "Tỉnh Nhỏ", ""),
        ("D", "001", "Huyện Phú Lộc", "01"),
        ("D", "002", "Quận 1", "01"),
        ("W", "0002", "Phường 5", "002"),
        ("P", "02", "Tỉnh Khác", ""),
        ("D", "003", "Thị xã Hương Trà", "02"),
    )
]
DEPARTMENT = {"level": "province", "line": "so", "name": "Sở {territory}", "short_name": "Sở", "place": "Nhỏ"}
DIVISION = {
    "level": "district",
    "line": "phong",
    "superior_lines": ["so"],
    "name": "Phòng {territory}",
    "short_name": "Phòng {territory}",
    "parent_body": "ỦY BAN NHÂN DÂN {TERRITORY}",
    "tags": {"funded": ["001"], "far": ["001", "003"]},
}
COMMITTEE = {
    "level": "commune",
    "line": "xa",
    "superior_lines": ["phong"],
    "name": "UBND {territory}",
    "short_name": "UBND",
}


def made(contacts: dict[str, tuple[str, str]] | None = None, **changed: Any) -> dict[str, Unit]:
    values: dict[str, Any] = {"territories": "table.csv", "organisations": [DEPARTMENT, DIVISION, COMMITTEE]}
    units = make_units(RegistryFile.model_validate(values | changed), TERRITORIES, contacts or {})
    return {found.code: found for found in units}


def test_an_organisation_stands_on_each_territory_of_its_level_under_the_one_above() -> None:
    assert {code: found.superior for code, found in made().items()} == {
        "01-so": None,
        "02-so": None,
        "001-phong": "01-so",
        "002-phong": "01-so",
        "003-phong": "02-so",
        "0001-xa": "001-phong",
        "0002-xa": "002-phong",
    }


def test_superiors_stand_before_subordinates_in_whatever_order_the_file_has_them() -> None:
    upside_down = made(organisations=[COMMITTEE, DIVISION, DEPARTMENT])
    assert list(upside_down) == list(made())
    assert upside_down == made()


def test_only_one_territory_and_what_lies_in_it_is_taken() -> None:
    assert set(made(within="01")) == {"01-so", "001-phong", "002-phong", "0001-xa", "0002-xa"}
    below = made(within="001")
    assert set(below) == {"001-phong", "0001-xa"}
    assert below["001-phong"].superior is None


def test_names_are_made_from_the_territory_and_may_be_corrected() -> None:
    units = made(names={"01": "tỉnh Nhỏ cũ"})
    assert units["01-so"].name == "Sở tỉnh Nhỏ cũ"
    assert units["001-phong"].name == "Phòng huyện Phú Lộc"
    assert units["001-phong"].parent_body == "ỦY BAN NHÂN DÂN HUYỆN PHÚ LỘC"


@pytest.mark.parametrize(
    ("code", "place"), [("01-so", "Nhỏ"), ("001-phong", "Phú Lộc"), ("002-phong", "Quận 1"), ("0002-xa", "Phường 5")]
)
def test_a_unit_dates_its_documents_from_its_place(code: str, place: str) -> None:
    assert made()[code].place == place


def test_tags_stay_on_the_territories_they_name() -> None:
    units = made()
    assert (units["001-phong"].tags, units["002-phong"].tags, units["003-phong"].tags) == (
        ("funded", "far"),
        (),
        ("far",),
    )


def test_addresses_come_from_the_pattern_and_contacts_win() -> None:
    pattern = {"focal": "{code}@x.example", "head": "head.{code}@x.example"}
    units = made({"001-phong": ("lan@y.example", ""), "002-phong": ("", "truong@y.example")}, mail=pattern)
    addresses = {
        code: (units[code].focal_email, units[code].head_email) for code in ("01-so", "001-phong", "002-phong")
    }
    assert addresses == {
        "01-so": ("01-so@x.example", "head.01-so@x.example"),
        "001-phong": ("lan@y.example", "head.001-phong@x.example"),
        "002-phong": ("002-phong@x.example", "truong@y.example"),
    }


def test_without_pattern_or_contact_a_unit_has_no_address() -> None:
    units = made({"001-phong": ("lan@y.example", "")})
    assert [units["002-phong"].email(role) for role in Role] == [None, None]
    assert [units["001-phong"].email(role) for role in Role] == ["lan@y.example"] * 2


def test_units_are_valid_as_long_as_the_registry_says() -> None:
    found = made(valid_from="2008-01-01", valid_to="2025-06-30")["001-phong"]
    days = (date(2007, 12, 31), date(2008, 1, 1), date(2025, 6, 30), date(2025, 7, 1))
    assert [found.valid_on(day) for day in days] == [False, True, True, False]


@pytest.mark.parametrize("row", [{"level": "X"}, {"level": "P"}])
def test_a_row_of_an_unknown_level_or_without_a_column_is_not_guessed_at(row: dict[str, str]) -> None:
    with pytest.raises(KeyError):
        territory(row)
    assert territory({"level": "D", "code": "1", "name": "n", "parent_code": "0"}) == Territory(
        Level.DISTRICT, "1", "n", "0"
    )


# Several lines of authority

MINISTRY: dict[str, Any] = {
    "code": "bo",
    "level": "ministry",
    "line": "so",
    "name": "Bộ",
    "short_name": "Bộ",
    "place": "Hà Nội",
}


def board(level: str, line: str, *superior_lines: str) -> dict[str, Any]:
    names = {"name": f"{line} {{territory}}, {{parent}}", "short_name": line, "parent_body": "{PARENT}"}
    return {"level": level, "line": line, "superior_lines": superior_lines} | names


LINES: dict[str, Any] = {
    "singles": [MINISTRY],
    "organisations": [
        board("province", "ubnd"),
        board("province", "so", "ubnd", "bo"),
        board("district", "ubnd", "ubnd"),
        board("district", "phong", "ubnd", "so"),
        board("district", "hoi", "hoi"),
        board("commune", "ubnd", "ubnd", "phong"),
    ],
}


@pytest.mark.parametrize(
    ("code", "superiors"),
    [
        ("bo", ()),
        ("01-ubnd", ()),
        ("01-so", ("01-ubnd", "bo")),  # another line: the same territory; a single body by its code
        ("001-ubnd", ("01-ubnd",)),  # the own line: the territory above
        ("001-phong", ("001-ubnd", "01-so")),  # another line: the same territory before the one above
        ("001-hoi", ()),  # nothing of that line
        ("0001-ubnd", ("001-ubnd", "001-phong")),
    ],
)
def test_a_unit_stands_under_one_organisation_for_each_line_of_authority(code: str, superiors: tuple[str, ...]) -> None:
    assert made(**LINES)[code].superiors == superiors


def test_whoever_stands_above_comes_first_also_on_the_same_territory() -> None:
    upside_down = LINES | {"organisations": LINES["organisations"][::-1]}
    for units in (made(**LINES), made(**upside_down)):
        order = list(units)
        assert all(order.index(above) < order.index(code) for code in units for above in units[code].superiors)


def test_names_may_say_what_territory_lies_above() -> None:
    found = made(**LINES)["0001-ubnd"]
    assert (found.name, found.parent_body) == ("ubnd xã Lộc Điền, huyện Phú Lộc", "HUYỆN PHÚ LỘC")


def test_a_single_body_may_stand_on_a_territory_outside_and_under_others() -> None:
    office = {"code": "01-so", "level": "province", "line": "so", "name": "Sở {territory}", "short_name": "Sở"}
    single = office | {"territory": "01", "superiors": ["bo"], "tags": ["a"]}
    units = made(within="001", singles=[MINISTRY, single], mail={"focal": "{code}@x.example"})
    assert list(units) == ["bo", "01-so", "001-phong", "0001-xa"]
    found = units["01-so"]
    assert (found.name, found.territory, found.place, found.superiors) == ("Sở tỉnh Nhỏ", "01", "Nhỏ", ("bo",))
    assert (found.tags, found.focal_email) == (("a",), "01-so@x.example")
    assert units["001-phong"].superior == "01-so"
    assert (units["bo"].territory, units["bo"].place) == ("", "Hà Nội")


def test_all_that_stands_in_a_region_belongs_to_it() -> None:
    regions = {"north": {"name": "Bắc", "provinces": ["01"], "tags": ["cold", "far"]}}
    units = made(**LINES | {"regions": regions, "organisations": [DEPARTMENT, DIVISION, COMMITTEE]})
    assert {code: found.region for code, found in units.items()} == {
        "bo": "",
        "01-so": "north",
        "02-so": "",
        "001-phong": "north",
        "002-phong": "north",
        "003-phong": "",
        "0001-xa": "north",
        "0002-xa": "north",
    }
    assert (units["001-phong"].tags, units["0001-xa"].tags) == (("funded", "far", "cold"), ("cold", "far"))


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"singles": [MINISTRY, MINISTRY]}, "'bo'"),
        ({"organisations": [DEPARTMENT, DEPARTMENT]}, "'01-so'"),
        ({"singles": [MINISTRY | {"superiors": ["nobody"]}]}, "'nobody'"),
        ({"singles": [MINISTRY | {"territory": "99"}]}, "'99'"),
        (
            {"singles": [MINISTRY | {"superiors": ["01-so"]}], "organisations": [board("province", "so", "bo")]},
            "circle",
        ),
        ({"regions": {"north": {"name": "Bắc", "provinces": ["001"]}}}, "no province"),
        ({"regions": {key: {"name": key, "provinces": ["01"]} for key in ("a", "b")}}, "two regions"),
    ],
)
def test_a_registry_that_contradicts_itself_is_refused_by_name(changed: dict[str, Any], says: str) -> None:
    with pytest.raises(RegistryError, match=says):
        made(**changed)
