"""Who answers for a unit, whom mail reaches, and whose link holds."""

from datetime import UTC, date, datetime

import pytest

from models.actor import Actor, ActorKind
from models.holder import Arrangement, Holder
from models.link import Link, Purpose
from models.unit import Level, Role, Unit
from rules.holders import answers, holders_of, link_holds, receivers, unheard
from rules.refusals import Reason
from tests.rules.asking import holding, leave, name_holder, note_refusal, substitute
from tests.rules.plans import ISSUER, at, plan, requirement, reviewer, supervisor
from tests.rules.registers import Book, kinds

NOON = at(3, 10)
TODAY = date(2020, 3, 10)
JULY = (date(2020, 4, 1), date(2020, 4, 10))
UNIT = Unit(
    code="d1",
    name="Phòng",
    short_name="Phòng",
    level=Level.DISTRICT,
    line="ldtbxh",
    territory="d1",
    focal_email="d1@x.vn",
    head_email="head@x.vn",
)


def register() -> Book:
    return Book(plan([requirement("year")], ("d1", "d2")))


def known(book: Book) -> tuple[Holder, ...]:
    return holders_of(book.state.holders, "d1")


def reached(book: Book, role: Role = Role.FOCAL, day: date = TODAY, unit: Unit = UNIT) -> list[str]:
    return [person.email for person in receivers(unit, known(book), role, day)]


def link(holder: str, address: str, role: Role = Role.FOCAL) -> Link:
    return Link(
        token_hash="x",  # noqa: S106 - not a secret
        purpose=Purpose.OFFICER,
        directive_id="x",
        cascade_id="x",
        unit="d1",
        role=role,
        holder=holder,
        address=address,
        expires_at=datetime(2021, 1, 1, tzinfo=UTC),
    )


def holds(book: Book, holder: str, address: str, day: date = TODAY, unit: Unit = UNIT) -> bool:
    return link_holds(link(holder, address), unit, known(book), day)


def newest(book: Book) -> str:
    return known(book)[-1].id if known(book)[-1].arrangement else known(book)[-2].id


def test_without_anybody_named_mail_goes_to_the_contacts_of_the_registry() -> None:
    book = register()
    assert (reached(book), reached(book, Role.HEAD)) == (["d1@x.vn"], ["head@x.vn"])
    headless = UNIT.model_copy(update={"head_email": None})
    assert reached(book, Role.HEAD, unit=headless) == ["d1@x.vn"]
    nobody = headless.model_copy(update={"focal_email": None})
    assert reached(book, unit=nobody) == []


def test_a_colleague_gets_mail_beside_the_one_who_named_him() -> None:
    book = register()
    assert kinds(book.do(name_holder(NOON))) == ["holder_named"]
    assert reached(book) == ["d1@x.vn", "lan@x.vn"]
    assert holds(book, "focal", "d1@x.vn")
    assert holds(book, newest(book), "lan@x.vn")


def test_a_successor_takes_over_and_the_link_of_the_one_before_dies() -> None:
    book = register()
    book.do(name_holder(NOON, arrangement=Arrangement.SUCCESSOR))
    assert reached(book) == ["lan@x.vn"]
    assert not holds(book, "focal", "d1@x.vn")
    assert book.refusal(name_holder(NOON, "minh@x.vn")) is Reason.HOLDER_GONE
    first = newest(book)
    book.do(name_holder(NOON, "minh@x.vn", Arrangement.SUCCESSOR, by=holding("d1", first), by_email="lan@x.vn"))
    assert reached(book) == ["minh@x.vn"]
    assert not holds(book, first, "lan@x.vn")


def test_a_new_contact_in_the_registry_is_written_to_again_and_the_old_links_die() -> None:
    book = register()
    book.do(leave(NOON))
    renewed = UNIT.model_copy(update={"focal_email": "moi@x.vn"})
    assert (reached(book), reached(book, unit=renewed)) == (["head@x.vn"], ["moi@x.vn"])
    assert holds(book, "focal", "moi@x.vn", unit=renewed)
    assert not holds(book, "focal", "d1@x.vn", unit=renewed)


def test_a_substitute_stands_in_between_two_days_and_his_link_lives_as_long() -> None:
    book = register()
    book.do(substitute(NOON, *JULY))
    assert [reached(book, day=day) for day in (TODAY, *JULY, date(2020, 4, 11))] == [
        ["d1@x.vn"],
        ["lan@x.vn"],
        ["lan@x.vn"],
        ["d1@x.vn"],
    ]
    assert holds(book, newest(book), "lan@x.vn", JULY[1])
    assert not holds(book, newest(book), "lan@x.vn", date(2020, 4, 11))
    assert holds(book, "focal", "d1@x.vn", JULY[0])


@pytest.mark.parametrize(
    ("changed", "there"),
    [
        ({}, True),
        ({"first": JULY[0], "last": JULY[1]}, True),
        ({"last": TODAY}, True),
        ({"last": date(2020, 3, 9)}, False),
        ({"left_at": NOON}, False),
        ({"refused_at": NOON}, True),
    ],
)
def test_who_has_not_left_answers_until_his_days_are_over(changed: dict[str, object], there: bool) -> None:
    named = {"id": "h5", "unit": "d1", "email": "lan@x.vn", "arrangement": Arrangement.SUBSTITUTE}
    assert answers(Holder.model_validate(named | changed), TODAY) is there


