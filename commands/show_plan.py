"""How `dondoc check` looks in a terminal: the plan as a tree, what one unit owes as a table, faults by line."""

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime

from rich.console import Console
from rich.markup import escape
from rich.table import Table
from rich.tree import Tree

from commands.check import calendar
from commands.counting import count
from commands.errors import fault_line
from commands.owed import Group, Owed, grouped
from models.follow_up import FollowUp, Track
from models.plan import CascadePlan, Opening, OpeningMode, Plan, RequirementPlan, Term
from rules.calendar import last_day, local_day
from rules.compiler import Compiled
from rules.ladder import rungs, step_name
from rules.words import day, due_time, stamp

_FEW = 3
_TRACKS = {
    Track.DUE: "due",
    Track.UNACKNOWLEDGED: "never acknowledged",
    Track.RETURNED: "returned and not handed in again",
    Track.REVIEW: "review outstanding",
}


def show_faults(file: str, compiled: Compiled, say: Callable[[str], None]) -> None:
    """Errors and warnings to `say`, by line."""
    faults = [("error", fault) for fault in compiled.errors] + [("warning", fault) for fault in compiled.warnings]
    for word, fault in sorted(faults, key=lambda item: item[1].line):
        say(f"{word}: {fault_line(file, fault)}")
    if compiled.plan is None:
        say(f"{count(len(compiled.errors), 'error')}; nothing can be started")


def show_plan(plan: Plan) -> None:
    """The whole plan as a tree with counts and dates; registers that ask the same are shown together."""
    head, duties = plan.head, sum(len(register.duties) for register in plan.cascades)
    files = f"\nto download: {', '.join(file.name for file in head.files)}" if head.files else ""
    tree = Tree(
        f"{escape(head.label)} {escape(head.document.title)}\n{count(len(plan.cascades), 'register')}, "
        f"{count(duties, 'obligation')}, {day(local_day(head.starts))} to {day(last_day(head.closing))}{escape(files)}"
    )
    for registers in _alike(plan.cascades):
        asked = sum(len(register.duties) for register in registers)
        more = f" and {count(len(registers) - 1, 'register')} like it" if len(registers) > 1 else ""
        follow = "follows" if len(registers) == 1 else "follow"
        name = f"[bold]{escape(registers[0].issuer_name)}[/bold]{more}"
        branch = tree.add(f"{name} {follow} up {count(asked, 'obligation')}")
        for group in grouped([item for register in registers for item in _items(register)]):
            branch.add(_requirement(group))
    ladders = tree.add("follow-up, in working days")
    for line in _ladders(plan.cascades[-1].follow_up):
        ladders.add(line)
    if reports := calendar(plan.cascades):
        branch = tree.add(f"{count(len(reports), 'report')} beside that of the whole at the closing")
        for report, units in reports:
            data = f"data to {day(last_day(report.closes))}, by {count(len(units), 'unit')}"
            branch.add(f"{stamp(report.issue_at)}: {escape(report.title)}, {data}")
    Console().print(tree)


def _ladders(follow_up: FollowUp) -> Iterator[str]:
    """The ladders of the registers below the first one, which has nobody above, a line each."""
    for track, what in _TRACKS.items():
        steps = ", ".join(
            f"{step_name(track, rung.days)} {rung.kind} to {' and '.join(rung.to)}" for rung in rungs(track, follow_up)
        )
        yield f"{what}: {steps or 'nothing'}"
    yield f"no deadline and silent: after {follow_up.silent_after} days, and so on"


def _alike(registers: Sequence[CascadePlan]) -> list[list[CascadePlan]]:
    """Registers by what they ask of the units below them, from the top."""
    found: dict[tuple[str, ...], list[CascadePlan]] = {}
    for register in registers:
        found.setdefault(tuple(item.key for item in register.requirements), []).append(register)
    return list(found.values())


def show_owed(plan: Plan, unit_name: str, items: Sequence[Owed]) -> None:
    """What one unit will owe, as a table."""
    table = Table("Ref", "Title", "Due", "Phrase", "Opens", "Recipients")
    for group in grouped(items):
        item = group.first
        opens = _opens_words(item.requirement.opening) or "at the start"
        cells = (
            item.requirement.ref,
            group.title,
            _due_words(group.occurrences).removeprefix("due ") if item.duty.applicable else "does not apply",
            item.requirement.due_phrase,
            f"each period, first {opens}" if item.recurs else opens,
            "; ".join(item.recipients) + " (takes part only)" * item.duty.coordinating,
        )
        table.add_row(*map(escape, cells))
    console = Console()
    console.print(f"[bold]{escape(unit_name)}[/bold]: {count(len(items), 'obligation')} in {escape(plan.head.label)}")
    console.print(table)


