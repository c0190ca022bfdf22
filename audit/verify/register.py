"""One register compared with everything that proves it."""

import asyncio
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from audit.archive.named import files_in, reports_in
from audit.histories.runs import Run
from audit.verify.archived import Archived, check_archive
from audit.verify.chains import check_events, check_journal, parsed, read
from audit.verify.files import check_files, check_reports
from audit.verify.finding import Finding, Looked, Part, Report, Unchecked
from audit.verify.histories import Told, beyond, caught_up, not_proven, proof, taken_over, told_by
from audit.verify.links import Linked
from audit.verify.outbox import check_against_archive, check_outbox, fates
from audit.verify.proof import Anchor, Proof
from audit.verify.server import Server
from audit.verify.sources import Sources
from audit.verify.tables import check_register, check_rows
from models.event import Event
from models.plan import CascadePlan
from store.rebuild import Folded, Origin
from store.snapshot import RegisterRows
from texts.language import gettext as _

Heads = Mapping[tuple[str, bool], Sequence[Anchor]]
"""The heads that daily sheets have, by chain and whether of its journal."""


@dataclass
class Register:
    """A register while it is verified: its rows with their chains read, what proves them, and what was found."""

    cascade_id: str
    rows: RegisterRows
    chain: Sequence[Linked]
    journal: Sequence[Linked]
    archived: Archived
    told: Told
    proof: Proof
    findings: list[Finding] = field(default_factory=list)
    unchecked: list[Unchecked] = field(default_factory=list)

    @property
    def chain_holds(self) -> bool:
        return not any(each.part is Part.CHAIN and each.cascade_id == self.cascade_id for each in self.findings)

    def origin(self) -> Origin | None:
        """What its tables follow from: events that are proven where they are, else those of its own chain; None where
        these cannot be read."""
        plan = self.proof.first_plan or CascadePlan.model_validate(
            self.rows.cascade["first_plan"] or self.rows.cascade["plan"]
        )
        last = len(self.chain) if self.chain_holds else max(self.proof.last, 0) or len(self.chain)
        events: list[Event] = []
        for seq in range(1, last + 1):
            event = parsed(self.chain[seq - 1]) if seq <= len(self.chain) else None
            if event is None or event.seq != seq or not self.proof.agrees(event):
                event = self.proof.of(seq)
            if event is None:
                return None
            events.append(event)
        return Origin(plan, events)


async def gathered(
    sources: Sources, server: Server, cascade_id: str, rows: RegisterRows, live: Sequence[Run], heads: Heads
) -> Register:
    """A register with all that proves it, its chains checked. `live` is what the server had of it before its rows were
    read. Raises `Unreachable`."""
    chain, journal = read(rows.events), read(rows.journal)
    values = [entry.value for entry in journal]
    archived, wrong = await asyncio.to_thread(check_archive, sources.archive, cascade_id, rows.archive, values)

    async def ask() -> Told:
        return await told_by(cascade_id, await server.runs(cascade_id), sources.archive, archived, sources.replay)

    told = await told_by(cascade_id, live, sources.archive, archived, sources.replay)
    told = await caught_up(ask, told, len(chain))
    proven = proof(told, archived, heads.get((cascade_id, False), ()), len(chain))
    found = Register(cascade_id, rows, chain, journal, archived, told, proven, wrong)
    if told.broken:
        found.findings.append(told.broken)
    found.findings += check_events(rows.cascade, rows.events, chain, proven)
    if (slipped_in := taken_over(cascade_id, told)) is not None:
        found.findings.append(slipped_in)
    if found.chain_holds:
        further = beyond(cascade_id, told, parsed(chain[-1]) if chain else None, server, archived)
        if isinstance(further, Finding):
            found.findings.append(further)
        elif further:
            found.unchecked.append(further)
    if chain and (missing := not_proven(cascade_id, told, server, archived)):
        found.unchecked.append(missing)
    anchors = heads.get((cascade_id, True), ())
    found.findings += check_journal(cascade_id, rows.journal, journal, archived.journal, anchors)
    return found


def compare(register: Register, folded: Folded) -> Iterator[Finding]:
    """Everything in the tables that is not as the events have it."""
    yield from check_register(folded.cascade, register.rows.cascade)
    for table, found in register.rows.folded.items():
        yield from check_rows(register.cascade_id, table, folded.tables[table], found)
    entries: list[Mapping[str, Any]] = [item.value for item in register.journal]
    known = fates(entries)
    yield from check_outbox(
        register.cascade_id, folded.outbox, register.rows.outbox, known, _noted_from(register.chain)
    )


def look_beside(sources: Sources, register: Register, values: Sequence[object]) -> Iterator[Finding]:
    """Everything that lies beside the tables: archived mail, files, reports; also the files that other JSON `values`
    name. Raises `Unreachable`."""
    yield from check_against_archive(register.cascade_id, register.archived.outbox, register.rows.outbox)
    files = files_in(_readable(register.chain), values)
    yield from check_files(register.cascade_id, files, sources.stored)
    folder = sources.reports / str(register.rows.cascade["directive_id"])
    if folder.is_dir():
        yield from check_reports(register.cascade_id, reports_in(_readable(register.chain)), folder)


def result(register: Register) -> Report:
    """What was found of one register, and how much was looked at."""
    bodies = _readable(register.chain)
    archived = register.told.replayed is not None and not register.told.live
    looked = Looked(
        registers=1,
        events=len(register.chain),
        entries=len(register.journal),
        rows=sum(map(len, register.rows.folded.values())),
        mails=len(register.rows.outbox),
        files=len(files_in(bodies)) + len(reports_in(bodies)),
        live=int(register.told.live),
        archived=int(archived),
        joined=int(register.told.joined),
        manifests=int(register.archived.manifest is not None),
    )
    return Report(
        findings=tuple(register.findings),
        unchecked=tuple(register.unchecked),
        from_archive=(register.cascade_id,) if archived or register.told.joined else (),
        looked=looked,
    )


def reports_missing(sources: Sources, register: Register) -> Unchecked | None:
    """Reports were issued, and their folder is not on this machine."""
    folder: Path = sources.reports / str(register.rows.cascade["directive_id"])
    if folder.is_dir() or not reports_in(_readable(register.chain)):
        return None
    why = _("thư mục báo cáo %(folder)s không có trên máy này", folder=folder)
    return Unchecked(part=Part.FILE, cascade_id=register.cascade_id, why=why)


def _readable(chain: Sequence[Linked]) -> list[str]:
    """The bodies that can be read; others are a matter of the chain."""
    return [item.body for item in chain if item.value.get("fact")]


def _noted_from(chain: Sequence[Linked]) -> int:
    """The first event that was recorded when there was a journal already."""
    return next((item.seq for item in chain if item.value.get("recorded_at")), len(chain) + 1)
