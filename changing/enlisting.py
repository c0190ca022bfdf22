"""Late addressees: units that owe something from now on, beside the directive's file."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace

from sqlalchemy import Engine

from changing.amending import stored_file
from changing.later_units import joined
from changing.running import Running
from changing.telling import Progress, catch_up, tell
from models.changing import CannotChange, Hindrance, LateAddressees
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
from rules.refusals import Reason, Refused, RefusedByRegister
from rules.suggestions import did_you_mean
from rules.words import day
from store.units import load_units
from store.versions import add_registers, enlisted, kept_registers
from web.ports import Cascades


@dataclass(frozen=True)
class Enlisting:
    """What late addressees bring to which register, and what that would do. `registers` is how those stand that there
    are, and those that are `begun`."""

    running: Running
    plan: Plan
    registers: Mapping[str, Kept]
    commands: Mapping[str, Enlist]
    begun: tuple[CascadePlan, ...]
    foreseen: tuple[Foreseen, ...]


def prepare(engine: Engine, running: Running, known: References, late: LateAddressees, command: str) -> Enlisting:
    """Work out what units are to owe; changes nothing. `known` is what the file may refer to, `command` the end of the
    id by which registers know the change.

    Raises `CannotChange` for an unknown unit or requirement, for a unit that does not exist on the day of issue or
    today, or that nobody in the directive follows up. Raises `Refused` where all is owed already, and where the rules
    refuse it.
    """
    units = load_units(engine)
    before = enlisted(engine, running.row.id)
    registers = kept_registers(engine, running.row.id, running.at)
    arisen = joined(running, units, registers, {**before, "": late.units})
    _check_units(running, units, late.units, arisen)
    known = replace(known, file=stored_file, joined=arisen)
    asked = asked_for(_compiled(running, units, replace(known, enlisted=before)), late.requirements)
    with_them = {key: (*before.get(key, ()), *(late.units if key in asked else ())) for key in {*before, *asked}}
    after = _compiled(running, units, replace(known, enlisted=with_them))
    found = enlisting(after, {key: register.plan for key, register in registers.items()}, late.units, asked)
    _check_applies(found.changes.values())
    stamp = running.stamp(f"{ENLISTED}{command}")
    commands = {
        cascade_id: Enlist(
            **stamp,
            **change.model_dump(include={"duties", "requirements", "children", "passes_down"}),
            until=late.until,
            reason=late.reason,
        )
        for cascade_id, change in found.changes.items()
    }
    if not any(command.duties for command in commands.values()):
        raise Refused(Reason.ALREADY_OWES)
    begins = {plan.cascade_id: Kept(plan, open_register(plan, running.at).state) for plan in found.begun}
    standing = {**registers, **begins}
    foreseen = [foresee(standing[key].plan, standing[key].state, command) for key, command in commands.items()]
    return Enlisting(running, after, standing, commands, found.begun, tuple(foreseen))


def store(engine: Engine, enlisting: Enlisting) -> None:
    """Add the registers that begin, so that they are there when they are started."""
    add_registers(engine, enlisting.begun)


async def tell_all(engine: Engine, cascades: Cascades, enlisting: Enlisting, progress: Progress) -> None:
    """Tell the registers that change, from the top, and then what they have missed; those that begin are stored before.
    Where that is interrupted, preparing and telling once more completes it. Raises `RefusedByRegister` and
    `Unreachable`."""
    running = enlisting.running
    answers = await tell(engine, cascades, running, enlisting.commands, progress)
    for reason in answers.values():
        raise RefusedByRegister(reason)
    begun = [plan.cascade_id for plan in enlisting.begun]
    (cause,) = {command.id for command in enlisting.commands.values()}
    await catch_up(engine, cascades, running, begun, f"{cause}/again")


def asked_for(plan: Plan, keys: Collection[str]) -> frozenset[str]:
    """The requirements as the file names them; one of several occurrences or levels stands for all. Raises
    `CannotChange` for an unknown one."""
    series = {item.key: item.series or item.key for item in requirements(plan).values()}
    known = {**series, **{key: key for key in series.values()}}
    for key in keys:
        if key not in known:
            raise CannotChange(Hindrance.UNKNOWN_REQUIREMENT, requirement=key, hint=did_you_mean(key, known))
    return frozenset(known[key] for key in keys)


def _check_units(running: Running, units: Mapping[str, Unit], codes: Collection[str], arisen: Collection[str]) -> None:
    """Every unit is there today, and was on the day of issue unless it has arisen since."""
    for code in codes:
        unit = units.get(code)
        if unit is None:
            raise CannotChange(Hindrance.UNKNOWN_UNIT, unit=code, hint=did_you_mean(code, units))
        issued = None if code in arisen else running.head.document.date
        for when in filter(None, (issued, running.today)):
            if not unit.valid_on(when):
                raise CannotChange(Hindrance.UNIT_NOT_VALID, unit=code, name=unit.name, day=day(when))


def _compiled(running: Running, units: Mapping[str, Unit], known: References) -> Plan:
    compiled = compile_directive(running.row.source.encode(), units, WorkingCalendar(), known)
    if compiled.plan is None:
        raise CannotChange(Hindrance.CANNOT_ASK, compiled.errors)
    return compiled.plan


def _check_applies(changes: Collection[Amendment]) -> None:
    for duty in (duty for change in changes for duty in change.duties if not duty.applicable):
        raise CannotChange(Hindrance.NOT_APPLICABLE, requirement=duty.requirement, unit=duty.unit)
