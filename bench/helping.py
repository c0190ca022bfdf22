"""How long `dondoc --help` takes beside importing the library that it is made with."""

import subprocess
import sys
from pathlib import Path
from statistics import median
from time import perf_counter

from bench.result import Result

_ROUNDS = 9


def measure_helping() -> list[Result]:
    """Median wall time of both commands, taken in turn."""
    command = [str(Path(sys.executable).with_name("dondoc")), "--help"]
    floor = [sys.executable, "-c", "import typer"]
    times = [(_seconds(command), _seconds(floor)) for _ in range(_ROUNDS)]
    ours, theirs = zip(*times, strict=True)
    return [Result("dondoc --help", "python -c 'import typer'", median(ours), median(theirs), "<= 2")]


def _seconds(command: list[str]) -> float:
    began = perf_counter()
    subprocess.run(command, check=True, capture_output=True)  # noqa: S603 - our own commands
    return perf_counter() - began
