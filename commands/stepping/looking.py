"""A running directive as it was looked at before somebody stepped in."""

from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property

from sqlalchemy import Engine

from changing.running import Running
from commands.errors import CommandError, Exit
from commands.lists import find
from models.clock import Clock
from models.register import ObligationLine
from models.tables import DirectiveRow
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


@dataclass(frozen=True, kw_only=True)
class Looked(Running):
    """The same with the lines of all its registers."""

    lines: tuple[ObligationLine, ...]

    @cached_property
    def by_place(self) -> dict[Place, ObligationLine]:
        return {place(line): line for line in self.lines}


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
        return Looked(row=row, lines=directive_lines(session, row.id, at), at=at, by=by)
