"""The registries that are shipped: every one can be read, and holds what it says."""

from datetime import date
from functools import cache
from pathlib import Path

import pytest
from sqlmodel import SQLModel

from commands.errors import CommandError
from commands.units import import_units, read_registry, tree
from models.directive import Addressees
from models.unit import Level, Role, Unit
from rules.addressing import Registry, addressed, anywhere
from store.engine import make_engine
from store.units import load_units

FOLDER = Path(__file__).parents[2] / "data" / "registries"


@cache
def units(name: str) -> dict[str, Unit]:
    return {unit.code: unit for unit in read_registry(FOLDER / f"{name}.yaml")}


COUNTS = {
    "thua-thien-hue": (0, 1, 9, 133),
    "quoc-gia-2012": (1, 63 + 63, 696, 10_035),
    "quoc-gia-nganh-ldtbxh": (1, 63, 696, 10_035),
    "huyen-2019": (0, 2, 10, 11),
    "quang-tri-hoi-lhpn-2024": (0, 2 + 9 + 1, 10, 119),
    "binh-duong-2022": (0, 2, 9, 91),
    "quoc-gia-tu-2025-07-01": (2, 34 + 34, 0, 3_321),
    "hue-tu-2025-07-01": (0, 2, 0, 40),
}


def test_every_shipped_registry_is_tested() -> None:
    assert {file.stem for file in FOLDER.glob("*.yaml")} == set(COUNTS)


@pytest.mark.parametrize("name", COUNTS)
def test_a_registry_makes_as_many_units_of_each_level_as_it_says(name: str) -> None:
    found = [unit.level for unit in units(name).values()]
    assert tuple(found.count(level) for level in Level) == COUNTS[name]


@pytest.mark.parametrize("name", COUNTS)
def test_every_unit_is_named_in_full_and_can_be_written_to(name: str) -> None:
    for unit in units(name).values():
        assert not {"{", "}"} & set(unit.name + unit.short_name + unit.parent_body)
        assert unit.place
        assert unit.symbol
        assert unit.head_title
        assert all((unit.email(role) or "").endswith(".example") for role in Role)
        assert all(above in units(name) for above in unit.superiors)


@pytest.mark.parametrize(
    ("registry", "code", "name"),
    [
        ("quoc-gia-2012", "79-ldtbxh", "Sở Lao động - Thương binh và Xã hội thành phố Hồ Chí Minh"),
        ("quoc-gia-2012", "46-ubnd", "Ủy ban nhân dân tỉnh Thừa Thiên Huế"),
        ("quoc-gia-nganh-ldtbxh", "481-ldtbxh", "Phòng Lao động - Thương binh và Xã hội huyện A Lưới"),
        ("huyen-2019", "19867-ubnd", "Ủy ban nhân dân thị trấn Sịa"),
        ("huyen-2019", "477-vhtt", "Phòng Văn hóa và Thông tin huyện Quảng Điền"),
        ("quang-tri-hoi-lhpn-2024", "466-hoi-lhpn", "Hội Liên hiệp Phụ nữ huyện Gio Linh"),
        ("quang-tri-hoi-lhpn-2024", "45-nnptnt", "Sở Nông nghiệp và Phát triển nông thôn tỉnh Quảng Trị"),
        ("binh-duong-2022", "720-ldtbxh", "Phòng Lao động - Thương binh và Xã hội huyện Dầu Tiếng"),
        ("binh-duong-2022", "723-ldtbxh", "Phòng Lao động - Thương binh và Xã hội thị xã Tân Uyên"),
    ],
)
def test_units_have_the_names_that_their_documents_bear(registry: str, code: str, name: str) -> None:
    assert units(registry)[code].name == name


