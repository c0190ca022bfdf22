"""An event that was held: what, when, where, and with which other hosts."""

from typing import Any

from models.answer import HeldEvent
from models.plan import RequirementKind
from models.register import ObligationLine
from rules.words import day
from web.drafts import Draft
from web.forms.fields import typed_day


def names(line: ObligationLine) -> tuple[str, ...]:
    if line.kind is not RequirementKind.EVENT:
        return ()
    return ("held_name", "held_date", "held_place", *(f"with.{unit}" for unit in line.candidates))


def values(line: ObligationLine) -> dict[str, str]:
    held = line.held
    if held is None:
        return {}
    hosts = {f"with.{unit}": "yes" for unit in held.with_units}
    return {"held_name": held.name, "held_date": day(held.date), "held_place": held.place, **hosts}


def read(line: ObligationLine, draft: Draft) -> dict[str, Any]:
    if line.kind is not RequirementKind.EVENT:
        return {}
    on = typed_day(draft, "held_date")
    if on is None:
        return {}
    hosts = tuple(unit for unit in line.candidates if draft.value(f"with.{unit}"))
    held = HeldEvent(name=draft.value("held_name"), date=on, place=draft.value("held_place"), with_units=hosts)
    return {"held": held}
