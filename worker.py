"""The worker process: settings, adapters, activities, workflows. Run as `python -m worker`."""

import asyncio
import signal
from concurrent.futures import ThreadPoolExecutor
from contextlib import AsyncExitStack
from functools import partial

from sqlalchemy import Engine
from temporalio.client import Client
from temporalio.worker import UnsandboxedWorkflowRunner, Worker

import naming
from activities.deliver import DeliverActivities
from activities.record import RecordActivities
from activities.report import ReportActivities
from mail.postmark import Postmark
from mail.smtp import SmtpMailer
from reports.forms import write_all
from services.temporal import connect
from settings import Settings
from store.engine import make_engine
from store.outbox import Outbox
from store.recorder import Recorder
from store.summaries import load_summary
from workflows import WORKFLOWS

_THREADS = 8


def build_workers(client: Client, settings: Settings, engine: Engine, threads: ThreadPoolExecutor) -> list[Worker]:
    """The workers of one process: cascades with their records and reports, and mail on a queue of its own."""
    record = RecordActivities(Recorder(engine))
    report = ReportActivities(partial(load_summary, engine), write_all, settings.reports)
    mailer = SmtpMailer(
        settings.smtp_host or settings.host,
        settings.smtp_port,
        settings.smtp_security,
        settings.smtp_user,
        settings.smtp_password,
    )
    outbox = Outbox(engine, settings.pages_url, settings.mail_domain)
    deliver = DeliverActivities(outbox, mailer, Postmark(settings.mail_from), settings.smtp_rate)
    cascades = Worker(
        client,
        task_queue=naming.CASCADE_QUEUE,
        workflows=WORKFLOWS,
        activities=[record.load_plan, record.record, record.close_directive, report.issue_summary],
        activity_executor=threads,
        workflow_runner=UnsandboxedWorkflowRunner(),
    )
    return [cascades, Worker(client, task_queue=naming.MAIL_QUEUE, activities=[deliver.deliver])]


async def run(settings: Settings) -> None:
    """Serve until told to stop (SIGINT or SIGTERM), then finish what is in hand."""
    client = await connect(settings)
    stop = asyncio.Event()
    for name in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(name, stop.set)
    with ThreadPoolExecutor(_THREADS) as threads:
        async with AsyncExitStack() as running:
            for worker in build_workers(client, settings, make_engine(settings.sql_url), threads):
                await running.enter_async_context(worker)
            await stop.wait()


if __name__ == "__main__":
    asyncio.run(run(Settings()))
