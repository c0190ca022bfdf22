"""Units x requirements at a glance: one letter and one colour per obligation (pure)."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum

from models.obligation import DONE, OWING, State, Timeliness
from models.register import ObligationLine
from rules.standing import title


class Heat(Enum):
    """What a cell says; the letter carries the meaning, the colour (the CSS class is the member's name) repeats it."""

    OVERDUE = ("Q", "Quá hạn")
    WAITING = ("C", "Chờ xác nhận")
    RETURNED = ("T", "Trả lại để bổ sung")
    DUE_SOON = ("S", "Sắp đến hạn")
    OPEN = ("Đ", "Đang thực hiện")
    DONE = ("H", "Đã hoàn thành")
    DONE_LATE = ("M", "Hoàn thành quá hạn")
    UNFULFILLED = ("X", "Không hoàn thành")
    DORMANT = ("–", "Chưa phát sinh")
    NOT_APPLICABLE = ("K", "Không áp dụng")
    WITHDRAWN = ("R", "Đã rút")

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
    State.WITHDRAWN: Heat.WITHDRAWN,
}


def heat(line: ObligationLine) -> Heat:
    """The cell of one obligation; being overdue is said first, even of what was returned."""
    if line.state in OWING and line.timeliness is Timeliness.OVERDUE:
        return Heat.OVERDUE
    if line.state in DONE:
        return Heat.DONE_LATE if line.timeliness is Timeliness.LATE else Heat.DONE
    if line.state is State.OPEN:
        return Heat.DUE_SOON if line.timeliness is Timeliness.DUE_SOON else Heat.OPEN
    return _BY_STATE[line.state]


@dataclass(frozen=True)
class HeatRow:
    """`cells` follow the columns; None where the unit does not owe the requirement."""

    unit_name: str
    cells: tuple[Heat | None, ...]


@dataclass(frozen=True)
class HeatTable:
    """`columns` are pairs of a short label and the title of a requirement."""

    columns: tuple[tuple[str, str], ...]
    rows: tuple[HeatRow, ...]

    @property
    def legend(self) -> tuple[Heat, ...]:
        """The meanings that occur, in order of urgency."""
        return tuple(item for item in Heat if any(item in row.cells for row in self.rows))


def _label(line: ObligationLine) -> str:
    return " ".join(filter(None, (line.ref, line.period.label if line.period else ""))) or line.requirement


def heat_table(lines: Iterable[ObligationLine]) -> HeatTable:
    """The table of a register, units and requirements in the order in which they first appear."""
    requirements: dict[str, tuple[str, str]] = {}
    names: dict[str, str] = {}
    cells: dict[tuple[str, str], Heat] = {}
    for line in lines:
        requirements.setdefault(line.requirement, (_label(line), title(line)))
        names.setdefault(line.unit, line.unit_name)
        cells[line.unit, line.requirement] = heat(line)
    rows = (HeatRow(name, tuple(cells.get((unit, key)) for key in requirements)) for unit, name in names.items())
    return HeatTable(tuple(requirements.values()), tuple(rows))
