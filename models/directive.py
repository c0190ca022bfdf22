"""The directive file as a supervisor writes it. Descriptions here become the JSON Schema of `dondoc schema`."""

import datetime as dt
from typing import Annotated

from pydantic import Field

from models.document import Purpose, Signer
from models.due import DueFile, Every, Roll
from models.follow_up import Audience, StepKind
from models.indicator import Comparator, Direction, IndicatorKind
from models.obligation import Outcome
from models.plan import Effect, ReportStage, RequirementKind
from models.unit import Level
from models.written import Day, Written


class Citation(Written):
    """A document that the directive is based on."""

    number: str = Field(description="Number and symbol, e.g. 25/KH-UBND")
    date: dt.date = Field(description="Its date, e.g. 2020-02-12")
    issuer: str = Field(description="Issuing body, as the document names it")
    title: str = Field(default="", description="Trích yếu: what the document is about")


class RecipientFile(Written):
    """One line of Nơi nhận."""

    name: str = Field(description="Who gets it, e.g. Giám đốc")
    purpose: Purpose | None = Field(default=None, description="What the recipient is sent the document for")


class Document(Written):
    """The directive as a document."""

    number: str = Field(
        default="", description="Number and symbol, e.g. 908/SLĐTBXH-BĐG; left out for one without, e.g. a conclusion"
    )
    type: str = Field(default="Công văn", description="Name of the document's type, e.g. Công văn, Kế hoạch")
    title: str = Field(description="Trích yếu without V/v, e.g. hướng dẫn hoạt động bình đẳng giới năm 2020")
    issuer: str = Field(description="Code of the issuing unit in the registry; it keeps the first register")
    place: str = Field(default="", description="Địa danh; the issuing unit's place if left out")
    date: Day = Field(description="Day of issue, e.g. 2020-04-14; the directive's life begins on it")
    signer: Signer | None = Field(default=None, description="Who signed it")
    programme: str = Field(default="", description="The parent programme or strategy, as the document names it")
    basis: tuple[Citation, ...] = Field(default=(), description="Căn cứ: documents this one follows from")
    recipients: tuple[str | RecipientFile, ...] = Field(
        default=(), description="Nơi nhận, as written: `Giám đốc (để b/c)`, or name and purpose"
    )
    files: tuple[str, ...] = Field(
        default=(),
        description="The document itself and its annexes, for officers to download: paths from this file's folder; "
        "PDF, Word, Excel or pictures, 20 MB each at most",
    )


class Replaces(Written):
    """An earlier directive that this one amends, supersedes or annuls."""

    number: str = Field(description="Number of the earlier directive")
    issuer: str | None = Field(default=None, description="Its issuing unit, if it is not this document's")
    year: int | None = Field(default=None, description="Its year, if it is not this document's")
    effect: Effect = Field(description="amends: only what is named under `keeps` moves; else all that is open ends")
    keeps: dict[str, str] = Field(
        default={}, description="Earlier requirement: requirement here. Answers given to the first count for the second"
    )


class Addressees(Written):
    """Which units: those that meet all of level, line, region, within and tag, and those listed besides."""

    level: Level | None = Field(default=None, description="Units of this level below the issuer")
    line: str | None = Field(default=None, description="Of this line of authority, e.g. ubnd, ldtbxh")
    region: str | None = Field(default=None, description="In provinces of this region of the registry")
    within: str | None = Field(default=None, description="In this territory, by its code")
    tag: str | None = Field(default=None, description="With this tag in the registry")
    units: tuple[str, ...] = Field(default=(), description="Unit codes, instead of or besides the above")
    excluding: tuple[str, ...] = Field(default=(), alias="except", description="Unit codes left out")


class Opens(Written):
    """When the obligations open, if not at the start; one `when_…`, or `on` alone."""

    when_accepted: str | None = Field(
        default=None, description="Key of a requirement of a unit above: opens when that unit's document is accepted"
    )
    when_selected: str | None = Field(
        default=None,
        description="Key of a selection above: opens for the units that it selects, the others owe nothing",
    )
    choice: str | None = Field(
        default=None, description="With `when_selected`: only for units selected for this choice"
    )
    when_registered: str | None = Field(default=None, description="Key under `awaits`: opens when it is registered")
    when_held: str | None = Field(
        default=None, description="Key of a requirement of the same unit: opens when handed in"
    )
    on: Day | None = Field(default=None, description="Opens on this day")
    at_latest: Day | None = Field(default=None, description="Opens on this day anyway")


