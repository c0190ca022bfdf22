"""What an officer hands in; which parts are asked for depends on the requirement's kind (rules.answers)."""

import datetime as dt

from models.base import Wire
from models.document import DocumentRef, FileRef
from models.indicator import Figure
from models.recommendation import Raised


class Selected(Wire):
    """A unit below chosen for a pilot: `choice` is the model's key, `origin` the pilot unit that it replicates."""

    unit: str
    choice: str = ""
    origin: str = ""


class HeldEvent(Wire):
    """An event that was held once and may be evidence for several units, the hosts. `with_units` are the co-hosts."""

    name: str
    date: dt.date
    place: str = ""
    with_units: tuple[str, ...] = ()


class AttendanceRow(Wire):
    """Participants of one role or level; `men` and `women` are left out together where nobody counted."""

    role: str
    men: int | None = None
    women: int | None = None
    total: int


class Answer(Wire):
    """What an officer hands in. `existing` declares a document that was issued before the directive asked for it;
    `proposal` is the tờ trình with which an advisor put the document to its issuer; `no_comment` is the answer "nothing
    to say" to a consultation."""

    document: DocumentRef | None = None
    proposal: DocumentRef | None = None
    files: tuple[FileRef, ...] = ()
    note: str = ""
    choice: str = ""
    men: int | None = None
    women: int | None = None
    total: int | None = None
    attended: tuple[AttendanceRow, ...] = ()
    held: HeldEvent | None = None
    existing: bool = False
    no_comment: bool = False
    selected: tuple[Selected, ...] = ()
    recommendations: tuple[Raised, ...] = ()
    figures: dict[str, Figure] = {}
