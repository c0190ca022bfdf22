"""Who may be enlisted late and for what: what a page offers to choose among."""

from collections.abc import Iterable

from sqlalchemy import Engine

from changing.running import Running
from models.plan import CascadePlan
from models.tables import DirectiveRow
from models.unit import Unit
from rules.compiling.enlisting import enlistable
from rules.compiling.form import Form
from rules.source import read
from rules.unit_search import code_of, find_units
from store.units import load_units

MOST = 40
"""Units that a search offers; who finds more types more of the name."""


def askable(row: DirectiveRow) -> dict[str, str]:
    """The requirements of the file that runs, by key, with their titles."""
    written = Form(read(row.source.encode())).written
    return {key: item.title for key, item in written.requirements.items()} if written else {}


def candidates(engine: Engine, running: Running, first: CascadePlan, words: str) -> dict[str, str]:
    """The first units that may be enlisted whose name or code has the words: names by code. `first` is the plan in
    force of the first register."""
    offered = enlistable(load_units(engine), running.head, first, running.today)
    return _named(find_units(offered, words)[:MOST])


def codes(engine: Engine, typed: Iterable[str]) -> tuple[str, ...]:
    """The codes of units that were typed by code or by name, each once; what names no single unit as it was typed."""
    units = load_units(engine)
    return tuple(dict.fromkeys(code_of(units, text) for text in typed))


def names(engine: Engine, codes: Iterable[str]) -> dict[str, str]:
    """The names of units by code, of those that there are."""
    return _named(load_units(engine, codes).values())


def in_words(engine: Engine, row: DirectiveRow, listed: Iterable[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    """Requirements and units by title and name."""
    pairs = tuple(listed)
    titles, called = askable(row), names(engine, sorted({unit for _, unit in pairs}))
    return tuple((titles.get(requirement, requirement), called[unit]) for requirement, unit in pairs)


def _named(units: Iterable[Unit]) -> dict[str, str]:
    return {unit.code: unit.short_name for unit in units}
