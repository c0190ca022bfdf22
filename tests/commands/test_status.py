"""`dondoc status` names what needs a person: units no mail reaches, mail that waits or was refused, open requests."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import Engine
from sqlmodel import Session, select

from commands.lists import status
from commands.show import show_status
from models.clock import Clock
from models.command import AnswerRequest, Ask
from models.request import RequestKind, request_id
from models.tables import OutboxRow
from rules.ledger import decide, open_register
from store.recorder import Recorder
from store.units import save_units
from tests import small

CASCADE = small.cascade(small.TOP)
AT = small.STARTS + timedelta(days=1)


def ask(unit: str, kind: RequestKind, id_: str) -> Ask:
    until = (AT + timedelta(days=40)).date() if kind is RequestKind.MORE_TIME else None
    return Ask(
        id=id_,
        at=AT,
        actor=small.officer(unit),
        obligation=f"plan@{unit}",
        request=kind,
        reason="bão số 5 làm [mất] điện",
        until=until,
    )


@pytest.fixture
def troubled(sqlite: Engine) -> Engine:
    """One request waits and one is answered; one unit lost its addresses; of the mails one waits, one was refused."""
    now = datetime.now(UTC)
    small.store(sqlite, Clock(origin_real=now, origin_business=AT))
    book, recorder = small.slice_of(small.TOP), Recorder(sqlite, small.MAIL_HOURS)
    turn = open_register(book, small.STARTS)
    events = list(turn.events)
    for command in (ask(small.HIGH, RequestKind.MORE_TIME, "a"), ask(small.LOW, RequestKind.WITHDRAWAL, "b")):
        turn = decide(book, turn.state, command)
        events += turn.events
    answer = AnswerRequest(
        id="c",
        at=AT,
        actor=small.reviewer(small.TOP),
        request=request_id(f"plan@{small.LOW}", events[-1].seq),
        granted=False,
        words="đề nghị thực hiện",
    )
    recorder.record(CASCADE, (*events, *decide(book, turn.state, answer).events))
    save_units(sqlite, [small.UNITS[2].model_copy(update={"focal_email": None, "head_email": None})])
    with Session(sqlite) as session, session.begin():
        for row in session.exec(select(OutboxRow)):
            session.delete(row)
        session.add(mail("1"))
        session.add(mail("2", status="failed", recipient="x@nho.example", error="550 [no] such user"))
    return sqlite


def mail(step: str, **changed: Any) -> OutboxRow:
    values: dict[str, Any] = {
        "cascade_id": CASCADE, "unit": small.HIGH, "role": "focal", "kind": "reminder", "step": step,
        "at": AT, "send_at": AT, "obligations": [], "recommendations": [], "requests": [],
    }  # fmt: skip
    return OutboxRow(**values | changed)


def test_what_needs_a_person_is_told(troubled: Engine) -> None:
    found = status(troubled, "15/SO-BĐG", None)
    assert found["mails"] == {"sent": 0, "waiting": 1, "failed": 1}
    assert [item["error"] for item in found["refused_mails"]] == ["550 [no] such user"]
    assert found["unreachable_units"] == [{"unit": small.LOW, "why": "đơn vị chưa có địa chỉ thư điện tử"}]
    (request,) = found["waiting_requests"]
    assert (request["obligation"], request["kind"]) == (f"plan@{small.HIGH}", "more_time")
    assert request["until"] == "2020-04-11"


def test_people_read_it_in_lines(
    troubled: Engine, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "300")
    show_status(status(troubled, "15/SO-BĐG", None))
    shown = capsys.readouterr().out
    assert "mails 0 sent, 1 waiting, 1 failed" in shown
    assert f"no mail reaches {small.LOW}: đơn vị chưa có địa chỉ thư điện tử" in shown
    assert "reminder to 011-phong x@nho.example: 550 [no] such user" in shown
    asked = "waits for an answer since 03/03/2020 00:00: plan@011-phong, more time until 11/04/2020"
    assert f"{asked}: bão số 5 làm [mất] điện" in shown


@pytest.fixture
def late(sqlite: Engine) -> Engine:
    """Both units of the first register are a day late with their plans."""
    after = datetime(2020, 4, 1, 5, tzinfo=UTC)
    small.store(sqlite, Clock(origin_real=datetime.now(UTC), origin_business=after))
    book = small.slice_of(small.TOP)
    Recorder(sqlite, small.MAIL_HOURS).record(CASCADE, open_register(book, small.STARTS).events)
    return sqlite


def test_why_things_are_late_is_told_where_it_is_asked_for(
    late: Engine, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "300")
    assert "delays" not in status(late, "15/SO-BĐG", None)
    found = status(late, "15/SO-BĐG", None, why=True)
    (level,) = found["delays"]["levels"]
    assert (level["name"], level["obligations"], level["late_days"]) == ("Cấp huyện", 2, 2)
    show_status(found)
    shown = capsys.readouterr().out
    assert "Why 2 obligations of 2 units are late" in shown
    assert "Cấp huyện: 2" in shown
    assert "Phòng huyện Cao: 1a" in shown
    assert "Unit" in shown
    assert "Paused" not in shown, "hands in which nothing was are left out"


def test_for_each_late_obligation_the_shares_add_up_to_the_whole_span(late: Engine) -> None:
    found = status(late, "15/SO-BĐG", None, why=True)
    items = found["delays"]["items"]
    assert len(items) == sum(found["overdue_by_unit"].values()) == 2
    for item in items:
        shares = sum(share for hand, share in item["held"].items() if hand != "until")
        span = datetime.fromisoformat(item["held"]["until"]) - datetime.fromisoformat(item["begun"])
        assert timedelta(microseconds=shares) == span


def test_where_nothing_is_late_that_is_said(troubled: Engine, capsys: pytest.CaptureFixture[str]) -> None:
    show_status(status(troubled, "15/SO-BĐG", None, why=True))
    assert "nothing is late" in capsys.readouterr().out
