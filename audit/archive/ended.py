"""Keeps the runs that workflows have ended while their registers go on: Temporal forgets them before those close."""

import asyncio
import json
from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import Protocol

from audit.archive.archive import Archive, ManifestBroken
from audit.archive.manifest import ArchivedRun, KeptRuns, canonical
from audit.archive.objects import ObjectBroken, ObjectMissing
from audit.histories.runs import Run
from models.unreachable import Unreachable
from models.upkeep import EndedRun
from rules.archiving import to_keep
from store.archiving import ArchivingRecords


class EndedRuns(Protocol):
    """The port to the server that keeps registers: `audit.archive.server` on Temporal, tests bring fakes."""

    async def ended(self) -> Sequence[EndedRun]:
        """The runs of all registers, as far as the server has them, that have ended otherwise than with their register,
        in the order in which they ended. Raises `Unreachable`."""

    async def run(self, cascade_id: str, run_id: str) -> Run | None:
        """One of them; None where the server has dropped it meanwhile. Raises `Unreachable`."""


class RunKeeper:
    """Puts ended runs into the archive. Of a register with a single run, as most have, nothing is asked or written."""

    def __init__(self, records: ArchivingRecords, archive: Archive, server: EndedRuns) -> None:
        self._records = records
        self._archive = archive
        self._server = server

    async def keep(self, beat: Callable[[], None], directive_id: str | None) -> tuple[tuple[str, ...], dict[str, str]]:
        """Keep what has ended and is not kept, of all registers that are not archived or of one directive's; before
        each register `beat` is called. Returns the registers of which something is kept now, and why others failed.
        Raises `Unreachable`."""
        ended = await self._server.ended()
        due = await asyncio.to_thread(self._due, ended, directive_id)
        kept: list[str] = []
        failed: dict[str, str] = {}
        for cascade_id, run_ids in due.items():
            beat()
            try:
                runs = [run for run_id in run_ids if (run := await self._server.run(cascade_id, run_id))]
                if runs:
                    await asyncio.to_thread(self._keep, cascade_id, runs)
                    kept.append(cascade_id)
            except Unreachable:
                raise
            except Exception as error:  # noqa: BLE001 - whatever is wrong with one register, others must be kept
                failed[cascade_id] = f"{type(error).__name__}: {error}"
        return tuple(kept), failed

    def kept(self, cascade_id: str) -> KeptRuns | None:
        """What is kept of a register: the list that was noted, else the one that lies there."""
        if noted := self._records.runs_kept_as(cascade_id):
            with suppress(ObjectMissing, ObjectBroken):
                return self._archive.kept_runs_named(noted)
        with suppress(ManifestBroken):
            return self._archive.kept_runs(cascade_id)
        return None

    def _due(self, ended: Sequence[EndedRun], directive_id: str | None) -> dict[str, tuple[str, ...]]:
        waiting = self._records.not_archived({run.cascade_id for run in ended}, directive_id)
        return to_keep(ended, waiting, {cascade_id: self._listed(cascade_id) for cascade_id in waiting})

    def _listed(self, cascade_id: str) -> list[str]:
        """The runs that lie there; none where the list is not the one that was noted, so that it is written again."""
        if self._archive.kept_runs_hash(cascade_id) != self._records.runs_kept_as(cascade_id):
            return []
        kept = self._archive.kept_runs(cascade_id)
        return [run.run_id for run in kept.runs] if kept else []

    def _keep(self, cascade_id: str, fresh: Sequence[Run]) -> None:
        """Add runs to those that are kept of a register. What was kept once stays."""
        objects = self._archive.objects
        before = self.kept(cascade_id)
        runs = {run.run_id: run for run in before.runs} if before else {}
        for run in fresh:
            if run.run_id not in runs or not objects.intact(runs[run.run_id].history):
                history = objects.put(canonical(json.loads(run.history)))
                runs[run.run_id] = ArchivedRun(run_id=run.run_id, history=history)
        listed = KeptRuns(cascade_id=cascade_id, runs=tuple(runs.values()))
        self._records.note_runs_kept(cascade_id, self._archive.keep_runs(listed))