def test_the_country_is_divided_into_six_regions_two_of_them_northern() -> None:
    found = units("quoc-gia-2012")
    provinces = [unit for unit in found.values() if unit.level is Level.PROVINCE and unit.line == "ubnd"]
    regions = [unit.region for unit in provinces]
    sizes = {region: regions.count(region) for region in dict.fromkeys(regions)}
    assert sizes == {
        "dong-bang-song-hong": 11,
        "trung-du-mien-nui-phia-bac": 14,
        "bac-trung-bo-duyen-hai-mien-trung": 14,
        "tay-nguyen": 5,
        "dong-nam-bo": 6,
        "dong-bang-song-cuu-long": 13,
    }
    registry = Registry(found)
    on = date(2012, 5, 8)
    north = Addressees(level=Level.PROVINCE, line="ubnd", tag="phia-bac")
    assert len(addressed(registry.tree("bo-ldtbxh", "ubnd", on), registry, north, on).units) == 25


def test_in_the_district_everybody_is_followed_up_by_the_committee_and_the_union_only_takes_part() -> None:
    found = units("huyen-2019")
    registry, on = Registry(found), date(2019, 3, 27)
    tree = registry.tree("477-ubnd", None, on)
    assert {tree.parent[unit.code] for unit in tree.units} == {"477-ubnd"}
    assert len(tree.units) == 8 + 11
    assert "477-hoi-lhpn" not in tree
    assert [unit.code for unit in anywhere(registry, Addressees(line="hoi-lhpn"), on)] == ["477-hoi-lhpn"]
    assert found["477-ldtbxh"].superiors == ("477-ubnd", "46-ldtbxh")
    assert found["19867-ubnd"].superiors == ("477-ubnd", "477-ldtbxh")


def test_nine_provincial_bodies_are_invited_to_the_dialogue_and_stand_beside_the_union() -> None:
    registry, on = Registry(units("quang-tri-hoi-lhpn-2024")), date(2024, 11, 4)
    invited = {unit.code for unit in anywhere(registry, Addressees(tag="doi-thoai"), on)}
    assert len(invited) == 9
    tree = registry.tree("45-hoi-lhpn", None, on)
    assert invited.isdisjoint(tree.parent)
    assert len(tree.units) == 10 + 119
    beneficiaries = addressed(tree, registry, Addressees(level=Level.COMMUNE, tag="du-an-8"), on).units
    assert len(beneficiaries) == 24
    assert "Hội Liên hiệp Phụ nữ xã Linh Trường" in {unit.name for unit in beneficiaries}


def test_a_registry_is_imported_and_read_back_as_it_was(tmp_path: Path) -> None:
    engine = make_engine(f"sqlite:///{tmp_path / 'units.db'}")
    SQLModel.metadata.create_all(engine)
    file = FOLDER / "huyen-2019.yaml"
    assert import_units(engine, file) == {"added": 23, "updated": 0}
    assert import_units(engine, file) == {"added": 0, "updated": 23}
    assert load_units(engine) == units("huyen-2019")


def test_the_tree_shows_each_unit_once_after_the_one_it_stands_under(tmp_path: Path) -> None:
    engine = make_engine(f"sqlite:///{tmp_path / 'units.db'}")
    SQLModel.metadata.create_all(engine)
    import_units(engine, FOLDER / "huyen-2019.yaml")
    shown = [unit.code for unit in tree(engine, None)]
    assert sorted(shown) == sorted(units("huyen-2019"))
    assert shown.index("477-ubnd") < shown.index("477-ldtbxh") < shown.index("19897-ubnd")
    assert [unit.code for unit in tree(engine, "46-ldtbxh")][:3] == ["46-ldtbxh", "477-ldtbxh", "19867-ubnd"]


def test_a_registry_that_contradicts_itself_is_refused_with_its_name(tmp_path: Path) -> None:
    file = tmp_path / "registry.yaml"
    (tmp_path / "table.csv").write_text("level,code,name,parent_code\nP,01,Tỉnh Nhỏ,\n", "utf-8")
    file.write_text(
        "territories: table.csv\norganisations: []\n"
        "singles: [{code: a, level: ministry, line: x, name: A, short_name: A, superiors: [b]}]\n",
        "utf-8",
    )
    with pytest.raises(CommandError, match=f"{file}: 'a' stands under 'b'"):
        read_registry(file)
