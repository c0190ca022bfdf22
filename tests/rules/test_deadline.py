import unicodedata
from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.due import Roll
from models.follow_up import DaysOff
from models.plan import Term, Window
from rules.calendar import FrozenCalendar, WorkingCalendar, day_end, day_start, last_day
from rules.deadline import Deadline, Office, derived, read_days, read_deadline, read_window, rolled, term_due

CALENDAR = WorkingCalendar()
FIVE_O_CLOCK = Office(cut_off=time(17))
LAST_DAY = {
    "trước ngày 15/5/2021": date(2021, 5, 14),
    "trước 15/5/2021": date(2021, 5, 14),
    "Trước ngày 01/01/2021": date(2020, 12, 31),
    "TRƯỚC NGÀY 15-05-2021": date(2021, 5, 14),
    "trước ngày 15 tháng 5 năm 2021": date(2021, 5, 14),
    "trước ngày 15/5 năm 2021": date(2021, 5, 14),
    "chậm nhất ngày 15/5/2021": date(2021, 5, 15),
    "chậm nhất vào ngày 15/5/2021": date(2021, 5, 15),
    "chậm nhất là ngày 15/5/2021": date(2021, 5, 15),
    "chậm nhất đến hết ngày 15/5/2021": date(2021, 5, 15),
    "muộn nhất 15/5/2021": date(2021, 5, 15),
    "Chậm nhất ngày 20 tháng 12 năm 2023": date(2023, 12, 20),
    "đến hết ngày 15/5/2021": date(2021, 5, 15),
    "hết ngày 15/5/2021": date(2021, 5, 15),
    "từ nay đến hết ngày 15/5/2021": date(2021, 5, 15),
    "trong ngày 15/5/2021": date(2021, 5, 15),
    "ngày 15/5/2021": date(2021, 5, 15),
    "15/05/2021": date(2021, 5, 15),
    "15-5-2021": date(2021, 5, 15),
    "15.5.2021": date(2021, 5, 15),
    "gửi về Sở Lao động - Thương binh và Xã hội trước ngày 15/5/2021": date(2021, 5, 14),
    "Gửi báo cáo về Ban Dân tộc, chậm nhất ngày 15/5/2021": date(2021, 5, 15),
    "thời hạn: trước ngày 15/5/2021": date(2021, 5, 14),
    "trước ngày 15/5/2021 để tổng hợp, báo cáo": date(2021, 5, 14),
    "khi có hướng dẫn của tỉnh, chậm nhất ngày 15/5/2021": date(2021, 5, 15),
    "đầu tháng 5/2021": date(2021, 5, 1),
    "giữa tháng 5 năm 2021": date(2021, 5, 15),
    "cuối tháng 02/2024": date(2024, 2, 29),
    "đầu năm 2021": date(2021, 1, 1),
    "giữa năm 2021": date(2021, 6, 30),
    "chậm nhất cuối năm 2021": date(2021, 12, 31),
    "trước giữa tháng 5/2021": date(2021, 5, 14),
    "đến hết tháng 11/2024": date(2024, 11, 30),
    "chậm nhất trong quý I/2024": date(2024, 3, 31),
    "hết năm 2024": date(2024, 12, 31),
}
WINDOWS = {
    "từ ngày 15/11/2019 đến ngày 15/12/2019": (date(2019, 11, 15), date(2019, 12, 15)),
    "từ 15/11/2019 đến hết 15/12/2019": (date(2019, 11, 15), date(2019, 12, 15)),
    "từ 15/11 đến 15/12/2019": (date(2019, 11, 15), date(2019, 12, 15)),
    "từ ngày 15 tháng 11 đến hết ngày 15 tháng 12 năm 2019": (date(2019, 11, 15), date(2019, 12, 15)),
    "từ ngày 15 đến ngày 20/11/2019": (date(2019, 11, 15), date(2019, 11, 20)),
    "tổ chức từ ngày 15/12/2019 đến ngày 15/01/2020": (date(2019, 12, 15), date(2020, 1, 15)),
    "trong tháng 11/2024": (date(2024, 11, 1), date(2024, 11, 30)),
    "trong tháng 02/2024": (date(2024, 2, 1), date(2024, 2, 29)),
    "trong tháng 12 năm 2024": (date(2024, 12, 1), date(2024, 12, 31)),
    "tháng 11/2024": (date(2024, 11, 1), date(2024, 11, 30)),
    "tổ chức trong tháng 11/2024": (date(2024, 11, 1), date(2024, 11, 30)),
    "trong quý II/2020": (date(2020, 4, 1), date(2020, 6, 30)),
    "quý 2 năm 2020": (date(2020, 4, 1), date(2020, 6, 30)),
    "trong Quý IV năm 2020": (date(2020, 10, 1), date(2020, 12, 31)),
    "trong năm 2020": (date(2020, 1, 1), date(2020, 12, 31)),
}
INSTANTS = {
    "trước 17 giờ ngày 15/5/2021": datetime(2021, 5, 15, 10, tzinfo=UTC),
    "trước 17h00 ngày 15/5/2021": datetime(2021, 5, 15, 10, tzinfo=UTC),
    "trước 17h ngày 15 tháng 5 năm 2021": datetime(2021, 5, 15, 10, tzinfo=UTC),
    "trước 17 giờ 00, ngày 15/5/2021": datetime(2021, 5, 15, 10, tzinfo=UTC),
    "chậm nhất 16 giờ 30 phút ngày 15/5/2021": datetime(2021, 5, 15, 9, 30, tzinfo=UTC),
    "chậm nhất 16 giờ 30 ngày 15/5/2021": datetime(2021, 5, 15, 9, 30, tzinfo=UTC),
    "chậm nhất vào lúc 16g30 ngày 15/5/2021": datetime(2021, 5, 15, 9, 30, tzinfo=UTC),
    "chậm nhất trước 17 giờ ngày 15/5/2021": datetime(2021, 5, 15, 10, tzinfo=UTC),
    "17:00 ngày 15/5/2021": datetime(2021, 5, 15, 10, tzinfo=UTC),
    "17 giờ 15/5/2021": datetime(2021, 5, 15, 10, tzinfo=UTC),
    "0 giờ ngày 15/5/2021": datetime(2021, 5, 14, 17, tzinfo=UTC),
    "trước 24 giờ ngày 15/5/2021": datetime(2021, 5, 15, 17, tzinfo=UTC),
    "chậm nhất 24h00 ngày 31/12/2021": datetime(2021, 12, 31, 17, tzinfo=UTC),
}
TERMS = {
    "trong thời hạn 10 ngày làm việc kể từ ngày nhận được": Term(days=10),
    "trong thời hạn 05 (năm) ngày làm việc kể từ ngày nhận được văn bản này": Term(days=5),
    "trong vòng 10 ngày, kể từ ngày nhận được công văn": Term(days=10, working=False),
    "trong 10 ngày làm việc kể từ ngày nhận": Term(days=10),
    "chậm nhất 03 ngày làm việc từ khi nhận văn bản": Term(days=3),
    "chậm nhất sau 03 ngày kể từ ngày nhận được": Term(days=3, working=False),
    "báo cáo trong vòng một tuần kể từ ngày nhận được văn bản": Term(days=7, working=False),
}
DATES = st.dates(date(1976, 1, 1), date(2099, 12, 30))  # before, the zone of Vietnam changed several times


