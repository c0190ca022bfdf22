"""How a reform looks in a terminal before and after it is carried out. All of it goes to stderr but the answer."""

from collections import Counter
from collections.abc import Sequence
from datetime import date

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from commands.reorganise import Done, Seen
from rules.reforming.forecast import Account, Forecast
from rules.words import day
from store.reforms import Successor

_MANY = 12
"""Rows of a list; what is more is counted."""


def show_seen(seen: Seen) -> None:
    """What a reform does to units, obligations, registers, receivers and links."""
    console = Console(stderr=True)
    console.print(f"[bold]{escape(seen.basis)}[/bold], {day(date.fromisoformat(seen.on))}")
    changes = ", ".join(f"{count} {change}" for change, count in seen.changes.items() if count)
    console.print(f"{seen.ended} units end ({changes}), {seen.made} are there instead")
    for found in seen.directives:
        _show_directive(console, found)
    if not seen.directives:
        console.print("no directive that runs is concerned")
    if seen.links:
        console.print(f"{seen.links} links in mails to units that end will say where the matter went")
    for number in seen.left:
        console.print(f"[yellow]{escape(number)} is left out: its own time is before that day[/yellow]")


def _show_directive(console: Console, found: Forecast) -> None:
    console.print(f"\n[bold]{escape(found.number)}[/bold]: {found.told} registers are told")
    table = Table("Level", "Requirement", *(account.capitalize() for account in Account))
    for tally in found.tallies:
        counts = (str(tally.counts.get(account, "")) for account in Account)
        table.add_row(tally.level, escape(tally.requirement), *counts)
    table.add_row("", "", *(str(found.total(account)) for account in Account), style="bold")
    console.print(table)
    waits = [f"{item.obligation}: {_why(item.change, item.parts)}" for item in found.waiting]
    _list(console, "wait for somebody who takes them over (chờ phân công lại)", waits)
    kept = [f"{item.before} → {item.now}" for item in found.keepers if item.now and item.now != item.before]
    _list(console, "registers go on with another unit, to which escalations go", kept)
    ends = [f"{item.before} → {item.follows}" for item in found.keepers if item.now is None]
    _list(console, "registers end and hand over", ends)
    _list(console, "units take over and have no address", found.silent)
    if found.requests or found.recommendations:
        console.print(f"{found.requests} requests and {found.recommendations} recommendations that wait go along")


def _why(change: str, parts: Sequence[str]) -> str:
    return f"{change} into {', '.join(parts)}, none by default" if parts else f"{change}, and nobody takes it over"


def _list(console: Console, title: str, items: Sequence[str]) -> None:
    if items:
        console.print(f"{len(items)} {title}: {escape('; '.join(items[:_MANY]))}{' …' if items[_MANY:] else ''}")


def show_done(done: Done) -> None:
    """What came of it."""
    console = Console(stderr=True)
    console.print(f"{done.added} units added, {done.ended} ended; {sum(done.told.values())} registers told")
    for number, count in done.on_the_way.items():
        if count:
            console.print(f"[red]{escape(number)}: {count} obligations have not arrived; run this command again[/red]")
    waiting = Counter({found.number: found.total(Account.WAITING) for found in done.seen.directives})
    for number, count in waiting.items():
        if count:
            console.print(f'{count} obligations of {escape(number)} wait: `dondoc reassign "{escape(number)}" …`')


def show_successors(found: Sequence[Successor]) -> None:
    """Who has something now of what a unit had."""
    for item in found:
        what = f" ({item.function})" if item.function else ""
        since = f"since {day(item.since)} {item.change}{what}: {item.unit.short_name} · {item.unit.code}"
        Console().print(escape(since))
