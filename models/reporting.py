"""Summary reports that registers issue by their calendar: what the activity is told, and what was issued."""

from models.base import Instant, Wire
from models.plan import PlannedReport


class ReportOrder(Wire):
    """The report of the unit that keeps a register, on its branch. `folder` is the place of its files in the
    directive's folder of reports."""

    directive_id: str
    unit: str
    folder: str
    report: PlannedReport


class IssuedReport(Wire):
    """A report on record: its key and title, both empty for the directive's at its end; when it was issued, the
    instant (exclusive) whose data it has, and the SHA-256 (hex) of each of its files by its place in the directive's
    folder."""

    register_id: str
    keeper_name: str
    key: str
    title: str
    issued_at: Instant
    as_of: Instant | None = None
    files: dict[str, str]
