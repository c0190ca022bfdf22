"""Random trees, random states, signals in random order: every obligation has one account, and order does not matter."""

from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from models.ledger import LedgerState
from models.plan import Plan
from rules.calendar import day_start
from rules.fold import empty, fold
from rules.reforming.heirs import Heirs
from rules.reforming.orders import Orders
from rules.revising import revised
from tests.rules.invented_country import CLOSING, MIXED, ON, Country, countries
from tests.rules.reformed import Accounts, Registers, mix, reform


def after_reform(heirs: Heirs, plan: Plan, states: int, order: int) -> tuple[Registers, Accounts]:
    registers = Registers(plan, Random(order).randrange)  # noqa: S311 - nothing here is secret
    mix(registers, Random(states), MIXED)  # noqa: S311
    registers.pass_time(day_start(ON))
    before = registers.places()
    reform(registers, heirs, ON)
    return registers, Accounts(before, registers)


@given(countries())
@settings(max_examples=25)
def test_every_obligation_has_one_account_and_nothing_is_left_to_say(country: Country) -> None:
    heirs, plan, seed = country
    registers, _ = after_reform(heirs, plan, seed, seed)
    assert not Orders(registers.directive(), heirs).all
    for key, state in registers.states.items():
        first, events = registers.first[key], registers.events[key]
        assert fold(first, empty(first), events) == state
        assert revised(first, events) == registers.plans[key]
        assert LedgerState.model_validate_json(state.model_dump_json()) == state


@given(countries(), st.integers(0, 10_000))
@settings(max_examples=25)
def test_it_does_not_matter_in_which_order_registers_hear_of_each_other(country: Country, order: int) -> None:
    heirs, plan, seed = country
    one, _ = after_reform(heirs, plan, seed, 0)
    other, _ = after_reform(heirs, plan, seed, order)
    assert other.places() == one.places()
    assert {key: state.bequests for key, state in other.states.items()} == {
        key: state.bequests for key, state in one.states.items()
    }
    assert {key: state.answers for key, state in other.states.items()} == {
        key: state.answers for key, state in one.states.items()
    }


@given(countries())
@settings(max_examples=10)
def test_after_the_reform_time_alone_closes_every_register(country: Country) -> None:
    heirs, plan, seed = country
    registers, _ = after_reform(heirs, plan, seed, seed)
    registers.pass_time(CLOSING)
    assert registers.gone == registers.plans.keys()
