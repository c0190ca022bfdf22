"""A workflow task that is interrupted after its events were recorded: nothing of it is lost, nothing stands twice."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import Engine
from sqlmodel import col, select

from audit.histories.live import LiveHistories
from audit.histories.replayed import Replayed, replayed
from models.command import Command, NameHolder
from models.event import Event
from models.holder import Arrangement
from models.obligation import State
from models.recorded import Recorded
from models.tables import EventRow
from rules.chain import canonical
from rules.fold import empty, fold
from rules.ledger import decide, note_summary
from store.engine import reading
from store.recorder import Recorder
from tests import small
from tests.workflows.conftest import stored

ROOT, DISTRICT = small.cascade(small.TOP), small.cascade(small.HIGH)
PLAN_HIGH = f"plan@{small.HIGH}"
SOONER = datetime(2020, 3, 2, 1, tzinfo=UTC)


class Interrupted(Recorder):
    """A recorder that has recorded something in a try of which the server knows nothing."""

    def __init__(self, engine: Engine, register: str, before: str, lost: Command | None) -> None:
        """What was `lost` (None: the report at the end) is recorded before the first fact of the kind `before`."""
        super().__init__(engine, small.MAIL_HOURS)
        self._sql = engine
        self._register = register
        self._before = before
        self._lost = lost
        self.done = False

    def record(self, cascade_id: str, events: Sequence[Event]) -> Recorded:
        if cascade_id == self._register and not self.done and any(each.fact.kind == self._before for each in events):
            self.done = True
            super().record(cascade_id, self._first_try())
        return super().record(cascade_id, events)

    def _first_try(self) -> list[Event]:
        plan = self.load_plan(self._register)
        state = fold(plan, empty(plan), on_record(self._sql, self._register))
        if self._lost is None:
            change = note_summary(plan, state, state.now, {"json": "ab" * 32})
        else:
            change = decide(plan, state, self._lost.model_copy(update={"at": state.now}))
        return [event.model_copy(update={"recorded_at": SOONER}) for event in change.events]


def named(unit: str) -> NameHolder:
    """A unit names a colleague."""
    return NameHolder(
        id="lost",
        at=small.STARTS,
        actor=small.officer(unit),
        unit=unit,
        arrangement=Arrangement.COLLEAGUE,
        name="Lê Thị Hoa",
        email="hoa@nho.example",
    )


def on_record(engine: Engine, register: str) -> list[Event]:
    with reading(engine) as session:
        query = select(EventRow.body).where(EventRow.cascade_id == register).order_by(col(EventRow.seq))
        return [Event.model_validate_json(body) for body in session.exec(query)]


async def lived(engine: Engine, register: str, before: str, lost: Command | None) -> tuple[list[str], Replayed]:
    """A directive of which one unit hands in and is accepted: the kinds of what a register has on record, and what its
    history says. It lives till the steps have begun, or till its end where what was lost comes then."""
    recorder = Interrupted(engine, register, before, lost)
    async with stored(engine, small.store) as running, running.at_work(recorder):
        handle = await running.start(ROOT)
        await running.until(small.STARTS + timedelta(days=1))
        receipt = await running.update(ROOT, small.submit(PLAN_HIGH))
        assert running.states()[PLAN_HIGH] is State.SUBMITTED
        assert on_record(engine, ROOT)[receipt.seq - 1].fact.kind == "submitted", "the receipt names what was handed in"
        await running.update(ROOT, small.review(PLAN_HIGH, small.TOP))
        if lost is None:
            await handle.result()
        else:
            await running.until(small.STARTS + timedelta(days=40))
            await handle.terminate()
        told = await replayed(await LiveHistories(running.client).runs(register))
    assert recorder.done
    recorded = on_record(engine, register)
    assert [canonical(event) for event in told.events] == [canonical(event) for event in recorded]
    assert told.untraced == {event.seq for event in recorded if event.recorded_at == SOONER}, "nothing interrupted it"
    return [event.fact.kind for event in recorded], told


async def test_the_same_command_tried_again_is_on_record_once(sqlite: Engine) -> None:
    kinds, told = await lived(sqlite, ROOT, "submitted", small.submit(PLAN_HIGH))
    assert kinds.count("submitted") == 1
    assert len(told.untraced) == 1


@pytest.mark.parametrize(
    ("register", "before", "lost"),
    [
        (ROOT, "submitted", small.acknowledge(small.LOW, id_="lost")),
        (ROOT, "step_fired", small.acknowledge(small.LOW, id_="lost")),
        (DISTRICT, "obligations_opened", named("0111-xa")),
    ],
    ids=["an update", "time", "a relay"],
)
async def test_what_was_recorded_and_never_came_again_stays_and_the_rest_follows(
    sqlite: Engine, register: str, before: str, lost: Command
) -> None:
    kinds, told = await lived(sqlite, register, before, lost)
    (seq,) = told.untraced
    assert kinds[seq - 1] in {"acknowledged", "holder_named"}
    assert before in kinds[seq:]


async def test_the_report_at_the_end_is_issued_once(sqlite: Engine) -> None:
    kinds, _ = await lived(sqlite, ROOT, "summary_issued", None)
    assert kinds.count("summary_issued") == 1
