"""Changing a whole directive over the port of the pages, on a real database and with the real rules."""

import asyncio
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import Engine
from sqlmodel import select

from changing.addressees import MOST
from changing.for_pages import Changes
from models.actor import Actor, ActorKind
from models.changing import CannotChange, Hindrance, LateAddressees, NewVersion
from models.command import Command, Receipt
from models.document import DocumentRef
from models.event import Event
from models.link import Link, Purpose
from models.obligation import State
from models.stepped_in import Amended
from models.tables import CascadeRow, DirectiveRow, EventRow
from models.unreachable import Unreachable
from rules.previewing import Becomes
from rules.refusals import Reason, Refused, RefusedByRegister
from store.engine import reading, writing
from store.units import save_units
from tests import small
from tests.commands.test_amend import SECOND, Desk, begin
from tests.store.test_pages import link as link_of

ROOT = small.cascade(small.TOP)
LINK = link_of(small.TOP, Purpose.REGISTER)
ACTOR = Actor(kind=ActorKind.REVIEWER, unit=small.TOP, name="Lan", holder="h7")
ORDER = DocumentRef(number="20/SO-BĐG", normal="20/SO-BĐG", date=date(2020, 3, 13))
VERSION = NewVersion(source=SECOND.encode(), reason="điều chỉnh", document=ORDER)
LATE = LateAddressees(requirements=("high",), units=(small.LOW,), until=date(2020, 4, 10), reason="bổ sung")


@pytest.fixture
def desk(sqlite: Engine, tmp_path: Path) -> Desk:
    return begin(sqlite, tmp_path)


@pytest.fixture
def changes(desk: Desk) -> Changes:
    return Changes(desk.engine, desk.registers)


def link(**changed: str) -> Link:
    return LINK.model_copy(update={"directive_id": DIRECTIVE} | changed)


DIRECTIVE = small.plan().head.directive_id


def amendments(desk: Desk) -> list[tuple[Amended, Actor]]:
    with reading(desk.engine) as session:
        bodies = session.exec(select(EventRow.body).where(EventRow.kind == "amended"))
        events = [Event.model_validate_json(body) for body in bodies]
    return [(event.fact, event.actor) for event in events if isinstance(event.fact, Amended)]


async def test_a_version_is_shown_by_requirement_with_names_and_nothing_changes(desk: Desk, changes: Changes) -> None:
    before = desk.states()
    shown = changes.amendment(link(), ACTOR, VERSION)
    counts = {group.requirement: dict(group.counts) for group in shown.groups}
    assert counts == {
        "plan": {Becomes.REDATED: 2},
        "old": {Becomes.WITHDRAWN: 2},
        "commune-plan": {Becomes.ADDED: 3},
    }
    assert {item.unit_name for group in shown.groups for item in group.items} >= {"Phòng huyện Cao", "UBND xã 0111"}
    assert [group.title for group in shown.groups] == ["Kế hoạch năm", "Kế hoạch xã", "Việc cũ"]
    assert (shown.version, desk.states(), desk.registers.sent) == (2, before, [])


async def test_confirmed_all_registers_have_it_and_know_who_ordered_it(desk: Desk, changes: Changes) -> None:
    seal = changes.amendment(link(), ACTOR, VERSION).seal
    told = await changes.amend(link(), ACTOR, VERSION, seal)
    assert (told.version, told.behind, told.going_on) == (2, 0, False)
    assert desk.states()[f"old@{small.LOW}"] is State.WITHDRAWN
    for fact, actor in amendments(desk):
        assert fact.document == ORDER
        assert (actor.kind, actor.name, actor.holder) == (ActorKind.SUPERVISOR, "Lan", "h7")
    sent = len(desk.registers.sent)
    await changes.amend(link(), ACTOR, VERSION, seal)
    assert len(desk.registers.sent) == sent, "a button pressed twice"


