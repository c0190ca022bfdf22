"""Runs measurements and prints medians and ratios: all, or those that are named, as in `python -m bench opening`."""

import asyncio
import inspect
import json
import os
import sys
import traceback
from collections.abc import Collection, Mapping, Sequence
from datetime import UTC, datetime
from importlib import import_module
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from bench.machine import machine
from bench.result import Result

RESULTS = Path(__file__).with_name("results.json")
PARTS = (
    "helping", "compiling", "opening", "opening_country", "growth", "dbos_country", "restart", "delivering", "posting",
    "deadline", "reading", "folding", "large_register", "tuning", "timeline", "verifying", "officers", "reporting",
    "reorganising", "national",
)  # fmt: skip
"""Each is a module of this room with a function `measure_…` that takes nothing and returns results."""


def main(names: Collection[str]) -> None:
    """Measure, print a table, and write what was measured into `bench/results.json`, part by part, beside what other
    runs on the same machine have left there. A part that fails does not keep the others from being measured; the exit
    status is 1 then."""
    console = Console()
    here, results, failed = machine(), list[Result](), list[str]()
    for name in names:
        console.print(f"{name} …")
        begun = {"begun": datetime.now(UTC).isoformat(timespec="seconds"), "load": os.getloadavg()[0]}
        try:
            found = _measured(name)
        except Exception:  # noqa: BLE001 - told in full, and the others are measured all the same
            console.print(traceback.format_exc(), markup=False)
            failed.append(name)
        else:
            results += found
            _keep(here, name, begun, found)
    console.print(_table(results))
    if failed:
        sys.exit(f"not measured: {', '.join(failed)}")


def _measured(name: str) -> list[Result]:
    found: Any = getattr(import_module(f"bench.{name}"), f"measure_{name}")()
    results: list[Result] = asyncio.run(found) if inspect.iscoroutine(found) else found
    return results


def _keep(here: Mapping[str, Any], name: str, begun: Mapping[str, Any], results: Sequence[Result]) -> None:
    """What was measured on another machine, or with other versions, goes."""
    found = json.loads(RESULTS.read_text("utf-8")) if RESULTS.exists() else {}
    parts = found["parts"] if found.get("machine") == here else {}
    parts[name] = {**begun, "results": [vars(result) | {"ratio": round(_ratio(result), 3)} for result in results]}
    written = {"machine": here, "parts": {part: parts[part] for part in PARTS if part in parts}}
    RESULTS.write_text(json.dumps(written, indent=2, ensure_ascii=False) + "\n", "utf-8")


def _table(results: Sequence[Result]) -> Table:
    table = Table("what", "beside", "measured", "floor", "ratio", "target")
    for result in results:
        numbers = (f"{result.measured:.3f} {result.unit}", f"{result.floor:.3f} {result.unit}", f"{_ratio(result):.2f}")
        table.add_row(result.what, result.beside, *numbers, result.target)
    return table


def _ratio(result: Result) -> float:
    return result.measured / result.floor


if __name__ == "__main__":
    asked = sys.argv[1:] or list(PARTS)
    if strangers := set(asked) - set(PARTS):
        sys.exit(f"no measurement {min(strangers)!r}; there are {', '.join(PARTS)}")
    main(asked)
