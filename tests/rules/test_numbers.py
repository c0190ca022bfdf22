import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.numbers import DocumentNumber, body_of, doubts, normalise, parse

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
    assert doubts(written) == ()


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
    else:
        assert doubts(written)
    assert isinstance(body_of(written), str)


@pytest.mark.parametrize(
    ("written", "body"),
    [
        ("925/KH-UBND", "UBND"),
        ("908/SLĐTBXH-BĐG", "SLĐTBXH"),
        ("908/SLĐT BXH-BĐG", "SLĐTBXH"),
        ("739/BNV-CTTN&BĐG", "BNV"),
        ("1298/QĐ-UBND-HC", "UBND"),
        ("1241/QĐ-TTg", "TTg"),
        ("30/2020/NĐ-CP", "CP"),
        ("72/2025/QH15", "QH15"),
        ("237/NQ-UBTVQH16", "UBTVQH16"),
        ("2196/UBXH15", "UBXH15"),
        ("126-KL/TW", "TW"),
        ("113-CTr/TU", "TU"),
        ("56/KH-BTV", "BTV"),
        ("925/CV-UBND", "UBND"),
        ("01/VBHN-VPCP", "VPCP"),
        ("4155QĐ/ BTP", ""),
    ],
)
def test_the_body_is_named_after_the_type(written: str, body: str) -> None:
    assert body_of(written) == body


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("4155QĐ/ BTP", "4155/QĐ-BTP"),
        ("925/KH-ubnd", "925/KH-UBND"),
        ("925/kh-UBND", "925/KH-UBND"),
        ("KH-UBND/925", "925/KH-UBND"),
        ("925KH-UBND", "925/KH-UBND"),
        ("925/KH/UBND", "925/KH-UBND"),
        ("1241/qđ-ttg", "1241/QĐ-TTg"),
        ("196/ttr-SNV", "196/TTr-SNV"),
        ("126-kl/tw", "126-KL/TW"),
        ("30-2020-nđ-cp", "30/2020/NĐ-CP"),
    ],
)
def test_a_malformed_number_comes_with_the_nearest_well_formed_one(written: str, meant: str) -> None:
    (doubt,) = doubts(written)
    assert repr(written) in doubt
    assert doubt.endswith(f"did you mean {meant!r}?")
    assert doubts(meant) == ()


@pytest.mark.parametrize(
    "written",
    ["", "908", "908/", "/KH-UBND", "908/KH-", "12/13/14", "12/13/KH-UBND", "٣/KH-UB", "9" * 5000, "kế hoạch 5"],
)
def test_where_no_number_is_near_an_example_is_given(written: str) -> None:
    (doubt,) = doubts(written)
    assert "908/SLĐTBXH-BĐG" in doubt
    assert len(doubt) < 200


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("925/CV-UBND", "925/UBND-…"),
        ("925/CV-UBND-VX", "925/UBND-VX"),
        ("01/VBHN-VPCP", "consolidated"),
        ("01/HNVB-VPCP", "'01/VBHN-VPCP'"),
        ("8/BC-UBND", "'08/BC-UBND'"),
        ("8/UBND-VX", "'08/UBND-VX'"),
        ("908/SLĐT BXH-BĐG", "as '908/SLĐTBXH-BĐG'"),
        ("458/LĐT BXH-BĐG", "as '458/LĐTBXH-BĐG'"),
        ("458/L\u00d0TBXH-B\u00d0G", "U+00D0"),
        ("Số: 25/KH-UBND", "as '25/KH-UBND'"),
    ],
)
def test_a_number_that_can_be_read_is_doubted_for_what_is_odd_in_it(written: str, said: str) -> None:
    (doubt,) = doubts(written)
    assert said in doubt


def test_all_that_is_odd_is_said_at_once() -> None:
    assert len(doubts("Số 8 / CV-UBND")) == 3


@pytest.mark.parametrize("written", ["8/2020/NĐ-CP", "8/QH15", "5/NQ-UBTVQH16", "8-KL/TW", "925-CV/TU"])
def test_laws_the_national_assembly_and_the_party_have_rules_of_their_own(written: str) -> None:
    assert doubts(written) == ()


def test_the_way_accents_are_typed_is_no_matter_to_speak_of() -> None:
    assert doubts(unicodedata.normalize("NFD", "1167/TTr-SLĐTBXH")) == ()
