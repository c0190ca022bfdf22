"""The compiled directive: who owes what by which instant. Frozen before anything starts (DESIGN rule 5)."""

import datetime as dt
from enum import StrEnum
from functools import cached_property

from models.answer import Answer
from models.base import Indexed, Instant, Wire
from models.document import DocumentRef, FileRef, Recipient, Signer
from models.follow_up import FollowUp
from models.indicator import Indicator
from models.obligation import Outcome, State, obligation_key


class RequirementKind(StrEnum):
    """What is asked for: a sub-plan to be issued; an activity in a window; a report; comments on a draft; a choice of
    pilot units; recommendations to be collected; an event that is held once."""

    PLAN = "plan"
    ACTIVITY = "activity"
    REPORT = "report"
    CONSULTATION = "consultation"
    SELECTION = "selection"
    RECOMMENDATIONS = "recommendations"
    EVENT = "event"


class ReportStage(StrEnum):
    """Sơ kết, tổng kết, định kỳ, chuyên đề (Decree 09/2019; DOMAIN section 2)."""

    INTERIM = "interim"
    FINAL = "final"
    PERIODIC = "periodic"
    THEMATIC = "thematic"


class OpeningMode(StrEnum):
    AT_START = "at_start"
    ON_DAY = "on_day"
    WHEN_ACCEPTED = "when_accepted"
    WHEN_SELECTED = "when_selected"
    WHEN_REGISTERED = "when_registered"
    WHEN_HELD = "when_held"


class Opening(Wire):
    """When a requirement's obligations open.

    `key` names the requirement of a unit above (WHEN_ACCEPTED, WHEN_SELECTED), the requirement of the same unit
    (WHEN_HELD: when it handed that in) or the trigger document (WHEN_REGISTERED); `choice` limits WHEN_SELECTED to one
    of the models chosen among; `at_latest` is the instant at which they open anyway, for ON_DAY the only one.
    """

    mode: OpeningMode = OpeningMode.AT_START
    key: str = ""
    choice: str = ""
    at_latest: Instant | None = None


class Term(Wire):
    """A deadline counted from the opening: so many days after its day, which is not counted itself (Civil Code 2015,
    article 147). Calendar days that end on a day off run on to the next working day (article 148). `at` is the time of
    day in Vietnam at which the last day ends; None for 24:00."""

    days: int
    working: bool = True
    at: dt.time | None = None


class Window(Wire):
    """Calendar days, both ends included; never moved for a day off."""

    first: dt.date
    last: dt.date


class Period(Wire):
    """The period that a report covers: its name, and the data from `first` to the cut-off `last`, both included."""

    label: str
    first: dt.date
    last: dt.date


class RequirementPlan(Wire):
    """One requirement as one register follows it up; of a recurring one, one occurrence, and `series` is its key.

    `at_most` is how many units a selection may choose.
    `due` is exclusive and fixed; `term` stands instead of it where the deadline is counted from the opening. `groups`
    are those of recommendations, `outcomes` those that the reviewer names on accepting; `ends_with` is the key of the
    trigger document after which no answer is taken (a draft that became final). `consolidates`: a report that sums up
    those of units below. `function` decides who takes it over where units are reorganised.
    """

    key: str
    series: str = ""
    ref: str = ""
    title: str
    kind: RequirementKind
    stage: ReportStage | None = None
    due: Instant | None = None
    due_phrase: str = ""
    term: Term | None = None
    opening: Opening = Opening()
    window: Window | None = None
    period: Period | None = None
    accepts_existing: bool = False
    choices: dict[str, str] = {}
    at_most: int | None = None
    groups: dict[str, str] = {}
    outcomes: tuple[Outcome, ...] = ()
    ends_with: str = ""
    attendance: bool = False
    indicators: tuple[Indicator, ...] = ()
    guidance: str = ""
    consolidates: bool = False
    function: str = ""


class Advised(Wire):
    """The body that issues what the unit only prepares (tham mưu); `symbol` is its abbreviation in numbers, `unit` its
    code where the registry holds it."""

    name: str
    symbol: str = ""
    unit: str = ""


class Reviewer(Wire):
    """Another recipient on the report lines of a duty, beside the unit that keeps the register."""

    unit: str
    name: str


class Earlier(Wire):
    """An answer to an earlier directive that counts for this duty: its number there, and how it stood."""

    number: str
    state: State
    answer: Answer
    submitted_at: Instant


