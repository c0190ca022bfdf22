"""`dondoc check`: what `--json` says of a compiled plan."""

from datetime import datetime
from typing import Any

from commands.owed import Owed, owed, owed_by
from models.plan import OpeningMode, StepKind
from rules.compiler import Compiled
from rules.ladder import Step, steps


def check_document(compiled: Compiled, unit: str | None = None) -> dict[str, Any]:
    """Everything that the plan says, of all units or of one. Raises `CommandError` NOT_FOUND where it asks nothing of
    that one."""
    plan = compiled.plan
    items = () if plan is None else owed_by(plan, unit) if unit is not None else tuple(owed(plan))
    ladders: dict[datetime, tuple[Step, ...]] = {}  # asked of the rules once per date: a whole country has few
    return {
        "directive": plan.head.model_dump(mode="json") if plan else None,
        "units": sorted({item.duty.unit for item in items}),
        "obligations": [_obligation(item, ladders) for item in items],
        "warnings": [fault.model_dump() for fault in compiled.warnings],
        "errors": [fault.model_dump() for fault in compiled.errors],
    }


def _obligation(item: Owed, ladders: dict[datetime, tuple[Step, ...]]) -> dict[str, Any]:
    requirement, duty = item.requirement, item.duty
    asked = requirement.model_dump(
        mode="json",
        include={"ref", "title", "kind", "stage", "due", "due_phrase", "term", "window", "period", "accepts_existing"},
    )
    return {
        "requirement": duty.requirement,
        "series": requirement.series,
        "unit": duty.unit,
        "lead": not duty.coordinating,
        "issuer": item.register.issuer,
        **asked,
        "opens": requirement.opening.model_dump(mode="json"),
        "applicable": duty.applicable,
        "reviewers": [reviewer.model_dump() for reviewer in duty.reviewers],
        "advised": duty.advised.model_dump() if duty.advised else None,
        "candidates": duty.candidates,
        "choices": requirement.choices,
        "indicators": [indicator.model_dump(mode="json") for indicator in requirement.indicators],
        "earlier": duty.earlier.number if duty.earlier else None,
        "steps": [{"name": step.name, "kind": step.kind, "at": step.at.isoformat()} for step in _steps(item, ladders)],
    }


def _steps(item: Owed, ladders: dict[datetime, tuple[Step, ...]]) -> list[Step]:
    """The steps that will go out where the date is fixed: after the opening, if its day is known, and before the
    closing; a unit that only takes part is reminded, nothing else."""
    due, opening = item.requirement.due, item.requirement.opening
    opens = opening.at_latest if opening.mode is OpeningMode.ON_DAY else item.register.starts
    if due is None or not item.duty.applicable:
        return []
    if due not in ladders:
        ladders[due] = steps(due, item.register.follow_up)
    return [
        step
        for step in ladders[due]
        if (opens is None or opens < step.at)
        and step.at < item.register.closing
        and (step.kind is StepKind.REMINDER or not item.duty.coordinating)
    ]
