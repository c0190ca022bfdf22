"""What `dondoc status` counts from a few columns is what the summary says that reads every line."""

from datetime import timedelta
from pathlib import Path
from random import Random

import pytest
from sqlalchemy import Engine

from commands.reform_files import read_reform
from reports.findings import overdue
from rules.calendar import local_day
from rules.requests import MAY_ASK
from rules.succeeding import awaits_heir
from store.engine import reading
from store.overview import load_overview
from store.reforms import save_reform
from store.summaries import load_summary
from store.units import load_units
from tests import small, small_reform
from tests.rules.reformed import Registers, mix, reform
from tests.store.test_reorganised import record

LATER = small.STARTS + timedelta(days=200)


@pytest.mark.parametrize("reformed", [False, True])
@pytest.mark.parametrize("seed", range(4))
def test_an_overview_is_that_of_the_summary(started: Engine, tmp_path: Path, seed: int, reformed: bool) -> None:
    registers = Registers(small.plan())
    heirs = read_reform(small_reform.write(tmp_path), load_units(started))
    mix(registers, Random(seed), small.STARTS)  # noqa: S311 - nothing here is secret
    if reformed:
        save_reform(started, heirs)
        reform(registers, heirs, small.STARTS.date())
    record(started, registers)
    told = load_summary(started, registers.head.directive_id, LATER)
    lines = (*told.lines, *told.coordinating)
    with reading(started) as session:
        found = load_overview(session, registers.head.directive_id, told.as_of, {line.key for line in lines})
    tally = told.overall
    assert (found.units, found.answered_units) == (told.units, told.answered_units)
    assert (found.obligations, found.submissions) == (tally.obligations, told.submissions)
    assert found.obligations > 0
    assert (found.returned, found.escalations, found.extensions) == (
        tally.returned,
        tally.escalations,
        tally.extensions,
    )
    assert (found.by_state, found.by_timeliness) == (told.by_state, told.by_timeliness)
    late = overdue(told)
    assert list(found.overdue) == list(dict.fromkeys(line.unit_name for line in late))
    assert sum(found.overdue.values()) == len(late)
    assert found.asking == {line.key for line in lines if line.state in MAY_ASK}
    units, day = load_units(started), local_day(told.as_of)
    assert list(found.awaiting_heirs) == [line.key for line in lines if awaits_heir(line, units[line.unit], day)]
