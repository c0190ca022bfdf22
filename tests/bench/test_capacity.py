"""What the nation costs follows from the constants."""

from pathlib import Path

import pytest

from bench.capacity import Constant, load, nation

EACH = {
    "events": 4.0,
    "history bytes": 3_000.0,
    "temporal bytes": 6_000.0,
    "database bytes": 5_000.0,
    "archive bytes": 1_000.0,
    "answers": 1.0,
    "mails": 2.0,
    "actions: updates": 3.0,
    "actions: timers": 1.0,
    "temporal processor seconds": 0.3,
    "worker processor seconds": 0.2,
}
WHOLE = {"obligations": 1_000.0, "workflows": 40.0, "busiest day": 0.1}


@pytest.fixture
def constants() -> dict[str, Constant]:
    return {name: Constant(value, "obligation", "a test") for name, value in (EACH | WHOLE).items()}


def test_figures_are_so_many_times_those_of_one_obligation(constants: dict[str, Constant]) -> None:
    found = nation(constants, directives=10, together=2, file_kb=100)
    assert (found.obligations, found.workflows, found.mails) == (10_000, 400, 20_000)
    assert found.actions == {"updates": 30_000, "timers": 10_000}
    assert found.upkeep_actions == 365 * 96 * 5
    assert found.all_actions == 40_000 + found.upkeep_actions
    assert (found.history_bytes, found.database_bytes) == (30e6, 50e6)
    assert found.file_bytes == 10_000 * 100 * 1024
    assert found.seconds == {"temporal": 3_000, "worker": 2_000}


def test_a_machine_is_sized_for_its_busiest_day(constants: dict[str, Constant]) -> None:
    found = nation(constants, directives=10, together=2)
    assert found.cores == pytest.approx(5_000 / 250 / 36_000 / 0.5)
    assert found.busiest == pytest.approx(0.1 * 500 * 2)
    assert found.cores_on_the_busiest_day == pytest.approx(100 / 36_000 / 0.5)


def test_twice_as_many_directives_cost_twice_as_much_but_for_the_upkeep(constants: dict[str, Constant]) -> None:
    one, two = nation(constants, 10, 2), nation(constants, 20, 2)
    assert two.all_actions - two.upkeep_actions == 2 * (one.all_actions - one.upkeep_actions)
    assert two.upkeep_actions == one.upkeep_actions
    assert two.events == 2 * one.events


def test_a_constant_is_read_as_it_was_written(tmp_path: Path, constants: dict[str, Constant]) -> None:
    file = tmp_path / "constants.toml"
    file.write_text("\n".join(constant.written(name) for name, constant in constants.items()), "utf-8")
    assert load(file) == constants
