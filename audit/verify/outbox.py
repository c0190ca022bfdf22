"""The outbox beside what the events call for, and beside what the journal says became of each mail."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from audit.verify.finding import Finding, Part, Tampering, finding
from audit.verify.tables import differing, named
from models.notice import NoticeKind
from texts.language import gettext as _

Row = Mapping[str, Any]
_Key = tuple[str, str, str, str, str]
_TOLD = ("at", "obligations", "recommendations", "requests", "words", "register_id")
"""Of a row what the events call for; the rest is how it is delivered."""
_NAMES = ("unit", "role", "holder", "kind", "step")
_URGED_ONCE = frozenset({"reminder", "overdue", "chase", "silence", "not_resubmitted"})
_WAITING = frozenset({"queued", "sending"})
_STATUS = {"mail_sent": "sent", "mail_needless": "needless", "mail_delayed": "queued"}


@dataclass(frozen=True)
class Fate:
    """What the journal last said of a row: its status, and of what was sent or refused the address and Message-ID."""

    status: str
    to: str | None = None
    message_id: str | None = None


def check_outbox(
    cascade_id: str, should: Sequence[Row], found: Sequence[Row], fates: Mapping[_Key, Fate], noted_from: int
) -> list[Finding]:
    """The first row that is gone, comes from nowhere or was changed; then the first whose status is another than the
    journal says. `should` are the rows that the events call for with the registry of today; rows of events before
    `noted_from` may have gone before there was a journal."""
    here, there = {key_of(row): row for row in found}, {key_of(row): row for row in should}
    findings = [
        *_gone(cascade_id, there, here, fates),
        *_uncalled(cascade_id, there, here),
        *_changed(cascade_id, there, here),
    ]
    states = [each for row in found if (each := _state(cascade_id, row, fates.get(key_of(row)), noted_from))]
    return [*_first(findings), *_first(states)]


def check_against_archive(cascade_id: str, archived: Sequence[Row], found: Sequence[Row]) -> list[Finding]:
    """The first row that is other than when the register was archived, where nothing can have come since."""
    here = {key_of(row): row for row in found}
    findings: list[Finding] = []
    for row in archived:
        now = here.get(key_of(row))
        if now is None:
            findings.append(_finding(cascade_id, row, Tampering.DELETED, row, None))
        elif columns := differing(_plain(row), _plain(now)):
            findings.append(_columns(cascade_id, row, now, columns))
    return _first(findings)


def fates(entries: Iterable[Mapping[str, Any]]) -> dict[_Key, Fate]:
    """What the bodies of a journal's entries say became of each row, the last word of each."""
    found: dict[_Key, Fate] = {}
    for entry in entries:
        note = entry.get("note")
        if not isinstance(note, dict) or not str(note.get("kind", "")).startswith("mail_"):
            continue
        kind = note["kind"]
        failed = "unreachable" if note.get("unreachable") else "failed"
        to = note.get("to") if kind in {"mail_sent", "mail_failed"} else None
        fate = Fate(_STATUS.get(kind, failed), to, note.get("message_id"))
        for row in note.get("rows", ()):
            found[row["unit"], row["role"], row["holder"], row["kind"], row["step"]] = fate
    return found


def key_of(row: Row) -> _Key:
    """What names a row within a register."""
    return row["unit"], str(row["role"]), row["holder"], str(row["kind"]), row["step"]


def _gone(
    cascade_id: str, should: Mapping[_Key, Row], found: Mapping[_Key, Row], fates: Mapping[_Key, Fate]
) -> Iterable[Finding]:
    """Rows that the events call for, or of which the journal tells, and that are not there.

    Who answers for a unit may have been another then: where others were told the same, somebody who was never told
    anything before may have come into the registry since.
    """
    waves = {_wave(key) for key in found}
    known: dict[tuple[str, str, str], Any] = {}
    for key, there in found.items():
        known[key[:3]] = min(known.get(key[:3], there["at"]), there["at"])
    for key in (*should, *(key for key in fates if key not in should)):
        if key in found:
            continue
        row = should.get(key)
        if row is not None and key not in fates:
            unsure = row["kind"] == NoticeKind.UNREACHABLE or _wave(key) in waves
            if unsure and not (key[:3] in known and known[key[:3]] <= row["at"]):
                continue
            if row["kind"] in _URGED_ONCE and _urged_otherwise(row, found.values()):
                continue
        wanted: Row = dict(zip(_NAMES, key, strict=True)) if row is None else row
        yield _finding(cascade_id, wanted, Tampering.DELETED, wanted, None)


