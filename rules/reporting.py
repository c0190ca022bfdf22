"""Which summary reports a register issues while it runs, and when; those at the end are issued after the closing.

Only what is due and not issued yet counts, so that an outage delays a report and never brings it twice.
"""

from collections.abc import Collection
from datetime import datetime

from models.ledger import LedgerState
from models.plan import CascadePlan, PlannedReport


def due_reports(plan: CascadePlan, state: LedgerState, now: datetime) -> tuple[PlannedReport, ...]:
    """The reports that are to be issued by an instant and are not yet, in the order of their times. Of a register that
    is closed those whose time came before that."""
    until = state.closed_at if state.closed else now
    if until is None:
        return ()
    waiting = (item for item in _to_come(plan, state) if item.issue_at <= until)
    return tuple(sorted(waiting, key=lambda item: (item.issue_at, item.closes, item.key)))


def final_report(plan: CascadePlan, state: LedgerState) -> PlannedReport | None:
    """The report that a finished register below the first one issues on its branch, as that stood at the closing; None
    where it has none, or has issued it. The directive's own, of the first register, is in no calendar."""
    found = next((item for item in plan.reports if item.at_closing and item.key not in state.reported), None)
    return found and found.model_copy(update={"closes": min(found.closes, state.closed_at or found.closes)})


def next_report(plan: CascadePlan, state: LedgerState, making: Collection[str] = ()) -> datetime | None:
    """When the next report is to be issued, apart from those that are being made."""
    return min((item.issue_at for item in _to_come(plan, state) if item.key not in making), default=None)


def still_to_come(
    before: tuple[PlannedReport, ...], after: tuple[PlannedReport, ...], now: datetime
) -> tuple[PlannedReport, ...]:
    """The calendar of a new version without what only it would have had issued by now."""
    return tuple(item for item in after if item in before or item.issue_at > now)


def _to_come(plan: CascadePlan, state: LedgerState) -> list[PlannedReport]:
    """What is not issued yet while it runs, without reports on data that were closed before the register opened."""
    opened = state.opened_at
    return [
        item
        for item in plan.reports
        if not item.at_closing and item.key not in state.reported and (opened is None or item.closes > opened)
    ]
