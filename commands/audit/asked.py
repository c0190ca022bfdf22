"""What somebody asks of the trail, as typed: checked against what the trail knows."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date
from typing import get_args

from sqlalchemy import Engine

from audit.story.timeline import Question, timeline
from commands.errors import CommandError, Exit
from commands.lists import find
from commands.stepping.days import day
from models.event import Fact
from models.journal import INSTALLATION, Note
from naming import cascade_id
from rules.suggestions import did_you_mean
from store.engine import reading
from store.trail import registers_about, requirements_of, units_of
from store.units import load_units
from texts.language import Language

FACTS = tuple(kind.model_fields["kind"].default for kind in get_args(get_args(Fact)[0]))
NOTES = tuple(kind.model_fields["kind"].default for kind in get_args(get_args(Note)[0]))


@dataclass(frozen=True)
class Typed:
    """The options of a question as they were typed."""

    unit: str | None = None
    requirement: str | None = None
    actor: str | None = None
    kinds: Collection[str] = ()
    first: str | None = None
    last: str | None = None
    late: bool = False
    escalated: bool = False


@dataclass(frozen=True)
class Asked:
    """A question of a directive, or of the installation; `chain` is the journal in which it is noted that something was
    taken away, `shown` are the registers, or the journal, from which it is answered."""

    number: str
    chain: str
    question: Question
    shown: Collection[str]


def language(name: str) -> Language:
    """The language of words. Raises `CommandError` INVALID."""
    if name not in list(Language):
        raise CommandError(Exit.INVALID, f"--lang: {name!r}; there are {', '.join(Language)}")
    return Language(name)


def days(first: str | None, last: str | None) -> tuple[date | None, date | None]:
    """The days of --from and --to, both included. Raises `CommandError` INVALID."""
    begin = day(first, "--from") if first else None
    end = day(last, "--to") if last else None
    if begin and end and begin > end:
        raise CommandError(Exit.INVALID, f"--from {first} is after --to {last}")
    return begin, end


def asked(engine: Engine, number: str, issuer: str | None, typed: Typed) -> Asked:
    """The question of a directive, or of the installation. Raises `CommandError`: INVALID for a kind or days that there
    are not, NOT_FOUND for a directive, unit or requirement of which the trail knows nothing."""
    first, last = days(typed.first, typed.last)
    for kind in typed.kinds:
        if kind not in (*FACTS, *NOTES):
            hint = did_you_mean(kind, (*FACTS, *NOTES))
            raise CommandError(Exit.INVALID, f"--kind: no kind {kind!r}{hint}; there are {', '.join((*FACTS, *NOTES))}")
    question = Question(
        unit=typed.unit,
        requirement=typed.requirement,
        actor=typed.actor,
        kinds=frozenset(typed.kinds),
        first=first,
        last=last,
        late=typed.late,
        escalated=typed.escalated,
    )
    if number == INSTALLATION:
        if typed.unit or typed.requirement:
            raise CommandError(Exit.INVALID, "the journal of the installation is about no unit and no requirement")
        return Asked(INSTALLATION, INSTALLATION, replace(question, chains=(INSTALLATION,)), (INSTALLATION,))
    row = find(engine, number, issuer)
    with reading(engine) as session:
        shown = registers_about(session, row.id, typed.unit)
        known = requirements_of(session, row.id) if typed.requirement else {}
        units = units_of(session, row.id) if typed.unit and not shown else set()
    if typed.unit and not shown:
        hint = did_you_mean(typed.unit, units) or did_you_mean(typed.unit, load_units(engine))
        raise CommandError(Exit.NOT_FOUND, f"the trail of {row.number} knows no unit {typed.unit!r}{hint}")
    if typed.requirement and typed.requirement not in {*known, *known.values()}:
        hint = did_you_mean(typed.requirement, {*known, *known.values()})
        raise CommandError(Exit.NOT_FOUND, f"{row.number} has no requirement {typed.requirement!r}{hint}")
    return Asked(row.number, cascade_id(row.id, row.issuer), replace(question, directive_id=row.id), shown)


def nothing_fits(engine: Engine, asked: Asked) -> str:
    """Words for a question that no entry answers, with the nearest of those who did something where nobody did who is
    called so."""
    actor = asked.question.actor
    if actor is None:
        return "nothing in the trail fits"
    with reading(engine) as session:
        found = [told.entry.actor for told in timeline(session, replace(asked.question, actor=None))]
    hint = did_you_mean(actor, {name for by in found for name in (by.name, by.unit, by.kind.value) if name})
    kinds = ", ".join(sorted({by.kind.value for by in found}))
    others = f"; it was done by {kinds}" if kinds else ""
    return f"nothing in the trail fits: nobody who is called {actor!r} did any of it{hint}{others}"
