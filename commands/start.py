"""`dondoc start`: a directive begins, and takes over from those that it replaces."""

from collections.abc import Awaitable, Callable
from datetime import UTC, date, datetime, time
from pathlib import Path

from sqlalchemy import Engine
from temporalio.client import Client
from temporalio.common import WorkflowIDReusePolicy
from temporalio.exceptions import WorkflowAlreadyStartedError
from temporalio.service import RPCError

import naming
from commands.attached import Attached
from commands.directives import compile_here, read_file
from commands.errors import CommandError, Exit
from commands.replace import withdraw_replaced
from models.cascade import CascadeStart
from models.clock import Clock
from models.notice import NoticeKind
from models.plan import DirectiveHead, Plan
from models.unreachable import Unreachable
from rules.calendar import day_start
from rules.sending import MailHours, leaves_at
from rules.words import stamp
from store.directives import AlreadyStarted, add_directive, find_directives
from store.files import FileStore
from workflows.attributes import attributes
from workflows.cascade import CascadeWorkflow


def practice_clock(start: date | None, speed: float, now: datetime) -> Clock:
    """Real time, or for practice a clock that begins on a day and runs `speed` times as fast."""
    return Clock(origin_real=now, origin_business=day_start(start) if start else now, speed=speed)


async def start(
    engine: Engine,
    files: FileStore,
    connect: Callable[[], Awaitable[Client]],
    file: Path,
    clock: Clock,
    say: Callable[[str], None] = lambda _: None,
    hours: tuple[time, time] | None = None,
) -> DirectiveHead:
    """Start a directive: end what it replaces, store its files and its plan, then start the first cascade.

    `say` is told what is withdrawn, and when the first mails leave where they wait for the `hours` of mail.

    Raises `CommandError`: INVALID with every fault; REFUSED where it runs already or its closing has passed. Where the
    server went away in between, starting again completes the start.
    """
    raw = read_file(file)
    attached = Attached(file.parent)
    plan = _compiled(engine, file, raw, attached)
    _check_open(plan.head, clock.business(datetime.now(UTC)))
    client = await connect()
    if plan.head.replaces and not find_directives(engine, plan.head.directive_id):
        for replaced in plan.head.replaces:
            await withdraw_replaced(engine, client, replaced, plan.head, say)
        plan = _compiled(engine, file, raw, attached)  # with the answers that came in until they were withdrawn
    attached.store(files, plan.head.files)
    running_since: datetime | None = None
    now = datetime.now(UTC)
    try:
        add_directive(engine, plan, clock, raw.decode("utf-8-sig"), now)
    except AlreadyStarted as earlier:
        running_since, clock = earlier.since, earlier.clock
    await _begin(client, plan, clock, running_since)
    _tell_first_mails(plan, clock.business(now), MailHours(*hours) if hours else None, say)
    return plan.head


def _tell_first_mails(plan: Plan, now: datetime, hours: MailHours | None, say: Callable[[str], None]) -> None:
    opens = max(now, plan.head.starts)
    leaves = leaves_at(NoticeKind.ASSIGNMENT, opens, hours, plan.cascades[0].follow_up)
    if leaves > opens:
        say(f"the first mails leave at {stamp(leaves)}, in the hours of DONDOC_MAIL_HOURS")


def _compiled(engine: Engine, file: Path, raw: bytes, attached: Attached) -> Plan:
    compiled = compile_here(engine, raw, attached)
    if compiled.plan is None:
        raise CommandError(Exit.INVALID, f"{file} cannot be started; nothing was changed:", str(file), compiled.errors)
    return compiled.plan


def _check_open(head: DirectiveHead, now: datetime) -> None:
    if now >= head.closing:
        issued = head.document.date
        raise CommandError(
            Exit.REFUSED,
            f"{head.label}: its register closed at {stamp(head.closing)}, so there is nothing to follow up; "
            f"to practise, let time run from its issue: --clock-from {issued} --speed 86400 (a day in a second)",
        )


async def _begin(client: Client, plan: Plan, clock: Clock, running_since: datetime | None) -> None:
    root, label = plan.cascades[0], plan.head.label
    try:
        await client.start_workflow(
            CascadeWorkflow.run,
            CascadeStart(cascade_id=root.cascade_id, clock=clock),
            id=root.cascade_id,
            task_queue=naming.CASCADE_QUEUE,
            id_reuse_policy=WorkflowIDReusePolicy.REJECT_DUPLICATE,
            search_attributes=attributes(root.cascade_id),
            static_summary=f"{label}: {root.issuer_name}",
            static_details=plan.head.document.title,
        )
    except WorkflowAlreadyStartedError as error:
        since = f" since {stamp(running_since)}" if running_since else ""
        message = f"{label} of {plan.head.issuer} is already running{since}; nothing was changed"
        raise CommandError(Exit.REFUSED, message) from error
    except RPCError as error:
        address = client.service_client.config.target_host
        raise Unreachable("Temporal", address, "start it with `dondoc up` and run this command again") from error
