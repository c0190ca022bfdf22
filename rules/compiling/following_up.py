"""How the directive is followed up: the ladders of its policy, as written or as usual."""

from collections.abc import Iterable
from datetime import date

from models.directive import Policy, RungFile
from models.follow_up import Audience, FollowUp, Rung, StepKind, Track
from rules.calendar import days_off
from rules.compiling.desk import Desk
from rules.ladder import DEFAULT_LADDER, LETTERS, NOT_RESUBMITTED, UNACKNOWLEDGED, audiences, review_ladder, step_name
from rules.source import Path

WRITTEN = {
    Track.DUE: "ladder",
    Track.UNACKNOWLEDGED: "unacknowledged",
    Track.RETURNED: "returned",
    Track.REVIEW: "review",
}
"""The key of each ladder under `policy`."""
_FROM = {
    Track.DUE: "the due day",
    Track.UNACKNOWLEDGED: "the opening",
    Track.RETURNED: "the return",
    Track.REVIEW: "the handing in",
}
_OF_THE_UNIT = frozenset({Audience.FOCAL, Audience.HEAD})
_LADDERS = {Track.DUE: DEFAULT_LADDER, Track.UNACKNOWLEDGED: UNACKNOWLEDGED, Track.RETURNED: NOT_RESUBMITTED}


def check_ladders(desk: Desk) -> None:
    """Whether every step counts from the day of its ladder, falls on a day of its own, and tells somebody whom it
    concerns."""
    for track, name in WRITTEN.items():
        seen: set[int] = set()
        for index, step in enumerate(getattr(desk.written.policy, name) or ()):
            path: Path = ("policy", name, index)
            if _counts_right(desk, track, step, path, seen):
                _check_said(desk, track, step, path)


def follow_up(desk: Desk, closing: date) -> FollowUp:
    """The follow-up of every register that stands below another one."""
    policy = desk.written.policy
    return FollowUp(
        **{name: rungs(policy, track) for track, name in WRITTEN.items()},
        send_at=policy.send_at,
        silent_after=policy.silent_after,
        days_off=days_off(desk.calendar, desk.written.document.date, closing),
    )


def rungs(policy: Policy, track: Track) -> tuple[Rung, ...]:
    """The steps of a ladder in the order of their days: as written, else as usual."""
    written: tuple[RungFile, ...] | None = getattr(policy, WRITTEN[track])
    if written is None:
        return _LADDERS.get(track) or review_ladder(policy.review_days)
    found = (Rung(days=days_of(step), kind=step.do, to=step.to or audiences(track, step.do)) for step in written)
    return tuple(sorted(found, key=lambda step: step.days))


def at_the_top(below: FollowUp) -> FollowUp:
    """The follow-up of the first register: nobody stands above the unit that keeps it, and that is the issuer. A step
    that would tell only somebody above is none."""
    return below.model_copy(update={name: tuple(_at_the_top(getattr(below, name))) for name in WRITTEN.values()})


def _at_the_top(ladder: Iterable[Rung]) -> Iterable[Rung]:
    for step in ladder:
        needless = {Audience.ABOVE} | ({Audience.ISSUER} if Audience.TRACKER_HEAD in step.to else set())
        to = tuple(audience for audience in step.to if audience not in needless)
        if to:
            yield step.model_copy(update={"to": to})


def days_of(step: RungFile) -> int:
    """Working days from the day that the ladder of a step counts from, negative before it."""
    return int(step.at[1:])


def _counts_right(desk: Desk, track: Track, step: RungFile, path: Path, seen: set[int]) -> bool:
    """Whether a step counts from the day of its ladder and falls on a day of its own; `seen` are those before it."""
    faults, days, letter = len(desk.errors), days_of(step), LETTERS[track]
    if step.at[0] != letter:
        message = f"a step of `{path[1]}` counts from {_FROM[track]}: write {step_name(track, abs(days) or 1)}"
        desk.error("wrong_letter", (*path, "at"), message)
    elif days == 0:
        either = f"{letter}-1 or " if track is Track.DUE else ""
        desk.error("step_on_due_day", (*path, "at"), f"a step needs a distance: {either}{letter}+1")
    elif days in seen:
        message = f"there is a step on that day already: {step_name(track, days)}"
        desk.error("duplicate_step", (*path, "at"), message)
    seen.add(days)
    return len(desk.errors) == faults


def _check_said(desk: Desk, track: Track, step: RungFile, path: Path) -> None:
    """Whether a step says what is true on its day, to those whom it concerns."""
    early = track is Track.DUE and days_of(step) < 0
    if step.do is StepKind.SILENCE:
        message = "what has no due date is chased after `silent_after` days; a step is a reminder, overdue, chase or "
        desk.error("wrong_step", (*path, "do"), f"{message}escalation")
    elif early and step.do is not StepKind.REMINDER:
        message = (
            f"before the due day nothing is late yet: write `do: reminder`, or a day after it like T+{-days_of(step)}"
        )
        desk.error("wrong_step", (*path, "do"), message)
    for index, audience in enumerate(step.to):
        place = (*path, "to", index)
        if track is Track.REVIEW and audience in _OF_THE_UNIT:
            message = f"{str(audience)!r} has handed in and waits as well: name tracker, tracker_head, above or issuer"
            desk.error("wrong_receiver", place, message)
        elif early and audience not in _OF_THE_UNIT:
            message = f"before the due day only the unit itself is reminded, not {str(audience)!r}: name focal or head"
            desk.error("wrong_receiver", place, message)
