"""When mail leaves, and what goes as one."""

from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.follow_up import DaysOff, FollowUp
from models.notice import NoticeKind
from rules.calendar import ZONE, FrozenCalendar, local_day
from rules.sending import BY_URGENCY, TO_SUPERIORS, MailHours, leaves_at
from tests.rules.plans import at

HOURS = MailHours(time(7), time(18))
FOLLOW_UP = FollowUp(send_at=time(8), days_off=DaysOff(off=(date(2020, 4, 30), date(2020, 5, 1))))


@pytest.mark.parametrize(
    ("kind", "called_for", "leaves"),
    [
        (NoticeKind.ASSIGNMENT, at(3, 10, 12), at(3, 10, 12)),
        (NoticeKind.ASSIGNMENT, at(3, 10, 6), at(3, 10, 7)),
        (NoticeKind.ASSIGNMENT, at(3, 10, 18), at(3, 11, 7)),
        (NoticeKind.ASSIGNMENT, at(3, 13, 20), at(3, 16, 7)),
        (NoticeKind.ASSIGNMENT, at(3, 14, 12), at(3, 16, 7)),
        (NoticeKind.ASSIGNMENT, at(4, 30, 12), at(5, 4, 7)),
        (NoticeKind.ACCEPTED, at(3, 10, 12), at(3, 10, 13)),
        (NoticeKind.ACCEPTED, at(3, 10, 17), at(3, 11, 7)),
        (NoticeKind.HANDOVER, at(3, 14, 23), at(3, 14, 23)),
    ],
)
def test_mail_leaves_in_the_hours_of_working_days(kind: NoticeKind, called_for: datetime, leaves: datetime) -> None:
    assert leaves_at(kind, called_for, HOURS, FOLLOW_UP) == leaves


@given(
    st.integers(0, 300 * 24 * 60).map(lambda minutes: at(1, 6) + timedelta(minutes=minutes)),
    st.sampled_from([kind for kind in NoticeKind if kind is not NoticeKind.HANDOVER]),
)
def test_no_mail_leaves_early_at_night_or_on_a_day_off(called_for: datetime, kind: NoticeKind) -> None:
    tet = DaysOff(off=tuple(date(2020, 1, day) for day in range(23, 30)))
    follow_up = FollowUp(days_off=tet)
    leaves = leaves_at(kind, called_for, HOURS, follow_up).astimezone(ZONE)
    assert leaves >= called_for
    assert HOURS.first <= leaves.time() < HOURS.last
    assert FrozenCalendar(tet).is_working_day(local_day(leaves))
    assert leaves_at(kind, leaves, HOURS, follow_up) >= leaves


def test_without_hours_mail_leaves_at_once_and_what_is_only_to_know_an_hour_later() -> None:
    sunday_night = at(3, 15, 23)
    assert leaves_at(NoticeKind.CHASE, sunday_night, None, FOLLOW_UP) == sunday_night
    assert leaves_at(NoticeKind.ACCEPTED, sunday_night, None, FOLLOW_UP) == sunday_night + timedelta(hours=1)


def test_of_every_kind_it_is_known_how_pressing_it_is() -> None:
    assert sorted(BY_URGENCY) == sorted(NoticeKind)


# What superiors are told


@pytest.mark.parametrize("hours", [HOURS, None])
@pytest.mark.parametrize("kind", sorted(TO_SUPERIORS))
@pytest.mark.parametrize(
    ("called_for", "leaves"),
    [
        (at(3, 10, 6), at(3, 10, 8)),
        (at(3, 10, 8), at(3, 10, 8)),
        (at(3, 10, 9), at(3, 11, 8)),
        (at(3, 13, 20), at(3, 16, 8)),
        (at(3, 14, 8), at(3, 16, 8)),
        (at(4, 29, 12), at(5, 4, 8)),
    ],
)
def test_superiors_get_it_a_little_after_the_sending_hour_of_a_working_day(
    kind: NoticeKind, called_for: datetime, leaves: datetime, hours: MailHours | None
) -> None:
    assert leaves_at(kind, called_for, hours, FOLLOW_UP) == leaves + timedelta(minutes=15)


def test_what_registers_below_escalate_at_the_same_hour_goes_along() -> None:
    own, heard = at(3, 10, 8), at(3, 10, 8) + timedelta(seconds=40)
    assert leaves_at(NoticeKind.ESCALATION, own, HOURS, FOLLOW_UP) == leaves_at(
        NoticeKind.ESCALATION_BELOW, heard, HOURS, FOLLOW_UP
    )


@given(
    st.lists(
        st.tuples(
            st.integers(0, 30 * 24 * 60).map(lambda minutes: at(3, 2, 0) + timedelta(minutes=minutes)),
            st.sampled_from(sorted(TO_SUPERIORS)),
        ),
        min_size=1,
    ),
    st.sampled_from([HOURS, MailHours(time(9), time(11)), MailHours(time(6), time(7)), None]),
    st.times(),
)
def test_whatever_happens_superiors_get_one_mail_a_working_day_at_most(
    called_for: list[tuple[datetime, NoticeKind]], hours: MailHours | None, send_at: time
) -> None:
    follow_up = FollowUp(send_at=send_at)
    leaving = {leaves_at(kind, instant, hours, follow_up) for instant, kind in called_for}
    days = [local_day(leaves) for leaves in leaving]
    assert len(days) == len(set(days))
    for instant, kind in called_for:
        assert instant < leaves_at(kind, instant, hours, follow_up) < instant + timedelta(days=4)
