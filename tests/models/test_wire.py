from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from models.actor import Actor, ActorKind
from models.cascade import Carried, CascadeStart
from models.clock import Clock
from models.command import Acknowledge, Command, Submit
from models.document import DocumentRef
from models.obligation import DONE, OWING, obligation_key, requirement_of, unit_of
from models.unit import Role
from models.written import LATEST
from rules.calendar import day_end
from rules.chain import GENESIS
from rules.ledger import open_register
from tests.rules.plans import (
    STARTS,
    acknowledge,
    child_closed,
    every_opening,
    open_below,
    register,
    review,
    submit,
    unit,
)

NOW = datetime(2026, 11, 22, 3, tzinfo=UTC)
INSTANTS = st.datetimes(datetime(1990, 1, 1), datetime(2090, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001
COMMANDS: list[Command] = [
    acknowledge("d1", NOW),
    submit("year@d1", NOW),
    review("year@d1", NOW, returns=True),
    register(NOW),
    open_below(NOW),
    child_closed("d1", NOW),
]


# Values on the wire


@pytest.mark.parametrize("command", COMMANDS, ids=[command.kind for command in COMMANDS])
def test_a_command_comes_back_from_json_as_what_it_was(command: Command) -> None:
    adapter: TypeAdapter[Command] = TypeAdapter(Command)
    again = adapter.validate_json(adapter.dump_json(command))
    assert again == command
    assert type(again) is type(command)


def test_what_a_cascade_carries_on_comes_back_from_json_as_it_was() -> None:
    plan = every_opening()
    carried = Carried(plan=plan, state=open_register(plan, STARTS).state, chain_head=GENESIS)
    start = CascadeStart(cascade_id=plan.cascade_id, clock=Clock.ordinary(NOW), carried=carried)
    assert CascadeStart.model_validate_json(start.model_dump_json()) == start


def test_an_unknown_field_is_an_error_and_a_value_never_changes() -> None:
    with pytest.raises(ValidationError):
        DocumentRef.model_validate({"number": "1", "normal": "1", "colour": "red"})
    document = DocumentRef(number="1", normal="1")
    with pytest.raises(ValidationError):
        document.number = "2"  # type: ignore[misc]


@pytest.mark.parametrize("command_id", ["", "x" * 201])
def test_a_command_needs_an_id_of_reasonable_length(command_id: str) -> None:
    with pytest.raises(ValidationError):
        Acknowledge(id=command_id, at=NOW, actor=Actor(kind=ActorKind.OFFICER, unit="d1"))


def test_an_instant_without_a_zone_is_refused_and_any_other_is_kept_in_utc() -> None:
    hanoi = datetime(2026, 11, 22, 10, tzinfo=timezone(timedelta(hours=7)))
    command = submit("year@d1", hanoi)
    assert (command.at, command.at.tzinfo) == (NOW, UTC)
    with pytest.raises(ValidationError):
        Submit.model_validate(command.model_dump() | {"at": datetime(2026, 11, 22)})  # noqa: DTZ001


# Names and units


@pytest.mark.parametrize(("requirement", "code"), [("year", "d1"), ("a@b", "d1"), ("1a-xã", "46-ldtbxh")])
def test_the_name_of_an_obligation_holds_requirement_and_unit(requirement: str, code: str) -> None:
    key = obligation_key(requirement, code)
    assert (requirement_of(key), unit_of(key)) == (requirement, code)


def test_nothing_is_owed_and_done_at_once() -> None:
    assert not OWING & DONE


def test_the_heads_mail_goes_to_the_focal_point_where_no_head_is_known() -> None:
    alone = unit("d1", focal_email="lan@x.example")
    both = unit("d1", focal_email="lan@x.example", head_email="truong@x.example")
    assert [alone.email(role) for role in Role] == ["lan@x.example", "lan@x.example"]
    assert [both.email(role) for role in Role] == ["lan@x.example", "truong@x.example"]
    assert unit("d1", head_email="truong@x.example").email(Role.FOCAL) is None


def test_a_unit_exists_on_both_ends_of_its_validity() -> None:
    found = unit("d1", valid_from=date(2008, 1, 1), valid_to=date(2025, 6, 30))
    assert found.valid_on(date(2008, 1, 1))
    assert found.valid_on(date(2025, 6, 30))
    assert not found.valid_on(date(2025, 7, 1))
    assert unit("d1").valid_on(date(1900, 1, 1))


# Business time


def test_ordinarily_business_time_is_real_time() -> None:
    later = NOW + timedelta(hours=5)
    assert Clock.ordinary(NOW).business(later) == Clock.ordinary(NOW).real(later) == later


def test_a_demo_passes_a_year_in_a_minute() -> None:
    clock = Clock(origin_real=NOW, origin_business=STARTS, speed=365 * 24 * 60)
    assert clock.business(NOW + timedelta(minutes=1)) == STARTS + timedelta(days=365)
    assert clock.real_delay(STARTS, STARTS + timedelta(days=365)) == timedelta(minutes=1)


def test_months_after_a_demo_its_pages_can_still_tell_the_time() -> None:
    clock = Clock(origin_real=NOW, origin_business=STARTS, speed=300_000)
    later = [clock.business(NOW + timedelta(hours=hours)) for hours in (1, 30 * 24, 3000 * 24)]
    assert STARTS < later[0] < later[1] == later[2]
    assert later[2] > day_end(LATEST)


@given(INSTANTS, INSTANTS, st.floats(1, 1_000_000))
def test_a_clock_goes_forward_and_can_be_read_back(one: datetime, two: datetime, speed: float) -> None:
    clock = Clock(origin_real=NOW, origin_business=STARTS, speed=speed)
    assert abs(clock.business(clock.real(one)) - one) <= timedelta(microseconds=1) * (speed + 1)
    assert (clock.real(one) <= clock.real(two)) or one > two


@given(INSTANTS, INSTANTS)
def test_a_timer_never_waits_for_the_past(one: datetime, two: datetime) -> None:
    delay = Clock.ordinary(NOW).real_delay(one, two)
    assert delay == max(timedelta(0), two - one)


@pytest.mark.parametrize("speed", [0, -1, float("inf"), float("nan"), 2_000_000])
def test_a_clock_that_stands_or_runs_wild_is_refused(speed: float) -> None:
    with pytest.raises(ValidationError):
        Clock(origin_real=NOW, origin_business=STARTS, speed=speed)
