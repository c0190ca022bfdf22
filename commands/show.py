"""How the commands' answers look in a terminal."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from rich.console import Console
from rich.markup import escape
from rich.table import Table
from rich.tree import Tree

from commands.errors import fault_line
from models.plan import CascadePlan, OpeningMode, RequirementPlan
from models.register import ObligationLine
from models.unit import Unit
from rules.calendar import last_day, local_day
from rules.compiler import Compiled
from rules.words import STATES, TIMELINESS, day, due_day, stamp

_MANY = 12


def show_units(units: Sequence[Unit]) -> None:
    """The units as a tree."""
    if not units:
        Console().print("no units yet: `dondoc units import data/registries/thua-thien-hue.yaml`")
        return
    known = {unit.code for unit in units}
    branches: dict[str, Tree] = {}
    for unit in units:
        label = f"{escape(unit.short_name)} [dim]{unit.code}[/dim]"
        if unit.superior in known and unit.superior in branches:
            branches[unit.code] = branches[unit.superior].add(label)
        else:
            branches[unit.code] = Tree(label)
    for unit in units:
        if unit.superior not in known:
            Console().print(branches[unit.code])


def show_unit(unit: Unit) -> None:
    """One unit, a line for each thing known of it."""
    table = Table(show_header=False, box=None)
    for name, value in unit.model_dump(mode="json").items():
        if value not in (None, "", []):
            table.add_row(f"[dim]{name}[/dim]", escape(", ".join(value) if isinstance(value, list) else str(value)))
    Console().print(table)


def show_plan(file: str, compiled: Compiled, say: Callable[[str], None]) -> None:
    """The plan as a tree with counts and dates; faults go to `say`."""
    for fault in compiled.errors:
        say(f"error: {fault_line(file, fault)}")
    for fault in compiled.warnings:
        say(f"warning: {fault_line(file, fault)}")
    plan = compiled.plan
    if plan is None:
        say(f"{len(compiled.errors)} errors; nothing can be started")
        return
    duties = sum(len(cascade.duties) for cascade in plan.cascades)
    head = plan.head
    tree = Tree(
        f"{escape(head.document.number)} {escape(head.document.title)}\n{len(plan.cascades)} registers, {duties} "
        f"obligations, {day(local_day(head.starts))} to {day(last_day(head.closing))}"
    )
    for cascade in plan.cascades[:_MANY]:
        branch = tree.add(f"[bold]{escape(cascade.issuer_name)}[/bold] follows up {len(cascade.duties)} obligations")
        for item in cascade.requirements:
            branch.add(_requirement(cascade, item))
    if len(plan.cascades) > _MANY:
        tree.add(f"… and {len(plan.cascades) - _MANY} more registers (--json shows all)")
    Console().print(tree)


def _requirement(cascade: CascadePlan, item: RequirementPlan) -> str:
    duties = [duty for duty in cascade.duties if duty.requirement == item.key]
    applicable = sum(duty.applicable for duty in duties)
    units = f"{applicable} units" if applicable == len(duties) else f"{applicable} of {len(duties)} units"
    opens = {
        OpeningMode.AT_START: "",
        OpeningMode.WHEN_ACCEPTED: f", opens when {item.opening.key} is accepted",
        OpeningMode.WHEN_REGISTERED: f", opens when {item.opening.key} is registered",
    }[item.opening.mode]
    at_latest = f", at the latest {stamp(item.opening.at_latest)}" if item.opening.at_latest else ""
    due = f"due {due_day(item.due)}" if item.due else "no deadline"
    return f"{escape(item.ref)} [cyan]{item.key}[/cyan] ({item.kind}): {units}, {due}{opens}{at_latest}"


def show_directives(found: Sequence[dict[str, Any]]) -> None:
    """A table of directives."""
    if not found:
        Console().print("no directives yet: `dondoc start FILE`")
        return
    table = Table("Number", "Issuer", "Title", "Started", "Closes", "State")
    for item in found:
        state = "closed" if item["closed_at"] else "running"
        started, closing = (datetime.fromisoformat(item[name]) for name in ("started_at", "closing"))
        cells = (item["number"], item["issuer"], item["title"], stamp(started), due_day(closing), state)
        table.add_row(*map(escape, cells))
    Console().print(table)


def show_status(found: dict[str, Any]) -> None:
    """Counts, and who is late."""
    console = Console()
    console.print(f"[bold]{escape(found['number'])}[/bold] {escape(found['title'])}")
    as_of = stamp(datetime.fromisoformat(found["as_of"]))
    console.print(
        f"as of {as_of}: {found['answered_units']} of {found['units']} units have answered; "
        f"{found['submissions']} submissions, {found['returned']} returned, {found['escalations']} escalation steps; "
        f"mails {found['mails']['sent']} sent, {found['mails']['failed']} failed"
    )
    table = Table("Trạng thái", "", "Thời hạn", "")
    states = [(STATES[name], str(count)) for name, count in found["by_state"].items()]
    times = [(TIMELINESS[name], str(count)) for name, count in found["by_timeliness"].items()]
    for index in range(max(len(states), len(times))):
        left = states[index] if index < len(states) else ("", "")
        right = times[index] if index < len(times) else ("", "")
        table.add_row(*left, *right)
    console.print(table)
    for mail in found["refused_mails"][:_MANY]:
        words = f"mail refused for good: {mail['kind']} to {mail['unit']} {mail['to']}: {mail['error']}"
        console.print(f"[red]{escape(words)}[/red]")
    if late := found["overdue_by_unit"]:
        worst = sorted(late.items(), key=lambda pair: -pair[1])
        console.print("Quá hạn: " + escape("; ".join(f"{name} ({count})" for name, count in worst[:_MANY])))
        if len(worst) > _MANY:
            console.print(f"… and {len(worst) - _MANY} more units (`dondoc obligations … --json`)")


def show_lines(lines: Sequence[ObligationLine]) -> None:
    """A table of obligations."""
    table = Table("Unit", "Ref", "Requirement", "Due", "State", "Timeliness", "Handed in", "Document")
    for line in lines:
        cells = (
            line.unit_name,
            line.ref,
            line.requirement,
            due_day(line.due) if line.due else "-",
            STATES[line.state],
            TIMELINESS[line.timeliness],
            stamp(line.submitted_at) if line.submitted_at else "",
            line.document.number if line.document else "",
        )
        table.add_row(*map(escape, cells))
    Console().print(table)
    Console().print(f"{len(lines)} obligations")