def _uncalled(cascade_id: str, should: Mapping[_Key, Row], found: Mapping[_Key, Row]) -> Iterable[Finding]:
    """Rows that no event calls for, whoever answered for the unit then."""
    waves, steps = {_wave(key) for key in should}, {(row["step"], row["at"]) for row in should.values()}
    for key, row in found.items():
        follows = row["kind"] == NoticeKind.UNREACHABLE or row["kind"] in _URGED_ONCE
        if key in should or _wave(key) in waves or (follows and (row["step"], row["at"]) in steps):
            continue
        yield _finding(cascade_id, row, Tampering.INSERTED, None, row)


def _changed(cascade_id: str, should: Mapping[_Key, Row], found: Mapping[_Key, Row]) -> Iterable[Finding]:
    for key, row in should.items():
        now = found.get(key)
        if now is None:
            continue
        columns = [name for name in differing(row, now) if name in _TOLD]
        if columns == ["obligations"] and row["kind"] in _URGED_ONCE and _urged_otherwise(row, found.values()):
            continue
        if columns:
            yield _columns(cascade_id, row, now, columns)


def _urged_otherwise(row: Row, found: Iterable[Row]) -> bool:
    """Whether the same unit is urged at the same instant in another way: which of several ways it is for each person
    depends on the addresses of that day."""
    return any(
        other["unit"] == row["unit"]
        and other["at"] == row["at"]
        and other["kind"] in _URGED_ONCE
        and key_of(other) != key_of(row)
        and other["kind"] != row["kind"]
        for other in found
    )


def _state(cascade_id: str, row: Row, fate: Fate | None, noted_from: int) -> Finding | None:
    """Where a row says something else of its delivery than the journal."""
    status = row["status"]
    if fate is None:
        if status in _WAITING or (row["step"].isdecimal() and int(row["step"]) < noted_from):
            return None
        return _edited(cascade_id, row, "status", "queued", status)
    if status != fate.status and not (status in _WAITING and fate.status in _WAITING):
        return _edited(cascade_id, row, "status", fate.status, status)
    if fate.to is not None and row["recipient"] != fate.to:
        return _edited(cascade_id, row, "recipient", fate.to, row["recipient"])
    if fate.message_id and row["message_id"] != fate.message_id:
        return _edited(cascade_id, row, "message_id", fate.message_id, row["message_id"])
    return None


def _wave(key: _Key) -> tuple[str, str, str]:
    return key[0], key[3], key[4]


def _plain(row: Row) -> Row:
    """A row as JSON has it."""
    return {name: _json(value) for name, value in row.items()}


def _json(value: Any) -> Any:
    return value.isoformat().replace("+00:00", "Z") if isinstance(value, datetime) else value


def _first(findings: Sequence[Finding]) -> list[Finding]:
    return [findings[0].model_copy(update={"count": len(findings)})] if findings else []


def _edited(cascade_id: str, row: Row, column: str, expected: str, found: str) -> Finding:
    name = f"{_name(row)}, {column}"
    return finding(Part.OUTBOX, cascade_id, name, Tampering.EDITED, expected=expected, found=found)


def _columns(cascade_id: str, row: Row, now: Row, columns: Sequence[str]) -> Finding:
    name = f"{_name(row)}, {', '.join(columns)}"
    expected, found = ({column: each.get(column) for column in columns} for each in (row, now))
    return finding(Part.OUTBOX, cascade_id, name, Tampering.EDITED, expected=named(expected), found=named(found))


def _finding(cascade_id: str, row: Row, kind: Tampering, expected: Row | None, found: Row | None) -> Finding:
    return finding(Part.OUTBOX, cascade_id, _name(row), kind, expected=named(expected), found=named(found))


def _name(row: Row) -> str:
    return _("thư %(kind)s gửi %(unit)s (%(holder)s) về sự kiện %(step)s", **dict(row))
