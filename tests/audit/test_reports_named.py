"""Reports that events tell of are found at their places: in the record, beside it, and in the archive."""

from pathlib import Path

from audit.archive.named import reports_in
from audit.archive.objects import name_of
from audit.verify.files import check_reports
from audit.verify.finding import Tampering
from models.actor import Actor, ActorKind
from models.event import Event, SummaryIssued
from rules.chain import canonical
from tests import small

PLACES = ("report.pdf", "011-phong/2020-05/report.pdf", "012-phong/2020-05/report.pdf")


def told(files: dict[str, str]) -> str:
    """The body of an event that tells of a report."""
    actor = Actor(kind=ActorKind.TIMER, unit=small.TOP)
    return canonical(Event(seq=1, at=small.STARTS, actor=actor, cause="summary", fact=SummaryIssued(files=files)))


def issued(folder: Path) -> dict[str, str]:
    """Reports of two registers, and the one at the end."""
    for place in PLACES:
        (folder / place).parent.mkdir(parents=True, exist_ok=True)
        (folder / place).write_bytes(b"the same in two places" if "2020-05" in place else b"the last")
    return {place: name_of((folder / place).read_bytes()) for place in PLACES}


def test_every_report_is_compared_at_its_place(tmp_path: Path) -> None:
    files = issued(tmp_path)
    reports = reports_in([told({place: sha256}) for place, sha256 in files.items()])
    assert reports == files
    assert check_reports("register", reports, tmp_path) == []
    (tmp_path / PLACES[1]).write_bytes(b"edited")
    (tmp_path / PLACES[0]).unlink()
    found = {finding.row: finding.tampering for finding in check_reports("register", reports, tmp_path)}
    assert found == {PLACES[0]: Tampering.FILE_MISSING, PLACES[1]: Tampering.FILE_REPLACED}


def test_a_place_leads_nowhere_else() -> None:
    assert list(reports_in([told({"../../secrets/key.pem": "ab" * 32, "/etc/passwd": "cd" * 32})])) == [
        "secrets/key.pem",
        "etc/passwd",
    ]
