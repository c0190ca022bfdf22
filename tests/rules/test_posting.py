"""Who gets what waits in the outbox, which page it leads to, and how long a mail is tried."""

from datetime import UTC, date, datetime, timedelta

import pytest

from models.holder import Arrangement, Holder
from models.link import Purpose
from models.notice import NoticeKind
from models.unit import Role
from rules.holders import Receiver
from rules.posting import ALONE, Dropped, next_try, page, receiver_today, unnoted
from rules.sending import PRESSING
from tests import small

UNIT = small.UNITS[1]
TODAY = date(2020, 3, 10)
AT = datetime(2020, 3, 9, tzinfo=UTC)
FOCAL = Receiver("focal", "", UNIT.focal_email or "", Role.FOCAL)
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


@pytest.mark.parametrize("kind", PRESSING)
def test_only_who_decides_is_led_to_the_register_and_only_by_what_is_about_it(kind: NoticeKind) -> None:
    about = {"register", "review", "escalation", "reply_overdue", "obstacle", "unreachable", "summary"}
    assert page(kind, decides=False) is Purpose.OFFICER
    assert page(kind, decides=True) is (Purpose.REGISTER if kind in about else Purpose.OFFICER)


def test_every_kind_has_its_rank() -> None:
    assert set(PRESSING) == set(NoticeKind)
    assert set(NoticeKind) > ALONE


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