def test_a_substitute_may_name_one_himself_but_chains_are_short_and_never_circle() -> None:
    book = register()
    book.do(substitute(NOON, *JULY))
    first = newest(book)
    book.do(substitute(NOON, *JULY, "minh@x.vn", by=holding("d1", first), by_email="lan@x.vn"))
    second = newest(book)
    assert reached(book, day=JULY[0]) == ["minh@x.vn"]
    for address in ("lan@x.vn", "D1@x.vn", "minh@x.vn"):
        again = substitute(NOON, *JULY, address, by=holding("d1", second), by_email="minh@x.vn")
        assert book.refusal(again) is Reason.HOLDER_CIRCLE
    book.do(substitute(NOON, *JULY, "hoa@x.vn", by=holding("d1", second), by_email="minh@x.vn"))
    longer = substitute(NOON, *JULY, "an@x.vn", by=holding("d1", newest(book)), by_email="hoa@x.vn")
    assert book.refusal(longer) is Reason.CHAIN_TOO_LONG


def test_where_the_only_one_has_left_the_head_gets_the_mail_and_the_register_says_why() -> None:
    book = register()
    facts = book.do(leave(NOON))
    assert [(fact.kind, fact.obligations) for fact in facts if fact.kind == "holder_left"] == [
        ("holder_left", ("year@d1",))
    ]
    assert reached(book) == ["head@x.vn"]
    assert "không còn" in unheard(UNIT, known(book), TODAY)
    assert not holds(book, "focal", "d1@x.vn")
    assert book.do(leave(NOON)) == ()


def test_an_address_that_is_gone_is_noted_once_and_not_used_again() -> None:
    book = register()
    assert kinds(book.do(note_refusal(NOON))) == ["address_refused"]
    assert book.do(note_refusal(at(3, 11))) == ()
    assert reached(book) == ["head@x.vn"]
    assert unheard(UNIT, known(book), TODAY) == (
        "địa chỉ d1@x.vn không tồn tại hoặc không nhận thư (máy chủ thư: 550 no such user)"
    )
    assert unheard(UNIT.model_copy(update={"focal_email": "moi@x.vn"}), known(book), TODAY) == ""
    assert holds(book, "focal", "d1@x.vn")


def test_a_unit_that_had_no_address_is_written_to_once_the_registry_has_one() -> None:
    book = register()
    book.do(note_refusal(NOON, email=""))
    nobody = UNIT.model_copy(update={"focal_email": None, "head_email": None})
    assert (reached(book, unit=nobody), reached(book)) == ([], ["d1@x.vn"])
    assert unheard(nobody, known(book), TODAY)


def test_a_substitute_is_reached_also_where_the_one_he_stands_in_for_is_not() -> None:
    book = register()
    book.do(note_refusal(NOON))
    book.do(substitute(NOON, TODAY, JULY[1], by=reviewer(ISSUER), by_email=""))
    assert (reached(book), unheard(UNIT, known(book), TODAY)) == (["lan@x.vn"], "")
    assert reached(book, day=date(2020, 4, 11)) == ["head@x.vn"]


def test_the_keeper_of_the_register_may_name_somebody_for_any_unit_in_it() -> None:
    book = register()
    named = name_holder(NOON, arrangement=Arrangement.SUCCESSOR, by=reviewer(ISSUER), by_email="")
    book.do(named)
    assert reached(book) == ["lan@x.vn"]
    assert not holds(book, "focal", "d1@x.vn")
    assert book.refusal(name_holder(NOON, by=holding("d2"))) is Reason.NOT_YOURS
    assert book.refusal(name_holder(NOON, unit="stranger", by=reviewer(ISSUER))) is Reason.NOT_YOURS


@pytest.mark.parametrize("by", [supervisor("bo"), reviewer(ISSUER)])
def test_who_was_named_from_above_by_mistake_is_followed_by_the_one_named_next(by: Actor) -> None:
    book = register()
    book.do(name_holder(NOON, "wrong@x.vn", Arrangement.SUCCESSOR, by=by, by_email=""))
    first = newest(book)
    book.do(name_holder(NOON, "right@x.vn", Arrangement.SUCCESSOR, by=by, by_email=""))
    assert reached(book) == ["right@x.vn"]
    assert not holds(book, first, "wrong@x.vn")
    again = name_holder(NOON, "right@x.vn", Arrangement.SUCCESSOR, by=by, by_email="")
    assert book.refusal(again) is Reason.HOLDER_CIRCLE


def test_where_a_named_person_s_address_is_gone_the_one_who_named_him_is_written_to() -> None:
    book = register()
    book.do(substitute(NOON, TODAY, JULY[1]))
    assert reached(book) == ["lan@x.vn"]
    book.do(note_refusal(NOON, holder=newest(book), email="lan@x.vn"))
    assert reached(book) == ["d1@x.vn"]


@pytest.mark.parametrize(
    ("first", "last"),
    [
        (None, None),
        (JULY[0], None),
        (JULY[1], JULY[0]),
        (date(2020, 3, 1), date(2020, 3, 9)),
        (JULY[0], date(2021, 4, 3)),
    ],
)
def test_a_substitute_has_two_days_that_are_not_over(first: date | None, last: date | None) -> None:
    wrong = name_holder(NOON, arrangement=Arrangement.SUBSTITUTE, first=first, last=last)
    assert register().refusal(wrong) is Reason.PERIOD_WRONG


@pytest.mark.parametrize("email", ["", "lan", "lan@", "@x.vn", "lan@x.vn\nBcc: b@x.vn", "lan@x..vn", "a b@x.vn"])
def test_an_address_is_an_address(email: str) -> None:
    assert register().refusal(name_holder(NOON, email)) is Reason.ADDRESS_WRONG


def test_only_the_post_tells_of_refused_addresses() -> None:
    told = note_refusal(NOON, actor=Actor(kind=ActorKind.OFFICER, unit="d1"))
    assert register().refusal(told) is Reason.NOT_YOURS
