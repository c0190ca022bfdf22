"""What is counted from a few columns is what the lines say that people read."""

from datetime import timedelta
from pathlib import Path
from random import Random

import pytest
from sqlalchemy import Engine

from commands.reform_files import read_reform
from models.unit import Level
from rules.rollup_figures import branch_of_each, figures_of
from store.reforms import save_reform
from store.summaries import load_summary
from store.units import load_units
from tests import small, small_reform
from tests.rules.reformed import Registers, mix, reform
from tests.store.test_reorganised import record


@pytest.mark.parametrize("seed", range(3))
def test_tallies_are_those_of_the_lines(started: Engine, tmp_path: Path, seed: int) -> None:
    heirs = read_reform(small_reform.write(tmp_path), load_units(started))
    save_reform(started, heirs)
    registers = Registers(small.plan())
    mix(registers, Random(seed), small.STARTS)  # noqa: S311 - nothing here is secret
    reform(registers, heirs, small.STARTS.date())
    record(started, registers)
    for days in (1, 45, 200):
        at = small.STARTS + timedelta(days=days)
        found = load_summary(started, registers.head.directive_id, at)
        told = figures_of(found.lines, found.as_of, branch_of_each(()))
        assert found.overall == told.overall
        assert found.overall.obligations > 0
        assert [item.tally for item in found.levels] == [told.level(item.level) for item in found.levels]
        assert {item.level for item in found.levels} <= set(Level)
        assert [item.tally for item in found.requirements] == [
            told.requirement(item.key, item.level) for item in found.requirements
        ]
        units = {item.code: item.tally for item in found.unit_tallies}
        units |= {item.code: item.tally for item in found.former_units}
        assert units == {code: told.unit(code) for code in {line.unit for line in found.lines}}
