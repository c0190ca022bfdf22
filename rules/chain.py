"""The hash chain that makes a changed, lost or reordered entry visible."""

import hashlib
import json
from collections.abc import Iterable, Iterator

from models.event import Event
from models.journal import Entry

GENESIS = "0" * 64


def canonical(entry: Event | Entry) -> str:
    """An event or an entry of the journal as canonical JSON: sorted keys, no spaces, UTF-8 letters as they are."""
    return json.dumps(entry.model_dump(mode="json"), sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def link(previous: str, body: str) -> str:
    """The hash (SHA-256, hex) of an entry, as canonical JSON, on top of the previous hash."""
    return hashlib.sha256(f"{previous}\n{body}".encode()).hexdigest()


def links(bodies: Iterable[str], previous: str = GENESIS) -> Iterator[str]:
    """The hashes of entries that follow one another."""
    for body in bodies:
        previous = link(previous, body)
        yield previous
