"""How far each requirement has come: its lines, and a bar of counts (pure)."""

from collections.abc import Iterable
from dataclasses import dataclass

from models.obligation import DONE, NOT_ASKED, OWING, State, Timeliness
from models.pages import RegisterPage
from models.register import ObligationLine
from rules.collation import vietnamese
from rules.timeliness import paused
from rules.urgency import most_urgent_first
from texts.language import mark

PARTS = {
    "done": mark("Đã hoàn thành"),
    "waiting": mark("Chờ xác nhận"),
    "open": mark("Đang thực hiện"),
    "overdue": mark("Quá hạn"),
    "suspended": mark("Tạm dừng"),
    "unfulfilled": mark("Không hoàn thành"),
}
"""The parts of a bar in their order, by CSS class."""


@dataclass(frozen=True)
class Part:
    """One part of a bar: where it begins and how long it is, in percent of the whole."""

    css: str
    words: str
    count: int
    start: float
    width: float


@dataclass(frozen=True)
class RequirementGroup:
    """The lines of one requirement; units that only take part stand last and are not counted."""

    first: ObligationLine
    lines: tuple[ObligationLine, ...]

    @property
    def done(self) -> int:
        return self.counts["done"]

    @property
    def asked(self) -> int:
        return sum(self.counts.values())

    @property
    def counts(self) -> dict[str, int]:
        """How many leads are in each part; what is not asked, yet or any more, is in none."""
        found = dict.fromkeys(PARTS, 0)
        for line in self.lines:
            if line.state not in NOT_ASKED and not line.coordinating:
                found[_part(line)] += 1
        return found

    @property
    def bar(self) -> tuple[Part, ...]:
        """The parts that occur, from left to right."""
        counts, whole, reached = self.counts, self.asked, 0
        parts: list[Part] = []
        for css, count in counts.items():
            if count:
                start, end = round(100 * reached / whole, 2), round(100 * (reached + count) / whole, 2)
                parts.append(Part(css, PARTS[css], count, start, round(end - start, 2)))
                reached += count
        return tuple(parts)


def by_requirement(lines: Iterable[ObligationLine]) -> tuple[RequirementGroup, ...]:
    """Lines by requirement, in the directive's order; within one, what is most urgent first."""
    grouped: dict[str, list[ObligationLine]] = {}
    for line in lines:
        grouped.setdefault(line.requirement, []).append(line)
    return tuple(RequirementGroup(own[0], _leads_first(own)) for own in grouped.values())


def of_unit(page: RegisterPage, unit: str) -> tuple[ObligationLine, ...]:
    """All lines of one unit, what is most urgent first."""
    return _leads_first([line for line in page.lines if line.unit == unit])


def of_requirement(page: RegisterPage, requirement: str) -> RequirementGroup:
    """The lines of one requirement that the register has."""
    (group,) = by_requirement(line for line in page.lines if line.requirement == requirement)
    return group


def _leads_first(lines: list[ObligationLine]) -> tuple[ObligationLine, ...]:
    by_name = sorted(lines, key=lambda line: vietnamese(line.unit_name))
    return tuple(sorted(most_urgent_first(by_name), key=lambda line: line.coordinating))


def _part(line: ObligationLine) -> str:
    if line.state in DONE:
        return "done"
    if line.state is State.SUBMITTED:
        return "waiting"
    if paused(line):
        return "suspended"
    if line.state in OWING:
        return "overdue" if line.timeliness is Timeliness.OVERDUE else "open"
    return "unfulfilled"
