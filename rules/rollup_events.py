"""Events counted once, however many units report them, and the sums of who took part (DOMAIN section 9, seed 4)."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import lru_cache

from models.answer import AttendanceRow, HeldEvent
from models.obligation import DONE
from models.register import ObligationLine
from models.summary import Attendance, HeldOnce

_NEVER = datetime.max.replace(tzinfo=UTC)
_TONES = re.compile("[\u0300\u0301\u0303\u0309\u0323]")


@dataclass(frozen=True)
class Count:
    """Participants that one unit reported; `men` and `women` only where both are known and add up to `total`."""

    men: int | None
    women: int | None
    total: int

    @property
    def split(self) -> bool:
        return self.men is not None


@dataclass
class Gathering:
    """The reports of one event, the earliest first; or a single activity that names no event."""

    lines: list[ObligationLine]

    @property
    def held(self) -> HeldEvent | None:
        return self.lines[0].held

    @property
    def counted(self) -> ObligationLine | None:
        """The line whose figures count: the first that has any, or one with the same total that has the split too."""
        reported = [(line, count) for line in self.lines if (count := count_of(line))]
        if not reported:
            return None
        first, figures = reported[0]
        return next((line for line, count in reported if count.split and count.total == figures.total), first)


@dataclass
class _Alike:
    """The gatherings of one name and day, found by their place and by the units that reported them or were named."""

    first: Gathering | None = None
    placeless: Gathering | None = None
    places: dict[str, Gathering] = field(default_factory=dict)
    reporters: dict[str, Gathering] = field(default_factory=dict)
    co_hosts: dict[str, Gathering] = field(default_factory=dict)

    def gathering_of(self, line: ObligationLine, held: HeldEvent) -> Gathering:
        """The one that a line reports: of a unit linked to it, else of its place; without place the first one."""
        linked = (self.reporters.get(unit) for unit in (line.unit, *held.with_units))
        place = same_name(held.place)
        return (
            self.co_hosts.get(line.unit)
            or next(filter(None, linked), None)
            or (self.places.get(place) or self.placeless if place else self.first)
            or Gathering([])
        )

    def enter(self, line: ObligationLine, held: HeldEvent, gathering: Gathering) -> None:
        place = same_name(held.place)
        if place:
            self.places.setdefault(place, gathering)
            self.placeless = None if self.placeless is gathering else self.placeless
        elif self.first is None:
            self.placeless = gathering
        self.first = self.first or gathering
        self.reporters.setdefault(line.unit, gathering)
        for unit in held.with_units:
            self.co_hosts.setdefault(unit, gathering)


def count_of(line: ObligationLine) -> Count | None:
    """The participants of one line, from its sums or else from its rows; None where nobody was counted."""
    rows = line.attended
    total = line.total if line.total is not None else sum(row.total for row in rows) if rows else None
    if total is None:
        return None
    men = line.men if line.men is not None else _added([row.men for row in rows])
    women = line.women if line.women is not None else _added([row.women for row in rows])
    if men is None or women is None or men + women != total:
        return Count(None, None, total)
    return Count(men, women, total)


def gatherings(lines: Iterable[ObligationLine]) -> list[Gathering]:
    """All that was held according to done lines, each event once.

    An event is known by its name and day over the whole directive. Reports that name different places are different
    events, such as the same ceremony held in every commune on one day, unless one names the other's unit as co-host.
    """
    found: list[Gathering] = []
    known: dict[tuple[str, str], _Alike] = {}
    for line in sorted((line for line in lines if line.state in DONE), key=_reported):
        if line.held is not None:
            alike = known.setdefault((same_name(line.held.name), line.held.date.isoformat()), _Alike())
            gathering = alike.gathering_of(line, line.held)
            alike.enter(line, line.held, gathering)
        else:
            gathering = Gathering([])
        if not gathering.lines:
            found.append(gathering)
        gathering.lines.append(line)
    return found


def events(held: Iterable[Gathering], names: dict[str, str]) -> tuple[HeldOnce, ...]:
    """The events among what was held, by day; `names` are those of units by code."""
    once = [_event(gathering, gathering.held, names) for gathering in held if gathering.held is not None]
    return tuple(sorted(once, key=lambda event: (event.date, event.name)))


def attendance(held: Iterable[Gathering]) -> Attendance:
    """Sums over all that was held and has figures; sums by sex only over what has the split."""
    lines = [line for gathering in held if (line := gathering.counted)]
    counts = [count for line in lines if (count := count_of(line))]
    return Attendance(
        events=len(counts),
        men=sum(count.men or 0 for count in counts),
        women=sum(count.women or 0 for count in counts),
        total=sum(count.total for count in counts),
        without_split=sum(not count.split for count in counts),
        roles=_roles([row for line in lines for row in line.attended]),
    )


@lru_cache(maxsize=65_536)
def same_name(name: str) -> str:
    """A name as it is compared: without case, punctuation, spacing, and wherever the tone mark stands (hòa, hoà)."""
    words = re.findall(r"\w+", unicodedata.normalize("NFC", name).casefold())
    apart = (unicodedata.normalize("NFD", word) for word in words)
    return " ".join(_TONES.sub("", word) + "".join(_TONES.findall(word)) for word in apart)


def _reported(line: ObligationLine) -> tuple[datetime, bool]:
    """The order of reports; what another unit's report was taken over from comes before it."""
    return line.submitted_at or _NEVER, bool(line.shared_from)


def _event(gathering: Gathering, held: HeldEvent, names: dict[str, str]) -> HeldOnce:
    reports = [line.held for line in gathering.lines if line.held]
    hosts = dict.fromkeys(line.unit for line in gathering.lines)
    hosts |= dict.fromkeys(unit for report in reports for unit in report.with_units)
    count = count_of(gathering.counted) if gathering.counted else None
    return HeldOnce(
        name=held.name,
        date=held.date,
        place=next((report.place for report in reports if report.place), ""),
        hosts=tuple(names.get(unit, unit) for unit in hosts),
        obligations=tuple(line.key for line in gathering.lines),
        men=count.men if count else None,
        women=count.women if count else None,
        total=count.total if count else None,
    )


def _roles(rows: Iterable[AttendanceRow]) -> tuple[AttendanceRow, ...]:
    roles: dict[str, list[AttendanceRow]] = {}
    for row in rows:
        roles.setdefault(same_name(row.role), []).append(row)
    return tuple(
        AttendanceRow(
            role=found[0].role,
            men=_added([row.men for row in found]),
            women=_added([row.women for row in found]),
            total=sum(row.total for row in found),
        )
        for found in roles.values()
    )


def _added(figures: Sequence[int | None]) -> int | None:
    """The sum, or None where one is missing or there are none at all."""
    known = [figure for figure in figures if figure is not None]
    return sum(known) if known and len(known) == len(figures) else None
