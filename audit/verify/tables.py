"""Read tables beside what they should be: the same events folded again."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from pydantic import ValidationError

from audit.verify.finding import Finding, Part, Tampering, finding
from models.plan import CascadePlan

Row = Mapping[str, Any]
Rows = Mapping[tuple[Any, ...], Row]
_DATES = frozenset(
    {"due", "original_due", "promised", "opened_at", "acknowledged_at", "submitted_at", "decided_at", "next_step_at",
     "chased_at", "heard_at", "suspended_at", "raised_at", "handled_at", "reply_by", "until", "asked_at",
     "answered_at", "granted_until", "first", "last", "left_at", "refused_at", "at"}
)  # fmt: skip
REGISTER = ("plan", "first_plan", "revision", "issuer", "parent", "closed")
"""Of a register's own row what follows from its events; where its chain ends is looked at with the chain."""


def check_rows(cascade_id: str, table: str, should: Rows, found: Rows) -> list[Finding]:
    """The first row of one table that is not as it should be, in the order of keys."""
    wrong = [key for key in sorted({*should, *found}, key=_order) if not _same_row(should.get(key), found.get(key))]
    if not wrong:
        return []
    key = wrong[0]
    name, here, there = f"{table} {' '.join(map(str, key))}", should.get(key), found.get(key)
    if here is None or there is None:
        kind = Tampering.DELETED if there is None else Tampering.INSERTED
        return [_finding(cascade_id, name, kind, named(here), named(there), len(wrong))]
    columns = differing(here, there)
    others = [other for other in wrong[1:] if other in should and other in found]
    if any(_swapped(columns, (here, there), (should[other], found[other])) for other in others):
        kind = Tampering.SWAPPED
    else:
        kind = Tampering.DATE_CHANGED if set(columns) <= _DATES else Tampering.EDITED
    expected, seen = _values(here, there, columns)
    return [_finding(cascade_id, f"{name}, {', '.join(columns)}", kind, expected, seen, len(wrong))]


def check_register(should: Row, found: Row) -> list[Finding]:
    """The register's own row: the plan in force and the one with which it began, who keeps it, whether it is closed."""
    columns = [name for name in REGISTER if not _same_plan(name, should[name], found[name])]
    if not columns:
        return []
    row = f"cascade {found['id']}, {', '.join(columns)}"
    expected, seen = _values(should, found, columns)
    return [_finding(found["id"], row, Tampering.EDITED, expected, seen, 1)]


def differing(one: Row, other: Row) -> list[str]:
    """The columns in which two rows differ."""
    return [name for name in one if not alike(one[name], other.get(name))]


def alike(one: object, other: object) -> bool:
    """Whether two values of a column say the same: what an older version wrote as JSON lacks what came since, which is
    empty then."""
    if isinstance(one, dict) and isinstance(other, dict):
        return one == other or all(
            alike(one[key], other[key]) if key in one and key in other else not one.get(key) and not other.get(key)
            for key in {*one, *other}
        )
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(alike, one, other))
    return one == other


def named(row: Row | None) -> str:
    """A row in short, as a finding shows it."""
    if row is None:
        return ""
    return ", ".join(f"{name}={_shown(value)}" for name, value in row.items() if value not in (None, "", [], 0))


def _same_row(one: Row | None, other: Row | None) -> bool:
    return one == other or (one is not None and other is not None and not differing(one, other))


def _same_plan(column: str, one: object, other: object) -> bool:
    """Plans are compared as they are read, whichever version wrote them."""
    if one == other or column not in {"plan", "first_plan"} or one is None or other is None:
        return one == other
    try:
        return CascadePlan.model_validate(one) == CascadePlan.model_validate(other)
    except ValidationError:
        return False


def _swapped(columns: Iterable[str], one: tuple[Row, Row], other: tuple[Row, Row]) -> bool:
    """Whether each of two rows has in these columns what should stand in the other."""
    return all(one[0][name] == other[1][name] and one[1][name] == other[0][name] for name in columns)


def _values(should: Row, found: Row, columns: Iterable[str]) -> tuple[str, str]:
    """Both rows in these columns; of what is nested only where it first differs."""
    pairs = [different(name, should[name], found.get(name)) for name in columns]
    return ", ".join(here for here, _ in pairs), ", ".join(there for _, there in pairs)


def different(path: str, one: Any, other: Any) -> tuple[str, str]:
    """Two values where they first differ, each with the path to there."""
    if isinstance(one, dict) and isinstance(other, dict):
        for key in sorted({*one, *other}):
            if one.get(key) != other.get(key):
                return different(f"{path}.{key}", one.get(key), other.get(key))
    if isinstance(one, list) and isinstance(other, list) and len(one) == len(other):
        for number, (here, there) in enumerate(zip(one, other, strict=True)):
            if here != there:
                return different(f"{path}.{number}", here, there)
    return f"{path}={_shown(one)}", f"{path}={_shown(other)}"


def _shown(value: object) -> str:
    return value.isoformat() if isinstance(value, date | datetime) else str(value)


def _order(key: tuple[Any, ...]) -> tuple[str, ...]:
    return tuple(f"{part:09}" if isinstance(part, int) else str(part) for part in key)


def _finding(cascade_id: str, row: str, kind: Tampering, expected: str, found: str, count: int) -> Finding:
    return finding(Part.TABLE, cascade_id, row, kind, expected=expected, found=found, count=count)
