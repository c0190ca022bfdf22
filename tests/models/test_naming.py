import pytest
from hypothesis import given
from hypothesis import strategies as st

import naming

WORDS = st.text(alphabet="abcdefghijklmnopqrstuvwxyz0123456789.-", min_size=1, max_size=20)


@pytest.mark.parametrize(
    ("text", "short"),
    [
        ("SLĐTBXH-BĐG", "sldtbxh-bdg"),
        ("KH-UBND", "kh-ubnd"),
        ("BNV-CTTN&BĐG", "bnv-cttn-bdg"),
        ("QĐ-TTg", "qd-ttg"),
        ("KL/TW", "kl-tw"),
        ("Ấn Độ ", "an-do"),
    ],
)
def test_a_symbol_is_named_in_plain_letters(text: str, short: str) -> None:
    assert naming.slug(text) == short


@given(st.text())
def test_a_slug_of_any_text_is_safe_in_an_id_and_its_own_slug(text: str) -> None:
    short = naming.slug(text)
    assert short.isascii()
    assert not set(short) - set("abcdefghijklmnopqrstuvwxyz0123456789-")
    assert naming.slug(short) == short


@given(WORDS, st.integers(1900, 2099), WORDS, st.integers(1, 9999), WORDS)
def test_the_name_of_a_register_can_be_taken_apart(issuer: str, year: int, series: str, number: int, unit: str) -> None:
    directive = naming.directive_id(issuer, year, series, number)
    assert naming.cascade_parts(naming.cascade_id(directive, unit)) == (directive, unit)


def test_the_same_printed_number_is_another_directive_in_another_year_or_office() -> None:
    names = {
        naming.directive_id(issuer, year, series, 925)
        for issuer in ("474-ubnd", "475-ubnd")
        for year in (2019, 2020)
        for series in ("KH-UBND", "QĐ-UBND")
    }
    assert len(names) == 8
