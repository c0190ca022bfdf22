"""A new version of a directive's file: compared with the one that runs, then stored and told to all registers."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from sqlalchemy import Engine

from changing.later_units import joined
from changing.running import Running
from changing.telling import Progress, catch_up, tell
from models.changing import CannotChange, Hindrance
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
from rules.refusals import Reason, Refused, RefusedByRegister
from store.units import load_units
from store.versions import ChangedMeanwhile, enlisted, kept_registers, replace_source, source_of
from web.ports import Cascades


@dataclass(frozen=True)
class Amending:
    """A new version, compared with the one before: the `commands` for registers that do not have it yet, and those that
    are `begun` by it. `ended` are units that are asked nothing new because they do not exist any more, `closed` the
    names of those whose registers have closed; `stored` says whether it is in the database already, because telling the
    registers was interrupted."""

    running: Running
    version: int
    source: str
    reason: str
    plan: Plan
    registers: Mapping[str, Kept]
    commands: Mapping[str, Amend]
    begun: tuple[CascadePlan, ...]
    foreseen: tuple[Foreseen, ...]
    ended: tuple[str, ...]
    closed: tuple[str, ...]
    warnings: tuple[Fault, ...]
    stored: bool


def prepare(
    engine: Engine, running: Running, raw: bytes, known: References, reason: str, document: DocumentRef | None
) -> Amending:
    """Compile a new version and compare it with the one that runs; changes nothing. `known` is what the file may refer
    to.

    Raises `CannotChange` with every fault of the file; where it is another directive; where nothing changes, and where
    the version before has not reached all registers. Raises `Refused` where the rules refuse it.
    """
    if not reason.strip():
        raise Refused(Reason.REASON_NEEDED)
    units = load_units(engine)
    registers = kept_registers(engine, running.row.id, running.at)
    late = enlisted(engine, running.row.id)
    known = replace(known, enlisted=late, joined=joined(running, units, registers, late))
    after, warnings = _compiled(raw, units, known)
    source = raw.decode("utf-8-sig")
    stored = _is_stored(running, registers, source)
    version = running.row.version + (not stored)
    before = _version_before(engine, running, version - 1, units, known)
    _check_same(before, after)
    after, ended = without(before, after, {code for code, unit in units.items() if not unit.valid_on(running.today)})
    in_force = {cascade_id: register.plan for cascade_id, register in registers.items()}
    amendments = difference(before, after, version, in_force)
    begun = tuple(plan.model_copy(update={"version": version}) for plan in opened(before, after))
    if not stored and not begun and _same_head(running, before, after) and all(map(_is_empty, amendments.values())):
        raise CannotChange(Hindrance.NOTHING_CHANGED)
    said = {"reason": reason, "document": document}
    commands = {
        cascade_id: Amend(**running.stamp(f"amend:{version}"), amendment=amendments[cascade_id], **said)
        for cascade_id, register in registers.items()
        if cascade_id in amendments and not register.state.closed and register.plan.version < version
    }
    foreseen = [foresee(registers[key].plan, registers[key].state, command) for key, command in commands.items()]
    return Amending(
        running=running,
        version=version,
        source=source,
        reason=reason,
        plan=after,
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


def store(engine: Engine, amending: Amending) -> None:
    """Put the version in the place of the one that runs, unless it is there already; its files are stored before.
    Raises `Refused` where somebody else has amended the directive meanwhile."""
    if amending.stored:
        return
    head = amending.plan.head
    source, version, begun = amending.source, amending.version, amending.begun
    try:
        replace_source(engine, head, source, version, amending.reason, begun, datetime.now(UTC))
    except ChangedMeanwhile as error:
        raise Refused(Reason.VERSION_OUTDATED) from error


async def tell_all(engine: Engine, cascades: Cascades, amending: Amending, progress: Progress) -> None:
    """Tell all registers of a version that is stored, from the top, and then what those that changed have missed. Where
    that is interrupted, preparing and telling once more completes it. Raises `RefusedByRegister`, `Unreachable`."""
    answers = await tell(engine, cascades, amending.running, amending.commands, progress)
    for reason in answers.values():
        if reason is not Reason.CLOSED:
            raise RefusedByRegister(reason)
    begun = {plan.cascade_id for plan in amending.begun}
    await catch_up(engine, cascades, amending.running, begun, f"amend:{amending.version}/again")


def _compiled(raw: bytes, units: Mapping[str, Unit], known: References) -> tuple[Plan, tuple[Fault, ...]]:
    compiled = compile_directive(raw, units, WorkingCalendar(), known)
    if compiled.plan is None:
        raise CannotChange(Hindrance.FILE_FAULTY, compiled.errors)
    return compiled.plan, compiled.warnings


def _is_stored(running: Running, registers: Mapping[str, Kept], source: str) -> bool:
    """Whether this version is in the database, so that only telling the registers is left. Raises `CannotChange` where
    another one has not reached them all, or where the directive has begun with this one."""
    row = running.row
    if source == row.source:
        if row.version > 1:
            return True
        raise CannotChange(Hindrance.SAME_FILE)
    if any(item.plan.version < row.version and not item.state.closed for item in registers.values()):
        raise CannotChange(Hindrance.VERSION_UNTOLD, version=str(row.version))
    return False


def _version_before(
    engine: Engine, running: Running, version: int, units: Mapping[str, Unit], known: References
) -> Plan:
    """The version before, compiled once more; its own files are stored and need not lie beside it any more."""
    raw = source_of(engine, running.row.id, version).encode()
    compiled = compile_directive(raw, units, WorkingCalendar(), replace(known, file=stored_file))
    if compiled.plan is None:
        raise CannotChange(Hindrance.VERSION_UNREADABLE, compiled.errors, version=str(version))
    return compiled.plan


def stored_file(path: str) -> FileRef:
    """A file of a version that runs: its content is in the store, and does not matter for what is owed."""
    return FileRef(sha256=path, name=path, size=1, media_type="application/pdf")


_IDENTITY: Mapping[str, Callable[[Plan], object]] = {
    "label": lambda plan: (plan.head.directive_id, plan.head.label),
    "issuer": lambda plan: plan.head.issuer,
    "date": lambda plan: plan.head.document.date,
}
"""The parts of the head that make a directive the same one."""


def _check_same(before: Plan, after: Plan) -> None:
    """Raises `CannotChange` where the file is another directive, or stands among other registers."""
    if wrong := [name for name, part in _IDENTITY.items() if part(before) != part(after)]:
        raise CannotChange(Hindrance.OTHER_DIRECTIVE, parts=",".join(wrong))
    one, other = before.head, after.head
    if [item.model_dump(exclude={"number"}) for item in one.replaces] != [
        item.model_dump(exclude={"number"}) for item in other.replaces
    ]:
        raise CannotChange(Hindrance.REPLACES_CHANGED)
    parents = {register.cascade_id: register.parent for register in before.cascades}
    if any(parents.get(item.cascade_id, item.parent) != item.parent for item in after.cascades):
        raise CannotChange(Hindrance.LINE_CHANGED)


def _same_head(running: Running, before: Plan, after: Plan) -> bool:
    """Whether the document says the same of itself; its files are those that were stored."""
    one, other = (plan.head.model_copy(update={"files": ()}) for plan in (before, after))
    return one == other and after.head.files == running.head.files


def _is_empty(amendment: Amendment) -> bool:
    return amendment == Amendment(version=amendment.version)
