"""The summary report is written for good, and its hashes are told."""

import hashlib
from pathlib import Path

from activities.report import ReportActivities
from tests.fakes import FakeReports


def test_every_form_is_told_with_the_hash_of_what_was_written(tmp_path: Path) -> None:
    reports = FakeReports()
    files = ReportActivities(reports.load, reports.write, tmp_path).issue_summary("908")
    assert reports.issued == ["908"]
    assert list(files) == ["report.html", "report.json"]
    for name, digest in files.items():
        assert digest == hashlib.sha256((tmp_path / "908" / name).read_bytes()).hexdigest()


def test_issued_twice_it_is_the_same(tmp_path: Path) -> None:
    reports = FakeReports()
    issue = ReportActivities(reports.load, reports.write, tmp_path).issue_summary
    assert issue("908") == issue("908")
