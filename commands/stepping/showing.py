"""How stepping in looks in a terminal: what it will touch, how far it is, what came of it. All of it goes to stderr."""

import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import islice

import typer
from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn
from rich.table import Table

from commands.errors import CommandError, Exit
from commands.stepping.outcome import Left, Outcome
from commands.stepping.run import Terminal
from models.register import ObligationLine
from rules.words import STATES, due_day

_MANY = 12
"""Rows of a table; what is more is counted."""
_NAMED = 3
"""Units that are named of a group."""


@contextmanager
def terminal(*, yes: bool) -> Iterator[Terminal]:
    """The terminal of a person who is asked, or has said yes beforehand."""
    console = Console(stderr=True)
    columns = (TextColumn("registers"), BarColumn(), MofNCompleteColumn())
    bar = Progress(*columns, console=console, transient=True, disable=not console.is_terminal)
    tasks: list[TaskID] = []

    def progress(done: int, of: int) -> None:
        if not tasks:
            tasks.append(bar.add_task("", total=of))
            bar.start()
        bar.update(tasks[0], completed=done, total=of)

    try:
        yield Terminal(foreseen=foreseen, ask=lambda question: _ask(question, yes=yes), progress=progress)
    finally:
        bar.stop()


def _ask(question: str, *, yes: bool) -> None:
    """Goes on only after a yes. Raises `CommandError`: INVALID where nobody can be asked, REFUSED after a no."""
    if yes:
        return
    if not sys.stdin.isatty():
        said = question.removesuffix(" Go on?")
        raise CommandError(Exit.INVALID, f"{said} Nothing was changed: run it in a terminal to be asked, or add --yes")
    if not typer.confirm(question, err=True):
        raise CommandError(Exit.REFUSED, "nothing was changed")


def foreseen(will: str, fits: Sequence[ObligationLine], left: Sequence[Left]) -> None:
    """What will be done to which obligations, grouped and counted; and what will be left, and why."""
    console = Console(stderr=True)
    if fits:
        table = Table("Register", "Requirement", "State", "Due", "Units", "", title=f"{len(fits)} {will}")
        groups: dict[tuple[str, ...], list[str]] = {}
        for line in fits:
            due = due_day(line.due) if line.due else "-"
            groups.setdefault((line.issuer_name, line.requirement, STATES[line.state], due), []).append(line.unit_name)
        for cells, units in islice(groups.items(), _MANY):
            table.add_row(*map(escape, cells), str(len(units)), escape(_some(units)))
        console.print(table)
        if len(groups) > _MANY:
            rest = sum(len(units) for units in islice(groups.values(), _MANY, None))
            console.print(f"… and {rest} more")
    show_left(console, left)


def show_outcome(outcome: Outcome) -> None:
    """What was done, and what was left and why."""
    console = Console(stderr=True)
    console.print(f"{outcome.command}: {len(outcome.done)} done")
    show_left(console, outcome.left)


def show_left(console: Console, left: Sequence[Left]) -> None:
    for words, count in Counter(item.words for item in left).most_common():
        named = _some(f"{item.what} ({item.of})" for item in left if item.words == words)
        console.print(f"[yellow]{count} left:[/yellow] {escape(words)} {escape(named)}")


def _some(names: Iterable[str]) -> str:
    """The first names, and how many more there are."""
    known = list(dict.fromkeys(names))
    more = f" … and {len(known) - _NAMED} more" if len(known) > _NAMED else ""
    return "; ".join(known[:_NAMED]) + more
