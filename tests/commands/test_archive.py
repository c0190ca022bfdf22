"""`dondoc audit archive`, `dondoc audit anchor`: what they say where nothing is closed, away, or changed."""

import json
from datetime import timedelta
from pathlib import Path

import pytest

from commands.audit.archive import exit_code, tell
from commands.checkups.finding import Verdict
from commands.checkups.histories import long_enough
from commands.errors import Exit
from settings import Settings
from store.engine import make_engine
from tests import small
from tests.audit.archives import close
from tests.commands.conftest import Dondoc

NUMBER = "15/SO-BĐG"


@pytest.fixture
def begun(dondoc: Dondoc) -> Dondoc:
    """The command on a home with the small directive."""
    assert dondoc("init").code == 0
    small.store(make_engine(Settings().sql_url))
    return dondoc


def test_an_unknown_directive_and_one_that_is_open_are_told_apart(begun: Dondoc) -> None:
    assert begun("audit", "archive", "16/SO-BĐG").code == Exit.NOT_FOUND
    refused = begun("audit", "archive", NUMBER)
    assert refused.code == Exit.REFUSED
    assert "no register of it is closed yet" in refused.err


def test_without_a_server_it_says_what_is_away(begun: Dondoc) -> None:
    close(make_engine(Settings().sql_url))
    answer = begun("audit", "archive", NUMBER, "--json")
    assert (answer.code, answer.out) == (Exit.UNREACHABLE, "")
    assert "Temporal cannot be reached" in answer.err


def test_what_was_archived_and_what_is_missing_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    absent = [{"sha256": "ab" * 32, "name": "ke-hoach.pdf", "why": "not there"}]
    done = {
        "archive": "out/archive",
        "archived": ["cascade:a:b"],
        "kept": ["cascade:a:e"],
        "unchanged": 2,
        "waiting": ["cascade:a:c"],
        "failed": {"cascade:a:d": "Unsound: event 3 does not fit its hash"},
        "incomplete": [
            {"register": "cascade:a:b", "histories": "gone", "why": "its history was gone", "absent": absent}
        ],
    }
    tell(done)
    shown = " ".join(capsys.readouterr().out.split())
    assert "registers archived: 1; with nothing new: 2; waiting for their workflow to end: 1" in shown
    assert "cascade:a:e goes on: the histories of its ended runs are kept" in shown
    assert "archived without all: its history was gone; ke-hoach.pdf: not there" in shown
    assert "event 3 does not fit its hash" in shown
    assert exit_code(done) is Exit.REFUSED


def test_a_sheet_is_written_at_once_and_a_changed_one_is_named(begun: Dondoc) -> None:
    first = json.loads(begun("audit", "anchor", "--json").out)
    assert first["new"]
    assert first["registers"] == 3
    path = Path(first["file"])
    assert path.read_text("utf-8").endswith("\n")
    again = begun("audit", "anchor")
    assert again.code == Exit.DONE
    assert "still says all" in again.err
    path.write_text(path.read_text("utf-8").replace("Sở", "So"), "utf-8")
    refused = begun("audit", "anchor")
    assert refused.code == Exit.REFUSED
    assert "does not fit the SHA-256 at its end" in refused.err


def test_a_server_that_drops_histories_within_a_day_is_warned_of() -> None:
    assert long_enough(timedelta(days=30)).verdict is Verdict.WELL
    assert long_enough(timedelta(hours=12)).verdict is Verdict.WARNING
