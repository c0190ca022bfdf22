"""`dondoc audit timeline`: the trail of a directive as a story."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.markup import escape
from rich.table import Table
from sqlalchemy import Engine

from audit.story.columns import head, row
from audit.story.tell import Told
from audit.story.timeline import timeline
from audit.verify.finding import Finding
from commands.audit.asked import Asked
from commands.audit.writing import take_away
from models.document import FileRef
from models.event import Submitted
from models.journal import INSTALLATION
from naming import cascade_parts
from rules.calendar import ZONE, local_day
from rules.words import capital, day, stamp, weekday
from store.engine import reading
from texts.language import Language, speaking

_SHOWN = 10
"""Letters that a line shows of a command's id."""


def described(engine: Engine, asked: Asked, wrong: Sequence[Finding], language: Language) -> dict[str, Any]:
    """The story for other programs, in the order of time, after what does not fit in the record."""
    with reading(engine) as session, speaking(language):
        entries = [told.described() for told in timeline(session, asked.question)]
    findings = [each.model_dump(mode="json") for each in wrong]
    return {"number": asked.number, "findings": findings, "entries": entries}


def tell_story(engine: Engine, asked: Asked, language: Language) -> int:
    """Print the story by day; returns how many entries it has."""
    console = Console(highlight=False)
    with reading(engine) as session, speaking(language):
        return show_days(console, timeline(session, asked.question))


def show_days(console: Console, entries: Iterable[Told], *, with_files: bool = False) -> int:
    """Print entries by day, each with its place in the trail: `#12` of a register's events, `J3` of its journal, after
    the unit with whose code the register began; `with_files`: below an answer its files with their SHA-256 (hex).
    Returns how many there are."""
    count = 0
    for on, found in groupby(entries, key=lambda told: local_day(told.entry.at)):
        console.print(f"[bold]{capital(weekday(on))}, {day(on)}[/bold]")
        lines = Table.grid(padding=(0, 2))
        lines.add_column(no_wrap=True)
        lines.add_column(ratio=1)
        for told in found:
            count += 1
            local = told.entry.at.astimezone(ZONE)
            marks = "[red]![/red]" if told.late or told.escalated else " "
            lines.add_row(f"{marks} {local:%H:%M}", f"{escape(told.words)} [dim]{escape(_place(told))}[/dim]")
            for file in _files(told) if with_files else ():
                lines.add_row("", escape(f"{file.name}: SHA-256"))
                lines.add_row("", file.sha256)
        console.print(lines)
    return count


def write_story(engine: Engine, asked: Asked, language: Language, file: Path) -> str:
    """Write the story as CSV and note that it was taken away; returns the SHA-256 (hex) of the file."""
    with speaking(language):
        titles, rows = head(), _rows(engine, asked)
        return take_away(engine, file, titles, rows, what="timeline", chain=asked.chain, unit=asked.question.unit or "")


def _rows(engine: Engine, asked: Asked) -> Iterator[tuple[str | int, ...]]:
    with reading(engine) as session:
        yield from (row(told) for told in timeline(session, asked.question))


def _files(told: Told) -> tuple[FileRef, ...]:
    return told.said.answer.files if isinstance(told.said, Submitted) else ()


def _place(told: Told) -> str:
    """Where it stands, what it follows from, and when it was taken down where that is another time."""
    number = f"{'J' if told.journal else '#'}{told.entry.seq}"
    keeper = "" if told.chain == INSTALLATION else f"{cascade_parts(told.chain)[1]} "
    cause = told.entry.cause
    follows = f"← #{cause}" if cause.isdecimal() else f"← {cause if ' ' in cause else cause[:_SHOWN]}"
    recorded = f" · {stamp(told.recorded_at)}" if told.recorded_at else ""
    return f"({keeper}{number} {follows}{recorded})"
