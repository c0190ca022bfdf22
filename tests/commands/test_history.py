"""`dondoc audit history`: a Temporal event history in words, from a file or the archive."""

import json
from pathlib import Path

import pytest
from sqlalchemy import Engine

from audit.archive.archive import Archive
from audit.archive.manifest import ArchivedRun, Kept, Manifest
from commands.audit.history import Wanted, workflow_of
from commands.errors import CommandError, Exit
from tests import small
from tests.audit import stored
from tests.commands.conftest import Dondoc

SHORT = stored.run_of(stored.events(83))
"""Up to the recording of a unit's first word."""
NOTHING = "0" * 64


@pytest.fixture
def file(tmp_path: Path) -> Path:
    file = tmp_path / "history.json"
    file.write_bytes(SHORT.history)
    return file


@pytest.fixture
def archived(dondoc: Dondoc, tmp_path: Path) -> Dondoc:
    """The command on a home whose archive has a register, without database and server."""
    archive = Archive(tmp_path / "home" / "archive")
    run = ArchivedRun(run_id=SHORT.run_id, history=archive.objects.put(SHORT.history))
    archive.write(
        Manifest(
            cascade_id=stored.DISTRICT,
            directive_id="46-ldtbxh.2020.sldtbxh-bdg.908",
            number="908/SLĐTBXH-BĐG",
            issuer="480-ldtbxh",
            parent=None,
            unit_names={},
            histories=Kept.PARTIAL,
            runs=(run,),
            events=NOTHING,
            last_seq=0,
            chain_head=NOTHING,
            journal=NOTHING,
            journal_seq=0,
            journal_head=NOTHING,
            plan=NOTHING,
            outbox=NOTHING,
            mail_texts=(),
            files=(),
            directive=NOTHING,
            units=NOTHING,
        )
    )
    return dondoc


def test_a_file_of_temporals_own_tools_is_told_in_words(dondoc: Dondoc, file: Path) -> None:
    answer = dondoc("audit", "history", "--file", file)
    assert answer.code == 0
    assert "20005-ubnd xác nhận đã nhận văn bản (2 nhiệm vụ)." in answer.out
    assert "Đã ghi vào sổ sự kiện 3, mã băm" in answer.out
    assert answer.err == ""


def test_for_other_programs_it_is_one_json_document(dondoc: Dondoc, file: Path) -> None:
    told = json.loads(dondoc("audit", "history", "--file", file, "--json", "--lang", "en").out)
    assert (told["source"], told["replays"], told["closed"], told["missing_until"]) == ("file", True, False, 0)
    acknowledged = next(step for step in told["steps"] if step["event"] == 75)
    assert (acknowledged["kind"], acknowledged["seqs"]) == ("command", [3])
    assert acknowledged["at"] == "2026-11-22T13:58:19.478113+00:00"


def test_raw_it_is_as_temporal_wrote_it(dondoc: Dondoc, file: Path) -> None:
    assert dondoc("audit", "history", "--file", file, "--raw").out.encode() == SHORT.history + b"\n"


def test_while_the_server_is_away_the_archive_answers_and_says_so(archived: Dondoc) -> None:
    answer = archived("audit", "history", stored.DISTRICT)
    assert answer.code == 0
    assert "20005-ubnd xác nhận đã nhận văn bản" in answer.out
    assert "máy chủ Temporal ở" in answer.err
    assert "lịch sử này lấy từ kho lưu trữ" in answer.err


def test_what_does_not_replay_is_shown_all_the_same_and_named(dondoc: Dondoc, tmp_path: Path) -> None:
    events = stored.events(83)
    stored.of_kind(events, "ACTIVITY_TASK_SCHEDULED")[0]["activityTaskScheduledEventAttributes"]["activityType"] = {}
    file = tmp_path / "changed.json"
    file.write_bytes(stored.run_of(events).history)
    answer = dondoc("audit", "history", "--file", file)
    assert answer.code == 0
    assert "20005-ubnd gửi lệnh xác nhận đã nhận văn bản." in answer.out
    assert "chạy lại không ra như cũ" in answer.err


def test_a_broken_object_of_the_archive_is_named(archived: Dondoc, tmp_path: Path) -> None:
    for written in (tmp_path / "home" / "archive" / "objects").rglob("*.gz"):
        written.write_bytes(written.read_bytes()[:-20])
    answer = archived("audit", "history", stored.DISTRICT)
    assert answer.code == 2
    assert "cannot be read" in answer.err


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        ((), 2, "name a workflow, or a file"),
        (("--file", "nowhere.json"), 2, "cannot be read"),
        (("cascade:some:unit",), 5, "Temporal cannot be reached"),
        (("908/SLĐTBXH-BĐG",), 5, "run `dondoc init` first"),
        (("cascade:some:unit", "--lang", "fr"), 2, "--lang"),
    ],
)
def test_what_cannot_be_had_is_said(dondoc: Dondoc, words: tuple[str, ...], code: int, said: str) -> None:
    answer = dondoc("audit", "history", *words)
    assert (answer.code, answer.out) == (code, "")
    assert said in answer.err


def test_a_file_that_is_no_history_is_refused(dondoc: Dondoc, tmp_path: Path) -> None:
    file = tmp_path / "some.json"
    file.write_text("{}", "utf-8")
    answer = dondoc("audit", "history", "--file", file)
    assert (answer.code, answer.out) == (2, "")
    assert "không phải là lịch sử do Temporal ghi" in answer.err


def test_a_run_that_is_not_there_is_said(dondoc: Dondoc, file: Path) -> None:
    assert dondoc("audit", "history", "--file", file, "--run", "x").code == 4


@pytest.mark.parametrize(
    ("unit", "expected"),
    [(None, small.cascade(small.TOP)), (small.TOP, small.cascade(small.TOP)), (small.LOW, small.cascade(small.LOW))],
)
def test_a_register_is_found_by_the_directives_number_and_who_keeps_it(
    sqlite: Engine, unit: str | None, expected: str
) -> None:
    small.store(sqlite)
    assert workflow_of(sqlite, Wanted("15/SO-BĐG", unit)) == expected


def test_a_unit_that_keeps_no_register_is_said(sqlite: Engine) -> None:
    small.store(sqlite)
    with pytest.raises(CommandError, match="'0111-xa' keeps no register of 15/SO-BĐG") as error:
        workflow_of(sqlite, Wanted("15/SO-BĐG", small.COMMUNES[0]))
    assert error.value.code is Exit.NOT_FOUND
