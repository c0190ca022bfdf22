"""`dondoc check`: what `--json` says of a compiled plan."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from commands.owed import Owed, owed, owed_by
from models.follow_up import FollowUp, StepKind, Track
from models.plan import CascadePlan, OpeningMode, PlannedReport
from rules.calendar import last_day
from rules.compiler import Compiled
from rules.ladder import Step, rungs, step_name, steps


def check_document(compiled: Compiled, unit: str | None = None) -> dict[str, Any]:
    """Everything that the plan says, of all units or of one. Raises `CommandError` NOT_FOUND where it asks nothing of
    that one."""
    plan = compiled.plan
    items = () if plan is None else owed_by(plan, unit) if unit is not None else tuple(owed(plan))
    ladders: dict[date, tuple[Step, ...]] = {}  # asked of the rules once per date: a whole country has few
    return {
        "directive": plan.head.model_dump(mode="json") if plan else None,
        "follow_up": _follow_up(plan.cascades[-1].follow_up) if plan else None,
        "units": sorted({item.duty.unit for item in items}),
        "obligations": [_obligation(item, ladders) for item in items],
        "reports": [_report(report, units) for report, units in calendar(plan.cascades)] if plan else [],
        "warnings": [fault.model_dump() for fault in compiled.warnings],
        "errors": [fault.model_dump() for fault in compiled.errors],
    }


def calendar(registers: Iterable[CascadePlan]) -> list[tuple[PlannedReport, tuple[str, ...]]]:
    """The reports that registers issue while they run, by time, each with the units that issue it."""
    issuers: dict[PlannedReport, list[str]] = {}
    for register in registers:
        for report in register.reports:
            issuers.setdefault(report, []).append(register.issuer)
    ordered = sorted(issuers, key=lambda report: (report.issue_at, report.closes, report.key))
    return [(report, tuple(issuers[report])) for report in ordered]


def _report(report: PlannedReport, units: tuple[str, ...]) -> dict[str, Any]:
    return report.model_dump(mode="json") | {"units": units}


def _follow_up(follow_up: FollowUp) -> dict[str, Any]:
    """The ladders of the registers below the first one, which has nobody above; `silence`: after how many days."""
    ladders: dict[str, Any] = {
        track: [{"name": step_name(track, rung.days), "kind": rung.kind, "to": rung.to} for rung in found]
        for track in Track
        if (found := rungs(track, follow_up))
    }
    return ladders | {Track.SILENCE: follow_up.silent_after}


def _obligation(item: Owed, ladders: dict[date, tuple[Step, ...]]) -> dict[str, Any]:
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
        "steps": [
            {"name": step.name, "kind": step.kind, "to": step.to, "at": step.at.isoformat()}
            for step in _steps(item, ladders)
        ],
    }


def _steps(item: Owed, ladders: dict[date, tuple[Step, ...]]) -> list[Step]:
    """The steps of the due ladder that will go out where the date is fixed: after the opening, if its day is known, and
    before the closing; a unit that only takes part is reminded, nothing else."""
    due, opening = item.requirement.due, item.requirement.opening
    opens = opening.at_latest if opening.mode is OpeningMode.ON_DAY else item.register.starts
    if due is None or not item.duty.applicable:
        return []
    last = last_day(due)
    if last not in ladders:
        ladders[last] = steps(Track.DUE, last, item.register.follow_up)
    return [
        step
        for step in ladders[last]
        if (opens is None or opens < step.at)
        and step.at < item.register.closing
        and (step.kind is StepKind.REMINDER or not item.duty.coordinating)
    ]
