"""Units below chosen for a pilot: a tick for each, or the model chosen for it."""

from typing import Any

from models.answer import Selected
from models.plan import RequirementKind
from models.register import ObligationLine
from rules.collation import vietnamese
from web.drafts import Draft


def names(line: ObligationLine) -> tuple[str, ...]:
    if line.kind is not RequirementKind.SELECTION:
        return ()
    return tuple(f"selected.{unit}" for unit in line.candidates)


def values(line: ObligationLine) -> dict[str, str]:
    return {f"selected.{item.unit}": item.choice or "yes" for item in line.selected}


def read(line: ObligationLine, draft: Draft) -> dict[str, Any]:
    """The units chosen, in the directive's order; what is no choice of the directive's counts as none."""
    if line.kind is not RequirementKind.SELECTION:
        return {}
    typed = {unit: draft.value(f"selected.{unit}") for unit in line.candidates}
    return {
        "selected": tuple(
            Selected(unit=unit, choice=text if line.choices else "")
            for unit, text in typed.items()
            if text and (text in line.choices or not line.choices)
        )
    }


def by_name(units: dict[str, str]) -> list[tuple[str, str]]:
    """Codes and names in the order of the Vietnamese alphabet."""
    return sorted(units.items(), key=lambda item: vietnamese(item[1]))
