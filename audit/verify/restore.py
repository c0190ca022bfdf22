"""What the tables are made from again: archives first, then histories of registers that are not archived, with what is
kept beside these."""

import gzip
import json
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from audit.archive.archive import Archive
from audit.archive.manifest import Chained, Manifest
from audit.archive.named import mail_texts_in
from audit.archive.objects import ObjectMissing
from audit.archive.running import KeptDirective, Running
from audit.histories.chained import joined
from audit.histories.replayed import Replayed
from audit.histories.runs import Histories
from audit.verify.histories import Replay
from models.event import Event
from models.journal import INSTALLATION
from models.plan import CascadePlan
from store.archiving import Link
from store.rebuild import Origin
from store.restoring import ArchivedRows, DirectiveRows, InstallationRows, KeptRows

Row = dict[str, Any]


@dataclass(frozen=True)
class Gathered:
    """All that can be restored; and which registers cannot, with the reason."""

    rows: InstallationRows
    lacking: dict[str, str]


class HistoryGap(Exception):
    """A register's history is gone, or its first part."""


@dataclass(frozen=True)
class Places:
    """Where it is looked: the archive, what is kept in it of running registers, the server (None: it is not asked)."""

    archive: Archive
    running: Running
    live: Histories | None
    replay: Replay


async def gather(places: Places) -> Gathered:
    """All that archives and histories tell. Raises `Unreachable`, `ObjectMissing`, `ObjectBroken`, `ManifestBroken`,
    `HistoryBroken`: half a restoration is none."""
    manifests: dict[str, list[Manifest]] = {}
    for manifest in places.archive.manifests():
        manifests.setdefault(manifest.directive_id, []).append(manifest)
    kept = {each.directive_id: each for each in places.running.directives()}
    found: list[DirectiveRows] = []
    lacking: dict[str, str] = {}
    for directive_id in sorted({*manifests, *kept}):
        closed = manifests.get(directive_id, [])
        origins, without = await _origins(places, closed, kept.get(directive_id))
        lacking |= without
        if origins:
            found.append(_directive(places, closed, kept.get(directive_id), origins))
    every = [manifest for closed in manifests.values() for manifest in closed]
    units, successors = _registry(places.archive, every, sorted(kept.values(), key=lambda each: each.kept_at))
    journal = [_link(link) for link in places.running.journal(INSTALLATION)]
    return Gathered(InstallationRows(units, successors, found, journal), lacking)


async def _origins(
    places: Places, manifests: Sequence[Manifest], kept: KeptDirective | None
) -> tuple[dict[str, Origin], dict[str, str]]:
    """What the registers of a directive began with, with their events; and which have none, and why. Registers that
    nobody lists are found beside those that are."""
    origins = {manifest.cascade_id: _origin(places.archive, manifest) for manifest in manifests}
    lacking: dict[str, str] = {}
    waiting = [
        *(kept.registers if kept else ()),
        *(each for origin in origins.values() for each in _neighbours(origin)),
    ]
    while waiting:
        cascade_id = waiting.pop()
        if cascade_id in origins or cascade_id in lacking:
            continue
        try:
            origins[cascade_id] = await _from_history(places, cascade_id)
        except HistoryGap as error:
            lacking[cascade_id] = str(error)
        else:
            waiting += _neighbours(origins[cascade_id])
    return origins, lacking


def _directive(
    places: Places, manifests: Sequence[Manifest], kept: KeptDirective | None, origins: Mapping[str, Origin]
) -> DirectiveRows:
    names = [*([kept.directive] if kept else ()), *(manifest.directive for manifest in manifests)]
    rows: list[Row] = [json.loads(places.archive.objects.get(name)) for name in dict.fromkeys(names)]
    newest = max(rows, key=lambda row: (row["version"], row["closed_at"] or ""))
    closed = {manifest.cascade_id for manifest in manifests}
    return DirectiveRows(
        row={name: value for name, value in newest.items() if name != "versions"},
        versions=newest["versions"],
        registers=list(origins.values()),
        archived=[_archived(places.archive, manifest) for manifest in manifests],
        running=[_running(places, cascade_id) for cascade_id in origins if cascade_id not in closed],
    )


def _registry(
    archive: Archive, manifests: Sequence[Manifest], kept: Sequence[KeptDirective]
) -> tuple[list[Row], list[Row]]:
    """The registry as it was kept last; of units that it lacks what the archives have."""
    units: dict[str, Row] = {}
    successors: dict[tuple[str, str, str], Row] = {}
    names = [*(manifest.units for manifest in manifests), *(each.registry for each in kept)]
    for name in dict.fromkeys(reversed(names)):
        registry = json.loads(archive.objects.get(name))
        units = {unit["code"]: unit for unit in registry["units"]} | units
        successors = {(row["unit"], row["function"], row["heir"]): row for row in registry["successors"]} | successors
    return list(units.values()), list(successors.values())


def _origin(archive: Archive, manifest: Manifest) -> Origin:
    plan = CascadePlan.model_validate_json(archive.objects.get(manifest.plan))
    events = [Event.model_validate_json(link.body) for link in archive.lines(manifest.events)]
    return Origin(plan, events)


async def _from_history(places: Places, cascade_id: str) -> Origin:
    if places.live is None:
        raise HistoryGap("the archive does not have it, and the server was not asked")
    live = await places.live.runs(cascade_id)
    if not live:
        raise HistoryGap("neither the archive nor the server has it")
    done: Replayed = await places.replay(joined(live, await places.archive.runs(cascade_id)))
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
        events=[_link(link) for link in archive.lines(manifest.events)],
        journal=[_link(link) for link in journal],
        outbox=[json.loads(line) for line in archive.objects.get(manifest.outbox).splitlines()],
        mail_texts={text: gzip.compress(archive.objects.get(text), mtime=0) for text in manifest.mail_texts},
        archive={
            "cascade_id": manifest.cascade_id,
            "manifest": archive.manifest_hash(manifest.cascade_id),
            "archived_at": moments[-1] if moments else datetime.now(UTC).isoformat(),
            "last_seq": manifest.last_seq,
            "journal_seq": manifest.journal_seq,
            "later_seq": len(journal),
            "complete": manifest.complete,
        },
    )


def _running(places: Places, cascade_id: str) -> KeptRows:
    """What is kept beside a register's history. Words of mails that could not be kept are none."""
    journal = places.running.journal(cascade_id)
    texts: dict[str, bytes] = {}
    for text in mail_texts_in(link.body for link in journal):
        with suppress(ObjectMissing):
            texts[text] = gzip.compress(places.archive.objects.get(text), mtime=0)
    return KeptRows(cascade_id, [_link(link) for link in journal], texts)


def _journal(archive: Archive, manifest: Manifest) -> list[Chained]:
    """The entries that the list has, and those that came after it."""
    kept = list(archive.lines(manifest.journal))
    return [*kept, *(link for link in archive.later(manifest.cascade_id) if link.seq > len(kept))]


def _link(link: Chained) -> Link:
    return link.seq, link.body, link.hash, link.unit
