"""Who gets what waits in the outbox, which page it leads to, and how long a mail is tried."""

from datetime import UTC, date, datetime, timedelta

import pytest

from models.holder import Arrangement, Holder
from models.link import Purpose
from models.notice import NoticeKind
from models.obligation import OWING, RELEASED, State
from models.plan import Reviewer
from models.register import ObligationLine
from models.request import Request, RequestKind, RequestStatus
from models.unit import Role
from rules.holders import Receiver
from rules.posting import ALONE, Dropped, next_try, page, receiver_today, still_said, unnoted
from rules.sending import BY_URGENCY
from tests import small
from tests.rules.plans import ISSUER, line

UNIT = small.UNITS[1]
TODAY = date(2020, 3, 10)
AT = datetime(2020, 3, 9, tzinfo=UTC)
FOCAL = Receiver("focal", "", UNIT.focal_email or "", Role.FOCAL)
SO = (Reviewer(unit="so", name="Sở"),)
HEAD = Receiver("head", "", UNIT.head_email or "", Role.HEAD)


def contact(role: Role = Role.FOCAL, **changes: object) -> Holder:
    """What the register knows of a contact of the registry."""
    address = UNIT.focal_email if role is Role.FOCAL else UNIT.head_email
    return Holder.model_validate({"id": role, "unit": UNIT.code, "role": role, "email": address, **changes})


def named(seq: int, arrangement: Arrangement, **changes: object) -> Holder:
    """Somebody whom the focal point named."""
    known = {"id": f"h{seq}", "unit": UNIT.code, "name": "Lan", "email": f"h{seq}@nho.example", "by": "focal"}
    return Holder.model_validate({**known, "arrangement": arrangement, **changes})


def today(
    *holders: Holder, to: str = "focal", kind: NoticeKind = NoticeKind.CHASE, told: frozenset[str] = frozenset()
) -> Receiver | Dropped:
    return receiver_today(kind, Role.HEAD if to == "head" else Role.FOCAL, to, UNIT, holders, TODAY, lambda: told)


@pytest.mark.parametrize("kind", BY_URGENCY)
def test_only_who_decides_is_led_to_the_register_and_only_by_what_is_about_it(kind: NoticeKind) -> None:
    about = {"register", "review", "escalation", "reply_overdue", "obstacle", "unreachable", "summary"}
    about |= {"review_overdue", "escalation_below", "letter"}
    assert page(kind, decides=False) is Purpose.OFFICER
    assert page(kind, decides=True) is (Purpose.REGISTER if kind in about else Purpose.OFFICER)


def test_every_kind_has_its_rank() -> None:
    assert set(BY_URGENCY) == set(NoticeKind)
    assert set(NoticeKind) > ALONE


def said(kind: NoticeKind, *lines: ObligationLine, unit: str = "d1") -> tuple[ObligationLine, ...]:
    """Of lines about which a unit was to be told at an instant, those that it is told of when the mail leaves."""
    return still_said(kind, unit, AT, lines, ())[0]


WAITED = {State.SUBMITTED}
SAID_IN = {
    NoticeKind.CHASE: OWING,
    NoticeKind.REMINDER: OWING,
    NoticeKind.UNACKNOWLEDGED: {State.OPEN},
    NoticeKind.NOT_RESUBMITTED: {State.RETURNED},
    NoticeKind.WITHDRAWN: RELEASED,
    NoticeKind.SUSPENDED: {State.SUSPENDED},
    NoticeKind.TRANSFERRED: {State.TRANSFERRED},
    NoticeKind.RESUMED: OWING | WAITED,
    NoticeKind.DUE_SET: OWING | WAITED,
    NoticeKind.AMENDED: OWING | WAITED | {State.SUSPENDED},
    NoticeKind.LETTER: OWING,
    NoticeKind.RETURNED: {State.RETURNED},
    NoticeKind.ASSIGNMENT: set(State) - RELEASED - {State.TRANSFERRED},
    NoticeKind.ANSWERED: set(State),
}


@pytest.mark.parametrize("kind", SAID_IN)
@pytest.mark.parametrize("state", State)
def test_nobody_is_told_of_what_has_become_something_else_since(kind: NoticeKind, state: State) -> None:
    item = line(state, opened_at=AT)
    keeper = ISSUER if kind is NoticeKind.LETTER else "d1"
    assert said(kind, item, unit=keeper) == ((item,) if state in SAID_IN[kind] else ())


def test_of_what_never_opened_nobody_is_told_that_it_has_gone_to_another_unit() -> None:
    assert said(NoticeKind.TRANSFERRED, line(State.TRANSFERRED, opened_at=None)) == ()


def test_who_has_taken_note_meanwhile_or_is_late_is_not_asked_to() -> None:
    noted = line(State.OPEN, acknowledged_at=AT)
    assert said(NoticeKind.UNACKNOWLEDGED, noted) == ()
    assert said(NoticeKind.UNACKNOWLEDGED, line(State.OPEN, due=AT)) == ()
    assert said(NoticeKind.UNACKNOWLEDGED, line(State.OPEN, due=None)) != ()
    assert said(NoticeKind.CHASE, noted) == (noted,)


@pytest.mark.parametrize("kind", [NoticeKind.ESCALATION, NoticeKind.ESCALATION_BELOW])
def test_an_escalation_is_of_what_is_owed_or_waited_for_a_review_before_it(kind: NoticeKind) -> None:
    owed, waited = line(State.OPEN), line(State.SUBMITTED, submitted_at=AT - timedelta(days=9))
    since = line(State.SUBMITTED, submitted_at=AT + timedelta(minutes=5))
    assert said(kind, owed, waited, since, line(State.ACCEPTED), unit=ISSUER) == (owed, waited)


