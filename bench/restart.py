"""The worker is killed while every register of the country is open, and every register is asked something before it is
back: all have to be replayed at once."""

import asyncio
import os
import signal
from collections.abc import Iterable
from datetime import timedelta
from statistics import median
from time import perf_counter

from sqlmodel import col
from temporalio.api.enums.v1 import EventType, TimeoutType
from temporalio.api.history.v1 import HistoryEvent
from temporalio.client import Client

from audit.histories.live import LiveHistories
from bench.national import replay
from bench.opening_country import LIMIT_MB
from bench.result import Result
from bench.running_directive import count, owed, submit
from bench.site import Site, open_country, processor_seconds, site
from models.command import Submit
from models.tables import SubmissionRow
from models.unreachable import Unreachable
from store.files import FileStore
from web.cascades import TemporalCascades

_PATIENCE_SECONDS = 900.0


async def measure_restart() -> list[Result]:
    """Once. Each register gets an answer of one of its units, all in the same moment: right after the worker was killed
    (the server does not know), and again when all registers are in the new worker's memory. The time counts from the
    kill, and includes the ten seconds for which the server waits for the worker that is gone. Raises `RuntimeError`
    where an answer is lost or there twice."""
    async with site() as here:
        await open_country(here)
        given, registers = answers(here), list(here.registers())
        replayed = await replay(here.engine, LiveHistories(here.client))
        killed = here.supervisor.process_id("worker")
        os.kill(killed, signal.SIGKILL)
        cold = await hand_in(here, given[0])
        worker = here.supervisor.process_id("worker")
        spent_cold, peak = processor_seconds(worker), here.peak("worker")
        warm = await hand_in(here, given[1])
        spent_warm = processor_seconds(worker) - spent_cold
        again = await handed_out_again(here.client, registers)
        if worker == killed or count(here.engine, SubmissionRow, col(SubmissionRow.number) == 1) != 2 * len(registers):
            raise RuntimeError("answers were lost, or are there twice")
    what, beside = f"{len(registers)} registers answer after the worker was killed", "the same in memory"
    return [
        Result(f"{what}, the last", beside, max(cold), max(warm), ""),
        Result(f"{what}, half of them", beside, median(cold), median(warm), ""),
        Result("processor time of the new worker for that", beside, spent_cold, spent_warm, ""),
        Result("what is more than in memory", "replaying each once", spent_cold - spent_warm, replayed, "<= 2"),
        Result("workflow tasks handed out again", "registers", again, len(registers), "", ""),
        Result("peak memory of the new worker", "what it may hold", peak, LIMIT_MB, "<= 1", "MB"),
    ]


def answers(here: Site) -> tuple[dict[str, Submit], dict[str, Submit]]:
    """For each register an answer of one of its units to one requirement, and one to another."""
    paper = FileStore(here.settings.files).put(b"%PDF-1.4\n%%EOF", "bao-cao.pdf", "application/pdf")
    first, second = (
        {
            register: submit(key, here.country.evening + timedelta(minutes=1), paper)
            for level in ("province", "district", "commune")
            for register, key, _ in owed(here.engine, f"{requirement}-{level}")
        }
        for requirement in ("plan", "report")
    )
    return first, second


async def hand_in(here: Site, answers: dict[str, Submit]) -> list[float]:
    """Seconds until each answer is taken, all handed in in the same moment."""
    cascades, began = TemporalCascades(here.client), perf_counter()

    async def hand_in(register: str, answer: Submit) -> float:
        while True:
            try:
                await cascades.send(register, answer)
            except Unreachable:
                continue  # as officers do: the page asks them to press the button again, and it counts once
            return perf_counter() - began

    async with asyncio.timeout(_PATIENCE_SECONDS):
        return await asyncio.gather(*(hand_in(register, answer) for register, answer in answers.items()))


async def handed_out_again(client: Client, registers: Iterable[str]) -> int:
    """How many workflow tasks took a worker too long or failed, so that the server had somebody try again."""
    found = 0
    for register in registers:
        history = await client.get_workflow_handle(register).fetch_history()
        found += sum(map(_came_to_nothing, history.events))
    return found


def _came_to_nothing(event: HistoryEvent) -> bool:
    """Not where nobody took the task: the server first offers it to the worker that was killed."""
    if event.event_type == EventType.EVENT_TYPE_WORKFLOW_TASK_TIMED_OUT:
        why = event.workflow_task_timed_out_event_attributes.timeout_type
        return why != TimeoutType.TIMEOUT_TYPE_SCHEDULE_TO_START
    return event.event_type == EventType.EVENT_TYPE_WORKFLOW_TASK_FAILED
