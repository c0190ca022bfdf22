"""The places of a directive file: which keys are known where, and what stands at a path."""

import types
import typing
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from pydantic import BaseModel

from models.directive import (
    Addressees,
    Citation,
    DirectiveFile,
    Document,
    Extension,
    IndicatorFile,
    Opens,
    Policy,
    RecipientFile,
    Replaces,
    ReportFile,
    RequirementFile,
    RungFile,
)
from models.document import Signer
from models.due import After, DueFile
from rules.source import Path

Part = type[BaseModel]

NAMES: dict[Part, str] = {
    DirectiveFile: "at the top level, not indented",
    Document: "under `document`",
    RequirementFile: "under a requirement",
    Policy: "under `policy`",
    Addressees: "under `to`",
    DueFile: "under `due`",
    Opens: "under `opens`",
    Signer: "under `signer`",
    IndicatorFile: "under an indicator",
    After: "under `after` of `due`",
    Citation: "in an entry of `basis`",
    RecipientFile: "in an entry of `recipients`",
    Replaces: "in an entry of `replaces`",
    ReportFile: "in an entry of `reports`",
    RungFile: "in a step of `ladder`",
    Extension: "under `extension` of `policy`",
}
"""Every part of a file that has keys of its own, the most used ones first, and where it stands."""


@dataclass(frozen=True)
class Place:
    """Where a value stands: under which key of which part, and whether it is an entry of a list or table there."""

    part: Part | None
    key: str
    entry: bool = False


@cache
def keys(part: Part) -> dict[str, typing.Any]:
    """The keys that a part may have, and the types of their values."""
    return {field.alias or name: field.rebuild_annotation() for name, field in part.model_fields.items()}


def part_at(path: Path) -> Part | None:
    """The part whose keys stand at a path; None where no part can stand."""
    place = place_of((*path, ""))
    return None if place.entry else place.part


def place_of(path: Path) -> Place:
    """The place at a path. Its part is None in the file itself, and where the language has nothing."""
    found = Place(None, "")
    inside: Part | None = DirectiveFile
    entries = False
    for step in path:
        if entries:
            found = Place(found.part, found.key, entry=True)
            entries = False
            continue
        annotation = keys(inside).get(str(step)) if inside else None
        found = Place(inside, str(step))
        entries = any(typing.get_origin(inner) in (dict, tuple) for inner in _inner(annotation))
        inside = next((inner for inner in _inner(annotation) if inner in NAMES), None)
    return found


def homes(key: str, near: Part | None) -> list[Part]:
    """The parts that have a key; only those directly in the given one, if there are any."""
    everywhere = [part for part in NAMES if key in keys(part)]
    inside = {inner for annotation in keys(near).values() for inner in _inner(annotation)} if near else set()
    return [part for part in everywhere if part in inside] or everywhere


def _inner(annotation: object) -> Iterator[typing.Any]:
    """A type, and all types of which it is put together."""
    yield annotation
    if typing.get_origin(annotation) in (typing.Union, types.UnionType, typing.Annotated, dict, tuple):
        for argument in typing.get_args(annotation):
            yield from _inner(argument)
