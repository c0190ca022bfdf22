"""Counts over a register: state x timeliness, never one axis alone (pure; DOMAIN section 3)."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from models.obligation import DONE, NOT_ASKED, OWING, State, Timeliness
from models.register import ObligationLine
from rules.words import STATES
from texts.language import mark

COLUMNS = {
    mark("Trong hạn"): frozenset({Timeliness.IN_TIME, Timeliness.ON_TIME}),
    mark("Sắp đến hạn"): frozenset({Timeliness.DUE_SOON}),
    mark("Quá hạn"): frozenset({Timeliness.OVERDUE, Timeliness.LATE}),
    mark("Không thời hạn"): frozenset({Timeliness.NO_DEADLINE}),
}


@dataclass(frozen=True)
class FigureRow:
    """`label` and `COLUMNS` are looked up where they are shown; `counts` follow `COLUMNS`, None in states that have
    no time to keep."""

    label: str
    counts: tuple[int | None, ...]
    total: int


@dataclass(frozen=True)
class Figures:
    """`asked` leaves out what is not asked of a unit, yet or any more; `silent` counts units that acknowledged none."""

    asked: int
    done: int
    waiting: int
    overdue: int
    silent: int
    rows: tuple[FigureRow, ...]


def figures(lines: Iterable[ObligationLine]) -> Figures:
    """All counts of a register in one pass over its lines; those of units that only take part are left out."""
    lines = tuple(line for line in lines if not line.coordinating)
    counted = Counter((line.state, line.timeliness) for line in lines)
    states = Counter(line.state for line in lines)
    rows = tuple(
        FigureRow(
            label,
            tuple(
                None if state in NOT_ASKED else sum(counted[state, item] for item in column)
                for column in COLUMNS.values()
            ),
            states[state],
        )
        for state, label in STATES.items()
        if states[state]
    )
    return Figures(
        asked=sum(count for state, count in states.items() if state not in NOT_ASKED),
        done=sum(states[state] for state in DONE),
        waiting=states[State.SUBMITTED],
        overdue=sum(counted[state, Timeliness.OVERDUE] for state in OWING),
        silent=len({line.unit for line in lines if line.state in OWING and line.acknowledged_at is None}),
        rows=rows,
    )
