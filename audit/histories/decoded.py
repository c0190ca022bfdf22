"""A history of Temporal as people read it: what was asked, recorded, sent and waited for, step by step."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from temporalio.api.enums.v1 import EventType
from temporalio.api.history.v1 import HistoryEvent

from audit.histories import said_around, said_register  # who says what
from audit.histories.account import Account
from audit.histories.parsed import parsed
from audit.histories.replayed import Replayed
from audit.histories.runs import Run
from audit.histories.said_around import named
from audit.histories.telling import SAYERS, Said, StepKind, Telling
from texts.language import gettext as _

SAID = (said_register, said_around)
"""The modules that say each kind of event."""
SILENT = frozenset(
    {
        EventType.EVENT_TYPE_WORKFLOW_TASK_SCHEDULED,
        EventType.EVENT_TYPE_WORKFLOW_TASK_STARTED,
        EventType.EVENT_TYPE_WORKFLOW_TASK_COMPLETED,
        EventType.EVENT_TYPE_EXTERNAL_WORKFLOW_EXECUTION_SIGNALED,
    }
)
"""How Temporal hands work to a worker and back, and that another register was reached: the steps around say it."""


@dataclass(frozen=True)
class Step:
    """`event` is Temporal's number in the run, `type` its name of the kind; `at` is the server's time, `business` what
    the register's clock showed then. What it says is `said`."""

    run_id: str
    event: int
    type: str
    at: datetime
    business: datetime
    said: Said

    def described(self) -> dict[str, Any]:
        """All of it for other programs."""
        return {
            "run_id": self.run_id,
            "event": self.event,
            "type": self.type,
            "kind": self.said.kind.value,
            "at": self.at.isoformat(),
            "business": self.business.isoformat(),
            "words": self.said.words,
            "more": list(self.said.more),
            "seqs": list(self.said.seqs),
        }


def decoded(runs: Sequence[Run], replayed: Replayed | None, names: Mapping[str, str]) -> tuple[Step, ...]:
    """The steps of runs, the oldest first, in the language that is spoken.

    `replayed` are the register's events, of which the steps tell; None where they could not be had: then a step says
    what was asked, not what came of it. `names` are units by code. Raises `HistoryBroken` for what is no history.
    """
    account = Account(replayed, names) if replayed else None
    return tuple(step for run in runs for step in _steps(run, Telling(names, account)))


def heading(run_id: str) -> str:
    """What stands over the steps of a run."""
    return _("Lần chạy %(run)s", run=run_id)


def _steps(run: Run, telling: Telling) -> list[Step]:
    steps: list[Step] = []
    for event in parsed(run).events:
        telling.before[event.event_id] = event
        name = named(event) if event.event_type else _written(run, event.event_id)
        said = _said(event, name, telling)
        if said is not None:
            at = event.event_time.ToDatetime(UTC)
            steps.append(Step(run.run_id, event.event_id, name, at, telling.business(at), said))
    return steps


def _said(event: HistoryEvent, name: str, telling: Telling) -> Said | None:
    sayer = SAYERS.get(event.event_type)
    if sayer is not None:
        return sayer(event, telling)
    if event.event_type in SILENT:
        return None
    return Said(StepKind.OTHER, _("Sự kiện khác của Temporal: %(type)s.", type=name))


def _written(run: Run, number: int) -> str:
    """The kind of an event as the history has it, where this version of Temporal does not know it."""
    written: str = json.loads(run.history)["events"][number - 1]["eventType"]
    return written.removeprefix("EVENT_TYPE_")
