"""What a change of a directive would do, as JSON and as a table: obligations that come, go, or get other dates."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from commands.counting import count
from models.obligation import ObligationState
from rules.foreseeing import Foreseen
from rules.previewing import Becomes, Becoming, Group, Preview, preview
from rules.words import STATES, due_day

_FEW = 3
_WORDS = {
    Becomes.ADDED: ("obligation is added", "obligations are added"),
    Becomes.WITHDRAWN: ("withdrawn", "withdrawn"),
    Becomes.AGAIN: ("owed again", "owed again"),
    Becomes.REDATED: ("gets a new date", "get a new date"),
}


def seen(foreseen: Sequence[Foreseen], at: datetime) -> Preview:
    """A change as it is shown at a terminal, where requirements and units go by their keys; `at` is the business
    instant."""
    return preview(foreseen, "", {}, {}, at)


def question(change: Preview, will: str) -> str:
    """What is asked before it is done."""
    counts = Counter(item.becomes for group in change.groups for item in group.items)
    said = ", ".join(count(counts[becomes], *words) for becomes, words in _WORDS.items() if counts[becomes])
    return f"{will}: {said or 'no obligation changes'}, in {count(change.registers, 'register')}. Go on?"


def effect(change: Preview) -> dict[str, Any]:
    """What becomes of which obligation, and how those that the change concerns stand now."""
    concerned = [item.item for becomes in Becomes if becomes is not Becomes.ADDED for item in _all(change, becomes)]
    return {
        "registers": change.registers,
        "added": [{"obligation": item.item.key, "due": _instant(item.due)} for item in _all(change, Becomes.ADDED)],
        "withdrawn": [
            {"obligation": item.item.key, "state": item.item.state} for item in _all(change, Becomes.WITHDRAWN)
        ],
        "owed_again": _keys(change, Becomes.AGAIN),
        "redated": [
            {"obligation": item.item.key, "from": _instant(item.item.due), "to": _instant(item.due)}
            for item in _all(change, Becomes.REDATED)
        ],
        "kept_as_done": _keys(change, Becomes.DONE),
        "kept_with_own_date": _keys(change, Becomes.OWN_DATE),
        "answers_kept": change.answered,
        "unchanged": change.unchanged,
        "by_state": dict(Counter(item.state for item in concerned)),
    }


def show_effect(change: Preview) -> None:
    """A table with a row for each requirement that something becomes of, and the rest in a sentence; to stderr."""
    console = Console(stderr=True)
    if change.groups:
        table = Table("Requirement", "Added", "Withdrawn", "Owed again", "New date", "Done, kept", "Own date, kept")
        for group in change.groups:
            table.add_row(*map(escape, _cells(group)))
        console.print(table)
    kept = count(change.answered, "answer that is in is", "answers that are in are")
    console.print(f"{count(change.unchanged, 'obligation')} unchanged; {kept} kept")


def _cells(group: Group) -> tuple[str, ...]:
    found: dict[Becomes, list[Becoming]] = {becomes: [] for becomes in Becomes}
    for item in group.items:
        found[item.becomes].append(item)
    added = Counter(item.due for item in found[Becomes.ADDED])
    redated = Counter((item.item.due, item.due) for item in found[Becomes.REDATED])
    return (
        group.requirement,
        _listed((f"{number}, {_due(due)}" for due, number in added.items()), len(added)),
        _states(item.item for item in found[Becomes.WITHDRAWN]),
        _states(item.item for item in found[Becomes.AGAIN]),
        _listed((f"{number}: {_due(old)} → {_due(new)}" for (old, new), number in redated.items()), len(redated)),
        str(len(found[Becomes.DONE]) or ""),
        str(len(found[Becomes.OWN_DATE]) or ""),
    )


def _all(change: Preview, becomes: Becomes) -> list[Becoming]:
    return [item for group in change.groups for item in group.items if item.becomes is becomes]


def _keys(change: Preview, becomes: Becomes) -> list[str]:
    return [item.item.key for item in _all(change, becomes)]


def _states(items: Iterable[ObligationState]) -> str:
    return "\n".join(f"{number} {STATES[state]}" for state, number in Counter(item.state for item in items).items())


def _listed(words: Iterable[str], number: int) -> str:
    shown = [word for word, _ in zip(words, range(_FEW), strict=False)]
    return "\n".join([*shown, *([f"and {count(number - _FEW, 'more date')}"] if number > _FEW else [])])


def _due(due: datetime | None) -> str:
    return due_day(due) if due else "no date"


def _instant(due: datetime | None) -> str | None:
    return due.isoformat() if due else None
