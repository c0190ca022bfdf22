"""`dondoc check`, `schema`, `start`: a directive before it runs."""

from collections.abc import Awaitable, Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Engine
from temporalio.client import Client
from temporalio.common import WorkflowIDReusePolicy
from temporalio.exceptions import WorkflowAlreadyStartedError
from temporalio.service import RPCError

import naming
from commands.errors import CommandError, Exit
from models.cascade import CascadeStart
from models.clock import Clock
from models.directive import DirectiveFile
from models.plan import DirectiveHead, Plan
from models.unreachable import Unreachable
from rules.calendar import WorkingCalendar, day_start
from rules.compiler import Compiled, compile_directive
from rules.words import stamp
from store.directives import AlreadyStarted, add_directive
from store.units import load_units
from workflows.attributes import attributes
from workflows.cascade import CascadeWorkflow


def schema() -> dict[str, Any]:
    """The JSON Schema of a directive file, for editors."""
    return DirectiveFile.model_json_schema(by_alias=True) | {"$schema": "https://json-schema.org/draft/2020-12/schema"}


def check(engine: Engine, file: Path) -> Compiled:
    """Compile a directive file against the registry. Raises `CommandError` where the file cannot be read."""
    return compile_directive(_read(file), load_units(engine), WorkingCalendar())


def check_document(compiled: Compiled) -> dict[str, Any]:
    """What `check --json` prints: everything that the plan says."""
    plan = compiled.plan
    return {
        "directive": plan.head.model_dump(mode="json") if plan else None,
        "units": sorted({duty.unit for cascade in plan.cascades for duty in cascade.duties}) if plan else [],
        "obligations": obligations(plan) if plan else [],
        "warnings": [fault.model_dump() for fault in compiled.warnings],
        "errors": [fault.model_dump() for fault in compiled.errors],
    }


def obligations(plan: Plan) -> list[dict[str, Any]]:
    """Every obligation of a plan: who owes what to whom by when."""
    found = []
    for cascade in plan.cascades:
        requirements = {item.key: item for item in cascade.requirements}
        for duty in cascade.duties:
            item = requirements[duty.requirement]
            found.append(
                {
                    "requirement": duty.requirement,
                    "ref": item.ref,
                    "title": item.title,
                    "unit": duty.unit,
                    "issuer": cascade.issuer,
                    "applicable": duty.applicable,
                    "due": item.due.isoformat() if item.due else None,
                    "due_phrase": item.due_phrase,
                    "opens": item.opening.model_dump(mode="json"),
                    "steps": [step.model_dump(mode="json") for step in item.steps],
                }
            )
    return found


def practice_clock(start: date | None, speed: float, now: datetime) -> Clock:
    """Real time, or for practice a clock that begins on a day and runs `speed` times as fast."""
    return Clock(origin_real=now, origin_business=day_start(start) if start else now, speed=speed)


async def start(engine: Engine, connect: Callable[[], Awaitable[Client]], file: Path, clock: Clock) -> DirectiveHead:
    """Start a directive: store its plan, then start the first cascade.

    Raises `CommandError`: INVALID with every fault; REFUSED where it runs already or its closing has passed. Where the
    server went away in between, starting again completes the start.
    """
    raw = _read(file)
    compiled = compile_directive(raw, load_units(engine), WorkingCalendar())
    if compiled.plan is None:
        raise CommandError(Exit.INVALID, f"{file} cannot be started; nothing was changed:", str(file), compiled.errors)
    plan = compiled.plan
    number = plan.head.document.number
    now = datetime.now(UTC)
    if clock.business(now) >= plan.head.closing:
        issued = plan.head.document.date
        raise CommandError(
            Exit.REFUSED,
            f"{number}: its register closed at {stamp(plan.head.closing)}, so there is nothing to follow up; "
            f"to practise, let time run from its issue: --clock-from {issued} --speed 86400 (a day in a second)",
        )
    client = await connect()
    running_since: datetime | None = None
    try:
        add_directive(engine, plan, clock, raw.decode("utf-8-sig"), now)
    except AlreadyStarted as earlier:
        running_since, clock = earlier.since, earlier.clock
    root = plan.cascades[0].cascade_id
    try:
        await client.start_workflow(
            CascadeWorkflow.run,
            CascadeStart(cascade_id=root, clock=clock),
            id=root,
            task_queue=naming.CASCADE_QUEUE,
            id_reuse_policy=WorkflowIDReusePolicy.REJECT_DUPLICATE,
            search_attributes=attributes(root),
            static_summary=f"{number}: {plan.cascades[0].issuer_name}",
            static_details=plan.head.document.title,
        )
    except WorkflowAlreadyStartedError as error:
        since = f" since {stamp(running_since)}" if running_since else ""
        message = f"{number} of {plan.head.issuer} is already running{since}; nothing was changed"
        raise CommandError(Exit.REFUSED, message) from error
    except RPCError as error:
        address = client.service_client.config.target_host
        raise Unreachable("Temporal", address, "start it with `dondoc up` and run this command again") from error
    return plan.head


def _read(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        raise CommandError(Exit.INVALID, f"{file}: cannot be read: {error.strerror}") from error
