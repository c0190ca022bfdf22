"""The chain of a register's events, and that of a journal: whole, as its row says, and as others prove it."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from pydantic import ValidationError

from audit.verify.finding import Finding, Part, Tampering, finding
from audit.verify.links import Break, Linked, as_it_shows, broken, departs, kind_of_departure, linked
from audit.verify.proof import Anchor, Proof, disagreement
from models.event import Event
from rules.chain import GENESIS, canonical
from texts.language import gettext as _

Row = Mapping[str, Any]
_TAMPERED_AT: Mapping[Part, Tampering] = {
    Part.HISTORY: Tampering.HISTORY_EDITED,
    Part.ARCHIVE: Tampering.ARCHIVE_EDITED,
}
"""What fits where only one anchor of several says something else; of all others that it was edited."""


def read(rows: Sequence[Row]) -> list[Linked]:
    """The links of a chain with their bodies read."""
    return [linked(row["seq"], row["body"], row["hash"]) for row in rows]


def check_events(cascade: Row, rows: Sequence[Row], chain: Sequence[Linked], proof: Proof) -> list[Finding]:
    """The first thing that does not fit in a register's chain, and the first column that repeats it wrongly."""
    found = _departure(chain, proof) or broken(chain) or _end(cascade, chain)
    anchored = None if found else _anchored(cascade["id"], Part.CHAIN, chain, proof.anchors, _event)
    findings = [anchored] if anchored else []
    if found:
        findings = [_finding(Part.CHAIN, cascade["id"], _event(found.seq), found)]
    return [*findings, *_columns(Part.CHAIN, cascade["id"], rows, chain, _event)]


def check_journal(
    name: str, rows: Sequence[Row], chain: Sequence[Linked], archived: Sequence[str], anchors: Sequence[Anchor]
) -> list[Finding]:
    """The same for a journal; `archived` are the bodies that the archive has of it."""
    departure = departs(chain, archived)
    found = as_it_shows(chain, departure) if departure else broken(chain)
    anchored = None if found else _anchored(name, Part.JOURNAL, chain, anchors, _entry)
    findings = [anchored] if anchored else []
    if found:
        findings = [_finding(Part.JOURNAL, name, _entry(found.seq), found)]
    return [*findings, *_columns(Part.JOURNAL, name, rows, chain, _entry)]


def parsed(item: Linked) -> Event | None:
    """A link's event; None where its body is none."""
    try:
        return Event.model_validate(item.value)
    except ValidationError:
        return None


def _departure(chain: Sequence[Linked], proof: Proof) -> Break | None:
    """Where a chain says something else than what is proven."""
    for number, item in enumerate(chain, start=1):
        there = proof.of(number)
        if there is None:
            continue
        event = parsed(item)
        if event is None or event.seq != number or not proof.agrees(event):
            return _departed(chain, proof, number, there)
    if len(chain) < proof.reach:
        there = proof.of(len(chain) + 1)
        return Break(len(chain) + 1, Tampering.TRUNCATED, canonical(there) if there else proof.reach, None)
    return None


def _departed(chain: Sequence[Linked], proof: Proof, number: int, there: Event) -> Break:
    """What was done where a chain departs: as it shows itself, or, where it was hashed anew, as the comparison does."""
    here = [_plain(parsed(each), each) for each in chain]
    proven = [canonical(event) for seq in range(1, proof.last + 1) if (event := proof.of(seq))]
    kind = kind_of_departure(here, proven, number) if len(proven) == proof.last else Tampering.RE_HASHED
    return as_it_shows(chain, Break(number, kind, canonical(there), chain[number - 1].body))


def _plain(event: Event | None, item: Linked) -> str:
    return canonical(event) if event else item.body


def _end(cascade: Row, chain: Sequence[Linked]) -> Break | None:
    """Where a chain ends elsewhere than the register's row says."""
    last, head = cascade["last_seq"], cascade["chain_head"]
    here = chain[-1].hash if chain else GENESIS
    if len(chain) < last:
        return Break(len(chain) + 1, Tampering.TRUNCATED, _("sự kiện cuối số %(seq)s", seq=last), None)
    if len(chain) > last:
        return Break(last + 1, Tampering.INSERTED, None, chain[last].body)
    return None if here == head else Break(last, Tampering.HEAD_CHANGED, here, head)


def _anchored(name: str, part: Part, chain: Sequence[Linked], anchors: Sequence[Anchor], called: Any) -> Finding | None:
    """Where a chain that fits itself was written down elsewhere with another hash."""
    found = disagreement({item.seq: item.hash for item in chain}, anchors)
    if found is None:
        return None
    anchor = found.anchor
    if found.alone:
        kind = _TAMPERED_AT.get(anchor.part, Tampering.ANCHOR_EDITED)
        return finding(anchor.part, name, anchor.where, kind, expected=found.found, found=anchor.hash, seq=anchor.seq)
    if found.found is None:
        seq, kind = len(chain) + 1, Tampering.TRUNCATED
    else:
        seq, kind = found.after + 1, Tampering.RE_HASHED
    row = _("%(row)s (đối chiếu %(where)s)", row=called(seq), where=anchor.where)
    return finding(part, name, row, kind, expected=anchor.hash, found=found.found, seq=seq)


def _columns(part: Part, name: str, rows: Sequence[Row], chain: Sequence[Linked], called: Any) -> list[Finding]:
    """The first column that says something else than the text that was hashed."""
    wrong = [
        (item.seq, *differing)
        for row, item in zip(rows, chain, strict=True)
        if (differing := _differing(row, item.value)) is not None
    ]
    if not wrong:
        return []
    seq, column, expected, found = wrong[0]
    row = f"{called(seq)}, {column}"
    changed = Tampering.COLUMN_CHANGED
    return [finding(part, name, row, changed, expected=expected, found=found, seq=seq, count=len(wrong))]


def _differing(row: Row, value: Mapping[str, Any]) -> tuple[str, object, object] | None:
    try:
        said: dict[str, object] = {"at": datetime.fromisoformat(value["at"])}
        if value.get("recorded_at") is not None:
            said["recorded_at"] = datetime.fromisoformat(value["recorded_at"])
        if "fact" in value:
            said |= {"kind": value["fact"]["kind"], "unit": value["actor"]["unit"]}
        else:
            said["kind"] = value["note"]["kind"]
    except (KeyError, TypeError, ValueError):
        return None  # a body that cannot be read is a matter of the chain
    return next(((name, said[name], row[name]) for name in said if row[name] != said[name]), None)


def _finding(part: Part, name: str, row: str, found: Break) -> Finding:
    return finding(part, name, row, found.tampering, expected=found.expected, found=found.found, seq=found.seq)


def _event(seq: int) -> str:
    return _("sự kiện số %(seq)s", seq=seq)


def _entry(seq: int) -> str:
    return _("mục nhật ký số %(seq)s", seq=seq)
