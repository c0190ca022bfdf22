"""What a change of a directive would do, as JSON and as a table: obligations that come, go, or get other dates."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from commands.counting import count
from models.obligation import ObligationState, State
from rules.foreseeing import Foreseen
from rules.words import STATES, due_day

_FEW = 3
_WORDS = {
    "added": ("obligation is added", "obligations are added"),
    "withdrawn": ("withdrawn", "withdrawn"),
    "again": ("owed again", "owed again"),
    "redated": ("gets a new date", "get a new date"),
}


def question(foreseen: Sequence[Foreseen], will: str) -> str:
    """What is asked before it is done."""
    counts = {name: sum(len(getattr(item, name)) for item in foreseen) for name in _WORDS}
    said = (
        ", ".join(count(number, *_WORDS[name]) for name, number in counts.items() if number) or "no obligation changes"
    )
    return f"{will}: {said}, in {count(sum(map(_has_effect, foreseen)), 'register')}. Go on?"


def past_dates(foreseen: Sequence[Foreseen], now: datetime) -> int:
    """How many obligations would be overdue from the beginning."""
    dues = [item.due for item in _all(foreseen, "added")] + [
        pair.after.due for item in foreseen for pair in item.redated
    ]
    return sum(due is not None and due <= now for due in dues)


def effect(foreseen: Sequence[Foreseen]) -> dict[str, Any]:
    """What becomes of which obligation, and how those that the change concerns stand now."""
    withdrawn, redated = _all(foreseen, "withdrawn"), [pair for item in foreseen for pair in item.redated]
    concerned = [*withdrawn, *_all(foreseen, "again"), *(pair.before for pair in redated)]
    kept = {name: _all(foreseen, name) for name in ("done", "own_date")}
    return {
        "registers": sum(_has_effect(item) for item in foreseen),
        "added": [{"obligation": item.key, "due": _instant(item.due)} for item in _all(foreseen, "added")],
        "withdrawn": [{"obligation": item.key, "state": item.state} for item in withdrawn],
        "owed_again": [item.key for item in _all(foreseen, "again")],
        "redated": [
            {"obligation": pair.before.key, "from": _instant(pair.before.due), "to": _instant(pair.after.due)}
            for pair in redated
        ],
        "kept_as_done": [item.key for item in kept["done"]],
        "kept_with_own_date": [item.key for item in kept["own_date"]],
        "answers_kept": sum(item.answered for item in foreseen),
        "unchanged": sum(item.unchanged for item in foreseen),
        "by_state": dict(Counter(item.state for item in (*concerned, *kept["done"], *kept["own_date"]))),
    }


@dataclass
class _Line:
    """What becomes of the obligations of one requirement."""

    added: Counter[datetime | None] = field(default_factory=Counter)
    withdrawn: Counter[State] = field(default_factory=Counter)
    again: Counter[State] = field(default_factory=Counter)
    redated: Counter[tuple[datetime | None, datetime | None]] = field(default_factory=Counter)
    done: int = 0
    own_date: int = 0


def show_effect(foreseen: Sequence[Foreseen]) -> None:
    """A table with a row for each requirement that something becomes of, and the rest in a sentence; to stderr."""
    console, lines = Console(stderr=True), _lines(foreseen)
    if lines:
        table = Table("Requirement", "Added", "Withdrawn", "Owed again", "New date", "Done, kept", "Own date, kept")
        for key, line in lines.items():
            cells = (
                key,
                _listed((f"{number}, {_due(due)}" for due, number in line.added.items()), len(line.added)),
                _states(line.withdrawn),
                _states(line.again),
                _listed(
                    (f"{number}: {_due(old)} → {_due(new)}" for (old, new), number in line.redated.items()),
                    len(line.redated),
                ),
                str(line.done or ""),
                str(line.own_date or ""),
            )
            table.add_row(*map(escape, cells))
        console.print(table)
    answered, unchanged = (sum(getattr(item, name) for item in foreseen) for name in ("answered", "unchanged"))
    kept = count(answered, "answer that is in is", "answers that are in are")
    console.print(f"{count(unchanged, 'obligation')} unchanged; {kept} kept")


def _lines(foreseen: Iterable[Foreseen]) -> dict[str, _Line]:
    lines: dict[str, _Line] = defaultdict(_Line)
    for item in foreseen:
        for new in item.added:
            lines[new.requirement].added[new.due] += 1
        for gone in item.withdrawn:
            lines[gone.requirement].withdrawn[gone.state] += 1
        for back in item.again:
            lines[back.requirement].again[back.state] += 1
        for pair in item.redated:
            lines[pair.before.requirement].redated[pair.before.due, pair.after.due] += 1
        for done in item.done:
            lines[done.requirement].done += 1
        for own in item.own_date:
            lines[own.requirement].own_date += 1
    return lines


def _has_effect(item: Foreseen) -> bool:
    return bool(item.added or item.withdrawn or item.again or item.redated)


def _all(foreseen: Iterable[Foreseen], name: str) -> list[ObligationState]:
    return [state for item in foreseen for state in getattr(item, name)]


def _states(counted: Counter[State]) -> str:
    return "\n".join(f"{number} {STATES[state]}" for state, number in counted.items())


def _listed(words: Iterable[str], number: int) -> str:
    shown = [word for word, _ in zip(words, range(_FEW), strict=False)]
    return "\n".join([*shown, *([f"and {count(number - _FEW, 'more date')}"] if number > _FEW else [])])


def _due(due: datetime | None) -> str:
    return due_day(due) if due else "no date"


def _instant(due: datetime | None) -> str | None:
    return due.isoformat() if due else None
