"""Runs measurements and prints medians and ratios: all, or those that are named, as in `python -m bench opening`."""

import asyncio
import json
import platform
import sys
from collections.abc import Callable, Collection
from pathlib import Path

from rich.console import Console
from rich.table import Table

from bench.compiling import measure_compiling
from bench.helping import measure_help
from bench.large_register import measure_large_register
from bench.national import measure_national
from bench.officers import measure_officers
from bench.opening import measure_opening
from bench.reorganising import measure_reorganising
from bench.reporting import measure_reporting
from bench.result import Result
from bench.timeline import measure_timeline
from bench.verifying import measure_verifying

RESULTS = Path("out") / "bench.json"
PARTS: dict[str, Callable[[], list[Result]]] = {
    "helping": lambda: [measure_help()],
    "compiling": measure_compiling,
    "timeline": measure_timeline,
    "verifying": measure_verifying,
    "reporting": measure_reporting,
    "opening": lambda: asyncio.run(measure_opening()),
    "officers": lambda: asyncio.run(measure_officers()),
    "large": lambda: asyncio.run(measure_large_register()),
    "reorganising": lambda: asyncio.run(measure_reorganising()),
    "national": lambda: asyncio.run(measure_national()),
}


def main(names: Collection[str]) -> None:
    """Measure, print a table, and leave `out/bench.json`."""
    results = [result for name in names for result in PARTS[name]()]
    table = Table("what", "beside", "measured", "floor", "ratio", "target")
    for result in results:
        numbers = (f"{result.measured:.3f} {result.unit}", f"{result.floor:.3f} {result.unit}", f"{_ratio(result):.2f}")
        table.add_row(result.what, result.beside, *numbers, result.target)
    Console().print(table)
    RESULTS.parent.mkdir(exist_ok=True)
    machine = {"machine": platform.platform(), "python": platform.python_version()}
    measured = [vars(result) | {"ratio": round(_ratio(result), 2)} for result in results]
    RESULTS.write_text(json.dumps({**machine, "results": measured}, indent=2), "utf-8")


def _ratio(result: Result) -> float:
    return result.measured / result.floor


if __name__ == "__main__":
    asked = sys.argv[1:] or list(PARTS)
    if strangers := set(asked) - set(PARTS):
        sys.exit(f"no measurement {min(strangers)!r}; there are {', '.join(PARTS)}")
    main(asked)
