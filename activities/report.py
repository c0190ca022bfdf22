"""Issues summary reports."""

from pathlib import Path

from temporalio import activity

from activities.ports import Forms, Summaries


class ReportActivities:
    """Reports are written to `folder`, one folder a directive."""

    def __init__(self, summaries: Summaries, forms: Forms, folder: Path) -> None:
        self._summaries = summaries
        self._forms = forms
        self._folder = folder

    @activity.defn
    def issue_summary(self, directive_id: str) -> list[str]:
        """Write the summary report of a directive in all forms; returns the file names."""
        written = self._forms(self._summaries(directive_id), self._folder / directive_id)
        return sorted(path.name for path in written.values())
