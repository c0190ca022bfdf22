"""How `dondoc audit history` shows a history: step by step, for people and for other programs."""

from collections.abc import Mapping
from itertools import groupby
from typing import Any

from rich.console import Console
from rich.markup import escape
from rich.table import Table
from sqlalchemy import Engine

from audit.histories.broken import HistoryBroken
from audit.histories.decoded import Step, decoded, heading
from audit.histories.telling import LABELS
from commands.audit.history import Looked, chosen
from commands.errors import CommandError, Exit
from rules.calendar import ZONE, local_day
from rules.words import capital, day, stamp, weekday
from store.units import load_units
from texts.language import Language, speaking
from texts.language import gettext as _

_LABEL = 9
"""Letters that a label takes at most, so that all days stand in the same columns."""


def steps(looked: Looked, run: str | None, names: Mapping[str, str], language: Language) -> list[Step]:
    """The steps of the runs that are asked for, in a language. Raises `CommandError` for what is no history."""
    picked = {one.run_id for one in chosen(looked, run)}
    try:
        with speaking(language):
            told = decoded(looked.found.runs, looked.replay, names)
    except HistoryBroken as broken:
        raise CommandError(Exit.INVALID, f"{looked.workflow_id}: {broken}") from broken
    return [step for step in told if step.run_id in picked]


def names(engine: Engine | None) -> dict[str, str]:
    """Units by code; none where there is no database to ask."""
    return {code: unit.short_name for code, unit in load_units(engine).items()} if engine else {}


def described(looked: Looked, found: list[Step]) -> dict[str, Any]:
    """A history for other programs."""
    return {
        "workflow": looked.workflow_id,
        "source": looked.found.source.value,
        "runs": [run.run_id for run in looked.found.runs],
        "replays": looked.replay is not None,
        "broken": looked.broken or None,
        "closed": looked.replay.closed if looked.replay else None,
        "missing_until": looked.replay.after if looked.replay else None,
        "steps": [step.described() for step in found],
    }


def show_steps(found: list[Step], language: Language) -> None:
    """Print steps by run and day of business time; at the end of each line Temporal's number, and the server's time
    where that is another."""
    console = Console(highlight=False)
    with speaking(language):
        for run, of_run in groupby(found, key=lambda step: step.run_id):
            console.print(f"[bold]{escape(heading(run))}[/bold]")
            for on, of_day in groupby(of_run, key=lambda step: local_day(step.business)):
                console.print(f"[bold]{capital(weekday(on))}, {day(on)}[/bold]")
                lines = Table.grid(padding=(0, 2))
                lines.add_column(no_wrap=True)
                lines.add_column(no_wrap=True, style="cyan", min_width=_LABEL)
                lines.add_column(ratio=1)
                for step in of_day:
                    lines.add_row(f"{step.business.astimezone(ZONE):%H:%M}", _(LABELS[step.said.kind]), _line(step))
                console.print(lines)


def _line(step: Step) -> str:
    real = f" {stamp(step.at)}" if step.at != step.business else ""
    first = f"{escape(step.said.words)} [dim]({step.event}{real})[/dim]"
    return "\n".join((first, *(f"· {escape(more)}" for more in step.said.more)))
