"""Workers for a time-skipping server: workflows and all activities on a real store, mail to a server in memory."""

from collections.abc import AsyncIterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager

from sqlalchemy import Engine
from temporalio.client import Client
from temporalio.worker import Worker

import naming
from activities.deliver import DeliverActivities
from activities.ports import Postmark
from activities.record import RecordActivities
from activities.report import ReportActivities
from store.outbox import Outbox
from store.recorder import Recorder
from tests import small
from tests.fakes import FakeMailer, FakePostmark
from workflows import WORKFLOWS


@asynccontextmanager
async def working(
    client: Client,
    engine: Engine,
    mailer: FakeMailer,
    report: ReportActivities,
    postmark: Postmark | None = None,
    recorder: Recorder | None = None,
) -> AsyncIterator[None]:
    """Workers for both queues; the default runner keeps workflow code inside the sandbox. Without a `postmark` mails
    are written as their kinds; `recorder` records otherwise than the ordinary one."""
    record = RecordActivities(recorder or Recorder(engine, small.MAIL_HOURS))
    outbox = Outbox(engine, "https://dondoc.example", "dondoc.example", small.MAIL_HOURS)
    deliver = DeliverActivities(outbox, mailer, postmark or FakePostmark(), rate=10_000)
    with ThreadPoolExecutor(4) as threads:
        async with (
            Worker(
                client,
                task_queue=naming.CASCADE_QUEUE,
                workflows=WORKFLOWS,
                activities=[record.load_plan, record.record, record.close_directive, report.issue_summary],
                activity_executor=threads,
            ),
            Worker(client, task_queue=naming.MAIL_QUEUE, activities=[deliver.deliver]),
            Worker(
                client,
                task_queue=naming.REPORT_QUEUE,
                activities=[report.issue_report],
                activity_executor=threads,
                max_concurrent_activities=1,
            ),
        ):
            yield
