"""What a bundle has from outside the database: Temporal's histories, and the daily sheets of anchors. Both are put in
before the database is read, so that all they tell of is on record by then."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass

import naming
from audit.archive.anchoring import Sheets
from audit.archive.anchors import Sheet
from audit.archive.archive import Archive, ManifestBroken
from audit.archive.manifest import Kept
from audit.archive.objects import ObjectBroken, ObjectMissing
from audit.archive.runs import kept
from audit.bundle.manifest import BundledRegister
from audit.bundle.members import Members, blocks_of
from audit.histories.broken import HistoryBroken
from audit.histories.found import Found, Source, find_runs
from audit.histories.runs import Histories
from models.bundle import Missing, MissingKind
from store.taking_away import RegisterNow


@dataclass(frozen=True)
class BundledHistories:
    """The folder of one register, how much of its histories is in there, where they are from, and why there is none."""

    folder: str
    histories: Kept
    source: Source
    absent: str = ""

    def of(self, register: RegisterNow) -> BundledRegister:
        """What the manifest says of the register."""
        return BundledRegister(
            id=register.cascade_id,
            unit=register.unit,
            unit_name=register.unit_name,
            parent=register.parent,
            folder=self.folder,
            closed=register.closed,
            events=register.events,
            journal=register.journal,
            histories=self.histories,
            source=self.source,
        )

    def missing(self, register: RegisterNow) -> list[Missing]:
        """What is missing of the histories of the register; one that runs has no end yet."""
        partial = "the first part is gone" if register.closed and self.histories is Kept.PARTIAL else ""
        why = self.absent or partial
        return [Missing(kind=MissingKind.HISTORY, name=register.cascade_id, why=why)] if why else []


async def put_histories(
    cascade_ids: Sequence[str], server: Callable[[], Awaitable[Histories]], archive: Archive, members: Members
) -> dict[str, BundledHistories]:
    """Put the histories of registers into a bundle, one register after the other. Raises `Unreachable` where the server
    does not answer and the archive does not have them."""
    found: dict[str, BundledHistories] = {}
    for number, cascade_id in enumerate(cascade_ids, start=1):
        folder = f"registers/{number:04d}-{naming.slug(naming.cascade_parts(cascade_id)[1])}"
        why = "neither the server nor the archive has any"
        try:
            had = await find_runs(cascade_id, server, archive)
            if had.away and had.goes_on:  # the archive has the first runs only, of a register that went on
                raise had.away
        except (ManifestBroken, ObjectMissing, ObjectBroken, HistoryBroken) as error:
            had, why = Found((), Source.ARCHIVE), str(error)
        for place, run in enumerate(had.runs, start=1):
            members.add(f"{folder}/histories/{place:03d}-{naming.slug(run.run_id)}.json", run.history)
        found[cascade_id] = BundledHistories(folder, kept(had.runs), had.source, "" if had.runs else why)
    return found


def put_sheets(sheets: Sheets, directive_id: str, members: Members) -> list[Missing]:
    """Put those sheets into a bundle that name a register of the directive; returns those that are broken. Raises
    `Unreachable` where the disk refuses."""
    broken: list[Missing] = []
    for path, sheet in sheets.all():
        if not isinstance(sheet, Sheet):
            broken.append(Missing(kind=MissingKind.SHEET, name=path.name, why=str(sheet)))
        elif any(naming.cascade_parts(each.cascade_id)[0] == directive_id for each in sheet.registers):
            members.stream(f"anchors/{path.name}", blocks_of(path))
    return broken
