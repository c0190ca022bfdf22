"""`dondoc check --calendar`: the due dates of a unit or a level as an iCalendar file (RFC 5545)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import Engine

from commands.counting import count
from commands.errors import CommandError, Exit
from commands.owed import Owed, owed, owed_by
from mail.calendar import DueDate, about, uid, written
from models.plan import DirectiveHead, Plan
from models.unit import Level, Unit
from rules.calendar import FrozenCalendar, day_start, last_day
from rules.suggestions import did_you_mean
from store.units import load_units


@dataclass(frozen=True)
class Wanted:
    """A calendar file, of a level or of the unit of a code."""

    file: Path
    whose: Level | str


def wanted(file: Path | None, unit: str | None, level: str | None) -> Wanted | None:
    """What the options ask for; None without a file. Raises `CommandError` INVALID where they do not go together."""
    if file is None:
        if level is not None:
            raise CommandError(Exit.INVALID, "--level goes with --calendar: name the file to write")
        return None
    if unit is not None and level is None:
        return Wanted(file, unit)
    if unit is not None or level is None:
        raise CommandError(Exit.INVALID, "--calendar goes with --unit or with --level: whose due dates shall it hold?")
    if level not in list(Level):
        message = f"no level {level!r}{did_you_mean(level, Level)}; there are {', '.join(Level)}"
        raise CommandError(Exit.INVALID, message)
    return Wanted(file, Level(level))


def export(engine: Engine, plan: Plan, calendar: Wanted) -> str:
    """Write a calendar file and say what it holds. Raises `CommandError`: NOT_FOUND where nothing is asked of that unit
    or level, INVALID where the file cannot be written."""
    whose = calendar.whose
    items = of_level(plan, whose, load_units(engine)) if isinstance(whose, Level) else of_unit(plan, whose)
    dates = write_calendar(plan.head, items, calendar.file, datetime.now(UTC))
    without = f"; {count(len(items) - dates, 'more has', 'more have')} no fixed date yet" if len(items) > dates else ""
    return f"{calendar.file} holds {count(dates, 'due date')}{without}"


def of_unit(plan: Plan, unit: str) -> dict[str, Owed]:
    """What a unit owes, by the part of an event's id that tells it from the others.

    Raises `CommandError` NOT_FOUND where the directive asks nothing of that unit.
    """
    return {f"{item.duty.requirement}/{unit}": item for item in owed_by(plan, unit) if item.duty.applicable}


def of_level(plan: Plan, level: Level, units: Mapping[str, Unit]) -> dict[str, Owed]:
    """The requirements that are asked of units of a level, each once. Raises `CommandError` NOT_FOUND where none is."""
    found: dict[str, Owed] = {}
    for item in owed(plan):
        if not item.duty.coordinating and units[item.duty.unit].level is level:
            found.setdefault(f"{item.duty.requirement}/{level}", item)
    if not found:
        raise CommandError(Exit.NOT_FOUND, f"{plan.head.label} asks nothing of units of the level {level}")
    return found


def write_calendar(head: DirectiveHead, items: Mapping[str, Owed], file: Path, now: datetime) -> int:
    """Write a calendar file, made at an instant, of those that have a fixed date; returns how many that are.

    Raises `CommandError` where the file cannot be written.
    """
    dates = [
        _due_date(head, whose, item, due) for whose, item in items.items() if (due := item.requirement.due) is not None
    ]
    try:
        file.write_bytes(written(head, dates, now))
    except OSError as error:
        raise CommandError(Exit.INVALID, f"{file}: cannot be written: {error.strerror}") from error
    return len(dates)


def _due_date(head: DirectiveHead, name: str, item: Owed, due: datetime) -> DueDate:
    """One due date, with an alarm at the sending time of the working day before."""
    requirement, follow_up = item.requirement, item.register.follow_up
    before = FrozenCalendar(follow_up.days_off).add(last_day(due), -1)
    return DueDate(
        uid=uid(head, name),
        title=requirement.title,
        due=due,
        about=about(head, requirement.ref, requirement.due_phrase, due, item.duty.coordinating),
        alarm=day_start(before, follow_up.send_at),
    )
