"""Archives closed registers, before Temporal forgets how they came about."""

import asyncio
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from datetime import UTC, datetime
from enum import StrEnum
from typing import Protocol

from audit.archive.archive import Archive, ManifestBroken, chained
from audit.archive.documents import Documents
from audit.archive.ended import EndedRuns, RunKeeper
from audit.archive.keeping import Keeper
from audit.archive.manifest import ArchivedRun, Chained, Manifest, canonical, canonical_lines
from audit.archive.objects import ObjectBroken, ObjectMissing
from audit.archive.runs import kept, together
from audit.archive.sound import check_chain, check_follows, check_head, head_at
from audit.histories.runs import Histories, Run
from models.unreachable import Unreachable
from models.upkeep import Sweep
from rules.archiving import Due, belonging, due
from store.archiving import ArchivingRecords, ClosedRegister


class Workflows(EndedRuns, Protocol):
    """The port to the server that keeps registers: `audit.archive.server` on Temporal, tests bring fakes."""

    async def running(self, cascade_id: str) -> bool:
        """Whether a register's workflow has not ended yet. Raises `Unreachable`."""


class Outcome(StrEnum):
    """WAITS: the register is closed, and its workflow still tells others of it. UNCHANGED: it is archived, and nothing
    has come since."""

    ARCHIVED = "archived"
    UNCHANGED = "unchanged"
    WAITS = "waits"


class Archivist:
    """Puts closed registers into the archive."""

    def __init__(
        self,
        records: ArchivingRecords,
        archive: Archive,
        histories: Histories,
        workflows: Workflows,
        documents: Documents,
        keeper: Keeper,
    ) -> None:
        self._records = records
        self._archive = archive
        self._histories = histories
        self._workflows = workflows
        self._documents = documents
        self._keeper = keeper
        self._runs = RunKeeper(records, archive, workflows)

    async def sweep(self, beat: Callable[[], None], directive_id: str | None = None) -> Sweep:
        """Archive what is closed and not archived as it stands, and keep what is needed of what runs; of one directive
        archive also what is, which mends it where it is broken. One register after another, and before each `beat` is
        called; one that fails is named and stops no other. Raises `Unreachable` where the database, the server or the
        archive is away."""
        archived: list[str] = []
        waiting: list[str] = []
        failed: dict[str, str] = {}
        unchanged = 0
        for cascade_id, what in await asyncio.to_thread(self._due, directive_id):
            beat()
            try:
                outcome = await self._one(cascade_id, what)
            except Unreachable:
                raise
            except Exception as error:  # noqa: BLE001 - whatever is wrong with one register, others must be archived
                failed[cascade_id] = f"{type(error).__name__}: {error}"
                continue
            archived += [cascade_id] if outcome is Outcome.ARCHIVED else []
            waiting += [cascade_id] if outcome is Outcome.WAITS else []
            unchanged += outcome is Outcome.UNCHANGED
        kept, not_kept = await self._runs.keep(beat, directive_id)
        if directive_id is None:
            failed = await self._keeper.keep(beat) | failed
        return Sweep(
            archived=tuple(archived),
            kept=kept,
            unchanged=unchanged,
            waiting=tuple(waiting),
            failed=not_kept | failed,
        )

    async def archive(self, cascade_id: str) -> Outcome:
        """Archive one closed register as it stands, whatever is archived of it already."""
        if await self._workflows.running(cascade_id):
            return Outcome.WAITS
        live = await self._histories.runs(cascade_id)
        return await asyncio.to_thread(self._archive_with, cascade_id, live)

    def _due(self, directive_id: str | None) -> list[tuple[str, Due]]:
        now = datetime.now(UTC)
        standings = self._records.standings(directive_id)
        if directive_id is not None:
            return [(standing.cascade_id, Due.ALL) for standing in standings]
        return [(standing.cascade_id, due(standing, now)) for standing in standings]

    async def _one(self, cascade_id: str, what: Due) -> Outcome:
        if what is Due.ALL:
            return await self.archive(cascade_id)
        if what is Due.LATER:
            await asyncio.to_thread(self._keep_later, cascade_id)
        return Outcome.UNCHANGED

    def _archive_with(self, cascade_id: str, live: Iterable[Run]) -> Outcome:
        register = self._records.register(cascade_id)
        before = self._before(cascade_id)
        manifest = self._gather(register, tuple(live), before)
        sha256 = self._archive.write(manifest)
        fresh = self._records.note_archived(
            cascade_id, sha256, manifest.last_seq, manifest.journal_seq, complete=manifest.complete
        )
        self._keep_later(cascade_id)
        self._archive.hand_over_runs(cascade_id)
        return Outcome.ARCHIVED if fresh else Outcome.UNCHANGED

    def _before(self, cascade_id: str) -> Manifest | None:
        """What is archived of a register: the list that was noted, or the one that lies there. Where both are broken it
        is archived as if for the first time."""
        if noted := self._records.archived_as(cascade_id):
            with suppress(ObjectMissing, ObjectBroken):
                return self._archive.manifest_named(noted)
        with suppress(ManifestBroken):
            return self._archive.manifest(cascade_id)
        return None

    def _keep_later(self, cascade_id: str) -> None:
        """Keep what has been noted around a register since its list was made."""
        later = chained(self._records.journal_since_archived(cascade_id))
        self._archive.write_later(cascade_id, later)
        if later:
            self._records.note_later(cascade_id, later[-1].seq)

    def _gather(self, register: ClosedRegister, live: tuple[Run, ...], before: Manifest | None) -> Manifest:
        """Put all that belongs to a register into the archive. Raises `Unsound` before anything is written."""
        events, journal = chained(register.events), chained(register.journal)
        check_chain("event", events)
        check_head(events, register.last_seq, register.chain_head)
        check_chain("entry of the journal", journal)
        if before:
            check_follows(events, journal, before)
        journal = journal[: belonging(register.kinds)]
        put = self._archive.objects.put
        archived = self._archive.runs_that_are_whole(before or self._runs.kept(register.cascade_id))
        runs = together(live, archived)
        bodies = (event.body for event in events)
        papers = self._documents.keep_files(
            self._archive.objects, register.directive_id, bodies, [register.directive["head"], register.first_plan]
        )
        mails = self._documents.keep_mails(self._archive.objects, journal)
        return Manifest(
            cascade_id=register.cascade_id,
            directive_id=register.directive_id,
            number=str(register.directive["number"]),
            issuer=register.issuer,
            parent=register.parent,
            unit_names={str(unit["code"]): str(unit["name"]) for unit in register.units},
            histories=kept(runs),
            runs=tuple(ArchivedRun(run_id=run.run_id, history=put(run.history)) for run in runs),
            events=put(_lines(events)),
            last_seq=register.last_seq,
            chain_head=register.chain_head,
            journal=put(_lines(journal)),
            journal_seq=len(journal),
            journal_head=head_at(journal, len(journal)) or "",
            plan=put(canonical(register.first_plan)),
            outbox=put(canonical_lines(register.outbox)),
            mail_texts=mails.kept,
            files=papers.kept,
            absent=(*papers.absent, *mails.absent),
            directive=put(canonical(register.directive | {"versions": register.versions})),
            units=put(canonical({"units": register.units, "successors": register.successors})),
        )


def _lines(chain: Sequence[Chained]) -> bytes:
    return canonical_lines(link.model_dump() for link in chain)
