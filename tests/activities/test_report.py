"""The summary report is written for good, and its hashes are told."""

import hashlib
from datetime import UTC, datetime
from pathlib import Path

from activities.report import ReportActivities
from models.plan import PlannedReport
from models.reporting import ReportOrder
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


def test_a_report_of_a_branch_lies_in_a_folder_of_its_own_and_has_the_data_of_its_closing(tmp_path: Path) -> None:
    reports, closes = FakeReports(), datetime(2020, 6, 14, 17, tzinfo=UTC)
    report = PlannedReport(key="2020-06-14", title="Sơ kết", closes=closes, issue_at=closes)
    order = ReportOrder(directive_id="908", unit="480-ldtbxh", folder="480-ldtbxh/2020-06-14", report=report)
    files = ReportActivities(reports.load, reports.write, tmp_path).issue_report(order)
    assert reports.asked == [("480-ldtbxh", closes, None)]
    assert list(files) == ["480-ldtbxh/2020-06-14/report.html", "480-ldtbxh/2020-06-14/report.json"]
    for place, digest in files.items():
        assert digest == hashlib.sha256((tmp_path / "908" / place).read_bytes()).hexdigest()
