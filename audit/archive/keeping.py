"""Keeps of what is not archived yet all that no history has, so that lost tables can be made anew."""

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime

from audit.archive.archive import Archive, ManifestBroken, chained
from audit.archive.documents import Documents
from audit.archive.manifest import canonical
from audit.archive.running import KeptDirective, Running
from audit.archive.sound import Unsound
from rules.chain import GENESIS, links
from store.running import RunningRecords

_DIRECTIVES = "directives"


class Keeper:
    """Keeps directives with the registry, and journals with the words of mails. What is kept stays, whatever becomes of
    the database: nothing is left out for being gone there, and a journal only goes on."""

    def __init__(self, records: RunningRecords, archive: Archive, running: Running, documents: Documents) -> None:
        self._records = records
        self._objects = archive.objects
        self._running = running
        self._documents = documents

    async def keep(self, beat: Callable[[], None]) -> dict[str, str]:
        """Keep what has come; before each journal `beat` is called. Returns what could not be kept and why, by chain.
        Raises `Unreachable` where the database or the archive is away."""
        failed: dict[str, str] = {}
        try:
            await asyncio.to_thread(self._keep_directives)
        except ManifestBroken as error:
            failed[_DIRECTIVES] = str(error)
        for chain, end in (await asyncio.to_thread(self._records.ends)).items():
            beat()
            try:
                await asyncio.to_thread(self._keep_journal, chain, end)
            except (ManifestBroken, Unsound) as error:
                failed[chain] = f"{type(error).__name__}: {error}"
        return failed

    def _keep_directives(self) -> None:
        directives = self._records.directives()
        registry = self._objects.put(canonical(self._records.registry())) if directives else ""
        for each in directives:
            fresh = KeptDirective(
                directive_id=each.row["id"],
                number=each.row["number"],
                kept_at=datetime.now(UTC),
                directive=self._objects.put(canonical(each.row | {"versions": each.versions})),
                registry=registry,
                registers=each.registers,
            )
            before = self._running.directive(fresh.directive_id)
            if before is None or fresh != before.model_copy(update={"kept_at": fresh.kept_at}):
                self._running.write(fresh)

    def _keep_journal(self, chain: str, end: int) -> None:
        """Keep the entries that have come. Raises `Unsound` where they do not go on from what is kept."""
        last = self._running.last(chain)
        seq, head = (last.seq, last.hash) if last else (0, GENESIS)
        if seq == end:
            return
        entries = chained(self._records.journal(chain, max(seq, 1)))
        if seq and [entry.hash for entry in entries[:1]] != [head]:
            raise Unsound(f"entry {seq} of the journal is another than was kept")
        fresh = entries[1:] if seq else entries
        for number, (entry, hash_) in enumerate(zip(fresh, links((e.body for e in fresh), head), strict=True), seq + 1):
            if (entry.seq, entry.hash) != (number, hash_):
                raise Unsound(f"entry {number} of the journal does not fit its hash")
        self._documents.keep_mails(self._objects, fresh)
        self._running.add(chain, fresh)
