"""How `dondoc status --why` looks in a terminal: in whose hands late obligations were."""

from collections.abc import Iterable

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from commands.counting import count
from models.delay import Delay, Delays, DelayTally
from rules.delay import in_days, whole_days
from rules.figures import figure
from rules.words import HANDS

_SHORT = {
    "above": "Above",
    "unit": "Unit",
    "extension": "Extended",
    "reviewer": "Review",
    "suspended": "Paused",
}
MOST = 40
"""Late obligations in the table; `--json` has all."""


def show_delays(found: Delays) -> None:
    """The shares of time in days by level, by requirement and by obligation, the latest first."""
    console = Console()
    if found.overall is None:
        console.print("nothing is late")
        return
    units = count(found.overall.units, "unit")
    late = count(found.overall.obligations, f"obligation of {units} is late", f"obligations of {units} are late")
    console.print(
        f"Why {late}: calendar days in the hands of each, which add up to the whole time; then working days late, by "
        "the due date that holds and by the first one."
    )
    everything = found.overall.model_copy(update={"name": "all"})
    console.print(_table("Level", ((_counted(item), item) for item in (*found.levels, everything))))
    console.print(_table("Requirement", ((_counted(item), item) for item in found.requirements)))
    latest = sorted(found.items, key=lambda item: -item.late_days)
    console.print(_table("Obligation", ((_named(item), item) for item in latest[:MOST])))
    if len(latest) > MOST:
        console.print(f"… and {count(len(latest) - MOST, 'more late obligation')} (`dondoc status … --why --json`)")


def _table(head: str, rows: Iterable[tuple[str, Delay | DelayTally]]) -> Table:
    """Without the hands in which nothing was: a terminal has 80 columns."""
    shown = tuple(rows)
    days = [in_days(item.held) for _, item in shown]
    hands = [hand for hand in HANDS if any(shares.get(hand) for shares in days)]
    table = Table(head, *(_SHORT[hand] for hand in hands), "In all", "Late", "First due")
    for column in table.columns[1:]:
        column.justify, column.no_wrap = "right", True
    for (name, item), shares in zip(shown, days, strict=True):
        numbers = (*(shares.get(hand, 0) for hand in hands), whole_days(item.held))
        late = (str(item.late_days), str(item.first_late_days))
        table.add_row(escape(name), *map(figure, numbers), *late)
    return table


def _counted(item: DelayTally) -> str:
    return f"{item.name}: {item.obligations}"


def _named(item: Delay) -> str:
    return f"{item.unit_name}: {' '.join(filter(None, (item.ref or item.series, item.period)))}"