class Duty(Wire):
    """One requirement x one unit. `applicable` is False where the directive's condition leaves the unit out.

    A coordinating unit is followed up, never escalated against. `reviewers` decide beside the register's issuer, or
    alone where the issuer owes the duty itself. `candidates` are the units that a selection may choose among: code and
    name.
    """

    requirement: str
    unit: str
    applicable: bool = True
    coordinating: bool = False
    reviewers: tuple[Reviewer, ...] = ()
    advised: Advised | None = None
    candidates: dict[str, str] = {}
    earlier: Earlier | None = None

    def speaks_for(self, keeper: str) -> bool:
        """Whether an answer to the duty is a document of the unit that keeps the register: its own, or one that it
        issues on advice."""
        return keeper in {self.unit, self.advised.unit if self.advised else ""}


class PlannedReport(Wire):
    """A summary report that a register issues, known by its `key`: on the data before `closes` (exclusive), of a
    `period` or of everything until then, at `issue_at` or soon after. One that is issued `at_closing` waits until all
    registers below are closed, too."""

    key: str
    title: str
    period: Period | None = None
    closes: Instant
    issue_at: Instant
    at_closing: bool = False


class CascadePlan(Indexed):
    """The slice of the plan that one issuing unit follows up: one register, one workflow.

    `number` is what the directive is called by (its number, or its type and date). `passes_down` are requirements of
    units above or in this register that registers below wait for. `children` are the units with whose code the
    registers below began; `kept_by` has those that another unit keeps by now: that unit and the one it began with.
    `version` counts the directive's amendments.
    """

    cascade_id: str
    directive_id: str
    number: str
    title: str
    issuer: str
    issuer_name: str
    parent: str | None = None
    children: tuple[str, ...] = ()
    kept_by: dict[str, str] = {}
    version: int = 1
    requirements: tuple[RequirementPlan, ...] = ()
    duties: tuple[Duty, ...] = ()
    triggers: dict[str, str] = {}
    passes_down: tuple[str, ...] = ()
    follow_up: FollowUp = FollowUp()
    reports: tuple[PlannedReport, ...] = ()
    starts: Instant
    closing: Instant

    @cached_property
    def duty_of(self) -> dict[str, Duty]:
        """The duty behind each obligation, by its key."""
        return {obligation_key(duty.requirement, duty.unit): duty for duty in self.duties}

    def register_of(self, unit: str) -> str | None:
        """The unit with whose code the register below began that a unit keeps; None where it keeps none."""
        begun_with = self.kept_by.get(unit, unit)
        return begun_with if begun_with in self.children else None

    def keeper_of(self, child: str) -> str:
        """The unit that keeps the register below which began with a unit's code."""
        return next((unit for unit, begun_with in self.kept_by.items() if begun_with == child), child)


class Amendment(Wire):
    """What a new version of the directive changes in one register: requirements that are new or other than before,
    keys of those that are gone, duties that are new or other, keys of obligations of units that are left out now or
    asked again, units that begin to keep a register below. What is None stays as it is."""

    version: int
    requirements: tuple[RequirementPlan, ...] = ()
    removed: tuple[str, ...] = ()
    duties: tuple[Duty, ...] = ()
    dropped: tuple[str, ...] = ()
    again: tuple[str, ...] = ()
    children: tuple[str, ...] = ()
    passes_down: tuple[str, ...] | None = None
    triggers: dict[str, str] | None = None
    follow_up: FollowUp | None = None
    reports: tuple[PlannedReport, ...] | None = None
    title: str | None = None
    closing: Instant | None = None


class Effect(StrEnum):
    """What a directive does to an earlier one."""

    AMENDS = "amends"
    SUPERSEDES = "supersedes"
    ANNULS = "annuls"


class Replaced(Wire):
    """An earlier directive (by its id) that this one amends, supersedes or annuls. `keeps` maps its requirements to
    those of this directive, whose answers count on."""

    directive_id: str
    number: str
    effect: Effect
    keeps: dict[str, str] = {}


class DirectiveHead(Wire):
    """What stands on the document itself, and what mails, pages and reports quote of it.

    `label` is what the directive is called by: its number, or type and date where it has none. `extension_ask_before`
    is how many working days before the due date more time is to be asked for. `files` are the document and its annexes,
    stored when it was started. `line` is the line of authority along which it is followed up, `function` what it
    belongs to where units are reorganised.
    """

    directive_id: str
    label: str
    document: DocumentRef
    type: str
    place: str
    issuer: str
    signer: Signer | None = None
    programme: str = ""
    basis: tuple[DocumentRef, ...] = ()
    recipients: tuple[Recipient, ...] = ()
    files: tuple[FileRef, ...] = ()
    replaces: tuple[Replaced, ...] = ()
    contact: str = ""
    line: str | None = None
    function: str = ""
    extension_ask_before: int = 5
    starts: Instant
    closing: Instant


class Plan(Wire):
    """A whole directive, compiled: the head and one slice per issuing unit, the root first."""

    head: DirectiveHead
    cascades: tuple[CascadePlan, ...]
