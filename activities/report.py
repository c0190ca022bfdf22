"""Issues summary reports."""

import hashlib
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
    def issue_summary(self, directive_id: str) -> dict[str, str]:
        """Write the summary report of a directive in all forms; returns the SHA-256 (hex) of each file by its name."""
        written = self._forms(self._summaries(directive_id), self._folder / directive_id)
        return {
            path.name: hashlib.sha256(path.read_bytes()).hexdigest()
            for path in sorted(written.values(), key=lambda path: path.name)
        }
