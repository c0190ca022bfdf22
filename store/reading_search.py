"""The search of the reading room: by number, unit, requirement and words, in what the reader may see."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sized
from datetime import UTC, datetime
from itertools import islice
from typing import Any

import sqlalchemy
from sqlmodel import Session, SQLModel, col, select

from models.reading import Findings, Found, Light, Search
from models.register import ObligationLine
from models.tables import CascadeRow, DirectiveRow, ObligationRow, UnitRow
from rules.reading import Sight, light
from rules.searching import MOST, finder
from store.directives import FixedParts, clock_of, head_of
from store.lines import cascade_lines
from store.reading_counts import among

_ROW = SQLModel.metadata.tables[str(ObligationRow.__tablename__)].columns
_READ = [_ROW[name] for name in ("directive_id", "cascade_id", "key", "unit", "requirement", "comment", "reason")]
_SPOKEN = ("note", "number", "title", "signer", "name", "text", "place", "by")
"""Under these names an answer has words of people."""
_Keys = dict[str, dict[str, list[str]]]
_MOST_UNITS = 20
"""Units that a search lists by name."""


def find(session: Session, fixed: FixedParts, seen: Sight, search: Search) -> Findings:
    """Obligations that fit everything that is asked, of those that may be seen, directive by directive."""
    numbers = _directives(session, search.number)
    units = _units(session, seen, search.unit)
    asked = _requirements(session, numbers, search.requirement)
    unknown = _unknown(search, number=numbers, unit=units, requirement=asked)
    if unknown:
        return Findings(unknown=unknown)
    keys = _keys(session, search, units if search.unit else seen.units, numbers, asked)
    hits = list(islice(_fitting(session, fixed, keys, search.light), MOST + 1))
    return Findings(
        found=tuple(_found(session, hits[:MOST])),
        units=dict(islice(units.items(), _MOST_UNITS)),
        more=len(hits) > MOST,
    )


def _unknown(search: Search, **there: Sized) -> tuple[str, ...]:
    """The fields that ask for what is nowhere."""
    return tuple(name for name, found in there.items() if getattr(search, name) and not found)


def _fitting(
    session: Session, fixed: FixedParts, keys: _Keys, wanted: Light | None
) -> Iterator[tuple[str, ObligationLine]]:
    """The lines of obligations as they stand now, each with its directive."""
    for directive_id, registers in keys.items():
        at = clock_of(session, directive_id).business(datetime.now(UTC))
        for cascade_id, own in registers.items():
            plan, _ = fixed.of(session, cascade_id)
            for some in (own[start : start + MOST] for start in range(0, len(own), MOST)):
                for line in cascade_lines(session, plan, at, keys=some):
                    if wanted in {None, light(line, line.timeliness)}:
                        yield directive_id, line


def _found(session: Session, hits: Iterable[tuple[str, ObligationLine]]) -> Iterator[Found]:
    lines: dict[str, list[ObligationLine]] = defaultdict(list)
    for directive_id, line in hits:
        lines[directive_id].append(line)
    for directive_id, own in lines.items():
        at = clock_of(session, directive_id).business(datetime.now(UTC))
        yield Found(head=head_of(session, directive_id), lines=tuple(own), at=at)


def _keys(
    session: Session, search: Search, units: Collection[str] | None, numbers: Iterable[str], asked: set[tuple[str, str]]
) -> _Keys:
    """The obligations of these units (None: of all) that fit, by directive in the order given, and register."""
    found: _Keys = {directive: {} for directive in numbers}
    says = finder(search.text) if search.text else None
    for row in _rows(session, units, with_answers=says is not None):
        wanted = (row["cascade_id"], row["requirement"]) in asked
        if wanted and (says is None or any(map(says, _texts(row)))):
            found[row["directive_id"]].setdefault(row["cascade_id"], []).append(row["key"])
    return found


def _directives(session: Session, number: str) -> dict[str, str]:
    """Directives by id with what they are called, the newest first: those whose number or title fits; all where nothing
    is asked."""
    query = select(DirectiveRow.id, DirectiveRow.number, DirectiveRow.title)
    rows = session.exec(query.order_by(col(DirectiveRow.started_at).desc()))
    fits = finder(number)
    return {code: called for code, called, title in rows if any(map(fits, (called, title, code)))}


def _units(session: Session, seen: Sight, name: str) -> dict[str, str]:
    """Units by code with their short names, of those that may be seen: whose name or code fits."""
    if not name:
        return {}
    rows = session.exec(select(UnitRow.code, UnitRow.short_name, UnitRow.name).order_by(col(UnitRow.code)))
    fits = finder(name)
    return {code: short for code, short, long in rows if seen.sees(code) and any(map(fits, (code, short, long)))}


def _requirements(session: Session, numbers: Mapping[str, str], words: str) -> set[tuple[str, str]]:
    """Register and key of each requirement whose title, number in the directive or key fits."""
    query = select(CascadeRow.id, CascadeRow.directive_id, col(CascadeRow.plan)["requirements"])
    fits = finder(words)
    return {
        (cascade, item["key"])
        for cascade, directive, items in session.connection().execute(query)
        if directive in numbers
        for item in items
        if any(map(fits, (item["title"], item.get("ref") or "", item["key"])))
    }


def _rows(session: Session, units: Collection[str] | None, *, with_answers: bool) -> Iterator[dict[str, Any]]:
    """The obligations of these units, with the words of their answers where those are looked through."""
    columns = [*_READ, _ROW.answer] if with_answers else _READ
    query = sqlalchemy.select(*columns).where(*among(units)).order_by(_ROW.cascade_id, _ROW.position)
    rows = (row._asdict() for row in session.connection().execute(query))
    return (row for row in rows if units is None or row["unit"] in units)


def _texts(row: Mapping[str, Any]) -> Iterator[str]:
    """The words of an answer, and of what was decided about it."""
    return filter(None, (row["comment"], row["reason"], *_words(row["answer"])))


def _words(answer: Any) -> list[str]:
    """The words of people anywhere in an answer."""
    if isinstance(answer, list):
        return [word for item in answer for word in _words(item)]
    if not isinstance(answer, dict):
        return []
    own = [value for name, value in answer.items() if name in _SPOKEN and isinstance(value, str)]
    return own + [word for value in answer.values() for word in _words(value)]
