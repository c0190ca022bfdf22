"""`dondoc audit file`: whether a file that somebody has is one that was handed in, and what is on record of it."""

from pathlib import Path
from typing import Any

from sqlalchemy import Engine

from audit.story.register import asked_of
from audit.verify.chains import read
from audit.verify.files import hash_of
from audit.verify.links import broken
from audit.verify.words import file_lines
from commands.errors import CommandError, Exit
from models.event import Event, Submitted
from models.obligation import requirement_of, unit_of
from store.snapshot import Row, Snapshots
from store.units import load_units
from texts.language import Language, speaking


def find_file(engine: Engine, path: Path) -> dict[str, Any]:
    """Every time that a file's content was handed in: register, obligation, number, who, when, and the event with its
    hash; `chain_holds` says of each whether the register's chain fits itself up to its end.

    Raises `CommandError` NOT_FOUND for a file that is not there, INVALID for a folder, `Unreachable` for one that
    cannot be read.
    """
    if path.is_dir():
        raise CommandError(Exit.INVALID, f"{path}: is a folder; name one file")
    sha256 = hash_of(path) if path.is_file() else None
    if sha256 is None:
        raise CommandError(Exit.NOT_FOUND, f"{path}: there is no such file")
    snapshots, units = Snapshots(engine), load_units(engine)
    keepers, titles = snapshots.keepers(), dict[str, dict[str, str]]()
    holds: dict[str, bool] = {}
    found: list[dict[str, Any]] = []
    for cascade_id, number, body, hash_ in snapshots.events_naming(sha256):
        event = Event.model_validate_json(body)
        if not isinstance(event.fact, Submitted):
            continue
        if cascade_id not in holds:
            chains = snapshots.chains(cascade_id)
            holds[cascade_id] = broken(read(chains.events)) is None
            titles[cascade_id] = _titles(chains.cascade)
        unit = unit_of(event.fact.obligation)
        found.append(
            {
                "directive": number,
                "register": cascade_id,
                "keeper": keepers.get(cascade_id, cascade_id),
                "obligation": event.fact.obligation,
                "title": titles[cascade_id].get(requirement_of(event.fact.obligation), event.fact.obligation),
                "submission": event.fact.submission,
                "unit": unit,
                "unit_name": units[unit].name if unit in units else unit,
                "actor": event.actor.model_dump(mode="json"),
                "at": event.at.isoformat(),
                "names": [file.name for file in event.fact.answer.files if file.sha256 == sha256],
                "event": event.seq,
                "hash": hash_,
                "chain_holds": holds[cascade_id],
            }
        )
    return {"file": str(path), "sha256": sha256, "handed_in": found}


def _titles(cascade: Row | None) -> dict[str, str]:
    """What a register's requirements are called, by key."""
    asked = asked_of(cascade["plan"]["requirements"]) if cascade else {}
    return {key: item.title for key, item in asked.items()}


def exit_code(done: dict[str, Any]) -> Exit:
    """4 where nobody handed it in, 3 where a chain that tells of it does not hold."""
    if not done["handed_in"]:
        return Exit.NOT_FOUND
    return Exit.DONE if all(each["chain_holds"] for each in done["handed_in"]) else Exit.REFUSED


def words(done: dict[str, Any], language: Language) -> str:
    """The same for people."""
    with speaking(language):
        return "\n".join(file_lines(done))
