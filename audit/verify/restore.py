"""What the tables are made from again: archives first, then histories of registers that are not archived."""

import gzip
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from audit.archive.archive import Archive
from audit.archive.manifest import Chained, Manifest
from audit.histories.replayed import Replayed
from audit.histories.runs import Histories
from audit.verify.histories import Replay
from models.event import Event
from models.plan import CascadePlan
from store.rebuild import Origin
from store.restoring import ArchivedRows, DirectiveRows


@dataclass(frozen=True)
class Gathered:
    """Directives that can be restored; and what cannot, with the reason, by register."""

    directives: tuple[DirectiveRows, ...]
    lacking: dict[str, str]


class HistoryGap(Exception):
    """The first part of a register's history is gone."""


async def gather(archive: Archive, live: Histories | None, replay: Replay) -> Gathered:
    """All that archives and histories tell. Registers below archived ones that are in no archive are looked for on the
    server. Raises `Unreachable`, `ObjectMissing`, `ObjectBroken`, `ManifestBroken`: half a restoration is none."""
    manifests: dict[str, list[Manifest]] = {}
    for manifest in archive.manifests():
        manifests.setdefault(manifest.directive_id, []).append(manifest)
    found: list[DirectiveRows] = []
    lacking: dict[str, str] = {}
    for of_directive in manifests.values():
        directive, without = await _directive(archive, live, replay, of_directive)
        found.append(directive)
        lacking |= without
    return Gathered(tuple(found), lacking)


async def _directive(
    archive: Archive, live: Histories | None, replay: Replay, manifests: Sequence[Manifest]
) -> tuple[DirectiveRows, dict[str, str]]:
    origins = {manifest.cascade_id: _origin(archive, manifest) for manifest in manifests}
    lacking: dict[str, str] = {}
    waiting = [each for origin in origins.values() for each in _neighbours(origin)]
    while waiting:
        cascade_id = waiting.pop()
        if cascade_id in origins or cascade_id in lacking:
            continue
        try:
            origins[cascade_id] = await _from_history(cascade_id, live, replay)
        except HistoryGap as error:
            lacking[cascade_id] = str(error)
        else:
            waiting += _neighbours(origins[cascade_id])
    units: dict[str, dict[str, Any]] = {}
    successors: dict[tuple[str, str, str], dict[str, Any]] = {}
    rows: dict[str, Any] = {}
    for manifest in manifests:
        registry = json.loads(archive.objects.get(manifest.units))
        units |= {unit["code"]: unit for unit in registry["units"]}
        successors |= {(row["unit"], row["function"], row["heir"]): row for row in registry["successors"]}
        row = json.loads(archive.objects.get(manifest.directive))
        if not rows or _newer(row, rows):
            rows = row
    directive = DirectiveRows(
        row={name: value for name, value in rows.items() if name != "versions"},
        versions=rows["versions"],
        units=list(units.values()),
        successors=list(successors.values()),
        registers=list(origins.values()),
        archived=[_archived(archive, manifest) for manifest in manifests],
    )
    return directive, lacking


def _newer(row: dict[str, Any], other: dict[str, Any]) -> bool:
    """Of two rows of one directive, which registers that closed at different times have, the later one."""
    return (row["version"], row["closed_at"] or "") > (other["version"], other["closed_at"] or "")


def _origin(archive: Archive, manifest: Manifest) -> Origin:
    plan = CascadePlan.model_validate_json(archive.objects.get(manifest.plan))
    events = [Event.model_validate_json(link.body) for link in archive.lines(manifest.events)]
    return Origin(plan, events)


async def _from_history(cascade_id: str, live: Histories | None, replay: Replay) -> Origin:
    runs = await live.runs(cascade_id) if live else ()
    if not runs:
        raise HistoryGap("neither the archive nor the server has it")
    done: Replayed = await replay(runs)
    if done.after:
        raise HistoryGap(f"the history of its first {done.after} events is gone")
    return Origin(done.first_plan, done.events)


def _neighbours(origin: Origin) -> list[str]:
    """The registers above and below one, as its plan names them."""
    plan = origin.first_plan
    below = [f"cascade:{plan.directive_id}:{unit}" for unit in plan.children]
    return [*([plan.parent] if plan.parent else []), *below]


def _archived(archive: Archive, manifest: Manifest) -> ArchivedRows:
    journal = _journal(archive, manifest)
    noted = [json.loads(link.body) for link in journal]
    moments = [entry["recorded_at"] for entry in noted if entry["note"]["kind"] == "archived"]
    return ArchivedRows(
        cascade_id=manifest.cascade_id,
        events=[(link.seq, link.body, link.hash) for link in archive.lines(manifest.events)],
        journal=[(link.seq, link.body, link.hash, link.unit) for link in journal],
        outbox=[json.loads(line) for line in archive.objects.get(manifest.outbox).splitlines()],
        mail_texts={text: gzip.compress(archive.objects.get(text), mtime=0) for text in manifest.mail_texts},
        kept={
            "cascade_id": manifest.cascade_id,
            "manifest": archive.manifest_hash(manifest.cascade_id),
            "archived_at": moments[-1] if moments else datetime.now(UTC).isoformat(),
            "last_seq": manifest.last_seq,
            "journal_seq": manifest.journal_seq,
            "later_seq": len(journal),
            "complete": manifest.complete,
        },
    )


def _journal(archive: Archive, manifest: Manifest) -> list[Chained]:
    """The entries that the list has, and those that came after it."""
    kept = list(archive.lines(manifest.journal))
    return [*kept, *(link for link in archive.later(manifest.cascade_id) if link.seq > len(kept))]
