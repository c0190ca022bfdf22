"""Histories of a real demo, as a register's runs, and how to change them."""

import base64
import gzip
import json
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

from audit.histories.runs import Run

HISTORIES = Path(__file__).parents[1] / "replay" / "histories"
DISTRICT = "cascade:46-ldtbxh.2020.sldtbxh-bdg.908:480-ldtbxh"

Events = list[dict[str, Any]]


@cache
def _text() -> str:
    return gzip.decompress((HISTORIES / "0.1-480-ldtbxh.json.gz").read_bytes()).decode()


def events(until: int | None = None) -> Events:
    """The events of a district's register, all or the first so many: cut after a workflow task, these are the history
    of one that runs still."""
    found: Events = json.loads(_text())["events"][:until]
    return found


def run_of(events: Events, run_id: str = "the-run") -> Run:
    return Run(DISTRICT, run_id, json.dumps({"events": events}).encode())


def numbered(*kinds: dict[str, Any]) -> Events:
    """Events one second after the other; each is given by its kind and attributes."""
    return [
        {"eventId": str(number), "eventTime": f"2026-01-05T01:00:{number:02d}Z", **kind}
        for number, kind in enumerate(kinds, 1)
    ]


def of_kind(events: Events, kind: str) -> Events:
    """The events of a kind, by the end of its name."""
    return [event for event in events if event["eventType"].endswith(kind)]


def rewritten(payload: dict[str, Any], change: Callable[[str], str]) -> None:
    """Change what a payload says."""
    payload["data"] = packed(change(base64.b64decode(payload["data"]).decode()))["data"]


def packed(text: str) -> dict[str, Any]:
    """A payload of JSON."""
    return {
        "metadata": {"encoding": base64.b64encode(b"json/plain").decode()},
        "data": base64.b64encode(text.encode()).decode(),
    }
