"""Stored histories replay with today's workflow code: a cascade that began before an upgrade goes on after it."""

import gzip
import json
from collections.abc import Sequence
from pathlib import Path

import pytest
from temporalio.client import WorkflowHistory
from temporalio.worker import Replayer, UnsandboxedWorkflowRunner, WorkflowRunner
from temporalio.worker.workflow_sandbox import SandboxedWorkflowRunner
from temporalio.workflow import NondeterminismError

from audit.histories.replayed import replayed
from audit.histories.runs import Run
from models.event import Event
from payloads import DATA_CONVERTER
from tests.replay.changed import Changed, Gated
from workflows import WORKFLOWS


def stored(folder: str) -> dict[str, str]:
    """What is stored in a folder beside this file, by name."""
    paths = sorted((Path(__file__).parent / folder).glob("*.json.gz"))
    return {path.name.removesuffix(".json.gz"): gzip.decompress(path.read_bytes()).decode() for path in paths}


HISTORIES, EVENTS = stored("histories"), stored("events")


async def replay(name: str, workflows: Sequence[type], runner: WorkflowRunner) -> None:
    """Raises `NondeterminismError` where the code does otherwise than the history says."""
    history = WorkflowHistory.from_json(name, HISTORIES[name])
    replayer = Replayer(workflows=workflows, data_converter=DATA_CONVERTER, workflow_runner=runner)
    await replayer.replay_workflow(history)


def _run(register: str, history: str) -> Run:
    started = json.loads(history)["events"][0]["workflowExecutionStartedEventAttributes"]
    return Run(register, started["originalExecutionRunId"], history.encode())


@pytest.mark.parametrize("name", HISTORIES)
async def test_a_stored_history_replays(name: str) -> None:
    await replay(name, WORKFLOWS, SandboxedWorkflowRunner())


@pytest.mark.parametrize("register", sorted({name.rpartition("-")[0] for name in HISTORIES}))
async def test_a_register_decides_again_what_it_decided(register: str) -> None:
    """Temporal compares what a workflow asked for, not what it said: another event in the same place would go by."""
    runs = [_run(register, HISTORIES[name]) for name in HISTORIES if name.rpartition("-")[0] == register]
    again = await replayed(runs)
    assert max(again.heads) == len(again.events)
    if register in EVENTS:
        assert again.events == tuple(map(Event.model_validate, json.loads(EVENTS[register])))


@pytest.mark.parametrize(
    "told",
    [
        "EVENT_TYPE_WORKFLOW_EXECUTION_COMPLETED",
        "EVENT_TYPE_WORKFLOW_EXECUTION_CONTINUED_AS_NEW",
        '"continuedExecutionRunId"',
        '"issue_report"',
        '"issue_summary"',
        '"set_clock"',
        '"relay"',
        '"review"',
    ],
)
def test_there_is_one_of_everything_that_a_register_goes_through(told: str) -> None:
    assert any(told in history for history in HISTORIES.values())


@pytest.mark.parametrize("name", HISTORIES)
async def test_a_change_of_what_it_does_is_found_in_each_and_with_a_gate_in_none(name: str) -> None:
    with pytest.raises(NondeterminismError):
        await replay(name, [Changed], UnsandboxedWorkflowRunner())
    await replay(name, [Gated], UnsandboxedWorkflowRunner())
