"""What all charts have in common: letters that fit, names told apart, colours that differ in grey print too."""

from itertools import combinations, pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.charts.lettering import fitted, legible, width_of
from reports.charts.names import told_apart
from reports.charts.outcomes import FILLS
from reports.charts.style import shade, spread

PAGE = (Path(__file__).parents[2] / "reports" / "templates" / "summary.css").read_text("utf-8")
ALPHABET = "aăâbcdđeêghiklmnoôơpqrstuưvxy ẤẶỆỖỮỲỹđĐ–“”…≥≤»%0123456789.,/&$_^{}\\"


@given(st.text(ALPHABET, max_size=120), st.floats(8, 90), st.integers(1, 3))
def test_a_text_keeps_to_its_room(text: str, room: float, lines: int) -> None:
    found = fitted(text, room, 9, lines).split("\n")
    assert len(found) <= lines
    assert all(width_of(line, 9) <= room for line in found)
    whole = "".join(found).replace(" ", "")
    assert legible(text).replace(" ", "").startswith(whole.removesuffix("…").removesuffix("…")[:1])


def test_a_text_that_fits_is_whole_and_one_that_does_not_ends_with_whole_words() -> None:
    name, room = "Ủy ban nhân dân xã Lộc Điền", 0.1
    assert fitted(name, room + width_of(name, 9), 9) == name
    assert fitted(name, room + width_of("Ủy ban nhân dân", 9), 9) == "Ủy ban nhân dân\nxã Lộc Điền"
    assert fitted(name, room + width_of("Ủy ban nhân dân xã…", 9), 9, 1) == "Ủy ban nhân dân xã…"
    assert fitted("Khôngcókhoảngtrắng", room + width_of("Khôngcó…", 9), 9, 1) == "Khôngcó…"


def test_every_vietnamese_letter_has_a_shape_and_what_has_none_a_sign_in_its_place() -> None:
    vowels = "aăâeêioôơuưy"
    marked = "".join(
        letter + mark for letter in vowels for mark in ("", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323")
    )
    assert "□" not in legible(f"{marked}{marked.upper()}đĐ")
    assert legible("Tốt 中") == "Tốt □"


@pytest.mark.parametrize(
    ("names", "office", "places"),
    [
        (
            [
                "Sở Lao động - Thương binh và Xã hội tỉnh Quảng Nam",
                "Sở Lao động - Thương binh và Xã hội tỉnh Quảng Trị",
            ],
            "Sở LĐTBXH",
            ["tỉnh Quảng Nam", "tỉnh Quảng Trị"],
        ),
        (
            ["Ủy ban nhân dân xã Lộc Điền", "Phòng Văn hóa xã Lộc An"],
            "",
            ["UBND xã Lộc Điền", "Phòng Văn hóa xã Lộc An"],
        ),
        (["Hội A", "Hội B"], "", ["Hội A", "Hội B"]),
        ([], "", []),
    ],
)
def test_units_of_one_kind_are_told_apart_by_their_places(names: list[str], office: str, places: list[str]) -> None:
    assert told_apart(names) == (office, places)


@given(st.lists(st.floats(0, 100), min_size=1, max_size=4))
def test_labels_stand_apart_in_their_order(places: list[float]) -> None:
    moved = spread(places, 5, 100)
    order = sorted(range(len(places)), key=lambda place: places[place])
    assert all(moved[after] - moved[before] >= 5 - 1e-9 for before, after in pairwise(order))
    assert max(moved) <= 100


@pytest.mark.parametrize(("first", "second"), list(combinations(FILLS, 2)))
def test_what_became_of_a_task_differs_in_grey_print_and_for_the_colour_blind(first: str, second: str) -> None:
    def grey(colour: str) -> float:
        red, green, blue = (int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5))
        return 0.299 * red + 0.587 * green + 0.114 * blue

    one, other = FILLS[first], FILLS[second]
    assert abs(grey(one.ground) - grey(other.ground)) > 0.15 or one.hatch != other.hatch


@pytest.mark.parametrize("name", ["on_time", "late", "waiting", "not_done"])
def test_charts_and_the_page_use_the_same_colours(name: str) -> None:
    rule = next(line for line in PAGE.replace(". ", ".").splitlines() if f".{name} {{" in line)
    assert FILLS[name].ground in rule


def test_a_share_is_as_deep_as_it_is_great_and_its_figure_legible() -> None:
    assert shade("#2e7d32", 0) == ("#ffffff", "#1b2733")
    assert shade("#2e7d32", 1) == ("#2e7d32", "#ffffff")
    assert shade("#c62828", 0.5)[0] == "#e29494"
