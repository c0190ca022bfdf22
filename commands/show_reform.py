"""How a reform looks in a terminal before and after it is carried out. All of it goes to stderr but the answer."""

from collections import Counter
from collections.abc import Sequence
from datetime import date

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from commands.counting import count
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
    if seen.nothing_left:
        console.print("all of it is done: nothing is left to do")
    else:
        _show_change(console, seen)
    for number in seen.left:
        console.print(f"[yellow]{escape(number)} is left out: its own time is before that day[/yellow]")


def _show_change(console: Console, seen: Seen) -> None:
    changes = ", ".join(f"{number} {change}" for change, number in seen.changes.items() if number)
    made = count(seen.made, "is there instead", "are there instead")
    console.print(f"{count(seen.ended, 'unit ends', 'units end')} ({changes}), {made}")
    for found in seen.directives:
        _show_directive(console, found)
    if not seen.directives:
        console.print("no directive that runs is concerned")
    if seen.links:
        links = count(seen.links, "link", "links")
        console.print(f"{links} in mails to units that end will say where the matter went")


def _show_directive(console: Console, found: Forecast) -> None:
    told = count(found.told, "register is told", "registers are told")
    console.print(f"\n[bold]{escape(found.number)}[/bold]: {told}")
    table = Table("Level", "Requirement", *(account.capitalize() for account in Account))
    for tally in found.tallies:
        counts = (str(tally.counts.get(account, "")) for account in Account)
        table.add_row(tally.level, escape(tally.requirement), *counts)
    table.add_row("", "", *(str(found.total(account)) for account in Account), style="bold")
    console.print(table)
    if found.answered:
        becomes = count(found.answered, "obligation becomes one", "obligations become one")
        console.print(f"{becomes} with what the unit that takes over has answered itself: nothing more is asked there")
    waits = [f"{item.obligation}: {_why(item.change, item.parts)}" for item in found.waiting]
    _list(console, waits, "waits for somebody who takes it over", "wait for somebody who takes them over")
    kept = [f"{item.before} → {item.now}" for item in found.keepers if item.now and item.now != item.before]
    _list(console, kept, "register goes on with another unit", "registers go on with another unit")
    ends = [f"{item.before} → {item.follows}" for item in found.keepers if item.now is None]
    _list(console, ends, "register ends and hands over", "registers end and hand over")
    _list(console, found.silent, "unit takes over and has no address", "units take over and have no address")
    if found.requests or found.recommendations:
        requests = count(found.requests, "request")
        console.print(f"{requests} and {count(found.recommendations, 'recommendation')} that wait go along")


def _why(change: str, parts: Sequence[str]) -> str:
    return f"{change} into {', '.join(parts)}, none by default" if parts else f"{change}, and nobody takes it over"


def _list(console: Console, items: Sequence[str], one: str, several: str) -> None:
    if items:
        named = f"{'; '.join(items[:_MANY])}{' …' if items[_MANY:] else ''}"
        console.print(f"{count(len(items), one, several)}: {escape(named)}")


def show_done(done: Done) -> None:
    """What came of it, and what waits for somebody who takes it over (chờ phân công lại)."""
    console = Console(stderr=True)
    if not done.seen.nothing_left:
        told = count(sum(done.told.values()), "register")
        console.print(f"{count(done.added, 'unit')} added, {done.ended} ended; {told} told")
    for number, away in done.on_the_way.items():
        if away:
            words = count(away, "obligation has not arrived", "obligations have not arrived")
            console.print(f"[red]{escape(number)}: {words}; run this command again[/red]")
    waiting = Counter({found.number: found.total(Account.WAITING) for found in done.seen.directives})
    for number, waits in waiting.items():
        if waits:
            words = count(waits, f"obligation of {number} waits", f"obligations of {number} wait")
            console.print(escape(f'{words} for somebody who takes over: `dondoc reassign "{number}" …`'))


def show_successors(found: Sequence[Successor]) -> None:
    """Who has something now of what a unit had."""
    for item in found:
        what = f" ({item.function})" if item.function else ""
        since = f"since {day(item.since)} {item.change}{what}: {item.unit.short_name} · {item.unit.code}"
        Console().print(escape(since))
