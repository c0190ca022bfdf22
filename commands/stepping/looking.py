"""A running directive as it was looked at before somebody stepped in."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cached_property
from typing import Any

from sqlalchemy import Engine

from commands.errors import CommandError, Exit
from commands.lists import find
from models.actor import Actor, ActorKind, Identified
from models.clock import Clock
from models.plan import DirectiveHead
from models.register import ObligationLine
from models.tables import DirectiveRow
from rules.calendar import local_day
from rules.refusals import WORDS, Reason
from store.engine import reading
from store.lines import directive_lines

Place = tuple[str, str]
"""Where an obligation stands: the id of its register, and its key."""


def place(line: ObligationLine) -> Place:
    return line.cascade_id, line.key


def refused(reason: Reason, about: str = "") -> CommandError:
    """A rule says no."""
    return CommandError(Exit.REFUSED, f"{about}: {WORDS[reason]}" if about else WORDS[reason])


@dataclass(frozen=True)
class Looked:
    """The lines of all registers of a directive at a business instant; `by` is the name of who steps in."""

    row: DirectiveRow
    lines: tuple[ObligationLine, ...]
    at: datetime
    by: str

    @property
    def said(self) -> dict[str, str]:
        """Which directive it is, as answers say it."""
        return {"directive": self.row.id, "number": self.row.number}

    @property
    def today(self) -> date:
        return local_day(self.at)

    @cached_property
    def head(self) -> DirectiveHead:
        return DirectiveHead.model_validate(self.row.head)

    @cached_property
    def by_place(self) -> dict[Place, ObligationLine]:
        return {place(line): line for line in self.lines}

    def stamp(self, command_id: str) -> dict[str, Any]:
        """What every command of a supervisor has."""
        actor = Actor(kind=ActorKind.SUPERVISOR, unit=self.row.issuer, name=self.by, identified=Identified.COMMAND_LINE)
        return {"id": command_id, "at": self.at, "actor": actor}


def look(engine: Engine, number: str, issuer: str | None, by: str) -> Looked:
    """A directive into which somebody may step. Raises `CommandError`: NOT_FOUND, REFUSED where it is closed."""
    row = find(engine, number, issuer)
    if row.closed_at is not None:
        raise refused(Reason.CLOSED, row.number)
    return _read(engine, row, by)


def look_again(engine: Engine, before: Looked) -> Looked:
    """The same directive as it stands now."""
    return _read(engine, before.row, before.by)


def _read(engine: Engine, row: DirectiveRow, by: str) -> Looked:
    at = Clock.model_validate(row.clock).business(datetime.now(UTC))
    with reading(engine) as session:
        return Looked(row, directive_lines(session, row.id, at), at, by)
