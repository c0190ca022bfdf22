"""Units x requirements at a glance: one letter and one colour per obligation (pure)."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum

from models.obligation import DONE, OWING, State, Timeliness
from models.register import ObligationLine
from rules.collation import vietnamese
from rules.standing import title
from rules.timeliness import paused
from texts.language import mark


class Heat(Enum):
    """What a cell says; the letter carries the meaning, the colour (the CSS class is the member's name) repeats it."""

    OVERDUE = ("Q", mark("Quá hạn"))
    WAITING = ("C", mark("Chờ xác nhận"))
    RETURNED = ("T", mark("Trả lại để bổ sung"))
    DUE_SOON = ("S", mark("Sắp đến hạn"))
    OPEN = ("Đ", mark("Đang thực hiện"))
    DONE = ("H", mark("Đã hoàn thành"))
    DONE_LATE = ("M", mark("Hoàn thành quá hạn"))
    UNFULFILLED = ("X", mark("Không hoàn thành"))
    SUSPENDED = ("D", mark("Tạm dừng"))
    DORMANT = ("–", mark("Chưa phát sinh"))
    NOT_APPLICABLE = ("K", mark("Không áp dụng"))
    WAIVED = ("N", mark("Được miễn thực hiện"))
    WITHDRAWN = ("R", mark("Đã rút"))
    TRANSFERRED = ("G", mark("Đã chuyển giao"))

    @property
    def letter(self) -> str:
        return self.value[0]

    @property
    def words(self) -> str:
        return self.value[1]

    @property
    def css(self) -> str:
        return "heat-" + self.name.lower().replace("_", "-")


_BY_STATE = {
    State.SUBMITTED: Heat.WAITING,
    State.RETURNED: Heat.RETURNED,
    State.UNFULFILLED: Heat.UNFULFILLED,
    State.DORMANT: Heat.DORMANT,
    State.NOT_APPLICABLE: Heat.NOT_APPLICABLE,
    State.WAIVED: Heat.WAIVED,
    State.WITHDRAWN: Heat.WITHDRAWN,
    State.TRANSFERRED: Heat.TRANSFERRED,
}


def heat(line: ObligationLine) -> Heat:
    """The cell of one obligation; being overdue is said first, even of what was returned."""
    if line.state in OWING and line.timeliness is Timeliness.OVERDUE:
        return Heat.OVERDUE
    if line.state in DONE:
        return Heat.DONE_LATE if line.timeliness is Timeliness.LATE else Heat.DONE
    if paused(line):
        return Heat.SUSPENDED
    if line.state is State.OPEN:
        return Heat.DUE_SOON if line.timeliness is Timeliness.DUE_SOON else Heat.OPEN
    return _BY_STATE[line.state]


@dataclass(frozen=True)
class HeatRow:
    """`cells` follow the columns; None where the unit does not owe the requirement."""

    unit: str
    unit_name: str
    cells: tuple[Heat | None, ...]


@dataclass(frozen=True)
class HeatColumn:
    """A requirement: its key, a short label and its title."""

    requirement: str
    label: str
    title: str


@dataclass(frozen=True)
class HeatTable:
    columns: tuple[HeatColumn, ...]
    rows: tuple[HeatRow, ...]

    @property
    def legend(self) -> tuple[Heat, ...]:
        """The meanings that occur, in order of urgency."""
        return tuple(item for item in Heat if any(item in row.cells for row in self.rows))


def _label(line: ObligationLine, number: int) -> str:
    """What stands at the head of a column: the place in the document, the period, or else the column's number."""
    return " ".join(filter(None, (line.ref, line.period.label if line.period else ""))) or str(number)


def heat_table(lines: Iterable[ObligationLine]) -> HeatTable:
    """The table of a register: requirements in the directive's order, units in that of the Vietnamese alphabet."""
    requirements: dict[str, HeatColumn] = {}
    names: dict[str, str] = {}
    cells: dict[tuple[str, str], Heat] = {}
    for line in lines:
        requirements.setdefault(
            line.requirement, HeatColumn(line.requirement, _label(line, len(requirements) + 1), title(line))
        )
        names.setdefault(line.unit, line.unit_name)
        cells[line.unit, line.requirement] = heat(line)
    rows = (
        HeatRow(unit, names[unit], tuple(cells.get((unit, key)) for key in requirements))
        for unit in sorted(names, key=lambda unit: vietnamese(names[unit]))
    )
    return HeatTable(tuple(requirements.values()), tuple(rows))
