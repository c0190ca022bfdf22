"""How stepping in looks in a terminal: what it will touch, how far it is, what came of it. All of it goes to stderr."""

import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial

import typer
from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn
from rich.table import Table

from commands.errors import CommandError, Exit
from commands.stepping.outcome import Left, Outcome
from commands.stepping.run import Terminal
from models.register import ObligationLine
from models.unit import Level
from rules.words import STATES, due_day

MOST = 30
"""Obligations that are named before somebody is asked; what is more is counted."""
_NAMED = 3
"""Things that are named of those which were left for the same reason."""


@contextmanager
def terminal(*, yes: bool, whole: bool = False) -> Iterator[Terminal]:
    """The terminal of a person who is asked, or has said yes beforehand, and who is shown the first of what is
    concerned, or the `whole` list."""
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
        shown = partial(foreseen, most=None) if whole else foreseen
        yield Terminal(foreseen=shown, ask=lambda question: _ask(question, yes=yes), progress=progress)
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


def foreseen(will: str, fits: Sequence[ObligationLine], left: Sequence[Left], most: int | None = MOST) -> None:
    """What will be done to which obligations, the first by name and all by level and requirement; and what will be
    left, and why."""
    console, shown = Console(stderr=True), fits[:most]
    if fits:
        console.print(_named(f"{len(fits)} {will}", shown))
    if len(fits) > len(shown):
        console.print(f"… and {len(fits) - len(shown)} more (`--list` names all); by level and requirement:")
        console.print(_counted(fits))
    show_left(console, left)


def _named(title: str, lines: Sequence[ObligationLine]) -> Table:
    table = Table("Unit", "Requirement", "State", "Due", "Register", title=title)
    for line in lines:
        due = due_day(line.due) if line.due else "-"
        table.add_row(*map(escape, (line.unit_name, line.requirement, STATES[line.state], due, line.issuer)))
    return table


def _counted(lines: Sequence[ObligationLine]) -> Table:
    table = Table("Level", "Requirement", "Obligations", "Units")
    groups: dict[tuple[Level, str], list[str]] = {}
    for line in lines:
        groups.setdefault((line.level, line.series or line.requirement), []).append(line.unit)
    for (level, requirement), units in sorted(groups.items(), key=lambda group: list(Level).index(group[0][0])):
        table.add_row(level, escape(requirement), str(len(units)), str(len(set(units))))
    return table


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
