"""Compiles a directive file to a plan: who owes what by which instant (pure; DESIGN section 3)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, time

from models.directive import RequirementFile
from models.fault import Fault
from models.follow_up import Track
from models.obligation import Outcome
from models.plan import Opening, OpeningMode, Plan, ReportStage, RequirementKind, RequirementPlan
from models.unit import Unit
from rules.addressing import Registry
from rules.calendar import Calendar, day_end, day_start, last_day
from rules.compiling import waits
from rules.compiling.desk import Desk, References
from rules.compiling.enlisting import with_enlisted
from rules.compiling.feasibility import (
    Latest,
    check_consolidation,
    check_cut_offs,
    check_levels,
    check_life,
    check_time,
    check_windows,
)
from rules.compiling.following_up import check_ladders, follow_up, rungs
from rules.compiling.form import Form
from rules.compiling.head import compile_head, find_issuer
from rules.compiling.keys import check_keys
from rules.compiling.measures import compile_indicators
from rules.compiling.openings import compile_opening, openings_of_variants
from rules.compiling.reaching import check_days, check_receivers
from rules.compiling.reporting import compile_reports, with_reports
from rules.compiling.schedule import Schedule, Variant
from rules.compiling.scope import compile_scope
from rules.compiling.size import check_size
from rules.compiling.slices import Compiled as CompiledRequirement
from rules.compiling.slices import make_slices
from rules.source import read

_AFTER_THE_LADDER = 5
"""Working days from the last step of the ladder to the closing, where the file names no closing."""
_WITHOUT_DATES = 30
"""Working days that a register without any requirement stays open: it only annuls another directive."""


@dataclass(frozen=True)
class Compiled:
    """`plan` is None where there are errors; warnings never stop a plan."""

    plan: Plan | None
    warnings: tuple[Fault, ...]
    errors: tuple[Fault, ...]


def compile_directive(
    raw: bytes, units: Mapping[str, Unit], calendar: Calendar, references: References | None = None
) -> Compiled:
    """Compile the bytes of a directive file against the registry, the calendar and what the file may refer to.

    All faults are found in one go, each with its line and path. Due instants are computed here, once (DESIGN rule 5).
    """
    source = read(raw)
    if source.data is None or source.faults:
        empty = source.fault("empty", (), "the file is empty: `dondoc new` writes one to start from")
        errors = source.faults or [empty]
        return Compiled(None, (), tuple(errors))
    form = Form(source)
    if form.written is None:
        return Compiled(None, (), _by_line(form.faults))
    references = references or References()
    desk = Desk(
        source=source,
        written=with_enlisted(form.written, references.enlisted),
        registry=Registry(units),
        calendar=calendar,
        references=references,
        aside=frozenset(form.aside),
        errors=list(form.faults),
    )
    plan = _compile(desk)
    return Compiled(None if desk.errors else plan, _by_line(desk.warnings), _by_line(desk.errors))


def _by_line(faults: list[Fault]) -> tuple[Fault, ...]:
    return tuple(sorted(dict.fromkeys(faults), key=lambda fault: fault.line))


def _compile(desk: Desk) -> Plan | None:
    check_keys(desk)
    check_ladders(desk)
    issuer = find_issuer(desk)
    openings = {key: compile_opening(desk, key) for key in desk.requirements}
    graphs = (waits.openings(openings), waits.contents(desk.requirements), waits.dates(desk.requirements))
    opened_order, contents_order, order = (waits.in_order(desk, graph) for graph in graphs)
    if issuer is None:
        return None
    head = compile_head(desk, issuer)
    tree = desk.registry.tree(issuer.code, desk.written.line, desk.written.document.date)
    joined = desk.references.joined
    tree = tree.joined((desk.registry.units[code] for code in joined), joined)
    scopes = {key: compile_scope(desk, tree, key, item) for key, item in desk.requirements.items()}
    if opened_order is None or contents_order is None or order is None:
        return None
    schedule = Schedule(desk)
    for key in order:
        schedule.of(key)
    opened = openings_of_variants(desk, tree, schedule, scopes, openings)
    latest = Latest(desk, schedule, opened, opened_order)
    check_levels(desk, schedule, scopes)
    check_life(desk, schedule, latest)
    check_time(desk, schedule, latest)
    check_windows(desk, schedule, latest)
    check_consolidation(desk, schedule, latest)
    check_cut_offs(desk, schedule)
    requirements = {
        key: CompiledRequirement(
            variants=tuple((found, _requirement(desk, item, found, opened[found.key])) for found in schedule.of(key)),
            scope=scopes[key],
        )
        for key, item in desk.requirements.items()
    }
    closing = _closing(desk, schedule, latest)
    reports = compile_reports(desk, closing) if closing else ()
    if closing is None or desk.errors:
        return None
    head = head.model_copy(update={"closing": day_end(closing)})
    check_days(desk, schedule, latest, opened, closing)
    cascades = make_slices(desk, tree, head, requirements, follow_up(desk, closing))
    check_receivers(desk, cascades)
    check_size(desk, cascades)
    return Plan(head=head, cascades=with_reports(desk, cascades, reports))


def _closing(desk: Desk, schedule: Schedule, latest: Latest) -> date | None:
    """The last day of the register: as written, else so late that the ladder of the last due date can be climbed."""
    if desk.written.closing is not None:
        return desk.written.closing
    issued = desk.written.document.date
    days: list[date] = []
    for key in desk.requirements:
        for variant in schedule.of(key):
            due, opened = latest.due(variant.key), latest.opening(variant.key)[0]
            days += [due] if due else []
            days += [opened] if opened and opened > issued else []
            days += [variant.window.last] if variant.window else []
    if days:
        longest = max((step.days for step in rungs(desk.written.policy, Track.DUE)), default=0)
        return desk.calendar.add(max(days), max(longest, 0) + _AFTER_THE_LADDER)
    if not desk.requirements:
        return desk.calendar.add(issued, _WITHOUT_DATES)
    if schedule.complete and not desk.lost_requirements() and not desk.is_aside("closing"):
        message = "'closing' is missing: nothing here has a date from which the end of the register could follow"
        desk.error("missing", ("closing",), message)
    return None


def _requirement(desk: Desk, item: RequirementFile, variant: Variant, opening: Opening) -> RequirementPlan:
    outcomes = item.outcomes
    if item.kind is RequirementKind.CONSULTATION and not outcomes:
        outcomes = (Outcome.TAKEN_ON_BOARD, Outcome.EXPLAINED)
    if item.ends_with is not None:
        desk.knows_trigger(item.ends_with, ("requirements", variant.series, "ends_with"))
    recurs = variant.since is not None
    if variant.since:
        opening = _occurrence_opening(variant, variant.since, desk.written.policy.send_at)
    year = (variant.period.last if variant.period else None) or (last_day(variant.due) if variant.due else None)
    title = f"{item.title} ({variant.period.label})" if recurs and variant.period else item.title
    return RequirementPlan(
        key=variant.key,
        series=variant.series,
        ref=item.ref,
        title=title,
        kind=item.kind,
        stage=item.stage or (ReportStage.PERIODIC if recurs and item.kind is RequirementKind.REPORT else None),
        due=variant.due,
        due_phrase=variant.phrase,
        term=variant.term,
        opening=opening,
        window=variant.window,
        period=variant.period,
        accepts_existing=item.if_not_issued,
        choices=item.choices,
        at_most=item.at_most,
        groups=item.groups,
        outcomes=outcomes,
        ends_with=item.ends_with or "",
        attendance=item.attendance or item.kind is RequirementKind.EVENT,
        indicators=compile_indicators(desk, variant.series, item, (year or desk.written.document.date).year),
        guidance=item.guidance,
        consolidates=bool(item.consolidates),
        function=desk.written.function if item.function is None else item.function,
    )


def _occurrence_opening(variant: Variant, since: date, send_at: time) -> Opening:
    """An occurrence opens on its first day when mails go out; one that is due by then, with its last day."""
    opened = day_start(since, send_at)
    if variant.due is not None and variant.due <= opened:
        opened = day_start(last_day(variant.due))
    return Opening(mode=OpeningMode.ON_DAY, at_latest=opened)
