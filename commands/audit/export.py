"""`dondoc audit export`: takes one directive away, as a bundle that proves itself."""

import asyncio
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.progress import Progress
from sqlalchemy import Engine

from audit.archive.anchors import grouped
from audit.bundle.export import export
from audit.bundle.signing import KeyBroken
from audit.bundle.standalone.verify import GOOD, ILL, LACKING
from commands.audit.writing import reader
from commands.errors import CommandError, Exit
from commands.lists import find
from services.bundles import places, signing_key
from settings import Settings

_SHOWN = 20
"""The manifest has all that does not hold."""


def take_away(settings: Settings, engine: Engine, number: str, issuer: str | None, file: Path) -> dict[str, Any]:
    """Write the bundle of a directive and say what it is. Raises `CommandError`: NOT_FOUND for an unknown directive,
    INVALID for a key that is none and a file that cannot be written; and `Unreachable`."""
    directive_id = find(engine, number, issuer).id
    try:
        key = signing_key(settings)
    except KeyBroken as error:
        raise CommandError(Exit.INVALID, f"DONDOC_SIGNING_KEY: {error}; see `dondoc audit key new`") from error
    if file.is_dir():
        raise CommandError(Exit.INVALID, f"{file} is a folder; name a file, e.g. -o {file / 'bundle.zip'}")
    try:
        with Progress(console=Console(stderr=True), transient=True) as shown:
            task = shown.add_task("registers", total=None)
            writing = export(
                places(settings, engine),
                directive_id,
                file,
                reader(),
                key,
                datetime.now(UTC),
                lambda done, of: shown.update(task, completed=done, total=of),
            )
            taken = asyncio.run(writing)
    except OSError as error:
        raise CommandError(Exit.INVALID, f"{file}: cannot be written: {error.strerror or error}") from error
    manifest = taken.manifest
    return {
        "file": str(file.absolute()),
        "sha256": taken.sha256,
        "size": taken.size,
        "directive": manifest.directive_id,
        "number": manifest.number,
        "registers": len(manifest.registers),
        "events": taken.events,
        "members": len(manifest.members),
        "signed": bool(manifest.fingerprint),
        "fingerprint": manifest.fingerprint,
        "absent": [item.model_dump(mode="json") for item in manifest.absent],
        "unfit": [item.en for item in manifest.unfit],
    }


def exit_code(done: dict[str, Any]) -> Exit:
    """3 where the bundle does not hold or is not whole: where its verifier does not say plainly that it is valid."""
    return Exit.REFUSED if done["unfit"] or done["absent"] else Exit.DONE


def words(done: dict[str, Any]) -> list[str]:
    """What was written, what its own verifier says of it, and how it is verified."""
    signed = (
        f"signed by the key with the fingerprint {grouped(done['fingerprint'])}: tell it by another way than the file"
        if done["signed"]
        else "NOT signed: set DONDOC_SIGNING_KEY, see `dondoc audit key new`"
    )
    return [
        f"{done['file']} is written: registers {done['registers']}, events {done['events']}, "
        f"members {done['members']}; SHA-256 {grouped(done['sha256'])}",
        signed,
        f"checked with its own verifier: {_verdict(done)}",
        *(f"missing: {item['kind']} {item['name']}: {item['why']}" for item in done["absent"]),
        *(f"does not hold: {item}" for item in done["unfit"][:_SHOWN]),
        f"verify it with: unzip -o {Path(done['file']).name} verify.py && python3 verify.py {Path(done['file']).name}",
    ]


def _verdict(done: dict[str, Any]) -> str:
    if count := len(done["unfit"]):
        return f"{ILL[1]} ({count}), as its manifest and its index say; it is written all the same, as evidence"
    return f"{LACKING[1]} ({len(done['absent'])})" if done["absent"] else GOOD[1]