class IndicatorFile(Written):
    """An indicator: one of the catalogue (`use`), or one of the directive's own."""

    use: str | None = Field(default=None, description="Code in the catalogue, e.g. 1.1 or 3.2a")
    title: str | None = Field(default=None, description="What is measured; with `use` the catalogue's")
    kind: IndicatorKind | None = Field(default=None, description="A number, a percentage or yes/no")
    unit: str | None = Field(default=None, description="What is counted, e.g. người, lượt, %")
    direction: Direction | None = Field(default=None, description="Which way is better; up if left out")
    comparator: Comparator | None = Field(
        default=None, description="How a figure is held against its target; at least, if left out"
    )
    target: float | None = Field(default=None, description="Instead of the catalogue's, e.g. a locality's own")
    targets: dict[str, float] = Field(default={}, description="Target by year; the one of the due year counts")
    by_sex: bool | None = Field(default=None, description="Asks for men and women besides the total")
    parts: tuple[str, ...] = Field(default=(), description="Keys of indicators here whose figures add up to this one")


class RequirementFile(Written):
    """One thing the directive asks of a class of units."""

    title: str = Field(description="What is asked, as officers read it")
    ref: str = Field(default="", description="Where the document says it, e.g. 1a")
    kind: RequirementKind = Field(description="What sort of answer is asked for")
    stage: ReportStage | None = Field(default=None, description="For reports: interim (sơ kết), final (tổng kết) …")
    to: Addressees = Field(description="Which units owe it, each one as its lead")
    coordinators: Addressees | None = Field(
        default=None, description="Units that take part: followed up, never escalated against; need not stand below"
    )
    due: str | Day | DueFile | None = Field(
        default=None,
        description="As the document says it: `trước ngày 15/5/2020` (the 14th is the last day), `chậm nhất 17 giờ "
        "ngày 15/5/2020`, `đến hết ngày …`, `trong tháng 11/2020`, `trong quý II/2020`, `từ ngày … đến ngày …`, "
        "`trong 10 ngày làm việc kể từ ngày nhận`, `thường xuyên`; left out: none",
    )
    window: str | None = Field(
        default=None, description="When it takes place, if that is not the deadline: `từ ngày … đến ngày …`"
    )
    period: str | None = Field(
        default=None,
        description="What a report covers: `tháng 5/2020`, `quý II/2020`, `6 tháng đầu năm 2020`, `năm 2020`",
    )
    opens: Opens | None = Field(default=None, description="When it opens; at the start if left out")
    only_tag: str | None = Field(default=None, description="Applies only to units with this tag; n/a to the others")
    if_not_issued: bool = Field(default=False, description="A document that exists already satisfies it")
    issued_by: str | None = Field(
        default=None,
        description="Advised document: line of the unit above that issues what the addressee prepares; or, in "
        "capitals, the symbol of a body that is not in the registry, e.g. UBND",
    )
    report_to: tuple[str, ...] = Field(
        default=(), description="Further recipients that decide: unit codes, or the line of a unit above, e.g. ldtbxh"
    )
    consolidates: tuple[str, ...] = Field(default=(), description="Requirements below that go into this one")
    function: str | None = Field(
        default=None,
        description="The function that it belongs to, if not the directive's: who takes it over in a reform",
    )
    choices: dict[str, str] = Field(
        default={},
        description="Alternative forms of which the unit names one; for a selection the models to choose for",
    )
    at_most: Annotated[int, Field(ge=1, le=10_000)] | None = Field(
        default=None, description="For a selection: how many units may be selected; any number if left out"
    )
    among: Addressees | None = Field(default=None, description="For a selection: which units below may be selected")
    groups: dict[str, str] = Field(default={}, description="For recommendations: the groups they are sorted into")
    outcomes: tuple[Outcome, ...] = Field(
        default=(), description="What the reviewer names on accepting; for consultations taken_on_board and explained"
    )
    ends_with: str | None = Field(
        default=None,
        description="For consultations: key under `awaits` of the final document, after which it is too late",
    )
    attendance: bool = Field(default=False, description="Asks for men, women and total of participants")
    indicators: dict[str, IndicatorFile] = Field(default={}, description="Figures asked for, by key")
    guidance: str = Field(default="", description="What the officer should know, shown on the page")


