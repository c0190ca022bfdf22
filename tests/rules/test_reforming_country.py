"""The reform of 01/7/2025, by the table of successors, on a directive that runs with open obligations at all levels."""

from collections import Counter
from datetime import date
from functools import cache
from pathlib import Path
from random import Random

import pytest

from commands.reform_files import read_reform
from commands.units import read_registry
from models.obligation import OWING, State
from models.plan import Plan
from models.unit import Level, Unit
from rules.calendar import WorkingCalendar, day_start
from rules.compiler import compile_directive
from rules.fold import empty, fold
from rules.inheriting import moves_on
from rules.reforming.forecast import Account, forecast
from rules.reforming.heirs import Heirs
from rules.reforming.orders import Orders
from rules.revising import revised
from tests.rules.reformed import Accounts, Registers, mix, reform

DATA = Path(__file__).parents[2] / "data"
ON = date(2025, 7, 1)
MIXED, EVE = day_start(date(2025, 5, 5)), day_start(date(2025, 6, 30))


def directive(issuer: str, line: str) -> bytes:
    return f"""
document: {{number: 10/{line}, title: bình đẳng giới năm 2025, issuer: {issuer}, date: 2025-03-03}}
closing: 2025-12-31
requirements:
  plan: {{title: Kế hoạch năm, kind: plan, to: {{line: ldtbxh}}, due: 2025-08-29}}
  summary: {{title: Báo cáo năm, kind: report, to: {{line: ldtbxh}}, due: 2025-11-28, consolidates: [report]}}
  inspection: {{title: Tự kiểm tra, kind: activity, to: {{level: district}}, due: 2025-09-30}}
  report: {{title: Báo cáo của xã, kind: report, to: {{level: commune}}, due: 2025-10-31}}
  local-plan:
    {{title: Kế hoạch xã, kind: plan, to: {{level: commune}}, due: 2025-09-30, opens: {{when_accepted: plan}}}}
""".encode()


@cache
def heirs(reform_file: str, registry: str) -> Heirs:
    before = {unit.code: unit for unit in read_registry(DATA / "registries" / f"{registry}.yaml")}
    return read_reform(DATA / "reforms" / f"{reform_file}.yaml", before)


@cache
def compiled(registry: str, issuer: str, line: str) -> Plan:
    units = {unit.code: unit for unit in read_registry(DATA / "registries" / f"{registry}.yaml")}
    found = compile_directive(directive(issuer, line), units, WorkingCalendar())
    assert found.plan is not None, found.errors
    return found.plan


def lived(plan: Plan, seed: int) -> Registers:
    """All registers on the eve of the day, with obligations in all states, signals in a random order."""
    random = Random(seed)  # noqa: S311 - nothing here is secret
    registers = Registers(plan, random.randrange)
    mix(registers, random, MIXED)
    registers.pass_time(day_start(ON))
    return registers


def new_units(found: Heirs, level: Level) -> dict[str, Unit]:
    return {code: unit for code, unit in found.made.items() if unit.level is level}


@pytest.mark.parametrize("seed", range(3))
def test_a_province_changes_with_its_directive_under_way(seed: int) -> None:
    found = heirs("2025-07-01-hue", "thua-thien-hue")
    registers = lived(compiled("thua-thien-hue", "46-ldtbxh", "SLĐTBXH-BĐG"), seed)
    before, expected = registers.places(), forecast(Orders(registers.directive(), found))
    reform(registers, found, ON)
    accounts = Accounts(before, registers)
    check_what_is_owed(registers, found)
    for account in (Account.MOVED, Account.MERGED, Account.CLOSED):
        assert expected.total(account) == accounts.counts[account]
    assert accounts.counts["waiting"] > 0, "inspections of districts wait"
    assert accounts.counts["merged"] > accounts.counts["moved"] > 0
    assert [plan.issuer for key, plan in registers.plans.items() if key not in registers.gone] == ["46-noi-vu.2025"]


@pytest.mark.slow
def test_the_country_changes_with_a_directive_under_way() -> None:
    found = heirs("2025-07-01", "quoc-gia-nganh-ldtbxh")
    registers = lived(compiled("quoc-gia-nganh-ldtbxh", "bo-ldtbxh", "LĐTBXH-BĐG"), 2025)
    before = registers.places()
    reform(registers, found, ON)
    accounts = Accounts(before, registers)
    check_what_is_owed(registers, found)
    assert sum(accounts.counts.values()) == len(before) == 63 * 2 + 696 * 3 + 10_035 * 2
    keepers = Counter(
        found.units[plan.issuer].level for key, plan in registers.plans.items() if key not in registers.gone
    )
    assert keepers == {Level.MINISTRY: 1, Level.PROVINCE: 34}


def check_what_is_owed(registers: Registers, found: Heirs) -> None:
    """Only units that are there owe something, or what waits; the chain of every register folds to its state."""
    for key, state in registers.states.items():
        for item in state.obligations.values():
            if item.state in OWING | {State.SUBMITTED, State.DORMANT}:
                assert found.units[item.unit].valid_on(ON), item.key
                assert item.unit not in found.ended
        plan, events = registers.first[key], registers.events[key]
        assert fold(plan, empty(plan), events) == state
        assert revised(plan, events) == registers.plans[key]
    communes = new_units(found, Level.COMMUNE)
    owed = Counter(
        (item.requirement, item.unit)
        for state in registers.states.values()
        for item in state.obligations.values()
        if item.unit in communes and moves_on(item)
    )
    assert set(owed.values()) == {1}
    assert len({unit for _, unit in owed}) > 0.95 * len(communes)
    assert not Orders(registers.directive(), found).all
