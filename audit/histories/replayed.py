"""What a register's own code does again from its history: the proof of what it decided, and when."""

import asyncio
import logging
from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from temporalio.api.enums.v1 import EventType
from temporalio.client import WorkflowHistory
from temporalio.runtime import Runtime, TelemetryConfig
from temporalio.worker import Replayer, UnsandboxedWorkflowRunner

from audit.histories.agreeing import Replay, agree, begins, follows
from audit.histories.broken import HistoryBroken, explained
from audit.histories.captured import Captured, Capturing
from audit.histories.parsed import interruptions, parsed
from audit.histories.runs import Run
from models.event import Event
from models.plan import CascadePlan
from payloads import DATA_CONVERTER
from texts.language import gettext as _
from workflows.cascade import CascadeWorkflow

_LOGGERS = tuple(map(logging.getLogger, ("temporalio.worker._workflow", "temporalio.worker._workflow_instance")))


@dataclass(frozen=True)
class Replayed:
    """`first_plan` is the plan with which the first run here began, `events` what was recorded, in order; `heads` the
    hash of the chain's last link as each answer of the record activity has it, by event number.

    `closed`: the workflow has ended in the ordinary way. `after` is the last event that was recorded before the first
    run here, where earlier runs are gone (0: none is missing); its hash is in `heads`. `tried_again` are the numbers of
    events recorded in a workflow task that had failed half-way before: the first try may have recorded them already,
    at a slightly earlier instant, which only the record itself shows.
    """

    first_plan: CascadePlan
    events: tuple[Event, ...]
    heads: Mapping[int, str]
    closed: bool
    after: int = 0
    untraced: frozenset[int] = frozenset()
    interrupted: bool = False


async def replayed(runs: Sequence[Run]) -> Replayed:
    """Replay the runs of one register, the oldest first, through the code of today. Raises `HistoryBroken` where one
    does not replay, does not follow the one before or does not say what the code says, and `ValueError` for no runs."""
    if not runs:
        raise ValueError("no runs to replay")
    histories = [await asyncio.to_thread(parsed, run) for run in runs]
    replays = [Replay(*together) for together in zip(runs, histories, await _captured(runs, histories), strict=True)]
    for replay in replays:
        agree(replay)
    begins(replays[0])
    for before, replay in pairwise(replays):
        follows(replay, before)
    return _joined(replays)


async def _captured(runs: Sequence[Run], histories: Sequence[WorkflowHistory]) -> list[Captured]:
    """What each run did. One worker replays all, one after the other: they share one processor anyway."""
    capturing = Capturing()
    done: list[Captured] = []

    async def one_by_one() -> AsyncIterator[WorkflowHistory]:
        for history in histories:
            capturing.captured = Captured()
            yield history

    replayer = Replayer(
        workflows=[CascadeWorkflow],
        data_converter=DATA_CONVERTER,
        interceptors=[capturing],
        workflow_runner=UnsandboxedWorkflowRunner(),  # our own code, and it is only asked what it did
        runtime=_silent(),
        debug_mode=True,  # a busy machine does not make a history wrong
    )
    with _without_logs(histories):
        async with replayer.workflow_replay_iterator(one_by_one()) as results:
            async for result in results:
                if result.replay_failure is not None:
                    raise explained(runs[len(done)].run_id, result.replay_failure, capturing.captured.reached)
                done.append(capturing.captured)
    return done


def _joined(replays: Sequence[Replay]) -> Replayed:
    """What several runs did as one life."""
    first, last = replays[0], replays[-1]
    carried = first.captured.start.carried if first.captured.start else None
    plan = carried.plan if carried else first.captured.plan
    if plan is None:
        raise HistoryBroken(first.run.run_id, _("dừng trước khi sổ theo dõi nhận kế hoạch"))
    events: list[Event] = []
    heads = {carried.state.seq: carried.chain_head} if carried else {}
    untraced: set[int] = set()
    interrupted: tuple[int, ...] = ()
    for replay in replays:
        interrupted, before = interruptions(replay.history.events), 0
        for taken in replay.captured.taken:
            if taken.recorded is not None:
                recorded = taken.recorded.earlier or taken.events
                events += recorded
                heads[taken.recorded.seq] = taken.recorded.chain_head
                if taken.recorded.earlier and not any(before < each < taken.task for each in interrupted):
                    untraced.update(event.seq for event in recorded)
                before = taken.task
        interrupted = tuple(each for each in interrupted if each > before)
    return Replayed(
        first_plan=plan,
        events=tuple(events),
        heads=heads,
        closed=last.history.events[-1].event_type == EventType.EVENT_TYPE_WORKFLOW_EXECUTION_COMPLETED,
        after=carried.state.seq if carried else 0,
        untraced=frozenset(untraced),
        interrupted=bool(interrupted),
    )


@cache
def _silent() -> Runtime:
    """What does not replay is told by `HistoryBroken`, not in a log."""
    return Runtime(telemetry=TelemetryConfig(logging=None))


@contextmanager
def _without_logs(histories: Sequence[WorkflowHistory]) -> Iterator[None]:
    """The same for the SDK's part in Python; what it logs of other workflows stays."""
    replaying = {history.run_id for history in histories}

    def others(record: logging.LogRecord) -> bool:
        message = record.getMessage()
        return not any(run_id in message for run_id in replaying)

    for logger in _LOGGERS:
        logger.addFilter(others)
    try:
        yield
    finally:
        for logger in _LOGGERS:
            logger.removeFilter(others)
