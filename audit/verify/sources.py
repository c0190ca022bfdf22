"""Where verifying looks, and what it says while it does."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from audit.archive.anchoring import Sheets
from audit.archive.archive import Archive
from audit.histories.replayed import replayed
from audit.histories.runs import Histories
from audit.verify.histories import Replay
from store.rebuild import Folding
from store.snapshot import Snapshots

Progress = Callable[[int, int], None]
"""Told how many registers are done, of how many."""


@dataclass(frozen=True)
class Sources:
    """All that is compared: the database, what folds its events again, the file store (a path by SHA-256), the folder
    of reports, the archive, the daily sheets, and the server's histories (None: it is not asked;
    it may be one that is away)."""

    snapshots: Snapshots
    folding: Callable[[], Folding]
    stored: Callable[[str], Path]
    reports: Path
    archive: Archive
    sheets: Sheets
    live: Histories | None
    replay: Replay = replayed
