"""Makes the summary reports that a register issues: those while it runs beside everything else, one after another."""

import asyncio
from datetime import datetime

from temporalio import workflow

with workflow.unsafe.imports_passed_through():
    import naming
    from activities.report import ReportActivities
    from models.plan import PlannedReport
    from models.reporting import ReportOrder
    from rules.ledger import Change, note_summary
    from rules.reporting import due_reports, final_report
    from workflows import limits
    from workflows.register import Register


class Reporter:
    """At work on one report from its beginning until it is on record."""

    def __init__(self, cascade_id: str) -> None:
        self._folder = naming.cascade_parts(cascade_id)[1]
        self._due: tuple[PlannedReport, ...] = ()
        self._report: PlannedReport | None = None
        self._files: dict[str, str] | None = None
        self._task: asyncio.Task[None] | None = None

    @property
    def making(self) -> tuple[str, ...]:
        """The keys of the report that is in hand and of those that were due when it was last asked to begin."""
        return tuple(report.key for report in self._due)

    @property
    def busy(self) -> bool:
        """Whether a report is in hand."""
        return self._report is not None

    @property
    def made(self) -> bool:
        """Whether a report is written and waits to be noted."""
        return self._files is not None

    def begin(self, register: Register, now: datetime) -> None:
        """Begin with the first report that is due, unless one is in hand."""
        self._due = due_reports(register.plan, register.state, now)
        if self._due and self._report is None:
            self._report = self._due[0]
            self._task = asyncio.create_task(self._make(register, self._report))

    async def make_final(self, register: Register) -> None:
        """Make the report that a finished register has to issue on its branch, if it has one."""
        self._report = final_report(register.plan, register.state)
        if self._report is not None:
            await self._make(register, self._report)

    def noted(self, register: Register, now: datetime) -> Change:
        """What the report that is written brings; nothing where it is noted already."""
        return note_summary(register.plan, register.state, now, self._files or {}, self._report)

    def lay_down(self, register: Register) -> None:
        """Be done with a report that is on record."""
        if self._report is not None and self._report.key in register.state.reported:
            self._report = self._files = self._task = None

    async def _make(self, register: Register, report: PlannedReport) -> None:
        order = ReportOrder(
            directive_id=register.plan.directive_id,
            unit=register.plan.issuer,
            folder=f"{self._folder}/{report.key}",
            report=report,
        )
        self._files = await workflow.execute_activity_method(
            ReportActivities.issue_report,
            order,
            task_queue=naming.REPORT_QUEUE,
            start_to_close_timeout=limits.REPORT_TIMEOUT,
            retry_policy=limits.RETRY,
            summary=f"lập báo cáo {report.key}",
        )