@pytest.mark.parametrize(("phrase", "last"), LAST_DAY.items())
def test_a_phrase_gives_the_end_of_its_last_day(phrase: str, last: date) -> None:
    strict = "trước" in phrase.lower()
    assert read_deadline(phrase) == Deadline(day_end(last), phrase, strict=strict)


@pytest.mark.parametrize(("phrase", "days"), WINDOWS.items())
def test_a_window_is_read_with_both_ends_and_ends_with_its_last_day(phrase: str, days: tuple[date, date]) -> None:
    window = Window(first=days[0], last=days[1])
    assert read_deadline(phrase) == Deadline(day_end(days[1]), phrase, window=window)
    assert read_window(phrase) == window


@pytest.mark.parametrize(("phrase", "due"), INSTANTS.items())
def test_a_time_of_day_ends_the_last_day_whatever_the_office_hours(phrase: str, due: datetime) -> None:
    assert read_deadline(phrase) == Deadline(due, phrase)
    assert read_deadline(phrase, Office(cut_off=time(16), before_day=True)) == Deadline(due, phrase)


@pytest.mark.parametrize(("phrase", "term"), TERMS.items())
def test_days_counted_from_receipt_are_a_term_without_a_date(phrase: str, term: Term) -> None:
    assert read_deadline(phrase) == Deadline(None, phrase, term=term)
    in_hours = read_deadline(phrase, FIVE_O_CLOCK)
    assert in_hours is not None
    assert in_hours.term == term.model_copy(update={"at": time(17)})


