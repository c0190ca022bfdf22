"""The worker process: settings, adapters, activities, workflows. Run as `python -m worker [QUEUE …]`."""

import asyncio
import os
import signal
import sys
from collections.abc import Collection
from concurrent.futures import ThreadPoolExecutor
from contextlib import AsyncExitStack
from functools import partial
from typing import NamedTuple

from sqlalchemy import Engine
from temporalio.client import Client
from temporalio.worker import UnsandboxedWorkflowRunner, Worker

import naming
from activities.deliver import DeliverActivities
from activities.ports import Forms
from activities.record import RecordActivities
from activities.report import ReportActivities
from activities.upkeep import UpkeepActivities
from mail.pool import SmtpPool
from mail.postmark import Postmark
from reports.chase_letter import chase_letters
from reports.forms import write_all
from rules.sending import MailHours
from services import loop
from services.archive import anchors, archivist
from services.mail_server import mail_pool
from services.memory import settle
from services.temporal import connect
from services.upkeep import ensure_upkeep
from settings import Settings
from store.engine import make_engine
from store.outbox import Outbox
from store.recorder import Recorder
from store.summaries import load_summary
from workflows import WORKFLOWS


class Limits(NamedTuple):
    """What one process that keeps registers has in hand at once; measured by `bench/tuning.py` (docs/scaling.md).

    `tasks` are workflow tasks. One process decides one after another, so many more only wait in it until their time is
    over (10 s); then the server hands them out again and their histories are replayed. Twice the `threads` that record,
    so that these have something to do while others decide. `cached` registers are kept in memory; `pollers` ask the
    server for work.
    """

    tasks: int = 16
    threads: int = 8
    cached: int = 1_000
    pollers: int = 5


LIMITS = Limits()
_NICENESS = 19
QUEUES = (naming.CASCADE_QUEUE, naming.MAIL_QUEUE, naming.REPORT_QUEUE)


def mail_hours(settings: Settings) -> MailHours | None:
    """Between which hours mail leaves, None: always."""
    return MailHours(*settings.mail_hours) if settings.mail_hours else None


def _forms(settings: Settings) -> Forms:
    """What writes reports, with the office's own template where it has one."""
    return partial(write_all, template=settings.report_template)


def cascade_worker(
    client: Client, settings: Settings, engine: Engine, threads: ThreadPoolExecutor, limits: Limits = LIMITS
) -> Worker:
    """Keeps registers: the workflows, and the activities that record, report, archive and anchor."""
    record = RecordActivities(Recorder(engine, mail_hours(settings)))
    report = ReportActivities(partial(load_summary, engine), _forms(settings), settings.reports)
    upkeep = UpkeepActivities(archivist(client, settings, engine), anchors(settings, engine))
    return Worker(
        client,
        task_queue=naming.CASCADE_QUEUE,
        workflows=WORKFLOWS,
        activities=[
            record.load_plan,
            record.record,
            record.close_directive,
            report.issue_summary,
            upkeep.archive_closed,
            upkeep.anchor,
        ],
        activity_executor=threads,
        workflow_runner=UnsandboxedWorkflowRunner(),
        max_concurrent_workflow_tasks=limits.tasks,
        max_cached_workflows=limits.cached,
        max_concurrent_workflow_task_polls=limits.pollers,
    )


def mail_worker(client: Client, settings: Settings, engine: Engine, pool: SmtpPool) -> Worker:
    """Delivers mail."""
    deliver = DeliverActivities(
        Outbox(engine, settings.pages_url, settings.mail_domain, mail_hours(settings)),
        pool,
        Postmark(settings.mail_from, chase_letters),
        settings.smtp_rate,
        settings.smtp_collect,
        settings.smtp_connections,
    )
    return Worker(client, task_queue=naming.MAIL_QUEUE, activities=[deliver.deliver])


def report_worker(client: Client, settings: Settings, engine: Engine, threads: ThreadPoolExecutor) -> Worker:
    """Makes the reports that registers issue while they run, one at a time: many come due at the same instant."""
    report = ReportActivities(partial(load_summary, engine), _forms(settings), settings.reports)
    return Worker(
        client,
        task_queue=naming.REPORT_QUEUE,
        activities=[report.issue_report],
        activity_executor=threads,
        max_concurrent_activities=1,
    )


async def run(settings: Settings, queues: Collection[str]) -> None:
    """Serve these queues until told to stop (SIGINT or SIGTERM), then finish what is in hand.

    A process that keeps no registers gives way to others: mail and reports can wait, people at a page cannot.
    """
    if naming.CASCADE_QUEUE not in queues:
        os.nice(_NICENESS)
    client = await connect(settings)
    engine = make_engine(settings.sql_url)
    settle()
    stop = asyncio.Event()
    for name in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(name, stop.set)
    with ThreadPoolExecutor(LIMITS.threads) as threads:
        async with AsyncExitStack() as running:
            if naming.CASCADE_QUEUE in queues:
                await running.enter_async_context(cascade_worker(client, settings, engine, threads))
                await ensure_upkeep(client)
            if naming.MAIL_QUEUE in queues:
                pool = await running.enter_async_context(mail_pool(settings))
                await running.enter_async_context(mail_worker(client, settings, engine, pool))
            if naming.REPORT_QUEUE in queues:
                await running.enter_async_context(report_worker(client, settings, engine, threads))
            await stop.wait()


if __name__ == "__main__":
    asked = sys.argv[1:] or list(QUEUES)
    if strangers := set(asked) - set(QUEUES):
        sys.exit(f"no queue {min(strangers)!r}; there are {', '.join(QUEUES)}")
    loop.run(run(Settings(), asked))
