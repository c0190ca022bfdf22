"""The calendar of summary reports that registers issue (Decree 09/2019, article 12)."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, datetime

from models.directive import ReportFile
from models.due import Every
from models.plan import CascadePlan, Period, PlannedReport
from models.unit import Level
from rules.calendar import day_end, day_start, local_day
from rules.compiling.desk import Desk
from rules.periods import periods, slug_of
from rules.source import Path
from rules.words import day

MOST_REPORTS = 400
FINAL = "tong-ket"
"""The key of the report that a register issues at the closing."""


@dataclass(frozen=True)
class Dated:
    """A report with where it stands in the file, and the levels whose units issue it; all of them where none is
    named."""

    path: Path
    report: PlannedReport
    levels: frozenset[Level]

    def is_issued(self, level: Level, parent: str | None) -> bool:
        """Whether a register whose keeper is of a level issues it; the first one reports at the closing anyway."""
        return (not self.levels or level in self.levels) and (parent is not None or not self.report.at_closing)

    def clashes(self, other: "Dated") -> bool:
        """Whether some register would issue both under one key."""
        apart = self.levels and other.levels and not self.levels & other.levels
        return self.report.key == other.report.key and not apart


def compile_reports(desk: Desk, closing: date) -> tuple[Dated, ...]:
    """The reports by the time at which they are issued, for a last day of the register."""
    found: list[Dated] = []
    for index, written in enumerate(desk.written.reports):
        path: Path = ("reports", index)
        for dated in _one(desk, path, written, closing):
            if twin := next((other for other in found if other.clashes(dated)), None):
                message = f"the report {dated.report.key!r} stands here twice: {twin.report.title!r} is the other one"
                desk.error("report_twice", path, message)
                break
            found.append(dated)
        if len(found) > MOST_REPORTS:
            desk.error("too_often", ("reports",), f"there would be more than {MOST_REPORTS} reports")
            break
    return tuple(sorted(found, key=lambda dated: (dated.report.issue_at, dated.report.closes, dated.report.key)))


def with_reports(desk: Desk, cascades: tuple[CascadePlan, ...], calendar: tuple[Dated, ...]) -> tuple[CascadePlan, ...]:
    """The registers, each with the reports that its unit issues; at the closing the first one has the directive's."""
    level_of = {register.cascade_id: desk.registry.units[register.issuer].level for register in cascades}
    found = tuple(
        register.model_copy(
            update={
                "reports": tuple(
                    dated.report
                    for dated in calendar
                    if dated.is_issued(level_of[register.cascade_id], register.parent)
                )
            }
        )
        for register in cascades
    )
    _check_levels(desk, set(level_of.values()))
    _check_final(desk, calendar, found)
    return found


def _check_levels(desk: Desk, there: Collection[Level]) -> None:
    for index, written in enumerate(desk.written.reports):
        for level in sorted(set(written.levels).difference(there)):
            message = f"no unit of the level {str(level)!r} keeps a register, so none issues this report"
            desk.error("addresses_nobody", ("reports", index, "levels"), message)


def _check_final(desk: Desk, calendar: tuple[Dated, ...], cascades: tuple[CascadePlan, ...]) -> None:
    issued = {report for register in cascades for report in register.reports}
    for dated in calendar:
        if dated.report.at_closing and dated.report not in issued:
            message = "no register below the first one is there to issue it, and that reports at the closing anyway"
            desk.error("addresses_nobody", (*dated.path, "at_closing"), message)


def _one(desk: Desk, path: Path, written: ReportFile, closing: date) -> Iterator[Dated]:
    """What one entry brings; nothing where it is at fault."""
    if (written.every is not None) + (written.as_of is not None) + written.at_closing != 1:
        message = "say `every`, for recurring reports, `as_of`, for a single one, or `at_closing: true`; one of them"
        desk.error("report_date", path, message)
        return
    levels = frozenset(written.levels)
    if written.at_closing:
        if written.after:
            desk.error("report_date", (*path, "after"), "the report at the closing is made when all below are closed")
            return
        yield Dated(path, _final(written, day_end(closing)), levels)
        return
    if written.as_of is not None:
        report = _dated(desk, written, written.as_of.isoformat(), None, written.as_of)
        if _fits(desk, (*path, "as_of"), report, written.as_of, closing):
            yield Dated(path, report, levels)
        return
    yield from (Dated(path, report, levels) for report in _recurring(desk, path, written, closing))


def _recurring(desk: Desk, path: Path, written: ReportFile, closing: date) -> list[PlannedReport]:
    issued = desk.written.document.date
    every, ends = written.every, day_end(closing)
    if every is None:
        return []
    if every in {Every.DAY, Every.WEEK}:
        message = f"reports are issued by month, quarter, half_year or year (Decree 09/2019), not by {every}"
        desk.error("too_often", (*path, "every"), message)
        return []
    dated = (
        _dated(desk, written, slug_of(every, period), period, period.last) for period in periods(every, issued, closing)
    )
    found = [report for report in dated if report.issue_at < ends]
    if not found:
        message = f"none would be issued between {day(issued)} and the closing on {day(closing)}"
        desk.error("never_due", (*path, "every"), message)
    return found


def _dated(desk: Desk, written: ReportFile, key: str, period: Period | None, last: date) -> PlannedReport:
    closes = day_end(last)
    issued = day_start(desk.calendar.add(last, written.after), desk.written.policy.send_at)
    return PlannedReport(
        key=key,
        title=_title(written, period, last),
        period=period,
        closes=closes,
        issue_at=issued if written.after else closes,
    )


def _final(written: ReportFile, ends: datetime) -> PlannedReport:
    title = written.title or "Báo cáo tổng kết"
    return PlannedReport(key=FINAL, title=title, closes=ends, issue_at=ends, at_closing=True)


def _title(written: ReportFile, period: Period | None, last: date) -> str:
    if period is None:
        return written.title or f"Báo cáo sơ kết, số liệu đến ngày {last:%d/%m/%Y}"
    if written.title:
        return f"{written.title} ({period.label})"
    return f"Báo cáo định kỳ {period.label[0].lower()}{period.label[1:]}"


def _fits(desk: Desk, path: Path, report: PlannedReport, last: date, closing: date) -> bool:
    """Whether a single report lies within the life of the directive."""
    issued = desk.written.document.date
    if last < issued:
        desk.error("report_before_issue", path, f"its data end on {day(last)}, before the issue on {day(issued)}")
        return False
    if report.issue_at >= day_end(closing):
        message = (
            f"it would be issued on {day(local_day(report.issue_at))}, and the register closes on {day(closing)}: the "
            "report at the closing is issued anyway"
        )
        desk.error("report_after_closing", path, message)
        return False
    return True
