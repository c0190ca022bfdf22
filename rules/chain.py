"""The hash chain that makes a changed, lost or reordered event visible."""

import hashlib
import json

from models.event import Event

GENESIS = "0" * 64


def canonical(event: Event) -> str:
    """An event as canonical JSON: sorted keys, no spaces, UTF-8 letters as they are."""
    return json.dumps(event.model_dump(mode="json"), sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def link(previous: str, event: Event) -> str:
    """The hash (SHA-256, hex) of an event on top of the previous hash."""
    return link_written(previous, canonical(event))


def link_written(previous: str, written: str) -> str:
    """The same of an event that is canonical JSON already."""
    return hashlib.sha256(f"{previous}\n{written}".encode()).hexdigest()
