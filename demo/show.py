"""The demo's outcome in a terminal."""

from pathlib import Path
from typing import Any

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from rules.words import STATES, TIMELINESS


def show_outcome(outcome: dict[str, Any], out: Path) -> None:
    """Predicted and actual counts side by side, and where to look."""
    table = Table("", "Predicted", "Outcome", title=outcome["directive"])
    for name, actual in outcome.items():
        if name not in outcome["predicted"]:
            continue
        expected = outcome["predicted"][name]
        if isinstance(actual, dict):
            for key in sorted({*actual, *expected}):
                words = STATES.get(key) or TIMELINESS.get(key) or key
                table.add_row(f"{name}: {words}", str(expected.get(key, 0)), str(actual.get(key, 0)))
        else:
            table.add_row(name, str(expected), str(actual))
    console = Console()
    console.print(table)
    for difference in outcome["differences"]:
        console.print(f"[red]differs[/red] {escape(difference)}")
    words = "matches the prediction" if outcome["match"] else "differs from the prediction"
    console.print(f"The outcome {words}; {outcome['seconds']} s.")
    looked, found = outcome["verified"]["looked"], len(outcome["verified"]["findings"])
    console.print(
        f"dondoc audit verify --all: {found} findings in {looked['registers']} registers, {looked['events']} events, "
        f"{looked['rows']} rows, {looked['mails']} mails, {looked['files']} files"
    )
    console.print(f"Reports: {out}/report.docx, .pdf, .xlsx, .html; figures: {out}/summary.json; mails: {out}/mail")
    console.print(
        f"Look around: DONDOC_HOME={out} dondoc status 908/SLĐTBXH-BĐG   (or obligations, report, units tree, up)"
    )
