"""`dondoc audit obligation`: the life of one obligation from beginning to end, and in whose hands its time was."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from rich.console import Console
from rich.markup import escape
from sqlalchemy import Engine

from audit.record.life import standing_words
from audit.story.columns import head, row
from audit.story.timeline import Question, timeline
from audit.verify.finding import Finding
from commands.audit.timeline import show_days
from commands.errors import CommandError, Exit
from commands.lists import find
from models.clock import Clock
from models.delay import Delay
from models.plan import DirectiveHead
from models.register import ObligationLine
from rules.delay import explained
from rules.suggestions import did_you_mean
from store.engine import reading
from store.lines import directive_lines
from texts.language import Language, speaking


@dataclass(frozen=True)
class Life:
    """An obligation of a directive as it stands, or stood at the directive's end, in each register that has it; `chain`
    is the journal of the first one."""

    number: str
    key: str
    lines: tuple[ObligationLine, ...]
    delays: tuple[Delay | None, ...]

    @property
    def chain(self) -> str:
        return self.lines[0].cascade_id

    @property
    def registers(self) -> set[str]:
        return {line.cascade_id for line in self.lines}

    @property
    def question(self) -> Question:
        return Question(chains=tuple(line.cascade_id for line in self.lines), obligation=self.key)


def life(engine: Engine, number: str, issuer: str | None, key: str) -> Life:
    """The obligation of a key. Raises `CommandError`: INVALID for what is no key, NOT_FOUND, REFUSED where a row cannot
    be read."""
    requirement, at, unit = key.rpartition("@")
    if not (requirement and at and unit):
        raise CommandError(Exit.INVALID, f"{key!r} is no obligation: write REQUIREMENT@UNIT, as annual-plan@481-ldtbxh")
    row_ = find(engine, number, issuer)
    closing = DirectiveHead.model_validate(row_.head).closing
    as_of = min(Clock.model_validate(row_.clock).business(datetime.now(UTC)), closing)
    try:
        with reading(engine) as session:
            lines = directive_lines(session, row_.id, as_of)
    except ValueError as error:
        message = f"what is recorded of {row_.number} cannot be read; run `dondoc audit verify {row_.number}`"
        raise CommandError(Exit.REFUSED, message) from error
    found = tuple(line for line in lines if line.key == key)
    if not found:
        hint = did_you_mean(key, (line.key for line in lines))
        raise CommandError(Exit.NOT_FOUND, f"{row_.number} has no obligation {key!r}{hint}")
    return Life(row_.number, key, found, tuple(explained(line, as_of) for line in found))


def described(engine: Engine, found: Life, wrong: Sequence[Finding], language: Language) -> dict[str, Any]:
    """All of it for other programs, with what does not fit in the record."""
    with reading(engine) as session, speaking(language):
        entries = [told.described() for told in timeline(session, found.question)]
    return {
        "number": found.number,
        "obligation": found.key,
        "findings": [each.model_dump(mode="json") for each in wrong],
        "registers": [
            {"line": line.model_dump(mode="json"), "delay": delay.model_dump(mode="json") if delay else None}
            for line, delay in zip(found.lines, found.delays, strict=True)
        ],
        "entries": entries,
    }


def show_life(engine: Engine, found: Life, language: Language) -> None:
    """How it stands, in whose hands its time was, and what happened."""
    console = Console(highlight=False)
    with reading(engine) as session, speaking(language):
        for line, delay in zip(found.lines, found.delays, strict=True):
            for number, words in enumerate(standing_words(line, delay)):
                console.print(f"[bold]{escape(words)}[/bold]" if not number else escape(words))
        show_days(console, timeline(session, found.question), with_files=True)


def rows(engine: Engine, found: Life) -> tuple[tuple[str, ...], list[tuple[str | int, ...]]]:
    """The story as a table: what the columns are called, and the cells."""
    with reading(engine) as session:
        return head(), [row(told) for told in timeline(session, found.question)]
