"""How the commands' answers look in a terminal."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from rich.console import Console
from rich.markup import escape
from rich.table import Table
from rich.tree import Tree

from commands.checkups.finding import Finding, Verdict
from commands.counting import count
from commands.show_delay import show_delays
from models.delay import Delays
from models.register import ObligationLine
from models.unit import Unit
from rules.words import STATES, TIMELINESS, day, due_day, stamp

_MANY = 12
_MARKS = {Verdict.WELL: "[green]✓[/green]", Verdict.WARNING: "[yellow]![/yellow]"}
_FAULT = "[red]✗[/red]"


def show_units(units: Sequence[Unit]) -> None:
    """The units as a tree."""
    if not units:
        Console().print("no units yet: `dondoc units import data/registries/thua-thien-hue.yaml`")
        return
    known = {unit.code for unit in units}
    branches: dict[str, Tree] = {}
    tops: list[Tree] = []
    for unit in units:
        label = f"{escape(unit.short_name)} [dim]{escape(_known_by(unit))}[/dim]"
        above = next((code for code in unit.superiors if code in known), None)
        if above in branches:
            branches[unit.code] = branches[above].add(label)
        else:
            branches[unit.code] = Tree(label)
            tops.append(branches[unit.code])
    for top in tops:
        Console().print(top)


def _known_by(unit: Unit) -> str:
    """What a directive may address a unit by: its code, and its region and tags where it has them."""
    region = (f"region {unit.region}",) if unit.region else ()
    tags = (f"tags {', '.join(unit.tags)}",) if unit.tags else ()
    return " · ".join((unit.code, *region, *tags))


def show_unit(unit: Unit) -> None:
    """One unit, a line for each thing known of it."""
    table = Table(show_header=False, box=None)
    for name, value in unit.model_dump(mode="json").items():
        if value not in (None, "", []):
            table.add_row(f"[dim]{name}[/dim]", escape(", ".join(value) if isinstance(value, list) else str(value)))
    Console().print(table)


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
    """Counts, who is late, and why where that is asked for."""
    console = Console()
    console.print(f"[bold]{escape(found['number'])}[/bold] {escape(found['title'])}")
    as_of, of = stamp(datetime.fromisoformat(found["as_of"])), count(found["units"], "unit")
    console.print(
        f"as of {as_of}: {count(found['answered_units'], f'of {of} has answered', f'of {of} have answered')}; "
        f"{count(found['submissions'], 'submission')}, {found['returned']} returned, "
        f"{count(found['escalations'], 'escalation step')}, {count(found['extensions'], 'extension')}; "
        f"mails {found['mails']['sent']} sent, {found['mails']['waiting']} waiting, {found['mails']['failed']} failed"
    )
    table = Table("Trạng thái", "", "Thời hạn", "")
    states = [(STATES[name], str(count)) for name, count in found["by_state"].items()]
    times = [(TIMELINESS[name], str(count)) for name, count in found["by_timeliness"].items()]
    for index in range(max(len(states), len(times))):
        left = states[index] if index < len(states) else ("", "")
        right = times[index] if index < len(times) else ("", "")
        table.add_row(*left, *right)
    console.print(table)
    if report := found["last_report"]:
        issued = stamp(datetime.fromisoformat(report["issued_at"]))
        title = report["title"] or "Báo cáo tổng kết"
        console.print(f"last report: {escape(title)}, issued on {issued} by {escape(report['keeper_name'])}")
    for unit in found["unreachable_units"][:_MANY]:
        words = f"no mail reaches {unit['unit']}: {unit['why']}"
        console.print(f"[red]{escape(words)}[/red]")
    for mail in found["refused_mails"][:_MANY]:
        words = f"mail refused for good: {mail['kind']} to {mail['unit']} {mail['to']}: {mail['error']}"
        console.print(f"[red]{escape(words)}[/red]")
    for request in found["waiting_requests"][:_MANY]:
        console.print(escape(_request(request)))
    if waiting := found["awaiting_heirs"]:
        more = f" … ({len(waiting)})" if len(waiting) > _MANY else ""
        named = escape("; ".join(waiting[:_MANY]))
        console.print(f"Chờ phân công lại (`dondoc reassign`): {named}{more}")
    if late := found["overdue_by_unit"]:
        worst = sorted(late.items(), key=lambda pair: -pair[1])
        console.print("Quá hạn: " + escape("; ".join(f"{name} ({count})" for name, count in worst[:_MANY])))
        if len(worst) > _MANY:
            console.print(f"… and {count(len(worst) - _MANY, 'more unit')} (`dondoc obligations … --json`)")
    if "delays" in found:
        show_delays(Delays.model_validate(found["delays"]))


def _request(request: dict[str, Any]) -> str:
    asked = request["kind"].replace("_", " ")
    until = f" until {day(date.fromisoformat(request['until']))}" if request["until"] else ""
    since = stamp(datetime.fromisoformat(request["asked_at"]))
    return f"waits for an answer since {since}: {request['obligation']}, {asked}{until}: {request['reason']}"


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
    Console().print(count(len(lines), "obligation"))


def show_findings(findings: Sequence[Finding]) -> None:
    """A line for each check, and below what is to be done about what is not well."""
    table = Table(show_header=False, box=None)
    for finding in findings:
        table.add_row(_MARKS.get(finding.verdict, _FAULT), escape(finding.check), escape(finding.says))
        if finding.todo:
            table.add_row("", "", f"[bold]→ {escape(finding.todo)}[/bold]")
    Console().print(table)
    ill = sum(finding.verdict is not Verdict.WELL for finding in findings)
    of = count(len(findings), "check")
    Console().print(count(ill, f"of {of} needs somebody", f"of {of} need somebody") if ill else "all is well")
