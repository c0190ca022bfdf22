"""Whether the plan can be met: time between opening and due date, levels that go into each other, data cut-offs."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from models.plan import Opening, OpeningMode, Period, RequirementKind
from rules.calendar import last_day, local_day
from rules.compiling.desk import Desk
from rules.compiling.schedule import Schedule, Variant
from rules.compiling.scope import Scope
from rules.deadline import term_due
from rules.source import Path
from rules.words import day

_TAKES_PLACE = frozenset({RequirementKind.ACTIVITY, RequirementKind.EVENT})


class Latest:
    """How late obligations open and are due if all above them take the time they have; variants by their keys."""

    def __init__(self, desk: Desk, schedule: Schedule, openings: Mapping[str, Opening], order: Iterable[str]) -> None:
        """`order` are the requirements, each after those that open it."""
        self._desk = desk
        self._openings = openings
        self._dues: dict[str, date | None] = {}
        for key in order:
            for variant in schedule.of(key):
                self._dues[variant.key] = self._due(variant)
            known = [due for variant in schedule.of(key) if (due := self._dues[variant.key]) is not None]
            self._dues[key] = max(known, default=None)

    def due(self, key: str) -> date | None:
        """The last day in time; None where there is none, or where it is counted from what may come at any time."""
        return self._dues[key]

    def opening(self, key: str) -> tuple[date | None, str]:
        """The day on which it opens, and why then; None where it may come at any time."""
        opening = self._openings[key]
        if opening.mode is OpeningMode.AT_START:
            issued = self._desk.written.document.date
            return issued, f"opens on {day(issued)}"
        if opening.at_latest is not None:
            opened = local_day(opening.at_latest)
            on_day = opening.mode is OpeningMode.ON_DAY
            return opened, f"opens on {day(opened)}" + ("" if on_day else " at the latest")
        last = self._dues.get(opening.key)
        if last is None:
            return None, ""
        if opening.mode is OpeningMode.WHEN_HELD:
            return last, f"opens when {opening.key!r} is handed in, due on {day(last)}"
        review = self._desk.written.policy.review_days
        opened = self._desk.calendar.add(last, review)
        return opened, (
            f"opens when {opening.key!r}, due on {day(last)}, is accepted; the review takes up to {review} working "
            f"days, until {day(opened)}"
        )

    def _due(self, variant: Variant) -> date | None:
        if variant.due is not None:
            return last_day(variant.due)
        opened = self.opening(variant.key)[0]
        if variant.term is None or opened is None:
            return None
        return last_day(term_due(variant.term, opened, self._desk.calendar))


def check_levels(desk: Desk, schedule: Schedule, scopes: Mapping[str, Scope]) -> None:
    """Whether dates by level are for the levels that are asked, and for all of them."""
    for key, scope in scopes.items():
        dated = {variant.level for variant in schedule.of(key) if variant.level}
        asked = {unit.level for unit in scope.units} if dated else set()
        path: Path = ("requirements", key, "due", "by_level")
        for level in sorted(asked - dated):
            desk.error("deadline", path, f"units of the level {str(level)!r} are asked too, and have no date here")
        for level in sorted(dated - asked) if asked else ():
            desk.error("addresses_nobody", (*path, str(level)), f"no unit of the level {str(level)!r} is asked")


def check_life(desk: Desk, schedule: Schedule, latest: Latest) -> None:
    """Whether every date lies between issue and closing."""
    issued, closing = desk.written.document.date, desk.written.closing
    if closing is not None and closing <= issued:
        desk.error("closing_before_issue", ("closing",), "the register closes before the document was issued")
        return
    for key in desk.requirements:
        for variant in schedule.of(key):
            last = latest.due(variant.key)
            path: Path = ("requirements", key, "due")
            if last is None:
                continue
            if last < issued:
                message = f"the last day in time, {day(last)}, is before the issue on {day(issued)}"
                desk.error("due_before_issue", path, message)
            elif closing is not None and last > closing:
                why = f" at the latest, for it {latest.opening(variant.key)[1]}" if variant.term else ""
                message = f"due on {day(last)}{why}, but the register closes on {day(closing)}"
                desk.error("due_after_closing", path, message)


def check_time(desk: Desk, schedule: Schedule, latest: Latest) -> None:
    """Whether units that must wait get the least number of working days then."""
    least, issued = desk.written.policy.least_days, desk.written.document.date
    for key in desk.requirements:
        path: Path = ("requirements", key, "due")
        for variant in schedule.of(key):
            opened, why = latest.opening(variant.key)
            if variant.due is None or variant.since is not None or opened is None or opened <= issued:
                continue
            last = last_day(variant.due)
            left = desk.calendar.count(opened, last)
            if opened > last:
                short = max(least, 1) - left
                message = f"{why}, after the last day in time, {day(last)}: {short} working days are missing"
                desk.error("cannot_be_met", path, message)
            elif left < least:
                message = f"{why}; until {day(last)} that leaves {left} working days, and a unit needs at least {least}"
                desk.error("cannot_be_met", path, message)


def check_windows(desk: Desk, schedule: Schedule, latest: Latest) -> None:
    """Whether what takes place in a window is due no earlier than that begins."""
    for key, item in desk.requirements.items():
        for variant in schedule.of(key) if item.kind in _TAKES_PLACE else ():
            last, window = latest.due(variant.key), variant.window
            if last is not None and window is not None and last < window.first:
                message = f"due on {day(last)}, before its window begins on {day(window.first)}"
                desk.error("cannot_be_met", ("requirements", key, "due"), message)


def check_consolidation(desk: Desk, schedule: Schedule, latest: Latest) -> None:
    """Whether what goes into a report is due early enough before it (DOMAIN section 2: offsets between levels)."""
    review = desk.written.policy.review_days
    for key, item in desk.requirements.items():
        for index, below in enumerate(item.consolidates):
            path: Path = ("requirements", key, "consolidates", index)
            if not desk.knows_requirement(below, path):
                continue
            for parts, whole in _pairs(schedule.of(below), schedule.of(key), latest):
                needed = desk.calendar.add(parts, review)
                if whole < parts:
                    message = (
                        f"{below!r} is due on {day(parts)}, after {key!r}, which consolidates it and is due "
                        f"on {day(whole)}"
                    )
                    desk.warn("due_after_consolidation", path, message)
                elif whole < needed:
                    message = (
                        f"{below!r} is due on {day(parts)} and its review takes up to {review} working days, "
                        f"until {day(needed)}; {key!r}, which consolidates it, is due on {day(whole)}"
                    )
                    desk.warn("short_consolidation", path, message)
                else:
                    continue
                break


def _pairs(parts: Iterable[Variant], wholes: Iterable[Variant], latest: Latest) -> Iterator[tuple[date, date]]:
    """The last days of a part and of the whole it goes into; what recurs goes by periods that lie in the whole's."""
    parts = tuple(parts)
    for whole in wholes:
        for part in parts:
            apart = part.since is not None and whole.period is not None and not _lies_in(part.period, whole.period)
            earlier, later = latest.due(part.key), latest.due(whole.key)
            if earlier is not None and later is not None and not apart:
                yield earlier, later


