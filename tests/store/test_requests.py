"""What units ask for follows the folded ledger in SQL, with the due dates that it moves."""

from datetime import date, timedelta

import pytest
from sqlalchemy import Engine

from models.command import AnswerRequest, Ask, Command
from models.event import Event
from models.ledger import LedgerState
from models.link import Link, Purpose
from models.obligation import State
from models.request import RequestKind, RequestStatus
from models.tables import ObligationRow
from models.unit import Role
from rules.ledger import decide, open_register
from store.engine import reading
from store.pages import Pages
from store.read_tables import obligation_of
from store.recorder import Recorder
from store.requests import cascade_requests
from tests import small, wide
from tests.small import HIGH, LOW, STARTS, TOP

CASCADE = small.cascade(TOP)
PLAN, FUNDED = f"plan@{HIGH}", f"funded-report@{HIGH}"
DAY = timedelta(days=1)


def ask(
    key: str, kind: RequestKind = RequestKind.MORE_TIME, until: date | None = date(2020, 4, 10), day: int = 1
) -> Ask:
    actor = small.officer(key.partition("@")[2])
    return Ask(
        id=f"ask {key} {kind}", at=STARTS + day * DAY, actor=actor, obligation=key, request=kind,
        reason="thiếu số liệu", until=until if kind is RequestKind.MORE_TIME else None,
    )  # fmt: skip


def answer(request: str, *, granted: bool = True, day: int = 2) -> AnswerRequest:
    words = "" if granted else "không có căn cứ"
    actor = small.reviewer(TOP)
    return AnswerRequest(
        id=f"answer {request}", at=STARTS + day * DAY, actor=actor, request=request, granted=granted, words=words
    )


def lived(*commands: Command) -> tuple[LedgerState, list[tuple[Event, ...]]]:
    """The register after some commands, and the events of each."""
    book = small.slice_of(TOP)
    change = open_register(book, STARTS)
    batches = [change.events]
    for command in commands:
        change = decide(book, change.state, command)
        batches.append(change.events)
    return change.state, batches


def made(state: LedgerState, key: str, kind: RequestKind = RequestKind.MORE_TIME) -> str:
    return next(item.id for item in state.requests.values() if (item.obligation, item.kind) == (key, kind))


def questions() -> list[Command]:
    return [ask(PLAN), ask(FUNDED, RequestKind.WITHDRAWAL), ask(f"plan@{LOW}", RequestKind.NOT_APPLICABLE)]


def decided() -> list[Command]:
    state, _ = lived(*questions())
    return [
        *questions(),
        answer(made(state, PLAN)),
        answer(made(state, FUNDED, RequestKind.WITHDRAWAL)),
        answer(made(state, f"plan@{LOW}", RequestKind.NOT_APPLICABLE), granted=False),
    ]


@pytest.mark.parametrize("at_once", [True, False])
def test_requests_and_what_they_move_are_in_sql_as_in_the_ledger(started: Engine, at_once: bool) -> None:
    state, batches = lived(*decided())
    recorder = Recorder(started, small.MAIL_HOURS)
    for batch in [[event for events in batches for event in events]] if at_once else batches:
        recorder.record(CASCADE, batch)
    with reading(started) as session:
        assert {item.id: item for item in cascade_requests(session, CASCADE)} == state.requests
        plan, funded = (obligation_of(session.get_one(ObligationRow, (CASCADE, key))) for key in (PLAN, FUNDED))
    assert (plan, funded) == (state.obligations[PLAN], state.obligations[FUNDED])
    assert plan.original_due is not None
    assert plan.due == plan.original_due + 10 * DAY
    assert (plan.extensions, funded.state) == (1, State.WITHDRAWN)


def test_requests_come_in_the_order_in_which_they_were_asked_by_unit_or_by_what_they_are_about(started: Engine) -> None:
    _, batches = lived(*questions())
    for batch in batches:
        Recorder(started, small.MAIL_HOURS).record(CASCADE, batch)
    with reading(started) as session:
        found = cascade_requests(session, CASCADE)
        assert [item.obligation for item in found] == [PLAN, FUNDED, f"plan@{LOW}"]
        assert {item.status for item in found} == {RequestStatus.ASKED}
        assert cascade_requests(session, CASCADE, unit=LOW) == found[2:]
        assert cascade_requests(session, CASCADE, obligations=[FUNDED]) == found[1:2]
        assert cascade_requests(session, small.cascade(HIGH)) == ()


def test_pages_have_the_requests_of_their_lines(started: Engine) -> None:
    wide.store(started)
    book, report = wide.slice_of(TOP), f"weekly.2020-w11@{HIGH}"
    change = open_register(book, STARTS)
    events = [*change.events]
    for key in (report, f"asks@{LOW}"):
        change = decide(book, change.state, ask(key, RequestKind.WITHDRAWAL))
        events += change.events
    Recorder(started, small.MAIL_HOURS).record(book.cascade_id, events)
    pages = Pages(started)
    assert [item.obligation for item in pages.officer_page(link(HIGH)).requests] == [report]
    assert [item.obligation for item in pages.register_page(link(TOP)).requests] == [report, f"asks@{LOW}"]
    assert [item.obligation for item in pages.register_page(link(wide.BOARD)).requests] == [report]


def link(unit: str) -> Link:
    return Link(
        token_hash="hash",  # noqa: S106 - not a secret
        purpose=Purpose.OFFICER,
        directive_id=wide.DIRECTIVE,
        cascade_id=wide.cascade(TOP),
        unit=unit,
        role=Role.FOCAL,
        expires_at=STARTS,
    )
