"""The summary report (báo cáo tổng hợp): numbers computed once, which every form only prints."""

from models.base import Instant, Wire
from models.document import DocumentRef
from models.obligation import State, Timeliness
from models.plan import DirectiveHead, RequirementKind
from models.register import ObligationLine
from models.unit import Level, Unit


class Tally(Wire):
    """Counts over a set of obligations.

    `obligations` counts all, `applicable` those that opened and apply. `fell_due` are applicable ones that are done or
    whose due instant has passed: `on_time` + `late` were done, `waiting` were handed in and await review, `not_done`
    the rest. Rates are on_time / fell_due (DOMAIN section 3, BC 1270). `not_yet_due` are open with time left.
    """

    obligations: int = 0
    not_applicable: int = 0
    dormant: int = 0
    applicable: int = 0
    fell_due: int = 0
    on_time: int = 0
    late: int = 0
    waiting: int = 0
    not_done: int = 0
    not_yet_due: int = 0
    done_no_deadline: int = 0
    open_no_deadline: int = 0
    returned: int = 0
    escalations: int = 0

    @property
    def on_time_rate(self) -> float | None:
        """Share of what fell due that was done on time, from counts; None where nothing fell due."""
        return self.on_time / self.fell_due if self.fell_due else None


class RequirementTally(Wire):
    key: str
    ref: str
    title: str
    kind: RequirementKind
    level: Level
    due: Instant | None
    due_phrase: str
    tally: Tally


class LevelTally(Wire):
    level: Level
    units: int
    tally: Tally


class UnitTally(Wire):
    code: str
    name: str
    level: Level
    issuer_name: str
    tally: Tally


class IssuedDocument(Wire):
    """A document that a unit issued and that was accepted as its answer."""

    unit_name: str
    level: Level
    document: DocumentRef
    requirement_title: str


class Attendance(Wire):
    """Sums over accepted activities; `without_split` counts those that gave a total but not men and women."""

    events: int = 0
    men: int = 0
    women: int = 0
    total: int = 0
    without_split: int = 0


class Summary(Wire):
    """`final` at closing, else as of an instant. `silent_units` are units that answered nothing although they owed."""

    head: DirectiveHead
    issuer: Unit
    final: bool
    as_of: Instant
    units: int
    answered_units: int
    silent_units: tuple[str, ...]
    overall: Tally
    by_state: dict[State, int]
    by_timeliness: dict[Timeliness, int]
    levels: tuple[LevelTally, ...]
    requirements: tuple[RequirementTally, ...]
    unit_tallies: tuple[UnitTally, ...]
    lines: tuple[ObligationLine, ...]
    documents: tuple[IssuedDocument, ...]
    attendance: Attendance
    submissions: int
    mails_sent: int
    mails_failed: int
