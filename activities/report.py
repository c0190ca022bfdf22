"""Issues summary reports."""

import hashlib
from pathlib import Path

from temporalio import activity

from activities.ports import Forms, Summaries
from models.reporting import ReportOrder
from models.summary import Summary


class ReportActivities:
    """Reports are written to `folder`, one folder a directive."""

    def __init__(self, summaries: Summaries, forms: Forms, folder: Path) -> None:
        self._summaries = summaries
        self._forms = forms
        self._folder = folder

    @activity.defn
    def issue_summary(self, directive_id: str) -> dict[str, str]:
        """Write the summary report at the end of a directive in all forms; returns the SHA-256 (hex) of each file by
        its name."""
        return self._written(self._summaries(directive_id), self._folder / directive_id)

    @activity.defn
    def issue_report(self, order: ReportOrder) -> dict[str, str]:
        """Write a report of the calendar of a register, as its data stood when they were closed; returns the SHA-256
        (hex) of each file by its place in the directive's folder."""
        report = order.report
        summary = self._summaries(order.directive_id, report.closes, order.unit, report.period)
        files = self._written(summary, self._folder / order.directive_id / order.folder)
        return {f"{order.folder}/{name}": sha256 for name, sha256 in files.items()}

    def _written(self, summary: Summary, folder: Path) -> dict[str, str]:
        written = self._forms(summary, folder)
        return {path.name: _digest(path) for path in sorted(written.values(), key=lambda path: path.name)}


def _digest(path: Path) -> str:
    """Read in parts: the country's JSON has 80 MB."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
