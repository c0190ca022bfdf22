"""The summary report (báo cáo tổng hợp): numbers computed once, which every form only prints."""

import datetime as dt
from typing import Literal

from models.answer import AttendanceRow
from models.base import Instant, Wire
from models.delay import Delays
from models.document import DocumentRef
from models.former import FormerUnit
from models.indicator import Indicator
from models.obligation import Outcome, State, Timeliness
from models.plan import DirectiveHead, Period
from models.recommendation import Recommendation
from models.register import ObligationLine
from models.reported import Before, BranchTally, PeriodRate, ProgressPoint
from models.tally import LevelTally, RequirementTally, Tally, UnitTally
from models.unit import Level, Unit


class IssuedDocument(Wire):
    """A document that a unit issued and that was accepted as its answer; or that of a unit before, which `kept_by`,
    the unit that took over from it, has as evidence."""

    unit_name: str
    kept_by: str = ""
    level: Level
    document: DocumentRef
    requirement_title: str


class Lag(Wire):
    """How long an order took from one level to the next: documents of one level after the document they follow from.

    `above` and `below` name the two; days are the median over `documents` of them, `longest` the longest in calendar
    days.
    """

    above: str
    below: str
    documents: int
    calendar_days: float
    working_days: float
    longest: int


class HeldOnce(Wire):
    """An event, counted once however many units report it (DESIGN rule 9).

    `hosts` are the names of the units that reported it or were named as co-hosts, that of the first report first; its
    figures count. `men` and `women` are left out together where the split by sex is missing.
    """

    name: str
    date: dt.date
    place: str = ""
    hosts: tuple[str, ...]
    obligations: tuple[str, ...]
    men: int | None = None
    women: int | None = None
    total: int | None = None


class Attendance(Wire):
    """Sums over accepted activities and events, each counted once.

    `men` and `women` come from those with the split by sex alone; `without_split` counts those that gave a total only.
    `roles` are sums by role or level of participants, without the split where it is missing somewhere.
    """

    events: int = 0
    men: int = 0
    women: int = 0
    total: int = 0
    without_split: int = 0
    roles: tuple[AttendanceRow, ...] = ()


class ConsultationTally(Wire):
    """One draft that was out for comments: asked = commented + no_comment + silent ("không góp ý" is not "chưa góp ý").

    `outcomes` count what became of comments; those `undecided` wait for it. `silent_units` are names.
    """

    key: str
    ref: str
    title: str
    asked: int
    commented: int
    no_comment: int
    silent: int
    outcomes: dict[Outcome, int]
    undecided: int
    silent_units: tuple[str, ...] = ()


class ProposalTally(Wire):
    """Proposals that came in for one requirement, and what became of them."""

    key: str
    ref: str
    title: str
    proposed: int
    outcomes: dict[Outcome, int]
    undecided: int


class SelectedUnit(Wire):
    """A unit that was chosen for a pilot: `choice` is the model's name, `origin` the pilot unit that it replicates."""

    key: str
    selected_by: str
    unit: str
    name: str
    choice: str = ""
    origin: str = ""


class RecommendationTally(Wire):
    """Recommendations of one group: raised = answered + referred + unanswered.

    `answered` are those answered, taken on board, replied to by the body they were referred to, or closed. Of the
    `referred` ones, which wait for a reply, `replies_overdue` should have had it by now. `group` is empty for
    recommendations without a group of their requirement.
    """

    key: str
    title: str
    group: str
    name: str
    raised: int
    answered: int
    taken_on_board: int
    referred: int
    replies_overdue: int
    unanswered: int


class ObstacleTally(Wire):
    """What units told to stand in their way: raised = answered + waiting, those referred to a body among the waiting.

    Days are calendar days from the day on which an obstacle was raised to that of the latest answer; left out where
    nothing was answered.
    """

    raised: int = 0
    answered: int = 0
    waiting: int = 0
    median_answer_days: float | None = None
    longest_answer_days: int | None = None


class IndicatorTally(Wire):
    """One indicator over the units of one level that were asked for it.

    `asked` = `reported` + those without an accepted figure. Counts are added and never averaged (DESIGN rule 9):
    `result` is 100 x numerator / denominator for a percentage, the sum for a number; it is left out for yes/no, and for
    ratios that several units reported without their counts. `men` and `women` come from figures with the split alone,
    `split` counts these. `met` holds the result against the target, or for yes/no tells whether all that reported said
    yes; None where there is nothing to judge by. `units_met` are units whose own figure meets the target.
    """

    key: str
    title: str
    period: Period | None = None
    level: Level
    indicator: str
    asks: Indicator
    asked: int
    reported: int
    value: float | None = None
    numerator: float | None = None
    denominator: float | None = None
    men: float | None = None
    women: float | None = None
    split: int = 0
    yes: int = 0
    result: float | None = None
    met: bool | None = None
    units_met: int | None = None


class SeveralRecipients(Wire):
    """Answers that go to several recipients: of so many `receipts` of the `reports` handed in, `decided` by now."""

    reports: int = 0
    receipts: int = 0
    decided: int = 0


class Summary(Wire):
    """`final` at closing, else as of an instant. `lines` are those of lead units, `coordinating` those of units that
    only take part; among `recommendations` are obstacles. `silent_units` are units that answered nothing although they
    owed. Units that have ended are among `former_units` alone, and in no count of units. `remarks` are sentences, in
    Vietnamese, on figures that are incomplete or contradict each other.

    `issuer` reports: the directive's issuer on the whole, or a unit that keeps a register on its branch; then `above`
    is the unit that keeps the register above. `period` is the one whose data are told (Decree 09/2019); all counts are
    of everything up to its end. `below` are the branches directly below, in the order of their names.
    """

    format: Literal["dondoc-summary/1"] = "dondoc-summary/1"
    head: DirectiveHead
    issuer: Unit
    above: Unit | None = None
    period: Period | None = None
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
    coordinating: tuple[ObligationLine, ...] = ()
    documents: tuple[IssuedDocument, ...]
    lineage: tuple[Lag, ...] = ()
    events: tuple[HeldOnce, ...] = ()
    attendance: Attendance
    consultations: tuple[ConsultationTally, ...] = ()
    proposals: tuple[ProposalTally, ...] = ()
    selected: tuple[SelectedUnit, ...] = ()
    recommendation_groups: tuple[RecommendationTally, ...] = ()
    obstacles: ObstacleTally = ObstacleTally()
    recommendations: tuple[Recommendation, ...] = ()
    indicators: tuple[IndicatorTally, ...] = ()
    several_recipients: SeveralRecipients = SeveralRecipients()
    delays: Delays = Delays()
    remarks: tuple[str, ...] = ()
    former_units: tuple[FormerUnit, ...] = ()
    below: tuple[BranchTally, ...] = ()
    progress: tuple[ProgressPoint, ...] = ()
    rates: tuple[PeriodRate, ...] = ()
    before: Before | None = None
    submissions: int
    mails_sent: int
    mails_failed: int
