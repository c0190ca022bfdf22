"""Whether the steps of the ladders can go out: on a day in the life of the register, and to somebody.

What the file asks for and cannot happen is an error; where that is so for some requirements only, or where just the
usual ladder is concerned, a warning.
"""

from collections.abc import Collection, Iterator, Mapping
from datetime import date

from models.directive import RungFile
from models.follow_up import Audience, Rung, StepKind, Track
from models.plan import CascadePlan, Opening, OpeningMode
from models.unit import Unit
from rules.calendar import last_day, local_day
from rules.compiling.desk import Desk
from rules.compiling.feasibility import Latest
from rules.compiling.following_up import WRITTEN, days_of, rungs
from rules.compiling.schedule import Schedule, Variant
from rules.ladder import step_name
from rules.source import Path
from rules.words import day

_MOST_PRESSING = frozenset({StepKind.CHASE, StepKind.ESCALATION})
_KNOWN = frozenset({OpeningMode.AT_START, OpeningMode.ON_DAY})
"""Openings whose day is known; what waits for something may open, and be due, much earlier than at the latest."""


def check_days(desk: Desk, schedule: Schedule, latest: Latest, openings: Mapping[str, Opening], closing: date) -> None:
    """Whether each step falls before the closing, and one on what nobody has acknowledged before it is due. Of the
    usual ladders only that of what is due is looked at."""
    for track in WRITTEN:
        for step, path, written in _steps(desk, track):
            if step.days < 0 or not (written or track is Track.DUE):
                continue
            found = {key: list(_spans(desk, schedule, latest, openings, track, key)) for key in desk.requirements}
            found = {key: spans for key, spans in found.items() if spans}
            never: dict[str, tuple[date, date]] = {}
            for key, spans in found.items():
                missed = [
                    (falls, min(end, closing))
                    for base, end in spans
                    if base and (falls := desk.calendar.add(base, step.days)) > min(end, closing)
                ]
                if len(missed) == len(spans):
                    never[key] = missed[0]
            everywhere = len(never) == len(found)
            if never and (written or everywhere):
                place = (*path, "at") if written else ("closing",)
                message = _never_words(step_name(track, step.days), step, never, closing)
                (desk.error if written and everywhere else desk.warn)("step_never_fires", place, message)


def check_receivers(desk: Desk, cascades: Collection[CascadePlan]) -> None:
    """Whether there is somebody to tell of each step: somebody above, and for a chase or an escalation an address."""
    for track in WRITTEN:
        for step, path, written in _steps(desk, track):
            if written is not None and len(cascades) == 1 and Audience.ABOVE in step.to:
                place = (*path, "to", written.to.index(Audience.ABOVE)) if written.to else (*path, "do")
                message = "nobody stands above the only register of this directive: name tracker_head or issuer"
                desk.error("no_receiver", place, message)
            elif step.kind in _MOST_PRESSING and (written or track is Track.DUE):
                units = set(_told(cascades, step.to))
                if units and not any(_has_address(desk.registry.units[code]) for code in units):
                    message = (
                        f"{step_name(track, step.days)} ({step.kind}) would reach nobody: none of the {len(units)} "
                        f"units it tells has an e-mail address in the registry (first: {min(units)})"
                    )
                    (desk.error if written else desk.warn)("no_receiver", path, message)


def _steps(desk: Desk, track: Track) -> Iterator[tuple[Rung, Path, RungFile | None]]:
    """The steps of a ladder, and where and how each stands in the file; None where the ladder is the usual one."""
    policy, name = desk.written.policy, WRITTEN[track]
    written: tuple[RungFile, ...] | None = getattr(policy, name)
    if written is None:
        yield from ((step, ("policy",), None) for step in rungs(policy, track))
        return
    places = sorted(range(len(written)), key=lambda index: days_of(written[index]))
    for step, index in zip(rungs(policy, track), places, strict=True):
        yield step, ("policy", name, index), written[index]


def _spans(
    desk: Desk,
    schedule: Schedule,
    latest: Latest,
    openings: Mapping[str, Opening],
    track: Track,
    key: str,
) -> Iterator[tuple[date | None, date]]:
    """The earliest day that a ladder may count from for each variant of a requirement, None where it is not known, and
    the last day on which a step may fall; nothing for what the ladder is not about."""
    for variant in schedule.of(key):
        known = variant.since is not None or openings[variant.key].mode in _KNOWN
        opened = _opened(desk, variant, openings[variant.key]) if known else None
        dated = variant.due is not None or variant.term is not None
        due = last_day(variant.due) if variant.due else latest.due(variant.key) if known else None
        if track is Track.DUE and dated:
            yield due, date.max
        elif track is Track.UNACKNOWLEDGED:
            yield opened, due or date.max
        elif track is Track.RETURNED:
            yield due if dated else opened, date.max
        elif track is Track.REVIEW:
            yield opened, date.max


def _opened(desk: Desk, variant: Variant, opening: Opening) -> date:
    if variant.since is not None:
        return variant.since
    return local_day(opening.at_latest) if opening.at_latest else desk.written.document.date


def _never_words(name: str, step: Rung, never: Mapping[str, tuple[date, date]], closing: date) -> str:
    (key, (falls, end)), *others = never.items()
    last = "the register closes on" if end == closing else "the last day in time,"
    more = f", and likewise for {len(others)} more" if others else ""
    return (
        f"{name} ({step.kind}) would fall on {day(falls)} for {key!r}, after {last} {day(end)}, and never go out{more}"
    )


def _told(cascades: Collection[CascadePlan], to: Collection[Audience]) -> Iterator[str]:
    """The units that a step tells, in any register."""
    keepers = {cascade.cascade_id: cascade.issuer for cascade in cascades}
    for cascade in cascades:
        if {Audience.FOCAL, Audience.HEAD} & set(to):
            yield from (duty.unit for duty in cascade.duties if not duty.coordinating)
        if {Audience.TRACKER, Audience.TRACKER_HEAD} & set(to):
            yield cascade.issuer
        if Audience.ABOVE in to and cascade.parent:
            yield keepers[cascade.parent]
        if Audience.ISSUER in to and cascade.parent is None:
            yield cascade.issuer


def _has_address(unit: Unit) -> bool:
    return bool(unit.focal_email or unit.head_email)
