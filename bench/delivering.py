"""All mails of a directive's opening are delivered, beside a bare loop that sends the same bytes to the same server."""

import asyncio
import tempfile
from collections import Counter
from collections.abc import AsyncIterator, Iterable, Iterator, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, date, datetime, time
from email.parser import BytesHeaderParser
from pathlib import Path
from statistics import median

import aiosmtplib
from sqlalchemy import Engine
from sqlmodel import select
from temporalio import workflow
from temporalio.client import Client
from temporalio.worker import UnsandboxedWorkflowRunner, Worker

import naming
from activities.deliver import DeliverActivities, Round
from bench.answered import DIRECTIVE, compiled
from bench.countries import MINISTRY, Units, country, spread
from bench.result import Result
from bench.running_directive import seconds
from bench.sink import Caught, caught
from models.clock import Clock
from models.tables import OutboxRow
from rules.calendar import day_start
from rules.ledger import open_register
from services.installation import alone, running
from services.processes import python, wait_for_port
from services.temporal import connect
from settings import Settings
from store.directives import add_directive
from store.engine import make_engine, migrate, reading
from store.outbox import SENT
from store.recorder import Recorder
from store.units import save_units
from workflows import limits

_ROUNDS = 3
_QUEUE = "bench-rounds"
_MORNING = day_start(date(2020, 2, 13), time(9))
_NO_LIMIT = 1_000_000.0
"""Mails a second."""


@workflow.defn
class Rounds:
    """Stands for the registers, which do nothing here but send the postman on his rounds."""

    @workflow.run
    async def run(self, registers: Sequence[str], clock: Clock) -> int:
        """Have the mail of all these registers delivered, as each of them does it; returns how many mails were sent."""
        delivered = await asyncio.gather(
            *(
                workflow.execute_activity_method(
                    DeliverActivities.deliver,
                    Round(cascade_id=register, clock=clock),
                    task_queue=naming.MAIL_QUEUE,
                    start_to_close_timeout=limits.DELIVER_TIMEOUT,
                    heartbeat_timeout=limits.HEARTBEAT,
                    retry_policy=limits.RETRY,
                )
                for register in registers
            )
        )
        return sum(each.sent for each in delivered)


async def measure_delivering(one_in: int = 1) -> list[Result]:
    """Both in turn, round after round, for one in so many provinces. The directive is opened by the ledger and recorded
    with its mails beforehand; in a round the mail worker delivers those of a part of the registers, large and small
    ones alike, as its server hands it tour after tour. The pace at which mail may leave is as good as unlimited.

    Raises `RuntimeError` where a mail did not come in, or came twice.
    """
    units = spread(country(), MINISTRY, one_in)
    with tempfile.TemporaryDirectory() as folder:
        settings = alone(Path(folder), smtp_host="127.0.0.1", smtp_rate=_NO_LIMIT)
        engine, file = make_engine(settings.sql_url), Path(folder) / "caught"
        migrate(engine)
        save_units(engine, units.values())
        registers, clock = _queue(engine, units)
        ours: list[float] = []
        floors: list[float] = []
        sent = 0
        async with running(settings, print, None) as supervisor:
            await supervisor.start("sink", [*python("bench.sink"), str(settings.smtp_port), str(file)])
            await wait_for_port("sink", settings.smtp_host, settings.smtp_port)
            async with _on_rounds(await connect(settings)) as client:
                for round_ in range(_ROUNDS):
                    chosen = registers[round_::_ROUNDS]
                    before = file.stat().st_size if round_ else 0
                    ours.append(await seconds(_deliver(client, round_, chosen, clock)))
                    after = file.stat().st_size
                    mails = _check(engine, chosen, list(caught(file, before)))
                    floors.append(await seconds(_send(settings, iter(mails))))
                    _check(engine, chosen, list(caught(file, after)))
                    sent += len(mails)
    what = f"deliver {sent:,} mails of {len(registers)} registers, a third of them at a time"
    beside = f"bare aiosmtplib, {settings.smtp_connections} connections, the same bytes"
    return [Result(what, beside, median(ours), median(floors), "<= 1.3")]


def _queue(engine: Engine, units: Units) -> tuple[list[str], Clock]:
    """Open all registers of a directive, so that their mails wait."""
    plan = compiled(DIRECTIVE, units)
    clock, recorder = Clock(origin_real=datetime.now(UTC), origin_business=_MORNING), Recorder(engine, None)
    add_directive(engine, plan, clock, "", clock.origin_real)
    for register in plan.cascades:
        recorder.record(register.cascade_id, open_register(register, _MORNING).events)
    return [register.cascade_id for register in plan.cascades], clock


@asynccontextmanager
async def _on_rounds(client: Client) -> AsyncIterator[Client]:
    """With a worker for that workflow in this process."""
    async with Worker(client, task_queue=_QUEUE, workflows=[Rounds], workflow_runner=UnsandboxedWorkflowRunner()):
        yield client


async def _deliver(client: Client, round_: int, registers: Sequence[str], clock: Clock) -> None:
    await client.execute_workflow(Rounds.run, args=[registers, clock], id=f"rounds-{round_}", task_queue=_QUEUE)


async def _send(settings: Settings, mails: Iterator[Caught]) -> None:
    """The floor: as many connections, which share the mails."""

    async def connection() -> None:
        async with aiosmtplib.SMTP(hostname=settings.smtp_host, port=settings.smtp_port, start_tls=False) as server:
            for mail in mails:
                await server.sendmail(mail.sender, [mail.to], mail.content)

    await asyncio.gather(*(connection() for _ in range(settings.smtp_connections)))


def _check(engine: Engine, registers: Iterable[str], mails: list[Caught]) -> list[Caught]:
    """The mails, if they are those that the outbox says were sent, each once."""
    query = select(OutboxRow.cascade_id, OutboxRow.message_id, OutboxRow.status)
    of, headers = set(registers), BytesHeaderParser()
    with reading(engine) as session:
        rows = [row for row in session.exec(query) if row[0] in of]
    came_in = Counter(headers.parsebytes(mail.content)["Message-ID"] for mail in mails)
    sent = {message_id for _, message_id, status in rows if status == SENT}
    if came_in != Counter(sent) or any(status != SENT for _, _, status in rows):
        raise RuntimeError(f"{came_in.total()} mails of {len(came_in)} came in; {len(sent)} of {len(rows)} rows sent")
    return mails
