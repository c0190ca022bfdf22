"""When an obligation is followed up: the ladder around its due day (DOMAIN section 3, proposal), or, where it has none,
the chasing of what has been silent for long."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache

from models.obligation import ObligationState
from models.plan import FollowUp, Rung, StepKind
from rules.calendar import FrozenCalendar, day_start, last_day, local_day

DEFAULT_LADDER = (
    Rung(days=-10, kind=StepKind.REMINDER),
    Rung(days=-5, kind=StepKind.REMINDER),
    Rung(days=-1, kind=StepKind.REMINDER),
    Rung(days=1, kind=StepKind.OVERDUE),
    Rung(days=5, kind=StepKind.CHASE),
    Rung(days=15, kind=StepKind.ESCALATION),
)


@dataclass(frozen=True)
class Step:
    """One step that goes out at an instant: `T-5`, `T+15`, or `S+90` after 90 days of silence."""

    name: str
    kind: StepKind
    at: datetime


@lru_cache(maxsize=4096)
def steps(due: datetime, follow_up: FollowUp) -> tuple[Step, ...]:
    """The ladder for one due instant, in order, each step on a working day at the register's sending time."""
    day, calendar = last_day(due), FrozenCalendar(follow_up.days_off)
    return tuple(
        Step(rung.name, rung.kind, day_start(calendar.add(day, rung.days), follow_up.send_at))
        for rung in sorted(follow_up.ladder, key=lambda rung: rung.days)
    )


@lru_cache(maxsize=4096)
def silence(heard: date, number: int, follow_up: FollowUp) -> Step | None:
    """The chase number `number` (from 0) after a last sign of life: so many times `silent_after` calendar days later,
    or on the next working day. None where silence is not chased."""
    if follow_up.silent_after is None:
        return None
    days = follow_up.silent_after * (number + 1)
    day, calendar = heard + timedelta(days=days), FrozenCalendar(follow_up.days_off)
    if not calendar.is_working_day(day):
        day = calendar.add(day, 1)
    return Step(f"S+{days}", StepKind.SILENCE, day_start(day, follow_up.send_at))


@lru_cache(maxsize=4096)
def reply_reminder(reply_by: date, follow_up: FollowUp) -> datetime:
    """When a reply is asked for that was to come by a day: on the next working day, at the register's sending time."""
    return day_start(FrozenCalendar(follow_up.days_off).add(reply_by, 1), follow_up.send_at)


class Schedule:
    """The steps of a register's obligations; every ladder and every chase is worked out once."""

    def __init__(self, follow_up: FollowUp) -> None:
        self._follow_up = follow_up
        self._ladders: dict[tuple[datetime, bool], tuple[Step, ...]] = {}
        self._chases: dict[tuple[datetime, int], Step | None] = {}

    def step(self, item: ObligationState, number: int) -> Step | None:
        """Step number `number` (from 0) of an obligation; None where it has no more.

        A unit that only takes part is reminded and nothing else, for the one who reminds does not stand above it.
        """
        if item.due is not None:
            ladder = self._ladder(item.due, item.coordinating)
            return ladder[number] if number < len(ladder) else None
        if item.heard_at is None or item.coordinating or self._follow_up.silent_after is None:
            return None
        found = self._chases.get((item.heard_at, number))
        if found is None:
            found = self._chases[item.heard_at, number] = silence(local_day(item.heard_at), number, self._follow_up)
        return found

    def reached(self, item: ObligationState, at: datetime) -> tuple[Step, ...]:
        """The steps of an obligation that have not fired yet and whose time has come by an instant."""
        found: list[Step] = []
        while (step := self.step(item, item.next_step + len(found))) is not None and step.at <= at:
            found.append(step)
        return tuple(found)

    def behind(self, due: datetime | None, coordinating: bool, at: datetime) -> int:
        """How many steps of an obligation that is heard of at an instant lie behind then. They are not caught up with:
        nobody is reminded of the past."""
        return 0 if due is None else sum(step.at <= at for step in self._ladder(due, coordinating))

    def _ladder(self, due: datetime, coordinating: bool) -> tuple[Step, ...]:
        ladder = self._ladders.get((due, coordinating))
        if ladder is None:
            ladder = steps(due, self._follow_up)
            if coordinating:
                ladder = tuple(step for step in ladder if step.kind is StepKind.REMINDER)
            self._ladders[due, coordinating] = ladder
        return ladder
