"""Rolls register lines up to the figures of a summary (counting as in report 1270/BC-TCTTTg; DOMAIN section 3)."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import datetime

from models.obligation import DONE, OWING, State, Timeliness
from models.plan import DirectiveHead
from models.register import ObligationLine
from models.summary import (
    Attendance,
    IssuedDocument,
    LevelTally,
    RequirementTally,
    Summary,
    Tally,
    UnitTally,
)
from models.unit import Level, Unit

_OUTSIDE = frozenset({State.DORMANT, State.NOT_APPLICABLE})


def tally(lines: Iterable[ObligationLine]) -> Tally:
    """Counts over lines; each obligation counts exactly once."""
    counts: Counter[str] = Counter()
    for line in lines:
        counts["obligations"] += 1
        counts["returned"] += line.returned
        counts["escalations"] += line.escalations
        if line.state is State.NOT_APPLICABLE:
            counts["not_applicable"] += 1
        elif line.state is State.DORMANT:
            counts["dormant"] += 1
        else:
            counts["applicable"] += 1
            counts[_column(line)] += 1
    counts["fell_due"] = counts["on_time"] + counts["late"] + counts["waiting"] + counts["not_done"]
    return Tally(**counts)


def _column(line: ObligationLine) -> str:
    done = line.state in DONE
    if line.due is None:
        return "done_no_deadline" if done else "open_no_deadline"
    if done:
        return "on_time" if line.timeliness is Timeliness.ON_TIME else "late"
    if line.state is State.SUBMITTED:
        return "waiting"
    return "not_done" if line.timeliness is Timeliness.OVERDUE else "not_yet_due"


def by_state(lines: Iterable[ObligationLine]) -> dict[State, int]:
    """Obligations per state; states without any are left out."""
    return dict(sorted(Counter(line.state for line in lines).items()))


def by_timeliness(lines: Iterable[ObligationLine]) -> dict[Timeliness, int]:
    """Obligations per timeliness, of those that opened and apply."""
    return dict(sorted(Counter(line.timeliness for line in lines if line.state not in _OUTSIDE).items()))


def summarise(
    head: DirectiveHead,
    issuer: Unit,
    lines: Sequence[ObligationLine],
    *,
    as_of: datetime,
    final: bool,
    mails_sent: int,
    mails_failed: int,
) -> Summary:
    """The whole summary from the lines of all registers of a directive, as they stand at `as_of` (business time)."""
    applicable = [line for line in lines if line.state not in _OUTSIDE]
    owing_units = {line.unit for line in applicable}
    answered = {line.unit for line in lines if line.submissions}
    silent = {
        line.unit: line.unit_name
        for line in applicable
        if line.unit not in answered and line.state in {*OWING, State.UNFULFILLED}
    }
    return Summary(
        head=head,
        issuer=issuer,
        final=final,
        as_of=as_of,
        units=len(owing_units),
        answered_units=len(answered),
        silent_units=tuple(silent.values()),
        overall=tally(lines),
        by_state=by_state(lines),
        by_timeliness=by_timeliness(lines),
        levels=tuple(
            LevelTally(level=level, units=len({line.unit for line in found}), tally=tally(found))
            for level in Level
            if (found := [line for line in lines if line.level is level])
        ),
        requirements=tuple(_requirement_tallies(lines)),
        unit_tallies=tuple(_unit_tallies(lines)),
        lines=tuple(lines),
        documents=tuple(
            IssuedDocument(
                unit_name=line.unit_name, level=line.level, document=line.document, requirement_title=line.title
            )
            for line in lines
            if line.state in DONE and line.document is not None
        ),
        attendance=_attendance(lines),
        submissions=sum(line.submissions for line in lines),
        mails_sent=mails_sent,
        mails_failed=mails_failed,
    )


def _requirement_tallies(lines: Sequence[ObligationLine]) -> Iterable[RequirementTally]:
    for key in dict.fromkeys(line.requirement for line in lines):
        found = [line for line in lines if line.requirement == key]
        first = found[0]
        yield RequirementTally(
            key=key,
            ref=first.ref,
            title=first.title,
            kind=first.kind,
            level=first.level,
            due=first.due,
            due_phrase=first.due_phrase,
            tally=tally(found),
        )


def _unit_tallies(lines: Sequence[ObligationLine]) -> Iterable[UnitTally]:
    by_unit: dict[str, list[ObligationLine]] = {}
    for line in lines:
        by_unit.setdefault(line.unit, []).append(line)
    for code, found in by_unit.items():
        first = found[0]
        yield UnitTally(
            code=code,
            name=first.unit_name,
            level=first.level,
            issuer_name=first.issuer_name,
            tally=tally(found),
        )


def _attendance(lines: Iterable[ObligationLine]) -> Attendance:
    held = [line for line in lines if line.state in DONE and line.total is not None]
    split = [line for line in held if line.men is not None and line.women is not None]
    return Attendance(
        events=len(held),
        men=sum(line.men or 0 for line in split),
        women=sum(line.women or 0 for line in split),
        total=sum(line.total or 0 for line in held),
        without_split=len(held) - len(split),
    )
