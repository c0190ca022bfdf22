"""What the events and the journal of a register name: files, reports, the words of mails."""

import json
import mimetypes
from collections.abc import Iterable, Iterator
from pathlib import PurePosixPath
from typing import Any

from models.document import FileRef

_FILE = frozenset(FileRef.model_fields)


def files_in(bodies: Iterable[str], values: Iterable[object] = ()) -> tuple[FileRef, ...]:
    """All stored files that events (their bodies) and other JSON values name, wherever they stand, each once."""
    events = (json.loads(body) for body in bodies if "sha256" in body)
    found = (FileRef.model_validate(file) for value in (*events, *values) for file in _files(value))
    return tuple(dict.fromkeys(found))


def reports_in(bodies: Iterable[str]) -> dict[str, str]:
    """The reports that events tell of: SHA-256 (hex) by place in the directive's folder of reports, the newest of each
    place."""
    found: dict[str, str] = {}
    for fact in _facts(bodies, "fact", "summary_issued"):
        found |= {_inside(place): sha256 for place, sha256 in fact["files"].items()}
    return found


def mail_texts_in(bodies: Iterable[str]) -> tuple[str, ...]:
    """The SHA-256 (hex) of the words of mails that entries of a journal tell of, each once."""
    texts = (note["text"] for note in _facts(bodies, "note", "mail_sent"))
    return tuple(dict.fromkeys(text for text in texts if text))


def media_type(name: str) -> str:
    """The media type of a file by its name."""
    return mimetypes.guess_type(name)[0] or "application/octet-stream"


def _inside(place: str) -> str:
    """A place that cannot lead out of its folder, whatever somebody may have written into the record."""
    return "/".join(part for part in PurePosixPath(place).parts if part not in {"/", "..", "."}) or "?"


def _facts(bodies: Iterable[str], part: str, kind: str) -> Iterator[dict[str, Any]]:
    for body in bodies:
        if kind in body and (found := json.loads(body)[part])["kind"] == kind:
            yield found


def _files(value: object) -> Iterator[dict[str, Any]]:
    if isinstance(value, dict):
        if value.keys() == _FILE:
            yield value
        for item in value.values():
            yield from _files(item)
    elif isinstance(value, list):
        for item in value:
            yield from _files(item)
