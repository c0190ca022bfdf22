"""What the printed index of a bundle tells: words and dates ready to be set, in Vietnamese."""

from enum import StrEnum

from models.anchor import Head
from models.base import Instant, Wire
from models.plan import DirectiveHead


class MissingKind(StrEnum):
    """HISTORY: that of Temporal, or its first part; SHEET: an anchor sheet that is not as it was written."""

    HISTORY = "history"
    FILE = "file"
    REPORT = "report"
    MAIL = "mail"
    SHEET = "sheet"


class Missing(Wire):
    """What the record tells of and what could not be put into the bundle. `sha256` (hex) is empty for what is named
    otherwise; `why` is for programs and operators."""

    kind: MissingKind
    name: str
    sha256: str = ""
    why: str


class Unfit(Wire):
    """What the verifier found not to hold when the bundle was made, in Vietnamese and English."""

    vi: str
    en: str


class IndexRegister(Wire):
    """One register: who keeps it, whether it is closed, and the heads of its chains."""

    unit_name: str
    closed: bool
    events: Head
    journal: Head


class IndexLine(Wire):
    """One obligation. `due`, `submitted` are dates in words; `late_days` are working days after the due date that
    holds, `first_late_days` after the one that held first, 0 where it is not late; `held` says in whose hands its time
    was."""

    keeper: str
    unit: str
    title: str
    due: str
    state: str
    submitted: str = ""
    late_days: int = 0
    first_late_days: int = 0
    held: str = ""


class IndexFile(Wire):
    """One file that was handed in or issued: what it is called, whose it is, where it lies in the bundle, bytes and
    SHA-256 (hex)."""

    name: str
    owner: str
    member: str
    size: int
    sha256: str


class BundleIndex(Wire):
    """`as_of` is the business instant at which obligations are judged; `fingerprint` is that of the key by which the
    bundle is signed, empty where it is not; `absent` says what is missing and why, `unfit` what does not hold; `lines`
    come register by register."""

    head: DirectiveHead
    issuer_name: str
    installation: str
    exported_at: Instant
    exported_by: str
    finished: bool
    as_of: Instant
    fingerprint: str
    registers: tuple[IndexRegister, ...]
    lines: tuple[IndexLine, ...]
    files: tuple[IndexFile, ...]
    absent: tuple[Missing, ...]
    unfit: tuple[Unfit, ...] = ()
