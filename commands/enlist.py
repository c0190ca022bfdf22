"""`dondoc enlist`: late addressees owe something from now on, beside the directive's file."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from uuid import uuid4

from sqlalchemy import Engine

from commands.amend import stored_file
from commands.attached import Attached
from commands.directives import references
from commands.errors import CommandError, Exit
from commands.stepping.looking import Looked, refused
from commands.telling import Progress, catch_up, tell
from models.intervention import Enlist
from models.plan import Amendment, CascadePlan, Plan
from models.unit import Unit
from rules.amending import ENLISTED
from rules.calendar import WorkingCalendar
from rules.catching_up import Kept
from rules.comparing import enlisting, requirements
from rules.compiler import compile_directive
from rules.compiling.desk import References
from rules.foreseeing import Foreseen, foresee
from rules.ledger import open_register
from rules.refusals import Reason, Refused
from rules.suggestions import did_you_mean
from rules.words import day
from store.units import load_units
from store.versions import add_registers, enlisted, kept_registers
from web.ports import Cascades


@dataclass(frozen=True)
class Prepared:
    """What late addressees bring to which register, and what that would do."""

    looked: Looked
    commands: Mapping[str, Enlist]
    begun: tuple[CascadePlan, ...]
    foreseen: tuple[Foreseen, ...]


def prepare(
    engine: Engine, looked: Looked, keys: Sequence[str], codes: Sequence[str], until: date | None, reason: str
) -> Prepared:
    """Work out what units are to owe of requirements, by the keys of the file; changes nothing.

    Raises `CommandError`: NOT_FOUND for an unknown unit or requirement; REFUSED for a unit that does not exist on the
    day of issue or today, that nobody in the directive follows up, or that owes it already, and where the rules refuse
    it.
    """
    units = load_units(engine)
    _check_units(looked, units, codes)
    late = enlisted(engine, looked.row.id)
    known = replace(references(engine, Attached(Path())), file=stored_file)
    asked = _asked(looked, _compiled(looked, units, replace(known, enlisted=late)), keys)
    with_them = {key: (*late.get(key, ()), *(codes if key in asked else ())) for key in {*late, *asked}}
    after = _compiled(looked, units, replace(known, enlisted=with_them))
    registers = kept_registers(engine, looked.row.id, looked.at)
    found = enlisting(after, {key: register.plan for key, register in registers.items()}, codes, asked)
    _check_applies(looked, found.changes.values())
    stamp = looked.stamp(f"{ENLISTED}{uuid4().hex}")
    commands = {
        cascade_id: Enlist(
            **stamp,
            **change.model_dump(include={"duties", "requirements", "children", "passes_down"}),
            until=until,
            reason=reason,
        )
        for cascade_id, change in found.changes.items()
    }
    if not any(command.duties for command in commands.values()):
        raise refused(Reason.ALREADY_OWES, ", ".join(codes))
    begins = {plan.cascade_id: Kept(plan, open_register(plan, looked.at).state) for plan in found.begun}
    standing = {**registers, **begins}
    try:
        foreseen = [foresee(standing[key].plan, standing[key].state, command) for key, command in commands.items()]
    except Refused as refusal:
        raise refused(refusal.reason, looked.row.number) from refusal
    return Prepared(looked, commands, found.begun, tuple(foreseen))


async def apply(engine: Engine, cascades: Cascades, prepared: Prepared, progress: Progress) -> None:
    """Add the registers that begin, tell those that change from the top, and then what they have missed. Where that is
    interrupted, the same command completes it. Raises `CommandError` REFUSED, `Unreachable`."""
    looked = prepared.looked
    add_registers(engine, prepared.begun)
    answers = await tell(engine, cascades, looked, prepared.commands, progress)
    for reason in answers.values():
        raise refused(reason, looked.row.number)
    begun = [plan.cascade_id for plan in prepared.begun]
    (cause,) = {command.id for command in prepared.commands.values()}
    await catch_up(engine, cascades, looked, begun, f"{cause}/again")


def _check_units(looked: Looked, units: Mapping[str, Unit], codes: Collection[str]) -> None:
    issued = looked.head.document.date
    for code in codes:
        unit = units.get(code)
        if unit is None:
            raise CommandError(Exit.NOT_FOUND, f"no unit {code!r} in the registry{did_you_mean(code, units)}")
        for when in filter(None, (issued, looked.today)):
            if not unit.valid_on(when):
                raise CommandError(Exit.REFUSED, f"{unit.name} does not exist on {day(when)}")


def _asked(looked: Looked, plan: Plan, keys: Collection[str]) -> frozenset[str]:
    """The requirements as the file names them; one of several occurrences or levels stands for all."""
    series = {item.key: item.series or item.key for item in requirements(plan).values()}
    known = {**series, **{key: key for key in series.values()}}
    for key in keys:
        if key not in known:
            message = f"{looked.row.number} has no requirement {key!r}{did_you_mean(key, known)}"
            raise CommandError(Exit.NOT_FOUND, message)
    return frozenset(known[key] for key in keys)


def _compiled(looked: Looked, units: Mapping[str, Unit], known: References) -> Plan:
    compiled = compile_directive(looked.row.source.encode(), units, WorkingCalendar(), known)
    if compiled.plan is None:
        file = looked.row.number
        raise CommandError(Exit.REFUSED, f"{file} cannot ask that; nothing was changed:", file, compiled.errors)
    return compiled.plan


def _check_applies(looked: Looked, changes: Collection[Amendment]) -> None:
    for duty in (duty for change in changes for duty in change.duties if not duty.applicable):
        message = f"{duty.requirement} of {looked.row.number} does not apply to {duty.unit}: it lacks the tag"
        raise CommandError(Exit.REFUSED, message)
