"""One line of a register as people read it: in pages, mails, lists and reports."""

from models.answer import AttendanceRow, HeldEvent, Selected
from models.base import Instant, Wire
from models.document import DocumentRef, FileRef
from models.indicator import Figure, Indicator
from models.obligation import Hands, Inherited, Outcome, State, Timeliness
from models.plan import Advised, Period, ReportStage, RequirementKind, Reviewer, Window
from models.recommendation import Raised
from models.unit import Level


class ObligationLine(Wire):
    """An obligation with its names. `due` is exclusive: the first instant that is too late.

    `answer` fields come from the latest submission; `issuer` is the unit that follows up; a `coordinating` line is one
    of a unit that only takes part. `unheeded` is what is still owed after the last step of its ladder.
    """

    cascade_id: str
    key: str
    requirement: str
    ref: str = ""
    title: str
    series: str = ""
    kind: RequirementKind
    stage: ReportStage | None = None
    window: Window | None = None
    period: Period | None = None
    guidance: str = ""
    unit: str
    unit_name: str
    level: Level
    issuer: str
    issuer_name: str
    state: State
    timeliness: Timeliness
    due: Instant | None = None
    original_due: Instant | None = None
    promised: Instant | None = None
    extensions: int = 0
    due_phrase: str = ""
    accepts_existing: bool = False
    choices: dict[str, str] = {}
    at_most: int | None = None
    groups: dict[str, str] = {}
    outcomes: tuple[Outcome, ...] = ()
    indicators: tuple[Indicator, ...] = ()
    attendance: bool = False
    coordinating: bool = False
    reviewers: tuple[Reviewer, ...] = ()
    advised: Advised | None = None
    candidates: dict[str, str] = {}
    basis: DocumentRef | None = None
    opened_at: Instant | None = None
    acknowledged_at: Instant | None = None
    submissions: int = 0
    existing: bool = False
    submitted_at: Instant | None = None
    decided_at: Instant | None = None
    returned: int = 0
    escalations: int = 0
    unheeded: bool = False
    chased_at: Instant | None = None
    comment: str = ""
    outcome: Outcome | None = None
    endorsed: tuple[str, ...] = ()
    taken_from: str = ""
    shared_from: str = ""
    laid_aside: State | None = None
    suspended_at: Instant | None = None
    reason: str = ""
    hands: Hands | None = None
    inherited: tuple[Inherited, ...] = ()
    moved_to: tuple[str, ...] = ()
    document: DocumentRef | None = None
    files: tuple[FileRef, ...] = ()
    note: str = ""
    choice: str = ""
    men: int | None = None
    women: int | None = None
    total: int | None = None
    proposal: DocumentRef | None = None
    attended: tuple[AttendanceRow, ...] = ()
    held: HeldEvent | None = None
    no_comment: bool = False
    selected: tuple[Selected, ...] = ()
    recommendations: tuple[Raised, ...] = ()
    figures: dict[str, Figure] = {}
