"""Runs every measurement and prints medians and ratios."""

import asyncio
import json
import platform
from pathlib import Path

from rich.console import Console
from rich.table import Table

from bench.compiling import measure_compiling
from bench.helping import measure_help
from bench.officers import measure_officers
from bench.opening import measure_opening
from bench.timeline import measure_timeline
from bench.verifying import measure_verifying

RESULTS = Path("out") / "bench.json"


def main() -> None:
    """Measure, print a table, and leave `out/bench.json`."""
    results = [
        measure_help(),
        *measure_compiling(),
        *measure_timeline(),
        *measure_verifying(),
        *asyncio.run(measure_opening()),
        *asyncio.run(measure_officers()),
    ]
    table = Table("what", "beside", "seconds", "floor", "ratio", "target")
    for result in results:
        ratio = result.seconds / result.floor
        cells = (
            result.what,
            result.beside,
            f"{result.seconds:.3f}",
            f"{result.floor:.3f}",
            f"{ratio:.2f}",
            result.target,
        )
        table.add_row(*cells)
    Console().print(table)
    RESULTS.parent.mkdir(exist_ok=True)
    machine = {"machine": platform.platform(), "python": platform.python_version()}
    measured = [vars(result) | {"ratio": round(result.seconds / result.floor, 2)} for result in results]
    RESULTS.write_text(json.dumps({**machine, "results": measured}, indent=2), "utf-8")


if __name__ == "__main__":
    main()
