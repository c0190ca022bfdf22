"""The calendar file of a letter: what is owed by a date, under ids that stay."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from icalendar import Calendar, Event

from mail.calendar import attached
from mail.sample_lines import AT, PHU_LOC, answered, line
from mail.samples import sample, several
from models.mail import Letter
from models.notice import NoticeKind
from models.obligation import State
from models.register import ObligationLine
from models.request import RequestStatus
from rules.calendar import day_end

BRINGING = {NoticeKind.ASSIGNMENT, NoticeKind.REMINDER, NoticeKind.HANDOVER, NoticeKind.DECIDED} | {
    NoticeKind.UNACKNOWLEDGED,
    NoticeKind.DUE_SET,
    NoticeKind.AMENDED,
    NoticeKind.RESUMED,
}
PLAN = "46-ldtbxh.2020.sldtbxh-bdg.908/action-month-plan/481-ldtbxh@dondoc"


def about(*lines: ObligationLine, kind: NoticeKind = NoticeKind.REMINDER) -> Letter:
    told = sample(kind)
    return told.model_copy(update={"parts": (told.parts[0].model_copy(update={"lines": lines}),)})


def events(letter: Letter) -> dict[str, Event]:
    calendar = Calendar.from_ical(attached(letter))
    assert isinstance(calendar, Calendar)
    assert calendar["METHOD"] == "PUBLISH"
    return {str(event["UID"]): event for event in calendar.events}


@pytest.mark.parametrize("kind", list(NoticeKind))
def test_only_what_brings_dates_has_a_calendar(kind: NoticeKind) -> None:
    assert bool(attached(sample(kind))) == (kind in BRINGING)


def test_each_date_that_is_owed_is_a_day_with_an_alarm_two_working_days_before() -> None:
    found = events(sample(NoticeKind.ASSIGNMENT))
    assert len(found) == 6
    text = found[PLAN].to_ical().decode()
    assert "DTSTART;VALUE=DATE:20201030\r\n" in text
    assert "TRIGGER;VALUE=DATE-TIME:20201028T010000Z\r\n" in text
    assert "SEQUENCE:0\r\n" in text
    assert str(found[PLAN]["SUMMARY"]).startswith("Hạn: Kế hoạch Tháng hành động")
    assert found[PLAN]["DESCRIPTION"] == (
        "Theo Công văn số 908/SLĐTBXH-BĐG, mục 1c\nThời hạn: chậm nhất ngày 30/10/2020"
    )
    assert not {"ATTENDEE", "ORGANIZER"} & set(found[PLAN])


def test_a_date_that_moved_replaces_the_old_one_and_forgets_the_old_words() -> None:
    (moved,) = events(sample(NoticeKind.DECIDED)).values()
    assert moved["UID"] == PLAN
    assert moved["SEQUENCE"] == 1
    assert moved.start == date(2020, 11, 13)
    assert "13/11/2020" in str(moved["DESCRIPTION"])
    assert moved.DTSTAMP == AT


def test_a_refusal_moves_nothing_and_brings_no_calendar() -> None:
    told = sample(NoticeKind.DECIDED)
    (part,) = told.parts
    refused = tuple(item.model_copy(update={"status": RequestStatus.REFUSED}) for item in part.requests)
    assert not attached(told.model_copy(update={"parts": (part.model_copy(update={"requests": refused}),)}))


@pytest.mark.parametrize(
    "not_owed",
    [
        line("radio"),
        answered("action-month-plan"),
        line("action-month-plan", state=State.WITHDRAWN),
        line("action-month-plan", PHU_LOC),
    ],
    ids=["no date", "handed in", "withdrawn", "of another unit"],
)
def test_nothing_but_the_receivers_own_dates_is_in_it(not_owed: ObligationLine) -> None:
    assert not attached(about(not_owed))
    assert len(events(about(not_owed, line("review-programmes")))) == 1


@pytest.mark.parametrize(
    ("changed", "start", "alarms"),
    [
        ({"due": datetime(2020, 12, 18, 10, tzinfo=UTC)}, "DTSTART;TZID=Asia/Ho_Chi_Minh:20201218T170000", 1),
        ({"due": day_end(date(2020, 10, 29))}, "DTSTART;VALUE=DATE:20201029", 0),
    ],
    ids=["a time of day", "too near for an alarm"],
)
def test_a_date_as_it_is_due(changed: dict[str, Any], start: str, alarms: int) -> None:
    (event,) = events(about(line("action-month-plan", **changed))).values()
    assert start in event.to_ical().decode()
    assert len(event.walk("VALARM")) == alarms


def test_a_letter_of_several_parts_has_each_date_once() -> None:
    found = events(several())
    keys = {uid.split("/")[1] for uid in found}
    assert keys == {"services", "labour-code", "action-month-plan", "review-programmes", "action-month"}


def test_who_takes_part_only_reads_so_and_hostile_words_stay_words() -> None:
    evil = "x\r\nEND:VEVENT\r\nATTENDEE:mailto:a@evil.example"
    (event,) = events(about(line("services", coordinating=True, title=evil, ref=evil))).values()
    assert "Tham gia phối hợp" in str(event["DESCRIPTION"])
    assert "ATTENDEE" not in event
