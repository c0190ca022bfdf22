import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.numbers import DocumentNumber, normalise, parse

WELL_FORMED = """
925/KH-UBND 25/KH-UBND 458/LĐTBXH-BĐG 908/SLĐTBXH-BĐG 219/KH-SLĐTBXH 739/BNV-CTTN&BĐG 28/NQ-CP 30/2020/NĐ-CP
42/2014/QĐ-TTg 1241/QĐ-TTg 1270/BC-TCTTTg 196/TTr-SNV 1167/TTr-SLĐTBXH 56/KH-BTV 9061/VPCP-CN 2196/UBXH15
456/UBDT-DTTS 1298/QĐ-UBND-HC 10/2025/TT-BNV 237/NQ-UBTVQH16 72/2025/QH15 126-KL/TW 18-NQ/TW 113-CTr/TU
08/BC-UBND 01/2023/QĐ-UBND 1234/UBND-VX 4155/QĐ-BTP
"""


@pytest.mark.parametrize("written", WELL_FORMED.split())
def test_a_well_formed_number_is_its_own_normal_form(written: str) -> None:
    number = parse(written)
    assert number is not None
    assert number.normal == written
    assert f"{number.number}" in written
    assert written.endswith(number.series)


@pytest.mark.parametrize(
    ("written", "parts"),
    [
        ("30/2020/NĐ-CP", (30, "NĐ-CP", 2020)),
        ("72/2025/QH15", (72, "QH15", 2025)),
        ("908/SLĐTBXH-BĐG", (908, "SLĐTBXH-BĐG", None)),
        ("126-KL/TW", (126, "KL/TW", None)),
        ("08/BC-UBND", (8, "BC-UBND", None)),
        ("739/BNV-CTTN&BĐG", (739, "BNV-CTTN&BĐG", None)),
        ("1298/QĐ-UBND-HC", (1298, "QĐ-UBND-HC", None)),
    ],
)
def test_number_series_and_year_are_told_apart(written: str, parts: tuple[int, str, int | None]) -> None:
    assert parse(written) == DocumentNumber(*parts, normal=written)


@pytest.mark.parametrize(
    ("written", "normal"),
    [
        ("908/SLĐT BXH-BĐG", "908/SLĐTBXH-BĐG"),
        ("458/LĐT BXH-BĐG", "458/LĐTBXH-BĐG"),
        ("Số: 908/SLĐTBXH-BĐG", "908/SLĐTBXH-BĐG"),
        ("số 25/KH-UBND", "25/KH-UBND"),
        ("SỐ:25/KH-UBND ", "25/KH-UBND"),
        ("458/L\u00d0TBXH-B\u00d0G", "458/LĐTBXH-BĐG"),
        ("925/KH–UBND", "925/KH-UBND"),
        ("925/KH\u2011UBND", "925/KH-UBND"),
        ("925\u00a0/ KH - UBND", "925/KH-UBND"),
        (unicodedata.normalize("NFD", "1167/TTr-SLĐTBXH"), "1167/TTr-SLĐTBXH"),
    ],
)
def test_what_scans_and_web_pages_spoil_is_put_right(written: str, normal: str) -> None:
    assert normalise(written) == normal
    number = parse(written)
    assert number is not None
    assert number.normal == normal


@pytest.mark.parametrize(
    "written",
    ["4155QĐ/ BTP", "925/KH-ubnd", "KH-UBND/925", "", "908", "/KH-UBND", "908/", "12/13/14", "908/KH-", "٣/KH-UB"],
)
def test_a_malformed_number_has_no_parts_but_a_tidied_form(written: str) -> None:
    assert parse(written) is None
    assert normalise(written) == written.replace(" ", "")


def test_a_number_too_long_for_any_register_is_malformed() -> None:
    assert parse("9" * 5000 + "/KH-UBND") is None


@given(st.text() | st.from_regex(r"(Số: )?\d{1,12}[/ -]{1,2}[A-ZĐÐa-z&]{1,5}(-[A-ZĐ0-9 ]{1,5})?", fullmatch=True))
def test_any_text_is_normalised_to_text_without_spaces_that_reads_the_same(written: str) -> None:
    normal = normalise(written)
    assert not any(letter.isspace() for letter in normal)
    if number := parse(written):
        assert number.normal == normal
        assert parse(normal) == number
