"""One line of a register as people read it: in pages, mails, lists and reports."""

from models.base import Instant, Wire
from models.document import DocumentRef, FileRef
from models.obligation import State, Timeliness
from models.plan import RequirementKind
from models.unit import Level


class ObligationLine(Wire):
    """An obligation with its names. `due` is exclusive: the first instant that is too late.

    `answer` fields come from the latest submission; `issuer` is the unit that follows up.
    """

    cascade_id: str
    key: str
    requirement: str
    ref: str = ""
    title: str
    kind: RequirementKind
    guidance: str = ""
    unit: str
    unit_name: str
    level: Level
    issuer: str
    issuer_name: str
    state: State
    timeliness: Timeliness
    due: Instant | None = None
    due_phrase: str = ""
    accepts_existing: bool = False
    choices: dict[str, str] = {}
    attendance: bool = False
    opened_at: Instant | None = None
    acknowledged_at: Instant | None = None
    submissions: int = 0
    existing: bool = False
    submitted_at: Instant | None = None
    decided_at: Instant | None = None
    returned: int = 0
    escalations: int = 0
    comment: str = ""
    document: DocumentRef | None = None
    files: tuple[FileRef, ...] = ()
    note: str = ""
    choice: str = ""
    men: int | None = None
    women: int | None = None
    total: int | None = None
