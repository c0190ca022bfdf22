"""`dondoc amend`: a new version of a directive's file, shown as a difference of obligations before it is applied."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Engine

from commands.attached import Attached
from commands.directives import read_file, references
from commands.errors import CommandError, Exit
from commands.stepping.looking import Looked, refused
from commands.telling import Progress, catch_up, tell
from models.document import DocumentRef, FileRef
from models.fault import Fault
from models.intervention import Amend
from models.plan import Amendment, CascadePlan, Plan
from models.unit import Unit
from rules.calendar import WorkingCalendar
from rules.catching_up import Kept
from rules.comparing import difference, opened, without
from rules.compiler import compile_directive
from rules.compiling.desk import References
from rules.foreseeing import Foreseen, foresee, foresee_opening
from rules.numbers import normalise
from rules.refusals import Reason, Refused
from rules.words import day
from store.files import FileStore
from store.units import load_units
from store.versions import ChangedMeanwhile, enlisted, kept_registers, replace_source, source_of
from web.ports import Cascades


@dataclass(frozen=True)
class Prepared:
    """A new version, compared with the one before: the `commands` for registers that do not have it yet, and those that
    are `begun` by it. `ended` are units that are asked nothing new because they do not exist any more, `closed` the
    names of those whose registers have closed; `stored` says whether it is in the database already, because telling the
    registers was interrupted."""

    looked: Looked
    version: int
    source: str
    plan: Plan
    attached: Attached
    registers: Mapping[str, Kept]
    commands: Mapping[str, Amend]
    begun: tuple[CascadePlan, ...]
    foreseen: tuple[Foreseen, ...]
    ended: tuple[str, ...]
    closed: tuple[str, ...]
    warnings: tuple[Fault, ...]
    stored: bool


def prepare(engine: Engine, looked: Looked, file: Path, reason: str, document: DocumentRef | None) -> Prepared:
    """Compile a new version and compare it with the one that runs; changes nothing.

    Raises `CommandError`: INVALID with every fault of the file, or where it is another directive; REFUSED where nothing
    changes, where the version before has not reached all registers, or where the rules refuse it.
    """
    if not reason.strip():
        raise refused(Reason.REASON_NEEDED)
    raw, attached, units = read_file(file), Attached(file.parent), load_units(engine)
    registers = kept_registers(engine, looked.row.id, looked.at)
    late = enlisted(engine, looked.row.id)
    known = replace(references(engine, attached), enlisted=late)
    after, warnings = _compiled(file, raw, units, known)
    source = raw.decode("utf-8-sig")
    stored = _is_stored(looked, registers, source)
    version = looked.row.version + (not stored)
    before = _running(engine, looked, version - 1, units, known)
    _check_same(looked, before, after)
    after, ended = without(before, after, {code for code, unit in units.items() if not unit.valid_on(looked.today)})
    in_force = {cascade_id: register.plan for cascade_id, register in registers.items()}
    amendments = difference(before, after, version, in_force)
    begun = tuple(plan.model_copy(update={"version": version}) for plan in opened(before, after))
    if not stored and not begun and _same_head(looked, before, after) and all(map(_is_empty, amendments.values())):
        raise CommandError(Exit.REFUSED, f"{file}: nothing that {looked.row.number} asks for is changed")
    said = {"reason": reason, "document": document}
    commands = {
        cascade_id: Amend(**looked.stamp(f"amend:{version}"), amendment=amendments[cascade_id], **said)
        for cascade_id, register in registers.items()
        if cascade_id in amendments and not register.state.closed and register.plan.version < version
    }
    try:
        foreseen = [foresee(registers[key].plan, registers[key].state, command) for key, command in commands.items()]
    except Refused as refusal:
        raise refused(refusal.reason, looked.row.number) from refusal
    return Prepared(
        looked=looked,
        version=version,
        source=source,
        plan=after,
        attached=attached,
        registers=registers,
        commands=commands,
        begun=begun,
        foreseen=(*foreseen, *(foresee_opening(plan) for plan in begun if not stored)),
        ended=tuple(sorted(ended)),
        closed=tuple(
            sorted(
                registers[key].plan.issuer_name
                for key, item in amendments.items()
                if key in registers and registers[key].state.closed and not _is_empty(item)
            )
        ),
        warnings=warnings,
        stored=stored,
    )


async def apply(
    engine: Engine, files: FileStore, cascades: Cascades, prepared: Prepared, reason: str, progress: Progress
) -> None:
    """Store the version, tell all registers of it from the top, and then what those that changed have missed. Where
    that is interrupted, the same command completes it.

    Raises `CommandError` REFUSED where somebody else has amended the directive meanwhile; `Unreachable`.
    """
    looked, number = prepared.looked, prepared.looked.row.number
    prepared.attached.store(files, prepared.plan.head.files)
    if not prepared.stored:
        try:
            replace_source(
                engine,
                prepared.plan.head,
                prepared.source,
                prepared.version,
                reason,
                prepared.begun,
                datetime.now(UTC),
            )
        except ChangedMeanwhile as error:
            raise refused(Reason.VERSION_OUTDATED, number) from error
    answers = await tell(engine, cascades, looked, prepared.commands, progress)
    for reason_refused in answers.values():
        if reason_refused is not Reason.CLOSED:
            raise refused(reason_refused, number)
    begun = {plan.cascade_id for plan in prepared.begun}
    await catch_up(engine, cascades, looked, begun, f"amend:{prepared.version}/again")


def _compiled(file: Path, raw: bytes, units: Mapping[str, Unit], known: References) -> tuple[Plan, tuple[Fault, ...]]:
    compiled = compile_directive(raw, units, WorkingCalendar(), known)
    if compiled.plan is None:
        raise CommandError(Exit.INVALID, f"{file} cannot take effect; nothing was changed:", str(file), compiled.errors)
    return compiled.plan, compiled.warnings


def _is_stored(looked: Looked, registers: Mapping[str, Kept], source: str) -> bool:
    """Whether this version is in the database, so that only telling the registers is left. Raises `CommandError`
    REFUSED where another one has not reached them all, or where the directive has begun with this one."""
    row = looked.row
    if source == row.source and row.version > 1:
        return True
    if source == row.source:
        raise CommandError(Exit.REFUSED, f"{row.number} runs by this very file already")
    if any(item.plan.version < row.version and not item.state.closed for item in registers.values()):
        message = (
            f"version {row.version} of {row.number} has not reached all registers: run `dondoc amend` with the file of "
            "that version again first"
        )
        raise CommandError(Exit.REFUSED, message)
    return False


def _running(engine: Engine, looked: Looked, version: int, units: Mapping[str, Unit], known: References) -> Plan:
    """The version before, compiled once more; its own files are stored and need not lie beside it any more."""
    raw = source_of(engine, looked.row.id, version).encode()
    compiled = compile_directive(raw, units, WorkingCalendar(), replace(known, file=stored_file))
    if compiled.plan is None:
        named = f"version {version} of {looked.row.number}"
        message = f"{named} does not fit the registry any more, so nothing can be compared with it:"
        raise CommandError(Exit.INVALID, message, named, compiled.errors)
    return compiled.plan


def stored_file(path: str) -> FileRef:
    """A file of a version that runs: its content is in the store, and does not matter for what is owed."""
    return FileRef(sha256=path, name=path, size=1, media_type="application/pdf")


def _check_same(looked: Looked, before: Plan, after: Plan) -> None:
    """Raises `CommandError` INVALID where the file is another directive, or stands among other registers."""
    one, other = before.head, after.head
    issued = one.document.date
    same = {
        "number, type or, where it has none, title": (one.directive_id, one.label) == (other.directive_id, other.label),
        "issuer": one.issuer == other.issuer,
        "date": issued == other.document.date,
    }
    if wrong := [name for name, right in same.items() if not right]:
        on = f" of {day(issued)}" if issued else ""
        message = (
            f"an amendment keeps number, issuer and date ({looked.row.number} of {looked.row.issuer}{on}); other here: "
            f"{', '.join(wrong)}. Another directive is started with `dondoc start`, and says under `replaces` what it "
            "changes"
        )
        raise CommandError(Exit.INVALID, message)
    if [item.model_dump(exclude={"number"}) for item in one.replaces] != [
        item.model_dump(exclude={"number"}) for item in other.replaces
    ]:
        raise CommandError(Exit.INVALID, "`replaces` takes effect at the start: it stays as it is in an amendment")
    parents = {register.cascade_id: register.parent for register in before.cascades}
    if any(parents.get(item.cascade_id, item.parent) != item.parent for item in after.cascades):
        raise CommandError(Exit.INVALID, "`line` says who stands above whom: it stays as it is in an amendment")


def _same_head(looked: Looked, before: Plan, after: Plan) -> bool:
    """Whether the document says the same of itself; its files are those that were stored."""
    one, other = (plan.head.model_copy(update={"files": ()}) for plan in (before, after))
    return one == other and after.head.files == looked.head.files


def _is_empty(amendment: Amendment) -> bool:
    return amendment == Amendment(version=amendment.version)


def ordering(number: str, dated: date | None) -> DocumentRef | None:
    """The document that orders a change, where one is named."""
    named = number.strip()
    return DocumentRef(number=named, normal=normalise(named), date=dated) if named else None


def described(prepared: Prepared) -> dict[str, Any]:
    """What an amendment is about besides obligations."""
    row = prepared.looked.row
    return {
        "directive": row.id,
        "number": row.number,
        "version": prepared.version,
        "ended_units": list(prepared.ended),
        "closed_registers": list(prepared.closed),
        "warnings": [fault.model_dump(mode="json") for fault in prepared.warnings],
    }
