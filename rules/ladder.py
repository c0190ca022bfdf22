"""The follow-up ladder: steps in working days around the due date (DOMAIN section 3, proposal)."""

import re
from collections.abc import Iterable
from datetime import datetime, time

from models.directive import Rung
from models.plan import LadderStep, StepKind
from rules.calendar import WorkingCalendar, day_start, last_day

DEFAULT_LADDER = (
    Rung(at="T-10", do=StepKind.REMINDER),
    Rung(at="T-5", do=StepKind.REMINDER),
    Rung(at="T-1", do=StepKind.REMINDER),
    Rung(at="T+1", do=StepKind.OVERDUE),
    Rung(at="T+5", do=StepKind.CHASE),
    Rung(at="T+15", do=StepKind.ESCALATION),
)
_OFFSET = re.compile(r"T([+-]\d+)")


def offset(rung: Rung) -> int:
    """Working days from the due day: negative before, positive after. The form is checked by the model."""
    match = _OFFSET.fullmatch(rung.at)
    if match is None:
        raise ValueError(rung.at)
    return int(match[1])


def steps(due: datetime, rungs: Iterable[Rung], calendar: WorkingCalendar, at: time) -> tuple[LadderStep, ...]:
    """The ladder for one due instant, in order, each on a working day at the office's sending time."""
    day = last_day(due)
    return tuple(
        LadderStep(name=rung.at, kind=rung.do, at=day_start(calendar.add(day, offset(rung)), at))
        for rung in sorted(rungs, key=offset)
    )
