"""Units that have to be pressed: whom no mail reaches, who is silent, who never acknowledged, who is late (pure)."""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

from models.obligation import Timeliness
from models.pages import RegisterPage
from models.register import ObligationLine
from rules.chasing import chased_today, is_pressed_on_paper, may_be_chased
from rules.collation import Key, vietnamese
from rules.urgency import most_urgent_first


@dataclass(frozen=True)
class Behind:
    """A unit and what it owes as lead, the most urgent first. `fresh` are the keys of those that may be chased today;
    `on_paper` says whether there is a letter to press it with, and `why` why no mail reaches it."""

    unit: str
    unit_name: str
    lines: tuple[ObligationLine, ...]
    fresh: tuple[str, ...]
    on_paper: bool
    why: str = ""

    @property
    def chased_at(self) -> datetime | None:
        """When the unit was chased last."""
        return max((line.chased_at for line in self.lines if line.chased_at), default=None)

    @property
    def chases(self) -> int:
        """How often it was chased at most for one of them."""
        return max((line.escalations for line in self.lines), default=0)


def owed(page: RegisterPage) -> tuple[ObligationLine, ...]:
    """What units may be chased for."""
    return tuple(line for line in page.lines if may_be_chased(line, page.issuer.code))


def unreachable(page: RegisterPage, at: datetime) -> tuple[Behind, ...]:
    """Units to which no mail gets through, also those that owe nothing now."""
    names = {line.unit: line.unit_name for line in page.lines}
    lines = owed(page)
    found = (
        _behind(unit, names[unit], (line for line in lines if line.unit == unit), at, why)
        for unit, why in page.unreachable.items()
        if unit in names
    )
    return tuple(sorted(found, key=_by_name))


def silent(page: RegisterPage, at: datetime) -> tuple[Behind, ...]:
    """Units without any sign of life: they never acknowledged, handed in, asked or told anything."""
    heard = _heard(page)
    return _by_unit(page, at, lambda line: line.unit not in heard)


def unacknowledged(page: RegisterPage, at: datetime) -> tuple[Behind, ...]:
    """Units that have been heard of, with what they owe and never acknowledged."""
    heard = _heard(page)
    return _by_unit(page, at, lambda line: line.unit in heard and line.acknowledged_at is None)


def overdue(page: RegisterPage, at: datetime) -> tuple[Behind, ...]:
    """Units that are late, the longest overdue first, with what is overdue."""
    late = tuple(line for line in owed(page) if line.timeliness is Timeliness.OVERDUE)
    found = _grouped(late, at)
    return tuple(sorted(found, key=lambda item: (item.lines[0].due or at, _by_name(item))))


def of_unit(page: RegisterPage, unit: str, at: datetime) -> Behind | None:
    """All that one unit owes, None where it owes nothing."""
    return next(iter(_grouped((line for line in owed(page) if line.unit == unit), at)), None)


def of_requirement(page: RegisterPage, requirement: str, at: datetime) -> tuple[Behind, ...]:
    """All units that owe one requirement."""
    found = _grouped((line for line in owed(page) if line.requirement == requirement), at)
    return tuple(sorted(found, key=_by_name))


def to_chase(
    page: RegisterPage, units: Collection[str], requirement: str, *, only_overdue: bool
) -> tuple[ObligationLine, ...]:
    """What a posted form means: all that these units owe, of one requirement where one is named."""
    return tuple(
        line
        for line in owed(page)
        if line.unit in units
        and requirement in {"", line.requirement}
        and (not only_overdue or line.timeliness is Timeliness.OVERDUE)
    )


def _heard(page: RegisterPage) -> frozenset[str]:
    acting = (line.unit for line in page.lines if line.acknowledged_at or line.submitted_at)
    asking = (request.unit for request in page.requests)
    telling = (raised.unit for raised in page.recommendations)
    return frozenset((*acting, *asking, *telling))


def _by_unit(page: RegisterPage, at: datetime, chosen: Callable[[ObligationLine], bool]) -> tuple[Behind, ...]:
    """Each unit stands in one list: whom no mail reaches is left to that list."""
    lines = (line for line in owed(page) if line.unit not in page.unreachable and chosen(line))
    return tuple(sorted(_grouped(lines, at), key=_by_name))


def _grouped(lines: Iterable[ObligationLine], at: datetime) -> list[Behind]:
    units: dict[str, list[ObligationLine]] = {}
    for line in lines:
        units.setdefault(line.unit, []).append(line)
    return [_behind(unit, own[0].unit_name, own, at) for unit, own in units.items()]


def _behind(unit: str, name: str, lines: Iterable[ObligationLine], at: datetime, why: str = "") -> Behind:
    urgent = tuple(most_urgent_first(lines))
    fresh = tuple(line.key for line in urgent if not chased_today(line, at))
    on_paper = any(is_pressed_on_paper(line, line.issuer, at) for line in urgent)
    return Behind(unit, name, urgent, fresh, on_paper, why)


def _by_name(item: Behind) -> Key:
    return vietnamese(item.unit_name)
