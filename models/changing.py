"""A change of a whole directive while it runs: what is asked for, and why it cannot be."""

import datetime as dt
from enum import StrEnum

from models.base import Wire
from models.document import DocumentRef, FileRef
from models.fault import Fault


class NewVersion(Wire):
    """A new version of the directive's file, as it was written, with the files that were given for it; `document` is
    the one that orders it."""

    source: bytes
    files: tuple[FileRef, ...] = ()
    reason: str
    document: DocumentRef | None = None


class LateAddressees(Wire):
    """Units, by code, that are to owe requirements, too, by the keys of the file; `until` is their own last day."""

    requirements: tuple[str, ...]
    units: tuple[str, ...]
    until: dt.date | None = None
    reason: str


class Told(Wire):
    """How far a version is known: it runs in all but `behind` of the `registers` that are open. `source` is the SHA-256
    of its file, `going_on` says whether registers are being told right now."""

    version: int
    registers: int
    behind: int
    source: str
    going_on: bool = False


class Hindrance(StrEnum):
    """Why a directive cannot be changed so, beside what the ledger refuses."""

    FILE_FAULTY = "file_faulty"
    OTHER_DIRECTIVE = "other_directive"
    REPLACES_CHANGED = "replaces_changed"
    LINE_CHANGED = "line_changed"
    SAME_FILE = "same_file"
    NOTHING_CHANGED = "nothing_changed"
    VERSION_UNTOLD = "version_untold"
    VERSION_UNREADABLE = "version_unreadable"
    UNKNOWN_UNIT = "unknown_unit"
    UNIT_NOT_VALID = "unit_not_valid"
    UNKNOWN_REQUIREMENT = "unknown_requirement"
    NOT_APPLICABLE = "not_applicable"
    CANNOT_ASK = "cannot_ask"
    SEEN_OTHERWISE = "seen_otherwise"


class CannotChange(Exception):
    """Nothing was changed. `faults` are those of a file; `about` names what the hindrance is about: `version`; `unit`,
    `name`, `day`; `requirement`; `hint` is the nearest known word; `parts` of the head that differ, by key."""

    def __init__(self, why: Hindrance, faults: tuple[Fault, ...] = (), **about: str) -> None:
        super().__init__(why.value)
        self.why = why
        self.faults = faults
        self.about = about