class RungFile(Written):
    """One step of a follow-up ladder."""

    at: str = Field(
        pattern=r"^(T[+-]|[ARV]\+)\d{1,3}$",
        description="Working days from the due day, e.g. T-10 or T+5; in other ladders A+3 from the opening, R+3 from "
        "the return (or from the due day, where that is later), V+5 from the handing in",
    )
    do: StepKind = Field(description="What is sent")
    to: tuple[Audience, ...] = Field(
        default=(),
        description="To whom: focal, head of the unit; tracker, tracker_head of the unit that keeps the register; "
        "above, the head of the one above that; issuer of the directive. Left out: as the kind has it",
    )


class Extension(Written):
    """When more time may be asked for."""

    ask_before: Annotated[int, Field(ge=0, le=60)] = Field(default=5, description="Working days before the due date")


class Policy(Written):
    """How the directive is followed up."""

    ladder: tuple[RungFile, ...] | None = Field(default=None, description="Instead of T-10, T-5, T-1, T+1, T+5, T+15")
    unacknowledged: tuple[RungFile, ...] | None = Field(
        default=None, description="What was never acknowledged, from its opening until it is due; not A+3, A+5, A+10"
    )
    returned: tuple[RungFile, ...] | None = Field(
        default=None, description="What was returned and not handed in again; instead of R+3, R+5, R+10, R+20"
    )
    review: tuple[RungFile, ...] | None = Field(
        default=None, description="A review outstanding, from the handing in; not three steps from review_days on"
    )
    silent_after: Annotated[int, Field(ge=1, le=400)] = Field(
        default=90, description="Calendar days of silence after which a task without a due date is chased"
    )
    review_days: Annotated[int, Field(ge=0, le=60)] = Field(
        default=5, description="Working days that the unit above takes to review an answer"
    )
    least_days: Annotated[int, Field(ge=0, le=60)] = Field(
        default=1, description="Working days that a unit must have at least from opening to due date"
    )
    extension: Extension = Field(default=Extension(), description="When more time may be asked for")
    roll: Roll = Field(default=Roll.NONE, description="What happens to a fixed last day that is a day off")
    cut_off: dt.time | None = Field(default=None, description="Office hour at which a last day ends; 24:00 if left out")
    before_day: bool = Field(
        default=False, description="Whether `trước ngày X` includes the day X; by law and here by default it does not"
    )
    send_at: dt.time = Field(default=dt.time(8), description="Time of day at which steps go out")


class ReportFile(Written):
    """Summary reports that registers issue: recurring ones, a single one, or each its own at the closing. The first
    register issues one at the closing anyway."""

    every: Every | None = Field(
        default=None,
        description="One for each month, quarter, half_year or year (Decree 09/2019) whose data close in time",
    )
    as_of: Day | None = Field(default=None, description="A single one: the last day of its data, e.g. 2020-06-14")
    at_closing: bool = Field(default=False, description="Instead: the report at the end of the registers below, too")
    title: str = Field(
        default="", description="What it is called, e.g. Sơ kết 6 tháng đầu năm; recurring ones add their period"
    )
    after: Annotated[int, Field(ge=0, le=60)] = Field(
        default=0,
        description="Issued so many working days after the data close, when mails go out (policy.send_at); at the end "
        "of the last day itself, if left out",
    )
    levels: tuple[Level, ...] = Field(
        default=(),
        description="Levels whose units issue it, each on its branch; left out: all that keep a register",
    )


class DirectiveFile(Written):
    """A directive: the document, what it asks of whom by when, and when its register closes."""

    document: Document = Field(description="The directive as a document")
    closing: Day | None = Field(
        default=None,
        description="Last day of the register; what is open then is reported as not fulfilled. Left out: so long after "
        "the last due date that the whole ladder can be climbed",
    )
    line: str | None = Field(
        default=None, description="Line of authority along which it is followed up, where units stand under several"
    )
    function: str = Field(
        default="",
        description="The function that the directive belongs to, e.g. gender-equality or children: where a reform "
        "divides a unit, the one that has it now takes over",
    )
    contact: str = Field(default="", description="Whom officers may ask; shown in every mail and page")
    replaces: tuple[Replaces, ...] = Field(default=(), description="Earlier directives that this one changes")
    awaits: dict[str, str] = Field(default={}, description="Documents that requirements wait for: key and title")
    policy: Policy = Field(default=Policy(), description="How it is followed up; the defaults suit most directives")
    reports: tuple[ReportFile, ...] = Field(
        default=(), description="When summary reports are issued before the one at the closing"
    )
    requirements: dict[str, RequirementFile] = Field(
        default={}, description="Requirements by key; none only where the directive just annuls another"
    )
