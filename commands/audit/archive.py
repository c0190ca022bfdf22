"""`dondoc audit archive`: archives closed registers at once."""

from typing import Any

from rich.console import Console
from rich.markup import escape
from sqlalchemy import Engine

from audit.archive.archive import Archive
from audit.archive.manifest import Kept, Manifest
from commands.errors import CommandError, Exit
from commands.lists import find
from services.archive import archivist
from services.temporal import connect
from settings import Settings
from store.archiving import ArchivingRecords

_HISTORIES = {Kept.PARTIAL: "the first part of its history was gone", Kept.GONE: "its history was gone"}


async def archive(settings: Settings, engine: Engine, number: str | None, issuer: str | None) -> dict[str, Any]:
    """Archive what is closed and not archived, and keep ended runs of what goes on; of one directive all that is
    closed, which mends what is broken.

    Raises `CommandError`: NOT_FOUND for an unknown directive, REFUSED for one of which no register is closed; and
    `Unreachable`.
    """
    directive_id = find(engine, number, issuer).id if number else None
    standings = ArchivingRecords(engine).standings(directive_id)
    if directive_id is not None and not standings:
        raise CommandError(Exit.REFUSED, f"{number}: no register of it is closed yet; only closed ones are archived")
    client = await connect(settings)
    swept = await archivist(client, settings, engine).sweep(_nobody_waits, directive_id)
    kept = Archive(settings.archive)
    looked_at = swept.archived if directive_id is None else tuple(standing.cascade_id for standing in standings)
    manifests = (kept.manifest(cascade_id) for cascade_id in looked_at if cascade_id not in swept.failed)
    incomplete = [_incomplete(manifest) for manifest in manifests if manifest and not manifest.complete]
    return {
        "archive": str(settings.archive.absolute()),
        **swept.model_dump(mode="json"),
        "incomplete": incomplete,
    }


def exit_code(done: dict[str, Any]) -> Exit:
    """3 where a register could not be archived."""
    return Exit.REFUSED if done["failed"] else Exit.DONE


def tell(done: dict[str, Any]) -> None:
    """What was archived, what waits, and what is wrong."""
    console = Console(emoji=False)  # ids have colons
    console.print(
        f"registers archived: {len(done['archived'])}; with nothing new: {done['unchanged']}; "
        f"waiting for their workflow to end: {len(done['waiting'])}; all in {escape(done['archive'])}"
    )
    for register in done["kept"]:
        console.print(f"{escape(register)} goes on: the histories of its ended runs are kept")
    for item in done["incomplete"]:
        missing = [*([item["why"]] if item["why"] else []), *(f"{it['name']}: {it['why']}" for it in item["absent"])]
        console.print(
            f"[yellow]{escape(item['register'])} is archived without all: {escape('; '.join(missing))}[/yellow]"
        )
    for register, why in done["failed"].items():
        console.print(f"[red]{escape(register)} is not archived: {escape(why)}[/red]")


def _incomplete(manifest: Manifest) -> dict[str, Any]:
    return {
        "register": manifest.cascade_id,
        "histories": manifest.histories,
        "why": _HISTORIES.get(manifest.histories, ""),
        "absent": [item.model_dump(mode="json") for item in manifest.absent],
    }


def _nobody_waits() -> None:
    """No server waits for a sign of life from a command."""