def _lies_in(part: Period | None, whole: Period) -> bool:
    return part is not None and whole.first <= part.first and part.last <= whole.last


def check_cut_offs(desk: Desk, schedule: Schedule) -> None:
    """Reports that are due before their data close; and the trap of the Action Month: a window that runs beyond the
    cut-off of a report's data falls into two periods."""
    reports = [
        variant
        for key, item in desk.requirements.items()
        if item.kind is RequirementKind.REPORT
        for variant in schedule.of(key)
        if variant.period is not None
    ]
    for report in reports:
        if report.due is not None and report.period is not None and last_day(report.due) < report.period.last:
            message = (
                f"due on {day(last_day(report.due))}, before its data ({report.period.label}) close on "
                f"{day(report.period.last)}"
            )
            desk.warn("due_before_cut_off", ("requirements", report.series, "due"), message)
            break
    for key, item in desk.requirements.items():
        if item.kind not in _TAKES_PLACE:
            continue
        windows = [variant.window for variant in schedule.of(key) if variant.window]
        for window in windows[:1]:
            for report in reports:
                period = report.period
                if period and period.first <= window.first <= period.last < window.last:
                    message = (
                        f"runs until {day(window.last)}, but the data of {report.series!r} ({period.label}) close on "
                        f"{day(period.last)}: what happens later is for a thematic report; it is counted once"
                    )
                    desk.warn("window_crosses_cut_off", ("requirements", key), message)
