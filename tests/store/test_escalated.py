"""What the page of a register tells of registers below, of units that may take over, and of those before."""

from datetime import timedelta

import pytest
from sqlalchemy import Engine

from models.actor import Actor, ActorKind
from models.command import HearEscalation
from models.follow_up import Audience
from models.intervention import Reassign, Target
from models.link import Link, Purpose
from models.obligation import State
from models.unit import Role
from rules.ledger import decide, open_register
from store.escalated import MOST
from store.pages import Pages
from store.recorder import Recorder
from tests import small

CASCADE = small.cascade(small.TOP)


def link(unit: str, cascade_id: str = CASCADE) -> Link:
    return Link(
        token_hash="hash",  # noqa: S106 - not a secret
        purpose=Purpose.REGISTER,
        directive_id=small.plan().head.directive_id,
        cascade_id=cascade_id,
        unit=unit,
        role=Role.FOCAL,
        expires_at=small.STARTS,
    )


@pytest.fixture
def both(started: Engine) -> Engine:
    """The first register, and the one below that the unit HIGH keeps, both open."""
    recorder = Recorder(started, small.MAIL_HOURS)
    for unit in (small.HIGH, small.TOP):
        recorder.record(small.cascade(unit), open_register(small.slice_of(unit), small.STARTS).events)
    return started


def escalate(engine: Engine, *keys: tuple[str, ...]) -> None:
    """The register below escalates these obligations of its own, one wave after the other."""
    book = small.slice_of(small.TOP)
    change = open_register(book, small.STARTS)
    for number, obligations in enumerate(keys, start=1):
        command = HearEscalation(
            id=f"{small.cascade(small.HIGH)}:{number}",
            at=small.STARTS + timedelta(days=number),
            actor=Actor(kind=ActorKind.CASCADE, unit=small.HIGH),
            register_id=small.cascade(small.HIGH),
            unit=small.HIGH,
            step="due:5",
            to=(Audience.ABOVE,),
            obligations=obligations,
        )
        change = decide(book, change.state, command)
        Recorder(engine, small.MAIL_HOURS).record(CASCADE, change.events)


def below() -> list[str]:
    return [f"{duty.requirement}@{duty.unit}" for duty in small.slice_of(small.HIGH).duties if duty.applicable]


def test_escalations_from_below_stand_on_the_page_of_the_register_above_the_latest_first(both: Engine) -> None:
    first, second = below()[:2]
    escalate(both, (first,), (first, second))
    told = Pages(both).register_page(link(small.TOP)).escalated
    assert [[line.key for line in item.lines] for item in told] == [[first, second], [first]]
    assert {item.keeper for item in told} == {small.HIGH}
    assert all(item.keeper_name and item.lines[0].unit_name for item in told)
    assert told[0].lines[0].cascade_id == small.cascade(small.HIGH)
    assert Pages(both).register_page(link(small.HIGH, small.cascade(small.HIGH))).escalated == ()


def test_of_many_escalations_the_latest_are_read(both: Engine) -> None:
    escalate(both, *[(below()[0],)] * (MOST + 2))
    told = Pages(both).register_page(link(small.TOP)).escalated
    assert len(told) == MOST
    assert told[0].at == small.STARTS + timedelta(days=MOST + 2)


def test_who_keeps_the_register_may_give_work_to_its_units_and_to_those_under_him(both: Engine) -> None:
    offered = Pages(both).register_page(link(small.TOP)).assignable
    assert small.HIGH in offered
    assert offered.keys() >= {line.unit for line in Pages(both).register_page(link(small.TOP)).lines}
    assert all(offered.values())


def test_a_line_that_went_to_another_unit_names_it_and_is_named_by_it(both: Engine) -> None:
    book = small.slice_of(small.TOP)
    opened = open_register(book, small.STARTS).state
    open_ = [item for item in opened.obligations.values() if item.state is State.OPEN]
    item = next(item for item in open_ if item.unit == small.HIGH)
    other = "0111-xa"
    command = Reassign(
        id="reassign",
        at=small.STARTS + timedelta(days=1),
        actor=small.reviewer(small.TOP),
        reason="đổi đơn vị",
        targets=(Target(obligation=item.key, submissions=0),),
        unit=other,
    )
    Recorder(both, small.MAIL_HOURS).record(CASCADE, decide(book, opened, command).events)
    page = Pages(both).register_page(link(small.TOP))
    lines = {line.key: line for line in page.lines}
    assert lines[item.key].moved_to == (other,)
    assert lines[item.key].reason == "đổi đơn vị"
    assert {item.unit, other} <= page.names.keys()
