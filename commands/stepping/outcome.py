"""What came of stepping in: what was done, what was left and why."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from commands.errors import Exit
from rules.refusals import WORDS, Reason

AWAY = "unreachable"
"""Why something was left that no rule refused: its register did not answer."""


@dataclass(frozen=True)
class Left:
    """Something that was left as it was. `what` is its key, `of` the unit, `register` where it stands."""

    what: str
    of: str
    register: str
    why: Reason | None

    @property
    def words(self) -> str:
        return WORDS[self.why] if self.why else "its register did not answer"

    def described(self) -> dict[str, Any]:
        return {
            "item": self.what,
            "unit": self.of,
            "register": self.register,
            "why": self.why or AWAY,
            "words": self.words,
        }


@dataclass(frozen=True)
class Outcome:
    """`said` is what is told beside it in JSON; `done` are keys."""

    command: str
    said: Mapping[str, Any]
    done: tuple[str, ...]
    left: tuple[Left, ...]

    @property
    def exit(self) -> Exit:
        """Not reached before all else, so that whoever calls tries again; refused only where nothing was done."""
        if any(item.why is None for item in self.left):
            return Exit.UNREACHABLE
        return Exit.DONE if self.done else Exit.REFUSED

    def described(self) -> dict[str, Any]:
        return {
            "command": self.command,
            **self.said,
            "done": list(self.done),
            "left": [item.described() for item in self.left],
        }
