"""Where a register's histories are had: from the server, and what it has no more from the archive."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from enum import StrEnum

from audit.histories.parsed import parsed
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


async def find_runs(cascade_id: str, server: Callable[[], Awaitable[Histories]], archive: Histories) -> Found:
    """The runs of a register: those on the server; those before them, which it dropped, from the archive; all from
    there where the server has none or does not answer. No runs: neither knows it. Raises `Unreachable` where the server
    does not answer and the archive has none, `HistoryBroken` where the server's first is no history."""
    try:
        live = await (await server()).runs(cascade_id)
    except Unreachable as away:
        if archived := await archive.runs(cascade_id):
            return Found(archived, Source.ARCHIVE, away)
        raise
    if not live:
        return Found(await archive.runs(cascade_id), Source.ARCHIVE)
    start = parsed(live[0]).events[0].workflow_execution_started_event_attributes
    if not start.continued_execution_run_id:
        return Found(live, Source.SERVER)
    there = {run.run_id for run in live}
    earlier = tuple(run for run in await archive.runs(cascade_id) if run.run_id not in there)
    return Found((*earlier, *live), Source.BOTH if earlier else Source.SERVER)
