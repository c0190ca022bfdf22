"""Citations are matched on number and issuer, however they are spelt; dates and programmes are only doubted."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.catalogue import KnownDocument
from models.document import DocumentRef
from rules.catalogue import date_doubt, match, programme_doubt, same_issuer


def known(number: str, issuer: str = "Bộ Nội vụ", **changed: Any) -> KnownDocument:
    return KnownDocument.model_validate({"number": number, "issuer": issuer, "title": "việc"} | changed)


def cited(number: str, issuer: str = "Bộ Nội vụ", on: date | None = None) -> DocumentRef:
    return DocumentRef(number=number, normal=number, issuer=issuer, date=on)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("UBND tỉnh Thừa Thiên Huế", "Ủy ban nhân dân tỉnh Thừa Thiên - Huế"),
        ("Uỷ ban nhân dân Tỉnh Hoà Bình", "ỦY BAN NHÂN DÂN TỈNH HÒA BÌNH"),
        ("UBND TP. Hà Nội", "Ủy ban nhân dân thành phố Hà Nội"),
        ("Bộ LĐTBXH", "Bộ Lao động - Thương binh và Xã hội"),
        ("Bộ LĐ-TB&XH", "Bộ Lao động, Thương binh và Xã hội"),
        ("Bộ LĐ TB và XH", "BLĐTBXH"),
        ("SLĐT BXH tỉnh Bình Dương", "Sở LĐTBXH Bình Dương"),
        ("Sở GD&ĐT Quảng Trị", "Sở Giáo dục và Đào tạo tỉnh Quảng Trị"),
        ("BKHĐT", "Bộ Kế hoạch và Đầu tư"),
        ("Thủ tướng", "Thủ tướng Chính phủ"),
        ("VPCP", "Văn phòng Chính phủ"),
        ("TW Hội LHPN Việt Nam", "Trung ương Hội Liên hiệp Phụ nữ"),
        ("Bộ Nội v\u0075\u0323", "Bộ Nội v\u1ee5"),
        ("Ðảng ủy", "Đảng ủy"),
    ],
)
def test_a_body_is_the_same_however_it_is_written(one: str, other: str) -> None:
    assert same_issuer(one, other)
    assert same_issuer(other, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("UBND tỉnh Quảng Trị", "UBND thị xã Quảng Trị"),
        ("UBND tỉnh Quảng Trị", "HĐND tỉnh Quảng Trị"),
        ("Bộ LĐTBXH", "Sở LĐTBXH"),
        ("Chính phủ", "Thủ tướng Chính phủ"),
        ("Chính phủ", "Văn phòng Chính phủ"),
        ("Bộ Tư pháp", "Bộ Nội vụ"),
        ("", ""),
        ("-", "…"),
    ],
)
def test_other_bodies_are_other_bodies(one: str, other: str) -> None:
    assert not same_issuer(one, other)


@given(st.text(max_size=40), st.text(max_size=40))
def test_any_two_texts_can_be_compared_both_ways(one: str, other: str) -> None:
    assert same_issuer(one, other) == same_issuer(other, one)


LETTER = known("739/BNV-CTTN&BĐG", date=date(2025, 3, 28))
PLANS = (
    known("25/KH-UBND", "UBND tỉnh Thừa Thiên Huế", date=date(2020, 2, 12)),
    known("25/KH-UBND", "UBND tỉnh Thừa Thiên Huế", date=date(2021, 2, 1)),
    known("25/KH-UBND", "UBND tỉnh Quảng Trị", date=date(2020, 2, 12)),
)


def test_number_and_issuer_decide_in_any_spelling() -> None:
    assert match(cited("Số: 739/ BNV-CTTN&BÐG", "BNV"), [*PLANS, LETTER]) == LETTER
    assert match(cited("739/BNV-CTTN&BĐG", "Bộ Y tế"), [LETTER]) is None
    assert match(cited("740/BNV-CTTN&BĐG"), [LETTER]) is None
    assert match(cited("739/BNV-CTTN&BĐG"), []) is None


@pytest.mark.parametrize(
    ("on", "expected"), [(date(2020, 2, 12), 0), (date(2021, 1, 15), 1), (date(2019, 1, 1), 0), (None, 0)]
)
def test_of_the_same_number_in_several_years_the_nearest_is_meant(on: date | None, expected: int) -> None:
    assert match(cited("25/KH-UBND", "Ủy ban nhân dân tỉnh Thừa Thiên Huế", on), PLANS) == PLANS[expected]


def test_the_right_date_or_none_is_not_doubted() -> None:
    assert date_doubt(cited(LETTER.number, on=LETTER.date), LETTER) == ""
    assert date_doubt(cited(LETTER.number), LETTER) == ""
    assert date_doubt(cited("1/A", on=date(2021, 5, 5)), known("1/A", year=2021)) == ""
    assert date_doubt(cited("1/A", on=date(2021, 5, 5)), known("1/A")) == ""


def test_a_wrong_date_is_doubted_with_the_right_one() -> None:
    """Sơn La quotes the letter of 28/3/2025 as one of 28/02/2025 (DOMAIN section 4.1)."""
    said = date_doubt(cited(LETTER.number, on=date(2025, 2, 28)), LETTER)
    assert said == "739/BNV-CTTN&BĐG (việc) is of 28/03/2025, not of 28/02/2025"


@pytest.mark.parametrize("changed", [{"date": date(2010, 12, 24)}, {"year": 2010}])
def test_another_year_may_mean_another_document(changed: dict[str, Any]) -> None:
    said = date_doubt(cited("2351/QĐ-TTg", on=date(2009, 12, 24)), known("2351/QĐ-TTg", **changed))
    assert said.endswith("2010, not of 24/12/2009, unless another document of that year is meant")


PROGRAMMES = tuple(
    known(number, programme=programme)
    for number, programme in (
        ("2351/QĐ-TTg", "Chiến lược quốc gia về bình đẳng giới giai đoạn 2011 - 2020"),
        ("1241/QĐ-TTg", "Chương trình quốc gia về bình đẳng giới giai đoạn 2011 - 2015"),
        ("1696/QĐ-TTg", "Chương trình hành động quốc gia về bình đẳng giới giai đoạn 2016 - 2020"),
        ("73/2006/QH11", ""),
    )
)


@pytest.mark.parametrize(
    "programme",
    [
        "Chiến lược Quốc gia về bình đẳng giới giai đoạn 2011-2020",
        "Chiến lược quốc gia về BĐG 2011–2020",
        "Kế hoạch thực hiện Chiến lược quốc gia về bình đẳng giới giai đoạn 2011 - 2020 của tỉnh",
        "Chương trình giảm nghèo bền vững",
        "",
    ],
)
def test_a_known_programme_and_one_that_is_like_none_are_let_be(programme: str) -> None:
    assert programme_doubt(programme, PROGRAMMES) == ""


def test_a_programme_that_mixes_two_is_doubted_with_both() -> None:
    """As the district's plan 925/KH-UBND has it (DOMAIN section 9, seed 1)."""
    said = programme_doubt("chương trình hành động Quốc gia về bình đẳng giới giai đoạn 2011-2020", PROGRAMMES)
    assert said.endswith(
        "; is it 'Chương trình hành động quốc gia về bình đẳng giới giai đoạn 2016 - 2020' (1696/QĐ-TTg) or "
        "'Chiến lược quốc gia về bình đẳng giới giai đoạn 2011 - 2020' (2351/QĐ-TTg)?"
    )


def test_where_nothing_is_known_nothing_is_doubted() -> None:
    assert programme_doubt("Chương trình quốc gia về bình đẳng giới", ()) == ""


@given(st.text(max_size=60))
def test_any_programme_can_be_looked_up(programme: str) -> None:
    assert isinstance(programme_doubt(programme, PROGRAMMES), str)
