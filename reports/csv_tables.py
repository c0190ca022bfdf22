"""The report as tables for machines: the register's lines, and all tallies (docs/report-data.md documents the columns).

Codes and names of fields are those of the JSON form. Days are ISO days in Vietnam, a due day is the last day in time;
instants are ISO instants with the offset of Vietnam.
"""

from collections.abc import Iterator
from datetime import datetime

from models.register import ObligationLine
from models.summary import Summary
from models.tally import Tally
from reports.findings import days_late
from rules.calendar import ZONE, last_day
from rules.delay import LATE

Value = str | int | float | None

LINES = (
    "cascade_id", "key", "requirement", "series", "ref", "title", "period", "kind", "unit", "unit_name", "level",
    "issuer", "issuer_name", "coordinating", "state", "timeliness", "due_day", "original_due_day", "days_late",
    "extensions", "due_phrase", "opened_at", "acknowledged_at", "submissions", "submitted_at", "decided_at", "returned",
    "escalations", "document_number", "document_date", "document_title", "document_signer", "choice", "event_name",
    "event_date", "event_place", "men", "women", "total", "note", "comment", "outcome", "files", "reason", "moved_to",
    "inherited_from",
)  # fmt: skip
"""The header of the register's lines."""

_COUNTS = tuple(Tally.model_fields)
TALLIES = ("table", "key", "name", "level", "period", "units", "answered_units", *_COUNTS, "on_time_rate")
"""The header of the tallies. `table` says of what: whole, level, branch, requirement, unit, former_unit."""


def lines(summary: Summary) -> Iterator[tuple[Value, ...]]:
    """One row per obligation below `LINES`, those of coordinating units last."""
    for line in (*summary.lines, *summary.coordinating):
        yield _line(line, summary.as_of)


def tallies(summary: Summary) -> Iterator[tuple[Value, ...]]:
    """One row per tally below `TALLIES`: the whole first."""
    whole, below = (summary.units, summary.answered_units), (None, None)
    yield _tally(("whole", summary.head.directive_id, summary.issuer.name, None, None, *whole), summary.overall)
    for level in summary.levels:
        yield _tally(("level", level.level, None, level.level, None, level.units, None), level.tally)
    for branch in summary.below:
        about = ("branch", branch.code, branch.name, branch.level, None, branch.units, branch.answered)
        yield _tally(about, branch.tally)
    for item in summary.requirements:
        period = item.period.label if item.period else None
        yield _tally(("requirement", item.key, item.title, item.level, period, *below), item.tally)
    for unit in summary.unit_tallies:
        yield _tally(("unit", unit.code, unit.name, unit.level, None, *below), unit.tally)
    for former in summary.former_units:
        yield _tally(("former_unit", former.code, former.name, former.level, None, *below), former.tally)


def _tally(about: tuple[Value, ...], tally: Tally) -> tuple[Value, ...]:
    return (*about, *(getattr(tally, name) for name in _COUNTS), tally.on_time_rate)


def _line(line: ObligationLine, at: datetime) -> tuple[Value, ...]:
    document, held = line.document, line.held
    return (
        line.cascade_id,
        line.key,
        line.requirement,
        line.series,
        line.ref,
        line.title,
        line.period.label if line.period else None,
        line.kind,
        line.unit,
        line.unit_name,
        line.level,
        line.issuer,
        line.issuer_name,
        str(line.coordinating).lower(),
        line.state,
        line.timeliness,
        _due(line.due),
        _due(line.original_due),
        days_late(line, at) if line.timeliness in LATE else None,
        line.extensions,
        line.due_phrase,
        _instant(line.opened_at),
        _instant(line.acknowledged_at),
        line.submissions,
        _instant(line.submitted_at),
        _instant(line.decided_at),
        line.returned,
        line.escalations,
        (document.normal or document.number) if document else None,
        document.date.isoformat() if document and document.date else None,
        document.title if document else None,
        document.signer if document else None,
        line.choice,
        held.name if held else None,
        held.date.isoformat() if held else None,
        held.place if held else None,
        line.men,
        line.women,
        line.total,
        line.note,
        line.comment,
        line.outcome,
        len(line.files),
        line.reason,
        " ".join(line.moved_to),
        " ".join(item.unit for item in line.inherited),
    )


def _due(due: datetime | None) -> str | None:
    return last_day(due).isoformat() if due else None


def _instant(instant: datetime | None) -> str | None:
    return instant.astimezone(ZONE).isoformat(timespec="seconds") if instant else None
