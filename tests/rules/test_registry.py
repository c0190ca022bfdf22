from datetime import date
from typing import Any

import pytest

from models.directive import Addressees
from models.registry import RegistryFile
from models.unit import Level, Role, Unit
from rules.addressing import Addressed, Registry, addressed
from rules.registry import Territory, make_units, territory
from tests.rules.plans import unit

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
    "superior_line": "so",
    "name": "Phòng {territory}",
    "short_name": "Phòng {territory}",
    "parent_body": "ỦY BAN NHÂN DÂN {TERRITORY}",
    "tags": {"funded": ["001"], "far": ["001", "003"]},
}
COMMITTEE = {
    "level": "commune",
    "line": "xa",
    "superior_line": "phong",
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


# Addressing

ON = date(2020, 3, 2)
REGISTRY = Registry(
    {
        found.code: found
        for found in (
            unit("p", Level.PROVINCE, None),
            unit("d1"),
            unit("c1", Level.COMMUNE, "d1"),
            unit("d2"),
            unit("old", valid_to=date(2019, 12, 31)),
            unit("c2", Level.COMMUNE, "d2"),
            unit("other", Level.PROVINCE, None),
            unit("stranger", superior="other"),
        )
    }
)


def codes(found: Addressed) -> tuple[str, ...]:
    return tuple(item.code for item in found.units)


def asked(**to: Any) -> Addressed:
    return addressed(REGISTRY, "p", Addressees.model_validate(to), ON)


def test_a_level_means_all_units_of_it_below_the_issuer_that_exist_on_the_day() -> None:
    assert codes(asked(level="district")) == ("d1", "d2")
    assert codes(asked(level="commune")) == ("c1", "c2")
    assert codes(asked(level="province")) == ()
    assert codes(addressed(REGISTRY, "p", Addressees(level=Level.DISTRICT), date(2019, 1, 1))) == ("d1", "d2", "old")


def test_listed_units_are_asked_besides_a_level_or_instead() -> None:
    assert codes(asked(units=["c2", "d1"])) == ("d1", "c2")
    assert codes(asked(level="district", units=["c1"])) == ("d1", "c1", "d2")
    assert codes(asked(level="district", units=["d1", "d1"])) == ("d1", "d2")


def test_exceptions_leave_out_whoever_they_name() -> None:
    assert codes(asked(level="district", **{"except": ["d1"]})) == ("d2",)
    assert codes(asked(level="district", units=["c1"], **{"except": ["c1", "d1", "d2"]})) == ()


def test_a_listed_unit_that_stands_elsewhere_is_told_apart() -> None:
    found = asked(units=["d1", "stranger", "p", "unknown"])
    assert (codes(found), found.outside) == (("d1",), ("stranger", "p"))


def test_a_path_leads_up_to_the_issuer_and_nowhere_else() -> None:
    assert REGISTRY.path("c1", "p") == ["c1", "d1", "p"]
    assert REGISTRY.path("p", "p") == ["p"]
    assert REGISTRY.path("stranger", "p") == ["stranger"]
    assert REGISTRY.path("unknown", "p") == ["unknown"]


def test_superiors_in_a_circle_are_no_path() -> None:
    circle = Registry({"a": unit("a", superior="b"), "b": unit("b", superior="a")})
    assert circle.path("a", "p") == ["a"]


def test_below_are_all_at_any_distance_each_after_its_superior() -> None:
    assert [found.code for found in REGISTRY.below("p")] == ["d1", "c1", "d2", "c2", "old"]
    assert REGISTRY.below("c1") == REGISTRY.below("unknown") == []