async def test_what_has_changed_since_it_was_shown_is_not_done(desk: Desk, changes: Changes) -> None:
    seal = changes.amendment(link(), ACTOR, VERSION).seal
    desk.accept(f"old@{small.HIGH}")
    with pytest.raises(CannotChange) as hindered:
        await changes.amend(link(), ACTOR, VERSION, seal)
    assert hindered.value.why is Hindrance.SEEN_OTHERWISE
    assert changes.told(link()).version == 1


async def test_where_a_register_below_is_away_the_first_one_has_it_and_the_rest_is_completed(
    desk: Desk, changes: Changes
) -> None:
    seal = changes.amendment(link(), ACTOR, VERSION).seal
    desk.registers.down.add(small.cascade(small.LOW))
    with pytest.raises(Unreachable):
        await changes.amend(link(), ACTOR, VERSION, seal)
    assert (changes.told(link()).version, changes.told(link()).behind) == (2, 1)
    with pytest.raises(Unreachable):
        await changes.complete(link(), ACTOR)
    desk.registers.down.clear()
    assert (await changes.complete(link(), ACTOR)).behind == 0
    assert {fact.reason for fact, _ in amendments(desk)} == {"điều chỉnh"}
    assert {fact.document for fact, _ in amendments(desk)} == {ORDER}


async def test_where_the_first_register_is_away_nobody_below_is_told(desk: Desk, changes: Changes) -> None:
    seal = changes.amendment(link(), ACTOR, VERSION).seal
    desk.registers.down.add(ROOT)
    with pytest.raises(Unreachable):
        await changes.amend(link(), ACTOR, VERSION, seal)
    assert {register for register, _ in desk.registers.sent} == {ROOT}
    assert changes.told(link()).behind == 2


async def test_only_who_keeps_the_first_register_changes_anything(desk: Desk, changes: Changes) -> None:
    below = link(cascade_id=small.cascade(small.LOW), unit=small.LOW)
    keeper = Actor(kind=ActorKind.REVIEWER, unit=small.LOW)
    for who, by in ((below, keeper), (link(), keeper)):
        for asked in (
            lambda who=who, by=by: changes.amendment(who, by, VERSION),
            lambda who=who, by=by: changes.enlistment(who, by, LATE),
            lambda who=who, by=by: asyncio.run(changes.amend(who, by, VERSION, "")),
        ):
            with pytest.raises(Refused) as refusal:
                await asyncio.to_thread(asked)
            assert refusal.value.reason is Reason.NOT_YOURS
    assert desk.registers.sent == []


async def test_a_directive_that_has_closed_is_changed_no_more(desk: Desk, changes: Changes) -> None:
    with writing(desk.engine) as session:
        session.get_one(DirectiveRow, DIRECTIVE).closed_at = small.STARTS
    for asked in (
        lambda: changes.amendment(link(), ACTOR, VERSION),
        lambda: changes.candidates(link(), ACTOR, "xa"),
        lambda: changes.enlistment(link(), ACTOR, LATE),
    ):
        with pytest.raises(Refused) as refusal:
            asked()
        assert refusal.value.reason is Reason.CLOSED


class Refusing:
    """Registers that refuse everything."""

    async def send(self, _cascade_id: str, _command: Command) -> Receipt:
        raise Refused(Reason.VERSION_OUTDATED)


async def test_what_a_register_refuses_is_told_from_what_none_was_asked(desk: Desk, changes: Changes) -> None:
    with pytest.raises(RefusedByRegister):
        await Changes(desk.engine, Refusing()).amend(
            link(), ACTOR, VERSION, changes.amendment(link(), ACTOR, VERSION).seal
        )
    with pytest.raises(Refused) as refusal:
        changes.amendment(link(), ACTOR, VERSION.model_copy(update={"reason": " "}))
    assert not isinstance(refusal.value, RefusedByRegister)


