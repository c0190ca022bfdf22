"""What happens around registers and is not theirs to decide: mail, attempts that were refused, sign-ins, exports.

Each register has a journal beside its events, chained like these; INSTALLATION is the journal of what belongs to none.
"""

from enum import StrEnum
from typing import Annotated, Literal

from pydantic import Field

from models.actor import Actor
from models.base import Instant, Wire
from models.notice import NoticeKind
from models.reader import ReaderRole
from models.unit import Role

INSTALLATION = "installation"


class MailRow(Wire):
    """Which row of the outbox: what one person was to be told of one wave."""

    unit: str
    role: Role
    holder: str = ""
    kind: NoticeKind
    step: str


class MailSent(Wire):
    """The mail server took a mail. `text` is the SHA-256 (hex) of its words as they are kept, without its links;
    `resent`: an earlier delivery of it is uncertain."""

    kind: Literal["mail_sent"] = "mail_sent"
    rows: tuple[MailRow, ...]
    to: str
    message_id: str
    text: str
    resent: bool = False


class MailDelayed(Wire):
    """The mail server did not take a mail this time."""

    kind: Literal["mail_delayed"] = "mail_delayed"
    rows: tuple[MailRow, ...]
    to: str
    error: str


class MailFailed(Wire):
    """A mail will not be delivered: the server refused it for good, or its address, or there is none
    (`unreachable`)."""

    kind: Literal["mail_failed"] = "mail_failed"
    rows: tuple[MailRow, ...]
    to: str
    error: str
    unreachable: bool = False


class MailNeedless(Wire):
    """Nobody has to be told any more."""

    kind: Literal["mail_needless"] = "mail_needless"
    rows: tuple[MailRow, ...]


class AttemptRefused(Wire):
    """Somebody asked a register for something that the rules refuse: the command's kind, what it was about, and why."""

    kind: Literal["attempt_refused"] = "attempt_refused"
    command: str
    obligations: tuple[str, ...] = ()
    reason: str


class Invalid(StrEnum):
    """What is wrong with a request that is none: its link was never issued, is for another page, was revoked, is past
    its day, or its holder does not answer for the unit any more; its form was tampered with or comes from elsewhere;
    its files are of a kind that is not taken, too large or too many, or empty; the page of the reading room that was
    asked for is not there, or not for the reader."""

    UNKNOWN_LINK = "unknown_link"
    OTHER_LINK = "other_link"
    REVOKED_LINK = "revoked_link"
    EXPIRED_LINK = "expired_link"
    DEAD_LINK = "dead_link"
    FORM = "form"
    FILE_TYPE = "file_type"
    FILE_SIZE = "file_size"
    FILE_EMPTY = "file_empty"
    NOT_SHOWN = "not_shown"


class AttemptInvalid(Wire):
    """Something that is no valid request. `what` names the kind; `where` is the page, without any secret. `count` is
    how many of these there were where too many came to keep each."""

    kind: Literal["attempt_invalid"] = "attempt_invalid"
    what: str
    where: str = ""
    count: int = 1


class ReaderListed(Wire):
    """Somebody may use the reading room from now on, or in another role than before; `unit` is the code of whose branch
    a supervisor sees."""

    kind: Literal["reader_listed"] = "reader_listed"
    address: str
    name: str
    role: ReaderRole
    unit: str = ""


class ReaderRemoved(Wire):
    """Somebody may not use the reading room any more; where he was signed in, that has ended."""

    kind: Literal["reader_removed"] = "reader_removed"
    address: str


class SignInAsked(Wire):
    """A link to sign in was asked for; it was mailed only where the address is `listed`."""

    kind: Literal["sign_in_asked"] = "sign_in_asked"
    address: str
    listed: bool


class SignInMailed(Wire):
    """The mail server took a mail with a link to sign in; or refused it for good, in the words `error`."""

    kind: Literal["sign_in_mailed"] = "sign_in_mailed"
    address: str
    error: str = ""


class SignedIn(Wire):
    kind: Literal["signed_in"] = "signed_in"
    address: str


class SignedOut(Wire):
    kind: Literal["signed_out"] = "signed_out"
    address: str


class Viewed(Wire):
    """A page of the reading room was looked at."""

    kind: Literal["viewed"] = "viewed"
    page: str


class Exported(Wire):
    """Something was taken away: `what` (bundle, timeline, report …), and the SHA-256 (hex) of each file by name."""

    kind: Literal["exported"] = "exported"
    what: str
    files: dict[str, str] = {}


class Verified(Wire):
    """The record was verified up to an event; `findings` is how many things did not fit."""

    kind: Literal["verified"] = "verified"
    events: int
    findings: int


class Archived(Wire):
    """A closed register was archived; `manifest` is the SHA-256 (hex) of the list of what belongs to it."""

    kind: Literal["archived"] = "archived"
    manifest: str


class RunsKept(Wire):
    """Runs that the workflow of a register ended while the register goes on are kept in the archive; `kept` is the
    SHA-256 (hex) of the list of them."""

    kind: Literal["runs_kept"] = "runs_kept"
    kept: str


class Anchored(Wire):
    """The heads of all chains were written down in the anchor file of a day, of this SHA-256 (hex)."""

    kind: Literal["anchored"] = "anchored"
    day: str
    file: str


class Rebuilt(Wire):
    """The tables were made anew from histories and archives."""

    kind: Literal["rebuilt"] = "rebuilt"
    registers: int


Note = Annotated[
    MailSent
    | MailDelayed
    | MailFailed
    | MailNeedless
    | AttemptRefused
    | AttemptInvalid
    | ReaderListed
    | ReaderRemoved
    | SignInAsked
    | SignInMailed
    | SignedIn
    | SignedOut
    | Viewed
    | Exported
    | Verified
    | Archived
    | RunsKept
    | Anchored
    | Rebuilt,
    Field(discriminator="kind"),
]


class Entry(Wire):
    """A note with its place in a journal's chain. `at` is business time, `recorded_at` real time; `cause` is the event
    (its number), the command's id, or the page that it follows from."""

    seq: int
    at: Instant
    recorded_at: Instant
    actor: Actor
    cause: str
    note: Note
