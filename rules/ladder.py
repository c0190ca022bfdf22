"""When an obligation is followed up: a ladder of steps for each track (DOMAIN section 3, proposal). All steps fall on
working days, so that no weekend and no Tết spends one."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import lru_cache

from models.follow_up import Audience, FollowUp, Rung, StepKind, Track
from models.obligation import OWING, ObligationState, State
from rules.calendar import FrozenCalendar, day_start, last_day, local_day

AUDIENCES: Mapping[StepKind, tuple[Audience, ...]] = {
    StepKind.REMINDER: (Audience.FOCAL,),
    StepKind.OVERDUE: (Audience.HEAD,),
    StepKind.CHASE: (Audience.FOCAL, Audience.HEAD),
    StepKind.ESCALATION: (Audience.TRACKER_HEAD,),
    StepKind.SILENCE: (Audience.FOCAL, Audience.HEAD),
}
"""Whom a step tells where the directive does not say."""
_AT_A_REVIEW: Mapping[StepKind, tuple[Audience, ...]] = {
    StepKind.REMINDER: (Audience.TRACKER,),
    StepKind.OVERDUE: (Audience.TRACKER_HEAD,),
    StepKind.CHASE: (Audience.TRACKER, Audience.TRACKER_HEAD),
    StepKind.ESCALATION: (Audience.ABOVE,),
}
"""The same where it is the reviewer who is late."""
_OF_THE_UNIT = frozenset({Audience.FOCAL, Audience.HEAD})
FOLLOWED_UP = OWING | {State.SUBMITTED}
"""States in which a unit, or whoever reviews, is followed up."""


def audiences(track: Track, kind: StepKind) -> tuple[Audience, ...]:
    """Whom a step of a ladder tells where the directive does not say."""
    return _AT_A_REVIEW[kind] if track is Track.REVIEW else AUDIENCES[kind]


def rung(days: int, kind: StepKind, *to: Audience) -> Rung:
    """A step so many working days from the day that its track counts from."""
    return Rung(days=days, kind=kind, to=to or AUDIENCES[kind])


DEFAULT_LADDER = (
    rung(-10, StepKind.REMINDER),
    rung(-5, StepKind.REMINDER),
    rung(-1, StepKind.REMINDER),
    rung(1, StepKind.OVERDUE),
    rung(5, StepKind.CHASE),
    rung(15, StepKind.ESCALATION),
)
UNACKNOWLEDGED = (
    rung(3, StepKind.REMINDER),
    rung(5, StepKind.OVERDUE, Audience.FOCAL, Audience.HEAD),
    rung(10, StepKind.ESCALATION, Audience.TRACKER),
)
"""The ladder of what was never acknowledged, in working days from its opening, until it is due."""
NOT_RESUBMITTED = (
    rung(3, StepKind.REMINDER),
    rung(5, StepKind.OVERDUE),
    rung(10, StepKind.CHASE),
    rung(20, StepKind.ESCALATION),
)
"""The ladder of what was returned and not handed in again, in working days from the return or, where that comes later,
from the due day."""


def review_ladder(review_days: int) -> tuple[Rung, ...]:
    """The ladder of a review that takes longer than the working days it may take: the reviewer is reminded, then his
    head, then the head above."""
    return (
        rung(max(review_days, 1), StepKind.REMINDER, Audience.TRACKER),
        rung(review_days + 3, StepKind.OVERDUE, Audience.TRACKER_HEAD),
        rung(review_days + 10, StepKind.ESCALATION, Audience.ABOVE),
    )


LETTERS = {Track.DUE: "T", Track.UNACKNOWLEDGED: "A", Track.RETURNED: "R", Track.REVIEW: "V", Track.SILENCE: "S"}
"""With which the name of a step begins, by what it counts from."""


def step_name(track: Track, days: int) -> str:
    """`T-5`, `A+3`, `R+5`, `V+5` or `S+90`."""
    return f"{LETTERS[track]}{days:+d}"


def rungs(track: Track, follow_up: FollowUp) -> tuple[Rung, ...]:
    """The ladder of a track; silence has none, for it goes on as long as it lasts."""
    return {
        Track.DUE: follow_up.ladder,
        Track.UNACKNOWLEDGED: follow_up.unacknowledged,
        Track.RETURNED: follow_up.returned,
        Track.REVIEW: follow_up.review,
        Track.SILENCE: (),
    }[track]


@dataclass(frozen=True)
class Step:
    """One step that goes out at an instant: `T-5`, `T+15`, `A+3` after the opening, `R+5` after a return, `V+5` after
    it was handed in, or `S+90` after 90 days of silence."""

    name: str
    kind: StepKind
    to: tuple[Audience, ...]
    at: datetime


@lru_cache(maxsize=4096)
def steps(track: Track, day: date, follow_up: FollowUp) -> tuple[Step, ...]:
    """The ladder of a track that counts from a day, in order, at the register's sending time."""
    calendar = FrozenCalendar(follow_up.days_off)
    return tuple(
        Step(
            step_name(track, rung.days),
            rung.kind,
            rung.to or audiences(track, rung.kind),
            day_start(calendar.add(day, rung.days), follow_up.send_at),
        )
        for rung in sorted(rungs(track, follow_up), key=lambda rung: rung.days)
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
    return Step(
        step_name(Track.SILENCE, days), StepKind.SILENCE, AUDIENCES[StepKind.SILENCE], day_start(day, follow_up.send_at)
    )


@lru_cache(maxsize=4096)
def reply_reminder(reply_by: date, follow_up: FollowUp) -> datetime:
    """When a reply is asked for that was to come by a day: on the next working day, at the register's sending time."""
    return day_start(FrozenCalendar(follow_up.days_off).add(reply_by, 1), follow_up.send_at)


def tracks(item: ObligationState) -> Mapping[Track, date]:
    """The tracks on which an obligation is followed up as it stands, with the day from which each counts.

    What is due counts from its last day. All else counts from when something was last heard of it (`heard_at`): when it
    opened, was handed in or returned, or went on after a pause or with another unit. What was returned before it is due
    is pressed for only once it is due; what was never acknowledged is then a matter of the due ladder. A unit that only
    takes part is reminded and nothing else, for the one who reminds does not stand above it.
    """
    heard = item.heard_at
    if item.state is State.SUBMITTED:
        return {} if heard is None else {Track.REVIEW: local_day(heard)}
    if item.state not in OWING:
        return {}
    due = last_day(item.due) if item.due is not None else None
    found: dict[Track, date] = {} if due is None else {Track.DUE: due}
    if item.coordinating or heard is None:
        return found
    if item.state is State.RETURNED:
        found[Track.RETURNED] = max(local_day(heard), due or local_day(heard))
    elif item.acknowledged_at is None:
        found[Track.UNACKNOWLEDGED] = local_day(heard)
    if due is None:
        found[Track.SILENCE] = local_day(heard)
    return found


class Schedule:
    """The steps of a register's obligations."""

    def __init__(self, follow_up: FollowUp) -> None:
        self._follow_up = follow_up
        self._ladders: dict[tuple[Track, date], tuple[Step, ...]] = {}

    def reached(self, item: ObligationState, at: datetime) -> Mapping[Track, tuple[Step, ...]]:
        """The steps of an obligation that have not fired yet and whose time has come by an instant, by track."""
        found: dict[Track, tuple[Step, ...]] = {}
        for track, day in tracks(item).items():
            ready: list[Step] = []
            climbed = item.climbed.get(track, 0)
            while (step := self._step(item, track, day, climbed + len(ready))) is not None and step.at <= at:
                ready.append(step)
            if ready:
                found[track] = tuple(ready)
        return found

    def counted(self, item: ObligationState, at: datetime) -> ObligationState:
        """An obligation that is heard of at an instant, with the steps of each track that lie behind. They are not
        caught up with: nobody is reminded of the past."""
        behind: dict[Track, int] = {}
        ahead: list[datetime] = []
        for track, day in tracks(item).items():
            number = 0
            while (step := self._step(item, track, day, number)) is not None and step.at <= at:
                number += 1
            behind[track] = number
            ahead += [step.at] if step is not None else []
        return item.model_copy(update={"climbed": behind, "next_step_at": min(ahead, default=None)})

    def climbed(self, item: ObligationState, track: Track, steps: int) -> ObligationState:
        """An obligation after so many more steps of a track."""
        climbed = {**item.climbed, track: item.climbed.get(track, 0) + steps}
        ahead = (self._step(item, other, day, climbed.get(other, 0)) for other, day in tracks(item).items())
        next_at = min((step.at for step in ahead if step is not None), default=None)
        return item.model_copy(update={"climbed": climbed, "next_step_at": next_at})

    def _step(self, item: ObligationState, track: Track, day: date, number: int) -> Step | None:
        """Step number `number` (from 0) of a track; None where it has no more."""
        if track is Track.SILENCE:
            return silence(day, number, self._follow_up)
        ladder = self._ladder(track, day)
        if track is Track.DUE and item.coordinating:
            ladder = _reminders_of_the_unit(ladder)
        elif track is Track.DUE and item.state is State.RETURNED and self._follow_up.returned:
            ladder = tuple(step for step in ladder if step.kind is StepKind.REMINDER)
        step = ladder[number] if number < len(ladder) else None
        past = track is Track.UNACKNOWLEDGED and step is not None and item.due is not None and step.at >= item.due
        return None if past else step

    def _ladder(self, track: Track, day: date) -> tuple[Step, ...]:
        if (track, day) not in self._ladders:
            self._ladders[track, day] = steps(track, day, self._follow_up)
        return self._ladders[track, day]


def _reminders_of_the_unit(ladder: tuple[Step, ...]) -> tuple[Step, ...]:
    """The reminders of a ladder as far as they go to the unit that owes."""
    own = (
        replace(step, to=tuple(audience for audience in step.to if audience in _OF_THE_UNIT))
        for step in ladder
        if step.kind is StepKind.REMINDER
    )
    return tuple(step for step in own if step.to)