def _items(register: CascadePlan) -> list[Owed]:
    plans = {item.key: item for item in register.requirements}
    return [Owed(register, plans[duty.requirement], duty) for duty in register.duties]


def _requirement(group: Group) -> str:
    item = group.first.requirement
    duties = [owed.duty for owed in group.items if owed.requirement.key == item.key]
    leads = [duty for duty in duties if not duty.coordinating]
    applicable = sum(duty.applicable for duty in leads)
    units = count(applicable, "unit") if applicable == len(leads) else f"{applicable} of {count(len(leads), 'unit')}"
    if item.opening.mode is OpeningMode.WHEN_SELECTED:
        units = f"those selected of {units}"
    phrase = f" (“{escape(item.due_phrase)}”)" if item.due_phrase and not group.first.recurs else ""
    parts = [units, f"{_due_words(group.occurrences)}{phrase}"]
    if not group.first.recurs:
        parts += [f"opens {opens}"] if (opens := _opens_words(item.opening)) else []
        parts += [f"covers {escape(item.period.label)}"] if item.period else []
    parts += _asked_besides(group.first)
    if coordinating := len(duties) - len(leads):
        parts.append(count(coordinating, "coordinator"))
    reviewers = dict.fromkeys(reviewer.name for duty in leads for reviewer in duty.reviewers)
    if reviewers:
        more = [f"{len(reviewers) - _FEW} more"] if len(reviewers) > _FEW else []
        parts.append(f"also to {escape('; '.join([*list(reviewers)[:_FEW], *more]))}")
    return f"{escape(item.ref)} [cyan]{group.key}[/cyan] ({item.kind}): {', '.join(parts)}".lstrip()


def _asked_besides(owed: Owed) -> list[str]:
    """Who issues it, among what a unit chooses, and the figures asked for with their targets."""
    item, parts = owed.requirement, []
    if owed.duty.advised:
        parts.append(f"issued by {escape(owed.duty.advised.name)}")
    if item.choices:
        most = f" (at most {count(item.at_most, 'unit')})" if item.at_most else ""
        parts.append(f"choice of {escape(', '.join(item.choices))}{most}")
    figures = [
        indicator.key
        + (" by sex" if indicator.by_sex else "")
        + (f" {indicator.comparator} {indicator.target:g}" if indicator.target is not None else "")
        for indicator in item.indicators
    ]
    return [*parts, f"figures: {escape(', '.join(figures))}"] if figures else parts


def _due_words(occurrences: Sequence[RequirementPlan]) -> str:
    """By when: a day with its time, days counted from an event, or the first and the last day of what recurs."""
    first, last = occurrences[0], occurrences[-1]
    if len(occurrences) > 1:
        return f"{len(occurrences)} times, due {_day(first.due)} to {_day(last.due)}"
    if first.due is not None:
        return f"due {_day(first.due)}"
    return f"due {_term_words(first.term, first.opening)}" if first.term else "no deadline"


def _day(due: datetime | None) -> str:
    """The last day in time; with the time of day where it ends before 24:00."""
    if due is None:
        return "without date"
    return stamp(due) if due_time(due) else day(last_day(due))


def _term_words(term: Term, opening: Opening) -> str:
    event = {
        OpeningMode.WHEN_REGISTERED: f"{opening.key} is registered",
        OpeningMode.WHEN_HELD: f"{opening.key} was held or handed in",
    }.get(opening.mode, "it opens")
    at = f", at {term.at:%H:%M}" if term.at else ""
    return f"{count(term.days, 'working day' if term.working else 'day')} after {event}{at}"


def _opens_words(opening: Opening) -> str:
    """When it opens, in words; empty for the start."""
    if opening.mode is OpeningMode.AT_START:
        return ""
    if opening.mode is OpeningMode.ON_DAY:
        return stamp(opening.at_latest) if opening.at_latest else ""
    choice = f" for {opening.choice}" if opening.choice else ""
    event = {
        OpeningMode.WHEN_ACCEPTED: f"when {opening.key} is accepted",
        OpeningMode.WHEN_SELECTED: f"for whom {opening.key} selects{choice}",
        OpeningMode.WHEN_REGISTERED: f"when {opening.key} is registered",
        OpeningMode.WHEN_HELD: f"when {opening.key} is handed in",
    }[opening.mode]
    return f"{event}, at the latest {stamp(opening.at_latest)}" if opening.at_latest else event
