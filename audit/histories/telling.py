"""What it takes to tell one event of a history: what came before it, and how things are called."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from temporalio.api.common.v1 import Payloads
from temporalio.api.enums.v1 import EventType
from temporalio.api.history.v1 import HistoryEvent

import naming
from audit.histories.account import Account
from audit.histories.parsed import value
from models.clock import Clock
from models.command import Command
from texts.language import mark

_SHOWN = 12
"""Letters of a hash that a sentence shows."""


class StepKind(StrEnum):
    """What part of a history a step belongs to."""

    RUN = "run"
    COMMAND = "command"
    SIGNAL = "signal"
    RECORD = "record"
    TIMER = "timer"
    ACTIVITY = "activity"
    NEIGHBOUR = "neighbour"
    TASK = "task"
    OTHER = "other"


LABELS = {
    StepKind.RUN: mark("Sổ"),
    StepKind.COMMAND: mark("Lệnh"),
    StepKind.SIGNAL: mark("Tín hiệu"),
    StepKind.RECORD: mark("Ghi sổ"),
    StepKind.TIMER: mark("Hẹn giờ"),
    StepKind.ACTIVITY: mark("Công việc"),
    StepKind.NEIGHBOUR: mark("Sổ khác"),
    StepKind.TASK: mark("Xử lý"),
    StepKind.OTHER: mark("Khác"),
}


@dataclass(frozen=True)
class Said:
    """A step in words with a full stop; `more` are sentences on what followed from it at once, `seqs` the numbers of
    the register's events that it is about."""

    kind: StepKind
    words: str
    more: tuple[str, ...] = ()
    seqs: tuple[int, ...] = ()


@dataclass
class Telling:
    """`names` are units by code; `account` has the register's events (None: they could not be had); `clock` is the one
    that holds at the event, None where the workflow has none; `recorded` the last event on record so far; `before` the
    history's events so far, by number; `asked` are commands that brought nothing, by the id of their update, until
    it is known why."""

    names: Mapping[str, str]
    account: Account | None
    clock: Clock | None = None
    recorded: int = 0
    before: dict[int, HistoryEvent] = field(default_factory=dict)
    asked: dict[str, Command] = field(default_factory=dict)

    def unit(self, code: str) -> str:
        return self.names.get(code, code)

    def register(self, workflow_id: str) -> str:
        """The unit whose register a workflow keeps; the id of another workflow as it is."""
        parts = workflow_id.split(":")
        return self.unit(naming.cascade_parts(workflow_id)[1]) if len(parts) == 3 else workflow_id

    def business(self, real: datetime) -> datetime:
        """Business time at a real instant (UTC)."""
        return self.clock.business(real) if self.clock else real


def short(digest: str) -> str:
    """The beginning of a hash."""
    return f"{digest[:_SHOWN]}…"


Sayer = Callable[[HistoryEvent, Telling], Said | None]
SAYERS: dict[int, Sayer] = {}
"""Who says what by the kind of event; the modules `said_…` put themselves here."""


def says(*kinds: EventType.ValueType) -> Callable[[Sayer], Sayer]:
    """These kinds of events are said by this function; None where one says nothing that another does not."""

    def note(sayer: Sayer) -> Sayer:
        SAYERS.update(dict.fromkeys(kinds, sayer))
        return sayer

    return note


def plain(payloads: Payloads, kind: Any = None) -> Any:
    """The value of payloads, None where it cannot be read."""
    try:
        return value(payloads, kind)
    except (ValueError, RuntimeError):
        return None