def test_a_reviewer_is_pressed_only_for_what_he_has_not_decided() -> None:
    waits, decided = line(State.SUBMITTED), line(State.SUBMITTED, endorsed=(ISSUER,), reviewers=SO)
    assert said(NoticeKind.REVIEW_OVERDUE, waits, decided, line(State.RETURNED), unit=ISSUER) == (waits,)


def test_no_letter_is_drafted_to_a_unit_that_only_takes_part_or_keeps_the_register() -> None:
    assert said(NoticeKind.LETTER, line(State.OPEN, coordinating=True), unit=ISSUER) == ()
    assert said(NoticeKind.LETTER, line(State.OPEN), unit="d1") == ()


def asked(status: RequestStatus) -> Request:
    return Request(
        id="year@d1/r7", obligation="year@d1", unit="d1", kind=RequestKind.MORE_TIME, reason="lũ", asked_at=AT,
        status=status,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("obligation", "status", "submission_waits", "request_waits"),
    [
        (line(State.SUBMITTED), RequestStatus.GRANTED, True, False),
        (line(State.SUBMITTED, endorsed=(ISSUER,), reviewers=SO), RequestStatus.REFUSED, False, False),
        (line(State.RETURNED), RequestStatus.ASKED, False, True),
        (line(State.OPEN), RequestStatus.GRANTED, False, False),
        (line(State.ACCEPTED), RequestStatus.ASKED, False, False),
    ],
)
def test_who_decides_is_told_of_what_still_waits_when_the_mail_leaves(
    obligation: ObligationLine, status: RequestStatus, submission_waits: bool, request_waits: bool
) -> None:
    lines, requests = still_said(NoticeKind.REVIEW, ISSUER, AT, [obligation], [asked(status)])
    assert lines == ((obligation,) if submission_waits or request_waits else ())
    assert requests == ((asked(status),) if request_waits else ())


def test_who_answers_as_before_gets_it_at_the_address_of_today() -> None:
    assert today() == FOCAL
    assert today(to="head") == HEAD


def test_who_has_left_gets_nothing_but_who_came_after_him() -> None:
    gone, successor = contact(left_at=AT), named(5, Arrangement.SUCCESSOR)
    assert today(gone, successor) == Receiver("h5", "Lan", "h5@nho.example", Role.FOCAL)
    assert today(gone) == HEAD
    assert today(gone, told=frozenset({"head"})) is Dropped.NEEDLESS
    assert today(gone, contact(Role.HEAD, left_at=AT)) is Dropped.UNREACHED


def test_a_substitute_gets_it_within_his_days_and_the_one_he_stands_in_for_after_them() -> None:
    days = {"first": date(2020, 3, 9), "last": TODAY}
    now, over = (named(7, Arrangement.SUBSTITUTE, **days | change) for change in ({}, {"last": date(2020, 3, 9)}))
    assert today(now) == Receiver("h7", "Lan", "h7@nho.example", Role.FOCAL)
    assert today(over, to="h7") == FOCAL


@pytest.mark.parametrize(
    ("change", "there"),
    [
        ({}, True),
        ({"first": date(2020, 4, 1), "last": date(2020, 4, 9)}, True),
        ({"first": date(2020, 3, 1), "last": date(2020, 3, 9)}, False),
        ({"left_at": AT}, False),
        ({"refused_at": AT, "refused": "550"}, False),
    ],
)
def test_the_greeting_of_somebody_named_goes_to_him_or_to_nobody(change: dict[str, object], there: bool) -> None:
    found = today(named(7, Arrangement.SUBSTITUTE, **change), to="h7", kind=NoticeKind.HANDOVER)
    assert isinstance(found, Receiver) is there
    assert there or found is Dropped.NEEDLESS


def test_an_address_that_is_gone_is_news_until_the_register_knows() -> None:
    refused = contact(refused_at=AT, refused="550")
    assert unnoted(Role.FOCAL, "focal", FOCAL.email, UNIT, [], TODAY) == (FOCAL,)
    assert unnoted(Role.FOCAL, "focal", FOCAL.email, UNIT, [refused], TODAY) == ()
    assert unnoted(Role.FOCAL, "focal", "old@nho.example", UNIT, [], TODAY) == ()


def test_an_address_that_two_share_is_gone_for_both() -> None:
    shared = UNIT.model_copy(update={"head_email": UNIT.focal_email})
    found = unnoted(Role.FOCAL, "focal", FOCAL.email, shared, [], TODAY)
    assert {person.holder for person in found} == {"focal", "head"}


def test_a_missing_address_is_news_while_nobody_answers_and_nothing_explains_it() -> None:
    bare = UNIT.model_copy(update={"focal_email": None, "head_email": None})
    assert unnoted(Role.FOCAL, "focal", "", bare, [], TODAY) == (Receiver("focal", "", "", Role.FOCAL),)
    assert unnoted(Role.FOCAL, "focal", "", bare, [contact(refused_at=AT, email="")], TODAY) == ()
    assert unnoted(Role.FOCAL, "focal", "", bare, [contact(left_at=AT)], TODAY) == ()
    assert unnoted(Role.FOCAL, "focal", "", UNIT, [], TODAY) == ()


def test_a_mail_that_is_not_taken_is_tried_ever_more_rarely_and_given_up_after_some_days() -> None:
    waits = [next_try(attempt) for attempt in range(1, 200)]
    tried = [wait for wait in waits if wait is not None]
    assert tried[:8] == [timedelta(minutes=minutes) for minutes in (1, 2, 4, 8, 16, 32, 60, 60)]
    assert timedelta(days=4) < sum(tried, timedelta()) < timedelta(days=5)
    assert waits[-1] is None
