"""Which obligations somebody means: by their keys, by filters, or all."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Engine

from commands.errors import CommandError, Exit
from commands.stepping.looking import Looked
from commands.units import unit
from models.obligation import Outcome, State, Timeliness
from models.register import ObligationLine
from models.unit import Level, Unit
from rules.addressing import Registry
from rules.suggestions import did_you_mean
from store.units import load_units


@dataclass(frozen=True)
class Wanted:
    """Keys and filters as they were typed. Of one kind, any may fit; of several kinds, each has to."""

    keys: Sequence[str] = ()
    units: Sequence[str] = ()
    below: str | None = None
    level: str | None = None
    requirements: Sequence[str] = ()
    states: Sequence[str] = ()
    late: bool = False
    everything: bool = False

    @property
    def narrows(self) -> bool:
        """Whether anything but all was asked for."""
        filters = (self.keys, self.units, self.below, self.level, self.requirements, self.states, self.late)
        return any(filters)


def choose(engine: Engine, looked: Looked, wanted: Wanted) -> tuple[ObligationLine, ...]:
    """The lines that somebody means, in their order.

    Raises `CommandError`: INVALID where nothing was said, or both a filter and all, or for an unknown level or state;
    NOT_FOUND for a key, unit or requirement that the directive does not have.
    """
    if wanted.everything == wanted.narrows:
        said = "--all with a filter contradicts itself" if wanted.everything else "nothing is chosen"
        raise CommandError(Exit.INVALID, f"{said}: give keys or filters (see --help), or --all alone")
    _known("level", [wanted.level] if wanted.level else [], Level)
    _known("state", wanted.states, State)
    number, lines = looked.row.number, looked.lines
    _asked(number, "obligation", wanted.keys, {line.key for line in lines})
    _asked(number, "requirement", wanted.requirements, {key for line in lines for key in _names(line)})
    units = load_units(engine)
    _registered(units, [*wanted.units, *([wanted.below] if wanted.below else [])])
    _asked(number, "unit", wanted.units, {line.unit for line in lines})
    below = {unit.code for unit in Registry(units).below(wanted.below)} if wanted.below else set()

    def meant(line: ObligationLine) -> bool:
        return (
            (not wanted.keys or line.key in wanted.keys)
            and (not wanted.units or line.unit in wanted.units)
            and (wanted.below is None or line.unit in below)
            and (wanted.level is None or line.level == wanted.level)
            and (not wanted.requirements or bool(_names(line) & set(wanted.requirements)))
            and (not wanted.states or line.state in wanted.states)
            and (not wanted.late or line.timeliness is Timeliness.OVERDUE)
        )

    return tuple(filter(meant, lines))


def unit_on(engine: Engine, code: str, today: date) -> str:
    """A unit that may owe something from today on. Raises `CommandError`: NOT_FOUND, INVALID where it does not exist
    today."""
    found = unit(engine, code)
    if not found.valid_on(today):
        raise CommandError(Exit.INVALID, f"{code} ({found.short_name}) does not exist on {today:%d/%m/%Y}")
    return code


def outcome_of(word: str | None) -> Outcome | None:
    """Raises `CommandError` INVALID for a word that is no outcome."""
    _known("outcome", [word] if word else [], Outcome)
    return Outcome(word) if word else None


def _names(line: ObligationLine) -> set[str]:
    """By what a requirement can be called: its key, or that of the series it is one of."""
    return {key for key in (line.requirement, line.series) if key}


def _known(kind: str, words: Sequence[str], valid: Iterable[str]) -> None:
    known = [str(item) for item in valid]
    for word in words:
        if word not in known:
            hint = did_you_mean(word, known)
            raise CommandError(Exit.INVALID, f"no {kind} {word!r}{hint}; there are {', '.join(known)}")


_TREE = "; `dondoc units tree` lists them"


def _registered(units: Mapping[str, Unit], codes: Sequence[str]) -> None:
    for code in codes:
        if code not in units:
            raise CommandError(Exit.NOT_FOUND, f"no unit {code!r} in the registry{did_you_mean(code, units)}{_TREE}")


def _asked(number: str, kind: str, words: Sequence[str], valid: Collection[str]) -> None:
    for word in words:
        if word not in valid:
            owes = f"{word!r} owes nothing in {number}" if kind == "unit" else f"{number} has no {kind} {word!r}"
            hint = f"{did_you_mean(word, valid)}; `dondoc obligations` lists what there is"
            raise CommandError(Exit.NOT_FOUND, f"{owes}{hint}")