@pytest.mark.parametrize(
    ("phrase", "due"),
    [
        ("trước ngày 15/5/2021", datetime(2021, 5, 14, 10, tzinfo=UTC)),
        ("chậm nhất ngày 15/5/2021", datetime(2021, 5, 15, 10, tzinfo=UTC)),
        ("trong tháng 11/2024", datetime(2024, 11, 30, 10, tzinfo=UTC)),
        (date(2021, 5, 15), datetime(2021, 5, 15, 10, tzinfo=UTC)),
    ],
)
def test_an_office_that_closes_at_five_ends_its_last_days_then(phrase: str | date, due: datetime) -> None:
    deadline = read_deadline(phrase, FIVE_O_CLOCK)
    assert deadline is not None
    assert deadline.due == due


def test_many_offices_accept_the_day_itself_for_before_it() -> None:
    deadline = read_deadline("trước ngày 15/5/2021", Office(before_day=True))
    assert deadline == Deadline(day_end(date(2021, 5, 15)), "trước ngày 15/5/2021")


@pytest.mark.parametrize(
    "phrase",
    [
        "thường xuyên",
        "Thường xuyên",
        "thường xuyên, liên tục",
        "không thời hạn",
        "không xác định thời hạn",
        "kịp thời",
        "thường xuyên và kịp thời",
        "khi có hướng dẫn của tỉnh",
        "khi có văn bản hướng dẫn của Bộ",
    ],
)
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
    assert deadline.window is None
    assert read_window("từ ngày 15/12/2020 đến ngày 15/11/2020") is None


