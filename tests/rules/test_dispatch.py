"""To whom notices go."""

from datetime import date

import pytest

from models.holder import Arrangement, Holder
from models.notice import Notice, NoticeKind
from models.unit import Level, Role, Unit
from rules.dispatch import Contacts, dispatch
from tests.rules.plans import ISSUER, at, plan, requirement

TODAY = date(2020, 3, 10)
PLAN = plan([requirement("year")], ("d1", "d2"))


def unit(code: str, focal: str | None, head: str | None = None) -> Unit:
    return Unit(
        code=code,
        name=code,
        short_name=code,
        level=Level.DISTRICT,
        line="x",
        territory=code,
        focal_email=focal,
        head_email=head,
    )


def notice(kind: NoticeKind, of: str = "d1", role: Role = Role.FOCAL, **about: object) -> Notice:
    said = {"obligations": (f"year@{of}",)} | about
    return Notice.model_validate({"kind": kind, "unit": of, "role": role, "step": "7", "at": at(3, 10)} | said)


def sent(notices: list[Notice], *units: Unit, holders: tuple[Holder, ...] = ()) -> list[tuple[str, str, str]]:
    contacts = Contacts({item.code: item for item in units}, {"d1": holders})
    return [(mail.notice.kind, mail.notice.unit, mail.email) for mail in dispatch(PLAN, notices, contacts, TODAY)]


KEEPER = unit(ISSUER, "p@x.vn", "giamdoc@x.vn")
D1 = unit("d1", "d1@x.vn", "head@x.vn")
D2 = unit("d2", "d2@x.vn")
GONE = Holder(id="focal", unit="d1", email="d1@x.vn", refused_at=at(3, 9), refused="550 no such user")


def test_every_notice_goes_to_all_who_answer_in_its_role() -> None:
    lan = Holder(id="h9", unit="d1", name="Lan", email="lan@x.vn", arrangement=Arrangement.COLLEAGUE, by="focal")
    assert sent([notice(NoticeKind.ASSIGNMENT)], D1, KEEPER, holders=(lan,)) == [
        ("assignment", "d1", "d1@x.vn"),
        ("assignment", "d1", "lan@x.vn"),
    ]
    assert sent([notice(NoticeKind.HANDOVER, holder="h9")], D1, KEEPER, holders=(lan,)) == [
        ("handover", "d1", "lan@x.vn")
    ]


def test_follow_up_that_does_not_reach_a_unit_goes_to_its_head_and_to_the_keeper_of_the_register() -> None:
    told = [notice(NoticeKind.REMINDER), notice(NoticeKind.REMINDER, "d2")]
    assert sent(told, D1, D2, KEEPER, holders=(GONE,)) == [
        ("reminder", "d1", "head@x.vn"),
        ("reminder", "d2", "d2@x.vn"),
        ("unreachable", ISSUER, "p@x.vn"),
    ]


@pytest.mark.parametrize(
    "kind", [NoticeKind.NOT_RESUBMITTED, NoticeKind.DUE_SET, NoticeKind.AMENDED, NoticeKind.RESUMED]
)
def test_the_keeper_hears_where_a_unit_cannot_hear_of_what_it_has_to_do(kind: NoticeKind) -> None:
    assert sent([notice(kind)], unit("d1", None), KEEPER) == [(kind, "d1", ""), ("unreachable", ISSUER, "p@x.vn")]


def test_what_nobody_gets_is_a_mail_without_an_address_and_the_keeper_hears_of_it() -> None:
    assert sent([notice(NoticeKind.OVERDUE, role=Role.HEAD)], unit("d1", None), KEEPER) == [
        ("overdue", "d1", ""),
        ("unreachable", ISSUER, "p@x.vn"),
    ]
    assert sent([notice(NoticeKind.ASSIGNMENT)], unit("d1", None), KEEPER) == [("assignment", "d1", "")]


def test_several_units_that_no_mail_reaches_are_one_mail_to_the_keeper() -> None:
    told = [notice(NoticeKind.CHASE, of, role) for of in ("d1", "d2") for role in Role]
    contacts = Contacts({"d1": unit("d1", None), "d2": unit("d2", None), ISSUER: KEEPER}, {})
    found = [mail.notice for mail in dispatch(PLAN, told, contacts, TODAY) if mail.notice.kind == "unreachable"]
    assert [item.obligations for item in found] == [("year@d1", "year@d2")]


def test_an_address_that_is_gone_is_told_of_only_where_nobody_else_answers() -> None:
    lan = Holder(id="h9", unit="d1", name="Lan", email="lan@x.vn", arrangement=Arrangement.COLLEAGUE, by="focal")
    gone = notice(NoticeKind.UNREACHABLE, ISSUER, obligations=("year@d1",))
    assert sent([gone], D1, KEEPER, holders=(GONE, lan)) == []
    assert sent([gone], D1, KEEPER, holders=(GONE,)) == [("unreachable", ISSUER, "p@x.vn")]


def test_what_is_for_the_focal_point_and_for_the_head_goes_once_to_a_unit_with_one_address() -> None:
    told = [notice(NoticeKind.CHASE, "d2", role) for role in Role]
    assert sent(told, D2, KEEPER) == [("chase", "d2", "d2@x.vn")]
