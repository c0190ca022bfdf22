"""Where a register's histories are had: from the server, and what it has no more from the archive."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from enum import StrEnum

from audit.histories.chained import before, goes_on, joined
from audit.histories.runs import Histories, Run
from models.unreachable import Unreachable


class Source(StrEnum):
    """BOTH: the server has the later runs only."""

    SERVER = "server"
    ARCHIVE = "archive"
    BOTH = "both"
    FILE = "file"


@dataclass(frozen=True)
class Found:
    """Runs, the oldest first, and where they come from. `away` is why the server was not asked; None where it was."""

    runs: tuple[Run, ...]
    source: Source
    away: Unreachable | None = None

    @property
    def goes_on(self) -> bool:
        """Whether another run follows the last one here."""
        return bool(self.runs) and goes_on(self.runs[-1])


async def find_runs(cascade_id: str, server: Callable[[], Awaitable[Histories]], archive: Histories) -> Found:
    """The runs of a register: those on the server; those before them, which it dropped, from the archive; all from
    there where the server has none or does not answer. No runs: neither knows it. Raises `Unreachable` where the server
    does not answer and the archive has none, `HistoryBroken` where the server's first is no history."""
    try:
        live = await (await server()).runs(cascade_id)
    except Unreachable as away:
        if archived := joined((), await archive.runs(cascade_id)):
            return Found(archived, Source.ARCHIVE, away)
        raise
    if live and not before(live[0]):
        return Found(live, Source.SERVER)
    runs = joined(live, await archive.runs(cascade_id))
    if not live:
        return Found(runs, Source.ARCHIVE)
    return Found(runs, Source.BOTH if len(runs) > len(live) else Source.SERVER)
