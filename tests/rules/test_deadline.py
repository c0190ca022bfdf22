import unicodedata
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.calendar import day_end, day_start
from rules.deadline import Deadline, read_deadline

LAST_MOMENT = {
    "trước ngày 15/5/2021": date(2021, 5, 14),
    "trước 15/5/2021": date(2021, 5, 14),
    "Trước ngày 01/01/2021": date(2020, 12, 31),
    "trước ngày 15 tháng 5 năm 2021": date(2021, 5, 14),
    "chậm nhất ngày 15/5/2021": date(2021, 5, 15),
    "chậm nhất vào ngày 15/5/2021": date(2021, 5, 15),
    "Chậm nhất ngày 20 tháng 12 năm 2023": date(2023, 12, 20),
    "đến hết ngày 15/5/2021": date(2021, 5, 15),
    "hết ngày 15/5/2021": date(2021, 5, 15),
    "ngày 15/5/2021": date(2021, 5, 15),
    "15/05/2021": date(2021, 5, 15),
    "từ ngày 15/11/2019 đến ngày 15/12/2019": date(2019, 12, 15),  # a Sunday: not rolled
    "từ 15/11/2019 đến hết 15/12/2019": date(2019, 12, 15),
    "trong tháng 11/2024": date(2024, 11, 30),
    "trong tháng 02/2024": date(2024, 2, 29),
    "trong tháng 12/2024": date(2024, 12, 31),
}
DATES = st.dates(date(1976, 1, 1), date(2099, 12, 30))  # before, the zone of Vietnam changed several times


@pytest.mark.parametrize(("phrase", "last"), LAST_MOMENT.items())
def test_a_phrase_gives_the_end_of_its_last_day(phrase: str, last: date) -> None:
    assert read_deadline(phrase) == Deadline(day_end(last), phrase)


@pytest.mark.parametrize("phrase", ["thường xuyên", "Thường xuyên", "không thời hạn", "kịp thời"])
def test_a_phrase_for_no_date_gives_none(phrase: str) -> None:
    assert read_deadline(phrase) == Deadline(None, phrase)


def test_nothing_written_is_no_deadline() -> None:
    assert read_deadline(None) == Deadline(None, "")


def test_at_the_latest_before_a_day_contradicts_itself_and_is_read_strictly() -> None:
    deadline = read_deadline("chậm nhất trước ngày 20 tháng 12 năm 2023")
    assert deadline is not None
    assert deadline.due == day_end(date(2023, 12, 19))
    assert "trước" in deadline.doubt


def test_a_window_that_ends_before_it_begins_is_doubted() -> None:
    deadline = read_deadline("từ ngày 15/12/2020 đến ngày 15/11/2020")
    assert deadline is not None
    assert deadline.due == day_end(date(2020, 11, 15))
    assert deadline.doubt


@pytest.mark.parametrize(
    "phrase",
    [
        "sớm nhất có thể",
        "quý II",
        "quý II/2024",
        "khi có hướng dẫn của tỉnh",
        "trong thời hạn 10 ngày làm việc kể từ ngày nhận được",
        "trước ngày 15/5",
        "no",
        "",
    ],
)
def test_a_phrase_without_a_computable_date_is_not_guessed_at(phrase: str) -> None:
    assert read_deadline(phrase) is None


@pytest.mark.parametrize(
    "phrase",
    [
        "trước ngày 31/6/2020",
        "chậm nhất ngày 29/2/2021",
        "ngày 0/5/2020",
        "trong tháng 13/2020",
        "trong tháng 0/2020",
        "từ ngày 31/11/2020 đến ngày 15/12/2020",
        "từ ngày 15/11/2020 đến ngày 31/11/2020",
        "trước ngày 1/1/0000",
        "trước ngày 1/1/0001",
        "chậm nhất ngày 31/12/9999",
        "trong tháng 12/9999",
    ],
)
def test_a_day_that_no_calendar_of_ours_has_is_not_read(phrase: str) -> None:
    assert read_deadline(phrase) is None


def test_spaces_and_the_way_accents_are_typed_do_not_matter() -> None:
    typed_on_a_mac = unicodedata.normalize("NFD", "  trước   ngày 15/5/2021 ")
    assert read_deadline(typed_on_a_mac) == Deadline(day_end(date(2021, 5, 14)), "trước ngày 15/5/2021")


@given(DATES)
def test_before_a_day_ends_where_the_day_begins_and_at_the_latest_ends_with_it(day: date) -> None:
    for written in (
        f"{day.day}/{day.month}/{day.year}",
        f"{day:%d/%m/%Y}",
        f"{day.day} tháng {day.month} năm {day.year}",
    ):
        before, until = read_deadline(f"trước ngày {written}"), read_deadline(f"chậm nhất ngày {written}")
        assert before is not None
        assert until is not None
        assert (before.due, until.due) == (day_start(day), day_end(day))


@given(DATES)
def test_a_plain_date_is_its_own_last_day(day: date) -> None:
    deadline = read_deadline(day)
    assert deadline is not None
    assert deadline.due == day_end(day)
    assert f"{day:%d/%m/%Y}" in deadline.phrase


@given(DATES)
def test_within_a_month_ends_with_the_months_last_day(day: date) -> None:
    deadline = read_deadline(f"trong tháng {day.month}/{day.year}")
    assert deadline is not None
    assert deadline.due is not None
    assert deadline.due >= day_end(day)
    assert deadline.due - day_start(day.replace(day=1)) <= timedelta(days=31)


@given(st.text())
def test_any_text_is_read_or_not_but_never_fails(text: str) -> None:
    deadline = read_deadline(text)
    assert deadline is None or deadline.due is None or deadline.phrase
