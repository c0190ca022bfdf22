"""Stored histories replay with today's workflow code: a cascade that began before an upgrade goes on after it."""

import gzip
from pathlib import Path

import pytest
from temporalio.client import WorkflowHistory
from temporalio.worker import Replayer
from temporalio.workflow import NondeterminismError

from payloads import DATA_CONVERTER
from workflows import WORKFLOWS

FOLDER = Path(__file__).parent / "histories"
HISTORIES = {path.name: gzip.decompress(path.read_bytes()).decode() for path in FOLDER.glob("*.json.gz")}


def test_there_are_histories() -> None:
    assert HISTORIES


@pytest.mark.parametrize("name", HISTORIES)
async def test_a_stored_history_replays(name: str) -> None:
    history = WorkflowHistory.from_json(name, HISTORIES[name])
    await Replayer(workflows=WORKFLOWS, data_converter=DATA_CONVERTER).replay_workflow(history)


async def test_a_history_of_other_decisions_does_not_replay() -> None:
    text = next(iter(HISTORIES.values())).replace('"deliver"', '"delivers"')
    history = WorkflowHistory.from_json("other", text)
    with pytest.raises(NondeterminismError):
        await Replayer(workflows=WORKFLOWS, data_converter=DATA_CONVERTER).replay_workflow(history)
