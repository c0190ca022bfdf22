"""What belongs to one register in the archive: a list of objects by their SHA-256 (hex)."""

import json
from collections.abc import Iterable
from enum import StrEnum
from typing import Literal

from models.base import Wire
from models.document import FileRef


class ArchivedRun(Wire):
    """One run of the register's workflow; `history` is Temporal's JSON of it, keys sorted."""

    run_id: str
    history: str


class Kept(StrEnum):
    """How much there was of Temporal's histories when the register was archived. PARTIAL: the server had the later
    runs of a register that continued as new, no longer the first; GONE: it knew nothing of it any more."""

    WHOLE = "whole"
    PARTIAL = "partial"
    GONE = "gone"


class Absent(Wire):
    """A file or the words of a mail that the register names and that could not be archived, and why."""

    sha256: str
    name: str
    why: str


class Chained(Wire):
    """One link of a chain, a line of the objects `events` and `journal`: `body` is the canonical JSON that was hashed
    on top of the link before; `unit` whom an entry of a journal is about."""

    seq: int
    body: str
    hash: str
    unit: str = ""


class Manifest(Wire):
    """Everything about one closed register.

    `runs` are its workflow's, the oldest first. `events`, `journal` are JSON lines of `Chained`, the journal without
    the notes at its end that tell of archiving; `plan` is the one with which the register began; `outbox` JSON lines of
    the table's rows; `mail_texts` the words of mails; `files` what was handed in, the directive's own and its reports;
    `absent` what was not there of mails and files; `directive` its row with all versions of its file; `units` the
    registry's rows of `unit_names` and of who follows them.
    """

    format: Literal["dondoc-archive/1"] = "dondoc-archive/1"
    cascade_id: str
    directive_id: str
    number: str
    issuer: str
    parent: str | None
    unit_names: dict[str, str]
    histories: Kept
    runs: tuple[ArchivedRun, ...]
    events: str
    last_seq: int
    chain_head: str
    journal: str
    journal_seq: int
    journal_head: str
    plan: str
    outbox: str
    mail_texts: tuple[str, ...]
    files: tuple[FileRef, ...]
    absent: tuple[Absent, ...] = ()
    directive: str
    units: str

    @property
    def complete(self) -> bool:
        """Whether nothing is missing that belongs to it."""
        return self.histories is Kept.WHOLE and not self.absent

    def objects(self) -> tuple[str, ...]:
        """The names of all objects that it lists, each once."""
        named = (self.events, self.journal, self.plan, self.outbox, self.directive, self.units)
        runs, files = (run.history for run in self.runs), (file.sha256 for file in self.files)
        return tuple(dict.fromkeys((*named, *runs, *self.mail_texts, *files)))


class KeptRuns(Wire):
    """Of a register that is not archived yet: the runs that its workflow has ended, each as in a manifest, which takes
    them over when the register has closed."""

    format: Literal["dondoc-runs/1"] = "dondoc-runs/1"
    cascade_id: str
    runs: tuple[ArchivedRun, ...]


def canonical(value: object) -> bytes:
    """JSON with sorted keys, no spaces, UTF-8 letters as they are: the same value always gives the same bytes."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def canonical_lines(values: Iterable[object]) -> bytes:
    """A line of canonical JSON for each of several values."""
    return b"".join(canonical(value) + b"\n" for value in values)
