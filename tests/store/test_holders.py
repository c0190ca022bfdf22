"""Who answers for a unit: as the ledger says, whom mail is queued for, which links hold, and whom nothing reaches."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import Engine, event
from sqlmodel import select

from models.actor import Actor, ActorKind
from models.command import Command, Leave, NameHolder, NoteRefusal
from models.event import Event
from models.holder import Arrangement, Holder, holder_key
from models.ledger import LedgerState
from models.link import Link, Purpose
from models.tables import LinkRow, OutboxRow
from models.unit import Role
from rules.ledger import advance, decide, open_register
from store.engine import reading, writing
from store.holders import cascade_holders, unreachable_units
from store.links import token_hash
from store.pages import Pages
from store.recorder import Recorder
from store.units import save_units
from tests import small
from tests.small import COMMUNES, HIGH, LOW, STARTS, TOP

CASCADE, BELOW = small.cascade(TOP), small.cascade(HIGH)
DIRECTIVE = small.plan().head.directive_id
DAY = timedelta(days=1)
FOCAL = f"{HIGH}@nho.example"
TOKEN = "t" * 43
TODAY = STARTS.date() + DAY


def name(
    person: str, arrangement: Arrangement, day: int = 1, *, by: str = "focal", by_email: str = FOCAL
) -> NameHolder:
    """Somebody names another; a substitute stands in for the first ten days of March."""
    stands_in = arrangement is Arrangement.SUBSTITUTE
    return NameHolder(
        id=f"name {person}", at=STARTS + day * DAY, actor=officer(by), unit=HIGH, name=f"Chị {person}",
        email=f"{person}@nho.example", arrangement=arrangement, by_email=by_email,
        first=date(2020, 3, 1) if stands_in else None, last=date(2020, 3, 10) if stands_in else None,
    )  # fmt: skip


def leave(holder: str = "focal", email: str = FOCAL, day: int = 1, unit: str = HIGH) -> Leave:
    return Leave(id=f"leave {unit} {holder}", at=STARTS + day * DAY, actor=officer(holder, unit), email=email)


def refuse(unit: str, holder: str = "focal", role: Role = Role.FOCAL, day: int = 1) -> NoteRefusal:
    email = f"{unit}@nho.example" if role is Role.FOCAL else f"truong.{unit}@nho.example"
    return NoteRefusal(
        id=f"refuse {unit} {holder}", at=STARTS + day * DAY, actor=Actor(kind=ActorKind.POSTMAN, unit=unit), unit=unit,
        holder=holder, role=role, email=email, words="550 no such user",
    )  # fmt: skip


def officer(holder: str, unit: str = HIGH) -> Actor:
    return Actor(kind=ActorKind.OFFICER, unit=unit, holder=holder)


def lived(
    commands: Sequence[Command], until: Sequence[datetime] = (), keeper: str = TOP
) -> tuple[LedgerState, list[tuple[Event, ...]]]:
    """A register after some commands, and after what time alone brings by some instants; with the events of each."""
    book = small.slice_of(keeper)
    change = open_register(book, STARTS)
    batches = [change.events]
    for command in commands:
        change = decide(book, change.state, command)
        batches.append(change.events)
    for instant in until:
        change = advance(book, change.state, instant)
        batches.append(change.events)
    return change.state, batches


def record(engine: Engine, *commands: Command, until: Sequence[datetime] = (), keeper: str = TOP) -> LedgerState:
    state, batches = lived(commands, until, keeper)
    for events in batches:
        Recorder(engine, small.MAIL_HOURS).record(small.cascade(keeper), events)
    return state


def told(engine: Engine, kind: str, unit: str = HIGH) -> list[tuple[str, str]]:
    """Role and holder of the mails of a kind to a unit."""
    with reading(engine) as session:
        rows = session.exec(select(OutboxRow).where(OutboxRow.kind == kind, OutboxRow.unit == unit).order_by("id"))
        return [(row.role, row.holder) for row in rows]


def known(engine: Engine) -> dict[str, Holder]:
    with reading(engine) as session:
        found = cascade_holders(session, CASCADE)
    return {holder_key(holder.unit, holder.id): holder for holders in found.values() for holder in holders}


@pytest.mark.parametrize("at_once", [True, False])
def test_holders_are_in_sql_as_in_the_ledger(started: Engine, at_once: bool) -> None:
    first, _ = lived([name("lan", Arrangement.SUCCESSOR)])
    (lan,) = (holder.id for holder in first.holders.values() if holder.name)
    commands: list[Command] = [
        name("lan", Arrangement.SUCCESSOR),
        name("hoa", Arrangement.COLLEAGUE, 2, by=lan, by_email="lan@nho.example"),
        name("mai", Arrangement.SUBSTITUTE, 2, by=lan, by_email="lan@nho.example"),
        leave(lan, "lan@nho.example", 3),
        refuse(HIGH, "head", Role.HEAD, 4),
        refuse(LOW, day=4),
        leave(unit=LOW, email=f"{LOW}@nho.example", day=5),
    ]
    state, batches = lived(commands)
    recorder = Recorder(started, small.MAIL_HOURS)
    for batch in [[item for events in batches for item in events]] if at_once else batches:
        recorder.record(CASCADE, batch)
    assert known(started) == state.holders
    with reading(started) as session:
        ids = [holder.id for holder in cascade_holders(session, CASCADE, [HIGH])[HIGH]]
    assert ids[:3] == ["focal", "head", lan]
    assert len(ids) == 5


def test_a_named_person_is_greeted_and_gets_what_the_unit_gets_from_then_on(started: Engine) -> None:
    state = record(started, name("hoa", Arrangement.COLLEAGUE), until=[STARTS + 23 * DAY])
    (hoa,) = (holder.id for holder in state.holders.values())
    assert told(started, "assignment") == [("focal", "focal")]
    assert told(started, "handover") == [("focal", hoa)]
    assert told(started, "reminder") == [("focal", "focal"), ("focal", hoa)]


def test_mail_leaves_in_mail_hours_and_a_greeting_at_once(started: Engine) -> None:
    record(started, name("hoa", Arrangement.COLLEAGUE, 5))
    with reading(started) as session:
        rows = {row.kind: row for row in session.exec(select(OutboxRow).where(OutboxRow.unit == HIGH))}
    assert (rows["assignment"].at, rows["assignment"].send_at) == (STARTS, STARTS + timedelta(hours=7.5))
    assert rows["handover"].send_at == rows["handover"].at == STARTS + 5 * DAY


def test_a_unit_without_a_head_is_told_of_a_wave_once_by_the_one_it_has(started: Engine) -> None:
    commune = COMMUNES[0]
    record(started, keeper=HIGH, until=[datetime(2020, month, day, 3, tzinfo=UTC) for month, day in ((4, 21), (5, 22))])
    assert told(started, "chase", commune) == [("focal", "focal")]


def test_where_nobody_is_left_a_row_without_address_stands_and_the_keeper_is_told(started: Engine) -> None:
    units = {unit.code: unit for unit in small.UNITS}
    save_units(started, [units[HIGH].model_copy(update={"focal_email": None, "head_email": None})])
    record(started, until=[STARTS + 31 * DAY])
    assert told(started, "assignment") == [("focal", "focal")]
    assert told(started, "unreachable", TOP) == [("focal", "focal")]


def test_what_happened_to_a_person_reaches_the_pages_of_the_unit_and_of_the_register(started: Engine) -> None:
    state = record(started, name("hoa", Arrangement.COLLEAGUE), refuse(LOW), refuse(LOW, "head", Role.HEAD))
    pages = Pages(started)
    page = pages.officer_page(link(HIGH))
    assert [holder.name for holder in page.holders] == ["Chị hoa"]
    register = pages.register_page(link(TOP, Purpose.REGISTER))
    assert {holder_key(item.unit, item.id): item for item in register.holders} == state.holders
    assert list(register.unreachable) == [LOW]
    assert "550 no such user" in register.unreachable[LOW]


@pytest.mark.parametrize(
    ("commands", "dead"),
    [
        ([], False),
        ([name("hoa", Arrangement.COLLEAGUE)], False),
        ([name("lan", Arrangement.SUCCESSOR)], True),
        ([leave()], True),
        ([leave(unit=LOW, email=f"{LOW}@nho.example")], False),
    ],
)
def test_a_link_dies_with_its_holder(started: Engine, commands: list[Command], dead: bool) -> None:
    record(started, *commands)
    issue(started, address=FOCAL)
    found = Pages(started).link(TOKEN)
    assert found is not None
    assert found.dead is dead


def test_a_link_dies_when_the_registry_has_another_address(started: Engine) -> None:
    record(started)
    issue(started, address="cu@nho.example")
    found = Pages(started).link(TOKEN)
    assert found is not None
    assert found.dead


def test_a_link_from_before_people_were_known_by_name_holds_and_an_unknown_token_is_none(started: Engine) -> None:
    record(started)
    issue(started, address="", holder="")
    found = Pages(started).link(TOKEN)
    assert found is not None
    assert not found.dead
    assert Pages(started).link("u" * 43) is None


def test_units_that_no_mail_reaches_are_listed_with_the_reason_each_once(started: Engine) -> None:
    units = {unit.code: unit for unit in small.UNITS}
    save_units(started, [units[COMMUNES[1]].model_copy(update={"focal_email": None})])
    record(started, refuse(LOW))
    record(started, refuse(COMMUNES[0]), keeper=HIGH)
    with reading(started) as session:
        found = unreachable_units(session, DIRECTIVE, TODAY)
        assert [unit for unit, _ in found] == [COMMUNES[0], COMMUNES[1], LOW]
        for (_, why), expected in zip(found, ("550 no such user", "chưa có địa chỉ", "550 no such user"), strict=True):
            assert expected in why
        assert unreachable_units(session, "other", TODAY) == []


@pytest.mark.parametrize("purpose", [Purpose.OFFICER, Purpose.REGISTER])
def test_a_page_takes_as_many_reads_for_two_units_as_for_one(sqlite: Engine, purpose: Purpose) -> None:
    small.store(sqlite)
    reads = []
    for keeper in (LOW, HIGH):  # one commune below the one, two below the other
        record(sqlite, keeper=keeper)
        pages, asked = Pages(sqlite), link(keeper, purpose, small.cascade(keeper))
        with counting(sqlite) as statements:
            _ = pages.register_page(asked) if purpose is Purpose.REGISTER else pages.officer_page(asked)
        reads.append(len(statements))
    assert reads[0] == reads[1]


@contextmanager
def counting(engine: Engine) -> Iterator[list[str]]:
    """The queries that are made meanwhile."""
    statements: list[str] = []

    def note(*given: object) -> None:
        statements.append(str(given[2]))

    event.listen(engine, "before_cursor_execute", note)
    yield statements
    event.remove(engine, "before_cursor_execute", note)


def link(unit: str, purpose: Purpose = Purpose.OFFICER, cascade: str = CASCADE) -> Link:
    return Link(
        token_hash="hash",  # noqa: S106 - not a secret
        purpose=purpose,
        directive_id=DIRECTIVE,
        cascade_id=cascade,
        unit=unit,
        role=Role.FOCAL,
        expires_at=STARTS,
    )


def issue(engine: Engine, address: str, holder: str = "focal") -> None:
    """A link of the focal point of HIGH, as a mail had it."""
    fields = link(HIGH).model_dump(exclude={"dead"}) | {"token_hash": token_hash(TOKEN)}
    with writing(engine) as session:
        session.add(LinkRow.model_validate(fields | {"address": address, "holder": holder}))
