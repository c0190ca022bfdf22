"""What looking after the installation is about: registers that wait for the archive, and what became of them."""

from datetime import datetime

from models.base import Wire


class ArchivedSo(Wire):
    """How far a register is archived: real instant, last event, last entry of its journal in the manifest and beside
    it; whether nothing was missing."""

    at: datetime
    last_seq: int
    journal_seq: int
    later_seq: int
    complete: bool


class Standing(Wire):
    """How far a closed register goes, and how far it is archived. Of the journal `journal_seq` is the last entry,
    `noted_seq` the last that is worth archiving the register again; 0 where there is none since."""

    cascade_id: str
    last_seq: int
    journal_seq: int
    noted_seq: int
    archived: ArchivedSo | None = None


class EndedRun(Wire):
    """A run of a register's workflow that has ended while the register goes on."""

    cascade_id: str
    run_id: str


class Sweep(Wire):
    """What one round of archiving did: which registers are archived now, of which that are not archived yet ended runs
    are kept now, how many had nothing new, which wait for their workflow to end, and which could not be archived and
    why."""

    archived: tuple[str, ...] = ()
    kept: tuple[str, ...] = ()
    unchanged: int = 0
    waiting: tuple[str, ...] = ()
    failed: dict[str, str] = {}