def test_a_confirmation_is_bound_to_the_reason_that_was_shown_too(changes: Changes) -> None:
    other = VERSION.model_copy(update={"reason": "khác"})
    assert changes.amendment(link(), ACTOR, VERSION).seal != changes.amendment(link(), ACTOR, other).seal


def test_of_many_units_that_are_found_the_first_are_offered(desk: Desk, changes: Changes) -> None:
    commune = small.UNITS[-1]
    save_units(desk.engine, [commune.model_copy(update={"code": f"{number:04}-xa"}) for number in range(2000, 2050)])
    found = changes.candidates(link(), ACTOR, "xa")
    assert len(found) == MOST
    assert list(found)[:3] == list(small.COMMUNES)


async def test_nothing_is_there_to_complete_in_the_first_version(changes: Changes) -> None:
    with pytest.raises(CannotChange):
        await changes.complete(link(), ACTOR)


def test_files_that_were_given_are_found_by_their_names(changes: Changes) -> None:
    named = SECOND.replace("date: 2020-03-02}", "date: 2020-03-02, files: [kem/ke-hoach.pdf]}").encode()
    given = VERSION.model_copy(update={"source": named, "files": (small.PAPER,)})
    assert changes.amendment(link(), ACTOR, given).version == 2
    with pytest.raises(CannotChange) as hindered:
        changes.amendment(link(), ACTOR, given.model_copy(update={"files": ()}))
    assert [fault.code for fault in hindered.value.faults] == ["file"]


async def test_late_addressees_are_found_shown_and_enlisted(desk: Desk, changes: Changes) -> None:
    assert changes.askable(link()) == {
        "plan": "Kế hoạch năm",
        "old": "Việc cũ",
        "high": "Việc riêng",
        "commune-note": "Báo nhanh",
    }
    assert changes.candidates(link(), ACTOR, "huyen thap") == {small.LOW: "Phòng huyện Thấp"}
    assert changes.codes(("phòng huyện thấp", small.HIGH, "ai đó")) == (small.LOW, small.HIGH, "ai đó")
    shown = changes.enlistment(link(), ACTOR, LATE)
    assert [dict(group.counts) for group in shown.groups] == [{Becomes.ADDED: 1}]
    await changes.enlist(link(), ACTOR, LATE, shown.seal, "pressed-once")
    assert desk.states()[f"high@{small.LOW}"] is State.OPEN
    assert changes.listed(link(), "pressed-once") == (("Việc riêng", "Phòng huyện Thấp"),)
    sent = len(desk.registers.sent)
    await changes.enlist(link(), ACTOR, LATE, shown.seal, "pressed-once")
    assert len(desk.registers.sent) == sent
    with pytest.raises(Refused) as refusal:
        await changes.enlist(link(), ACTOR, LATE, shown.seal, "somebody-else")
    assert refusal.value.reason is Reason.ALREADY_OWES


async def test_units_that_arose_below_who_keeps_the_first_register_now_are_found_and_enlisted(
    desk: Desk, changes: Changes
) -> None:
    top, _high, low, *_communes = small.UNITS
    heir = top.model_copy(update={"code": "02-so", "valid_from": date(2020, 3, 10)})
    arisen = low.model_copy(
        update={"code": "021-phong", "short_name": "Phòng Mới", "superior": heir.code, "valid_from": heir.valid_from}
    )
    save_units(desk.engine, [heir, arisen])
    assert changes.candidates(link(), ACTOR, "phong moi") == {}, "it stands below somebody else"
    with writing(desk.engine) as session:
        row = session.get_one(CascadeRow, ROOT)
        row.plan = row.plan | {"issuer": heir.code}
    keeper = ACTOR.model_copy(update={"unit": heir.code})
    assert changes.candidates(link(), keeper, "phong moi") == {arisen.code: arisen.short_name}
    shown = changes.enlistment(link(), keeper, LATE.model_copy(update={"units": (arisen.code,)}))
    assert [item.unit_name for group in shown.groups for item in group.items] == [arisen.short_name]
