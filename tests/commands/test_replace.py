"""A directive that replaces another: what the other gives up, and what is waited for before the new one starts."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, cast

import pytest
from sqlalchemy import Engine
from temporalio.client import Client
from temporalio.service import RPCError, RPCStatusCode

from commands.errors import CommandError, Exit
from commands.replace import withdraw_replaced
from commands.start import start
from models.clock import Clock
from models.command import Command, Replace
from models.obligation import State
from models.plan import Effect, Replaced
from rules.ledger import decide, open_register
from store.directives import find_directives, plan_of
from store.earlier import still_owing
from store.engine import reading
from store.files import FileStore
from store.recorder import Recorder
from tests import small

EARLIER = "01-so.2020.so-bdg.15"
DAY = Clock(origin_real=datetime.now(UTC), origin_business=small.STARTS)
LATER = """
document: {number: 16/SO-BĐG, title: triển khai việc nhỏ, issuer: 01-so, date: 2020-03-02}
closing: 2020-06-30
replaces:
  - {number: 15/SO-BĐG, effect: EFFECT, keeps: {plan: year-plan}}
requirements:
  year-plan: {title: Kế hoạch năm, kind: plan, to: {level: district}, due: 2020-04-15}
"""


class FakeTemporal:
    """The register of the earlier directive's first unit in memory, which takes what it is told and records it.

    `working` says whether there is a worker; `known` whether the server knows the register.
    """

    def __init__(self, engine: Engine, *, working: bool = True, known: bool = True) -> None:
        self.told: list[Replace] = []
        self.started: list[str] = []
        self._working, self._known = working, known
        self._recorder = Recorder(engine, small.MAIL_HOURS)
        self._book = small.slice_of(small.TOP)
        opening = open_register(self._book, small.STARTS)
        self._state = opening.state
        self._recorder.record(self._book.cascade_id, opening.events)

    def take(self, command: Command) -> None:
        change = decide(self._book, self._state, command)
        self._state = change.state
        self._recorder.record(self._book.cascade_id, change.events)

    def get_workflow_handle(self, workflow_id: str) -> "FakeTemporal":
        assert workflow_id == self._book.cascade_id
        return self

    async def signal(self, _signal: Callable[..., Any], command: Replace) -> None:
        if not self._known:
            raise RPCError("no such workflow", RPCStatusCode.NOT_FOUND, b"")
        self.told.append(command)
        if self._working:
            self.take(command)

    async def start_workflow(self, *_: object, **options: Any) -> None:
        self.started.append(options["id"])


async def withdraw(engine: Engine, fake: FakeTemporal, effect: Effect, keeps: dict[str, str]) -> None:
    """Have the earlier directive give way, without patience."""
    replaced = Replaced(directive_id=EARLIER, number="15/SO-BĐG", effect=effect, keeps=keeps)
    head = small.plan().head.model_copy(update={"directive_id": "01-so.2020.so-bdg.16"})
    await withdraw_replaced(engine, cast("Client", fake), replaced, head, lambda _: None, patience=0)


async def test_what_is_superseded_is_withdrawn_as_a_whole_and_closed(sqlite: Engine) -> None:
    small.store(sqlite)
    fake = FakeTemporal(sqlite)
    await withdraw(sqlite, fake, Effect.SUPERSEDES, {"plan": "year-plan"})
    (command,) = fake.told
    assert (command.requirements, command.close, command.actor.unit) == ((), True, small.TOP)
    assert still_owing(sqlite, EARLIER) == 0


async def test_an_amendment_takes_only_what_it_keeps(sqlite: Engine) -> None:
    small.store(sqlite)
    fake = FakeTemporal(sqlite)
    before = still_owing(sqlite, EARLIER)
    await withdraw(sqlite, fake, Effect.AMENDS, {"plan": "year-plan"})
    assert (fake.told[0].requirements, fake.told[0].close) == (("plan",), False)
    assert still_owing(sqlite, EARLIER) == before - 2
    assert still_owing(sqlite, EARLIER, ["plan"]) == 0


async def test_an_amendment_that_takes_nothing_over_withdraws_nothing(sqlite: Engine) -> None:
    small.store(sqlite)
    fake = FakeTemporal(sqlite)
    await withdraw(sqlite, fake, Effect.AMENDS, {})
    assert fake.told == []


async def test_a_directive_that_has_closed_has_nothing_to_give_up(sqlite: Engine) -> None:
    small.store(sqlite)
    fake = FakeTemporal(sqlite, known=False)
    Recorder(sqlite, small.MAIL_HOURS).close_directive(EARLIER)
    await withdraw(sqlite, fake, Effect.ANNULS, {})


async def test_without_a_worker_it_says_so_and_repeating_completes_it(sqlite: Engine) -> None:
    small.store(sqlite)
    with pytest.raises(CommandError, match=r"still has 5 obligations.*dondoc up.*again") as caught:
        await withdraw(sqlite, FakeTemporal(sqlite, working=False), Effect.SUPERSEDES, {})
    assert caught.value.code is Exit.UNREACHABLE
    assert still_owing(sqlite, EARLIER) == 5


async def test_an_earlier_directive_whose_start_was_interrupted_is_named(sqlite: Engine) -> None:
    small.store(sqlite)
    with pytest.raises(CommandError, match="start of 15/SO-BĐG was never completed") as caught:
        await withdraw(sqlite, FakeTemporal(sqlite, known=False), Effect.SUPERSEDES, {})
    assert caught.value.code is Exit.REFUSED


@pytest.mark.parametrize("effect", ["amends", "supersedes"])
async def test_answers_given_until_then_count_for_the_new_directive(
    sqlite: Engine, tmp_path: Path, effect: str
) -> None:
    small.store(sqlite)
    fake = FakeTemporal(sqlite)
    fake.take(small.submit(f"plan@{small.HIGH}"))
    file = tmp_path / "later.yaml"
    file.write_text(LATER.replace("EFFECT", effect), "utf-8")

    async def connect() -> Client:
        return cast("Client", fake)

    said: list[str] = []
    files = FileStore(tmp_path / "files")
    head = await start(sqlite, files, connect, file, DAY, said.append)
    assert len(fake.told) == 1
    assert fake.started == [f"cascade:{head.directive_id}:{small.TOP}"]
    with reading(sqlite) as session:
        duties = plan_of(session, fake.started[0]).duties
    earlier = {duty.unit: duty.earlier for duty in duties}
    taken = earlier[small.HIGH]
    assert taken is not None
    assert (taken.number, taken.state) == ("15/SO-BĐG", State.SUBMITTED)
    assert earlier[small.LOW] is None

    await start(sqlite, files, connect, file, DAY)  # interrupted before the server knew: completed, nobody told again
    assert len(fake.told) == 1
    assert len(find_directives(sqlite, "16/SO-BĐG")) == 1
