import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.deadline import EXAMPLES, read_deadline
from rules.deadline_advice import advice
from tests.rules.files import asked, errors, file

PARTS = [
    ("trước 17 giờ hằng ngày", '{every: day, at: "17:00"}'),
    ("hằng tháng", "{every: month}"),
    ("hàng quý", "{every: quarter}"),
    ("Hàng năm", "{every: year}"),
    ("mỗi tuần", "{every: week}"),
    ("6 tháng một lần", "{every: half_year}"),
    ("ngày 20 hằng tháng", "{every: month, by_day: 20}"),
    ("trước ngày 20 hàng tháng", "{every: month, by_day: 19}"),
    ("trước 16h30 ngày 20 hằng quý", '{every: quarter, by_day: 20, at: "16:30"}'),
]


@pytest.mark.parametrize(("written", "parts"), PARTS, ids=[written for written, _ in PARTS])
def test_what_recurs_is_proposed_in_parts_that_compile(written: str, parts: str) -> None:
    assert read_deadline(written) is None
    assert advice(written) == f"what recurs is written in parts, `{parts}`"
    assert errors(file(asked(due=parts))) == []


@pytest.mark.parametrize(
    ("written", "says"),
    [
        ("ngày 31/11/2019", "there is no such day as 31/11/2019"),
        ("trước ngày 31/11/2019", "there is no such day as 31/11/2019"),
        ("từ ngày 31/11/2019 đến ngày 15/12/2019", "there is no such day as 31/11/2019"),
        ("2019-15-11", "there is no such day as 2019-15-11"),
        ("trong tháng 13/2020", "there are months 1 to 12"),
        ("trước ngày 15/5/1800", "days are from 02/09/1945 to 31/12/2099: look at the year 1800"),
        ("trước 25 giờ ngày 15/5/2020", "there is no such time of day as 25 giờ"),
        ("trước ngày 2020-05-15", "in a phrase the day is written 15/5/2020, and alone 2020-05-15"),
        ("trước ngày 15/5", "the year is missing, write `15/5/2020` with the year meant"),
        ("trước 15 tháng 5", f"write {EXAMPLES}"),
        ("trước 15/5/20", "write the year of 15/5/20 with four digits"),
        ("“trước ngày 15/5/2020”", "“ and ” are no quotes in YAML, write `trước ngày 15/5/2020`"),
        ("truoc ngay 15/5/2020", "write it with its accents, like `trước ngày 15/5/2020`"),
        ("sớm", f"write {EXAMPLES}"),
    ],
)
def test_the_advice_says_what_is_wrong_and_what_to_write(written: str, says: str) -> None:
    assert read_deadline(written) is None
    assert advice(written) == says


@pytest.mark.parametrize("written", ["trong 10 ngày kể từ ngày ký", "trong 5 ngày làm việc, kể từ ngày ban hành"])
def test_the_day_of_issue_is_known_to_who_writes(written: str) -> None:
    assert read_deadline(written) is None
    assert advice(written).startswith("the day of issue is known: count from it and write the last day")


def test_days_after_an_event_are_parts() -> None:
    assert "`{within: 05 ngày làm việc, after: {held: meeting}}`" in advice(
        "chậm nhất 05 ngày làm việc kể từ ngày kết thúc hội nghị"
    )


@given(st.text(max_size=60) | st.text(alphabet="0123456789/-: ngàythágiờrướcằkểừ", max_size=40))
def test_there_is_advice_for_whatever_is_written(written: str) -> None:
    assert advice(written)
