"""What is read of registers after a reform is what the ledgers know, answers and recommendations included."""

from datetime import timedelta
from pathlib import Path
from random import Random

import pytest
from sqlalchemy import Engine
from sqlmodel import col, select

from commands.reform_files import read_reform
from models.obligation import NOT_ASKED, State
from models.tables import CascadeRow, ObligationRow, SubmissionRow
from rules.calendar import day_start
from store.engine import reading
from store.lines import directive_lines
from store.read_tables import obligation_of
from store.recorder import Recorder
from store.reforms import save_reform, still_on_the_way
from store.summaries import load_summary
from store.units import load_units
from tests import small, small_reform
from tests.rules.reformed import Registers, answer, mix, put, reform
from tests.small_reform import MERGED

AT = small.STARTS
ROOT, HIGH = small.cascade(small.TOP), small.cascade(small.HIGH)


def record(engine: Engine, registers: Registers) -> None:
    """Write what happened in all registers, those that hand over first."""
    recorder = Recorder(engine, small.MAIL_HOURS)
    for key in sorted(registers.events, key=lambda found: found == ROOT):
        recorder.record(key, registers.events[key])


@pytest.mark.parametrize("seed", range(4))
def test_the_tables_say_what_the_ledgers_say(started: Engine, tmp_path: Path, seed: int) -> None:
    heirs = read_reform(small_reform.write(tmp_path), load_units(started))
    save_reform(started, heirs)
    registers = Registers(small.plan())
    mix(registers, Random(seed), AT)  # noqa: S311 - nothing here is secret
    reform(registers, heirs, AT.date())
    record(started, registers)
    with reading(started) as session:
        rows = session.exec(select(ObligationRow)).all()
        assert {(row.cascade_id, row.key): obligation_of(row) for row in rows} == registers.places()
        for row in session.exec(select(CascadeRow)):
            assert row.plan == registers.plans[row.id].model_dump(mode="json")
        lines = directive_lines(session, small.plan().head.directive_id, day_start(AT.date()))
        assert len(lines) == len(rows)


def test_what_has_left_one_register_and_is_in_no_other_yet_is_on_the_way(started: Engine, tmp_path: Path) -> None:
    heirs = read_reform(small_reform.write(tmp_path), load_units(started))
    save_reform(started, heirs)
    registers, directive = Registers(small.plan()), small.plan().head.directive_id
    registers.settle()
    reform(registers, heirs, AT.date())
    recorder = Recorder(started, small.MAIL_HOURS)
    for key in (HIGH, small.cascade(small.LOW)):
        recorder.record(key, registers.events[key])
    assert set(still_on_the_way(started, directive)) == {f"commune-plan@{unit}" for unit in small.COMMUNES}
    recorder.record(ROOT, registers.events[ROOT])
    assert still_on_the_way(started, directive) == ()


def test_of_two_answers_that_become_one_the_latest_is_decided_on_and_a_new_one_has_a_number_of_its_own(
    started: Engine, tmp_path: Path
) -> None:
    heirs = read_reform(small_reform.write(tmp_path), load_units(started))
    save_reform(started, heirs)
    registers = Registers(small.plan())
    registers.do(ROOT, small.submit(f"plan@{small.HIGH}", AT))
    registers.do(ROOT, small.review(f"plan@{small.HIGH}", small.TOP, AT))
    registers.settle()
    for unit in ("0111-xa", "0112-xa"):
        put(registers, HIGH, f"commune-plan@{unit}", State.SUBMITTED, AT)
    reform(registers, heirs, AT.date())
    key = f"commune-plan@{MERGED}"
    assert registers.states[ROOT].obligations[key].submissions == 2
    returned = small.review(key, small_reform.NOW, AT, "back", submission=2, returns=True)
    registers.do(ROOT, returned.model_copy(update={"at": registers.states[ROOT].now}))
    again = small.submit(key, registers.states[ROOT].now, "again")
    registers.do(ROOT, again.model_copy(update={"answer": answer("mới")}))
    record(started, registers)
    with reading(started) as session:
        found = session.exec(
            select(SubmissionRow).where(SubmissionRow.key == key).order_by(col(SubmissionRow.number))
        ).all()
        assert found[-1].number == 3
        assert found[-1].answer["document"]["signer"] == "Người ký mới"
        row = session.get_one(ObligationRow, (ROOT, key))
        assert row.answer == found[-1].answer


def test_a_summary_has_units_that_are_there_apart_from_those_that_have_ended(started: Engine, tmp_path: Path) -> None:
    heirs = read_reform(small_reform.write(tmp_path), load_units(started))
    save_reform(started, heirs)
    registers = Registers(small.plan())
    mix(registers, Random(3), AT)  # noqa: S311 - nothing here is secret
    reform(registers, heirs, AT.date())
    record(started, registers)
    found = load_summary(started, registers.head.directive_id, AT + timedelta(days=1))
    former = {unit.code: unit for unit in found.former_units}
    assert former.keys() == heirs.ended.keys() & {line.unit for line in found.lines}
    assert former.keys() & {unit.code for unit in found.unit_tallies} == set()
    tallies = [unit.tally for unit in found.former_units] + [unit.tally for unit in found.unit_tallies]
    counting = [line for line in found.lines if line.state is not State.TRANSFERRED]
    assert sum(tally.obligations for tally in tallies) == found.overall.obligations == len(counting)
    assert found.units == len({line.unit for line in found.lines if line.state not in NOT_ASKED} - former.keys())
    before = load_summary(started, registers.head.directive_id, AT - timedelta(days=1))
    assert before.former_units == (), "they are there until the day of the reform"