@pytest.mark.parametrize(
    "phrase",
    [
        "sớm nhất có thể",
        "quý II",
        "tháng 11",
        "năm 2020",
        "trước ngày 15/5",
        "trước ngày 15/5/21",
        "từ 15/11/2019 đến 15/12",
        "từ ngày 15/11/2019",
        "trước 17 giờ",
        "10 ngày làm việc",
        "trong 10 ngày kể từ ngày nhận được văn bản hướng dẫn của tỉnh",
        "trong 10 ngày kể từ ngày ký",
        "trong 24 giờ kể từ khi nhận",
        "trong 0 ngày kể từ ngày nhận",
        "hằng tháng",
        "số liệu tính đến hết ngày 15/5/2021",
        "không ban hành trước ngày 15/5/2021",
        "văn bản đã ban hành trước ngày 15/5/2021",
        "từ 2 đơn vị trước ngày 15/5/2021",
        "khi có hướng dẫn, 15 ngày",
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
        "cuối tháng 13/2020",
        "trong quý V/2020",
        "trong quý 5/2020",
        "trước 25 giờ ngày 15/5/2021",
        "trước 24 giờ 30 ngày 15/5/2021",
        "chậm nhất 16:60 ngày 15/5/2021",
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
    typed_on_a_mac = unicodedata.normalize("NFD", "  trước \u00a0 ngày 15/5/2021. ")
    assert read_deadline(typed_on_a_mac) == Deadline(day_end(date(2021, 5, 14)), "trước ngày 15/5/2021", strict=True)


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
    assert deadline.phrase == "", "nobody wrote words"


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


def test_a_very_long_text_is_no_phrase() -> None:
    assert read_deadline("gửi " * 100_000 + "trước ngày 15/5/2021") is None


@pytest.mark.parametrize(
    ("text", "term"),
    [
        ("5 ngày làm việc", Term(days=5)),
        ("05 Ngày làm việc", Term(days=5)),
        ("05 (năm) ngày làm việc", Term(days=5)),
        ("10 ngày", Term(days=10, working=False)),
        ("mười ngày", Term(days=10, working=False)),
        ("năm ngày làm việc", Term(days=5)),
        ("một tuần", Term(days=7, working=False)),
        ("2 tuần", Term(days=14, working=False)),
    ],
)
def test_a_number_of_days_is_read(text: str, term: Term) -> None:
    assert read_days(text) == term


@pytest.mark.parametrize(
    "text", ["", "ngày", "0 ngày", "vài ngày", "5", "5 giờ", "1 tháng", "1 tuần làm việc", "-5 ngày"]
)
def test_what_is_no_clear_number_of_days_is_not_read(text: str) -> None:
    assert read_days(text) is None


@pytest.mark.parametrize("text", ["chậm nhất ngày 15/5/2021", "hết tháng 11/2024", "thường xuyên", ""])
def test_a_deadline_without_a_beginning_is_no_window(text: str) -> None:
    assert read_window(text) is None


@pytest.mark.parametrize(
    ("roll", "day"),
    [
        (Roll.NONE, date(2025, 1, 25)),
        (Roll.NEXT, date(2025, 2, 3)),  # Tết lies between
        (Roll.PREVIOUS, date(2025, 1, 24)),
    ],
)
def test_a_last_day_off_is_moved_as_the_policy_says(roll: Roll, day: date) -> None:
    assert rolled(day_end(date(2025, 1, 25)), roll, CALENDAR) == day_end(day)
    assert rolled(day_start(date(2025, 1, 25), time(17)), roll, CALENDAR) == day_start(day, time(17))


@given(DATES, st.sampled_from(Roll))
def test_rolling_ends_on_a_working_day_or_changes_nothing(day: date, roll: Roll) -> None:
    moved = rolled(day_end(day), roll, CALENDAR)
    if roll is Roll.NONE or CALENDAR.is_working_day(day):
        assert moved == day_end(day)
    else:
        assert CALENDAR.is_working_day(last_day(moved))
        assert CALENDAR.count(day, last_day(moved)) == (1 if roll is Roll.NEXT else 0)


@pytest.mark.parametrize(
    ("term", "day", "due"),
    [
        (Term(days=10), date(2025, 1, 22), day_end(date(2025, 2, 12))),
        (Term(days=2), date(2025, 1, 14), day_end(date(2025, 1, 16))),
        (Term(days=2), date(2024, 12, 14), day_end(date(2024, 12, 17))),
        (Term(days=43), date(2020, 2, 12), day_end(date(2020, 4, 14))),
        (Term(days=42), date(2022, 2, 14), day_end(date(2022, 4, 14))),
        (Term(days=62, working=False), date(2020, 2, 12), day_end(date(2020, 4, 14))),
        (Term(days=10, working=False), date(2025, 1, 15), day_end(date(2025, 2, 3))),  # the 25th is off
        (Term(days=2, at=time(17)), date(2025, 1, 14), day_start(date(2025, 1, 16), time(17))),
        (Term(days=1, working=False, at=time(17)), date(2019, 12, 13), day_start(date(2019, 12, 16), time(17))),
    ],
)
def test_a_term_ends_so_many_days_after_its_day(term: Term, day: date, due: datetime) -> None:
    assert term_due(term, day, CALENDAR) == due


def test_a_term_follows_the_calendar_that_was_frozen_with_the_plan() -> None:
    swapped = FrozenCalendar(DaysOff(off=(date(2025, 5, 2),), worked=(date(2025, 4, 26),)))
    assert term_due(Term(days=6), date(2025, 4, 24), swapped) == day_end(date(2025, 5, 1))
    assert term_due(Term(days=7), date(2025, 4, 24), swapped) == day_end(date(2025, 5, 5))


@given(DATES, st.integers(1, 60), st.booleans())
def test_a_term_never_ends_on_a_day_off_or_before_its_days_are_over(day: date, days: int, working: bool) -> None:
    last = last_day(term_due(Term(days=days, working=working), day, CALENDAR))
    assert CALENDAR.is_working_day(last)
    assert (CALENDAR.count(day, last) if working else (last - day).days) >= days


@pytest.mark.parametrize(
    ("due", "working_days", "earlier"),
    [
        (day_end(date(2025, 2, 12)), 10, day_end(date(2025, 1, 22))),
        (day_start(date(2025, 2, 3), time(17)), 1, day_start(date(2025, 1, 24), time(17))),
        (day_end(date(2019, 12, 15)), 1, day_end(date(2019, 12, 13))),  # from a Sunday
        (day_end(date(2019, 12, 15)), 0, day_end(date(2019, 12, 15))),
    ],
)
def test_a_derived_deadline_lies_so_many_working_days_earlier_at_the_same_time(
    due: datetime, working_days: int, earlier: datetime
) -> None:
    assert derived(due, working_days, CALENDAR) == earlier
