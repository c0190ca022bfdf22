"""A founding directive on the time-skipping server: people act on business days, and at the end stands the report."""

import asyncio
import itertools
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable
from contextlib import asynccontextmanager
from datetime import UTC, date, datetime, time
from functools import cache, partial
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import Engine
from temporalio.testing import WorkflowEnvironment

import naming
from activities.ports import Forms
from activities.report import ReportActivities
from changing.catalogues import indicators, known_documents
from commands.units import read_registry
from models.actor import Actor, ActorKind
from models.answer import Answer
from models.cascade import CascadeStart
from models.clock import Clock
from models.command import (
    Command,
    CompleteFigures,
    Decision,
    HandleRecommendation,
    RaiseObstacle,
    RegisterDocument,
    Review,
    Submit,
)
from models.document import DocumentRef, FileRef
from models.fault import Fault
from models.obligation import Outcome
from models.plan import Plan
from models.recommendation import Handling, Recommendation
from models.register import ObligationLine
from models.summary import Summary
from models.unit import Unit
from reports.forms import FORMS
from rules.calendar import WorkingCalendar, day_start
from rules.compiler import compile_directive
from rules.compiling.desk import References
from services.temporal import ensure_search_attributes
from store.directives import add_directive
from store.engine import make_engine, migrate
from store.summaries import load_summary
from store.units import save_units
from tests.fakes import FakeMailer
from tests.skipping import skipping_server
from tests.waiting import skip
from tests.workers import working
from workflows.attributes import attributes
from workflows.cascade import CascadeWorkflow

ROOT = Path(__file__).parents[2]
PAPER = FileRef(sha256="ab" * 32, name="van-ban.pdf", size=10, media_type="application/pdf")
T = TypeVar("T")


@cache
def registry(name: str) -> tuple[Unit, ...]:
    """All units of a shipped registry."""
    return tuple(read_registry(ROOT / f"data/registries/{name}.yaml"))


def document(number: str, on: str, signer: str = "Nguyễn Thị Hoa") -> DocumentRef:
    return DocumentRef(number=number, normal=number, date=date.fromisoformat(on), signer=signer)


class Life:
    """One directive, running. Commands are sent at the present business time and must be taken."""

    def __init__(self, environment: WorkflowEnvironment, engine: Engine, plan: Plan, clock: Clock) -> None:
        self.plan = plan
        self.mailer = FakeMailer()
        self.warnings: tuple[Fault, ...] = ()
        self._environment = environment
        self._engine = engine
        self._clock = clock
        self._ids = itertools.count(1)
        self._registers = {
            f"{duty.requirement}@{duty.unit}": (cascade.cascade_id, cascade.issuer)
            for cascade in plan.cascades
            for duty in cascade.duties
        }

    async def until(self, day: str, at: time = time(9)) -> None:
        """Let time pass until a day."""
        present = self._clock.business((await self._environment.get_current_time()).astimezone(UTC))
        await skip(self._environment, day_start(date.fromisoformat(day), at) - present)

    async def submit(self, requirement: str, unit: str, **answer: Any) -> None:
        """A unit hands something in; a file goes with it unless the answer says otherwise."""
        key = f"{requirement}@{unit}"
        actor = Actor(kind=ActorKind.OFFICER, unit=unit)
        answered = Answer(**({"files": (PAPER,)} | answer))
        await self._send(self._registers[key][0], lambda base: Submit(**base, obligation=key, answer=answered), actor)

    async def accept(
        self, requirement: str, unit: str, by: str | None = None, outcome: Outcome | None = None, comment: str = ""
    ) -> None:
        """The unit above, or another recipient, accepts the latest answer."""
        await self._review(requirement, unit, by, Decision.ACCEPT, comment, outcome)

    async def send_back(self, requirement: str, unit: str, comment: str, by: str | None = None) -> None:
        await self._review(requirement, unit, by, Decision.RETURN, comment, None)

    async def _review(
        self, requirement: str, unit: str, by: str | None, decision: Decision, comment: str, outcome: Outcome | None
    ) -> None:
        key = f"{requirement}@{unit}"
        cascade, issuer = self._registers[key]
        submission = self.line(requirement, unit).submissions
        await self._send(
            cascade,
            lambda base: Review(
                **base, obligation=key, submission=submission, decision=decision, comment=comment, outcome=outcome
            ),
            Actor(kind=ActorKind.REVIEWER, unit=by or issuer),
        )

    async def register(self, trigger: str, number: str, on: str) -> None:
        """The supervisor registers a document that the directive awaits."""
        root = self.plan.cascades[0]
        arrived = document(number, on)
        await self._send(
            root.cascade_id,
            lambda base: RegisterDocument(**base, trigger=trigger, document=arrived),
            Actor(kind=ActorKind.REVIEWER, unit=root.issuer),
        )

    async def handle(self, recommendation: str, handling: Handling, by: str | None = None, **details: Any) -> None:
        """Something is done with a recommendation, by the first register's issuer or the body it was referred to."""
        root = self.plan.cascades[0]
        actor = Actor(kind=ActorKind.OFFICER, unit=by) if by else Actor(kind=ActorKind.REVIEWER, unit=root.issuer)
        await self._send(
            root.cascade_id,
            lambda base: HandleRecommendation(**base, recommendation=recommendation, handling=handling, **details),
            actor,
        )

    async def tell_obstacle(self, requirement: str, unit: str, text: str) -> None:
        """A unit tells what stands in its way."""
        key = f"{requirement}@{unit}"
        actor = Actor(kind=ActorKind.OFFICER, unit=unit)
        await self._send(self._registers[key][0], lambda base: RaiseObstacle(**base, obligation=key, text=text), actor)

    async def complete_figures(self, requirement: str, unit: str, men: int, women: int) -> None:
        key = f"{requirement}@{unit}"
        await self._send(
            self._registers[key][0],
            lambda base: CompleteFigures(**base, obligation=key, men=men, women=women),
            Actor(kind=ActorKind.OFFICER, unit=unit),
        )

    def line(self, requirement: str, unit: str) -> ObligationLine:
        """An obligation as it stands."""
        summary = self.summary()
        lines = (*summary.lines, *summary.coordinating)
        return next(line for line in lines if (line.requirement, line.unit) == (requirement, unit))

    def recommendations(self) -> dict[str, Recommendation]:
        return {item.id: item for item in self.summary().recommendations}

    def summary(self) -> Summary:
        return load_summary(self._engine, self.plan.head.directive_id, self.plan.head.closing)

    def mails(self, unit: str) -> list[str]:
        """The kinds of mail that a unit's focal point and head have had, in order."""
        with_units = {item.code: (item.focal_email, item.head_email) for item in self.units}
        return [kind for kind, to in self.mailer.taken if to in with_units[unit]]

    units: tuple[Unit, ...] = ()

    async def settle(self) -> None:
        """Let what has been said reach the other registers and their mail go out."""
        await self._environment.sleep(3600)

    async def _send(self, cascade: str, make: Callable[[dict[str, Any]], Command], actor: Actor) -> None:
        present = self._clock.business((await self._environment.get_current_time()).astimezone(UTC))
        command = make({"id": f"c{next(self._ids)}", "at": present, "actor": actor})
        handle = self._environment.client.get_workflow_handle(cascade)
        await handle.execute_update(command.kind, command, id=command.id)


def page_only(summary: Summary, folder: Path) -> dict[str, Path]:
    """Write the report as a page alone: most stories are not about the other forms."""
    folder.mkdir(parents=True)
    FORMS["html"](summary, folder / "report.html")
    return {"html": folder / "report.html"}


async def live(
    folder: Path,
    file: str,
    registry_name: str,
    story: Callable[[Life], Awaitable[T]],
    only: Callable[[Unit], bool] = lambda _: True,
    forms: Forms = page_only,
) -> tuple[T, Summary, dict[str, Path]]:
    """Run a founding directive from start to report while people do what the story says.

    `only` takes a part of the registry. Returns what the story observed, the final summary and the written reports by
    what stands behind the dot.
    """
    units = tuple(unit for unit in registry(registry_name) if only(unit))
    plan, warnings = _compiled(file, units)
    async with _running(folder, plan, units, forms) as (life, root):
        life.warnings, life.units = warnings, units
        observed = await story(life)
        async with asyncio.timeout(180):
            await root.result()
        written = (folder / "reports" / plan.head.directive_id).iterdir()
        return observed, life.summary(), {path.name.removeprefix("report"): path for path in written}


def _compiled(file: str, units: Iterable[Unit]) -> tuple[Plan, tuple[Fault, ...]]:
    references = References(indicators=indicators(), documents=known_documents())
    raw = (ROOT / f"directives/{file}.yaml").read_bytes()
    compiled = compile_directive(raw, {unit.code: unit for unit in units}, WorkingCalendar(), references)
    assert compiled.plan is not None, compiled.errors
    return compiled.plan, compiled.warnings


@asynccontextmanager
async def _running(folder: Path, plan: Plan, units: tuple[Unit, ...], forms: Forms) -> AsyncIterator[tuple[Life, Any]]:
    engine = make_engine(f"sqlite:///{folder / 'dondoc.db'}")
    migrate(engine)
    save_units(engine, units)
    async with skipping_server() as environment:
        await ensure_search_attributes(environment.client)
        origin = (await environment.get_current_time()).astimezone(UTC)
        clock = Clock(origin_real=origin, origin_business=plan.head.starts)
        add_directive(engine, plan, clock, "", datetime.now(UTC))
        life = Life(environment, engine, plan, clock)
        summaries = partial(load_summary, engine, at=plan.head.closing)
        report = ReportActivities(summaries, forms, folder / "reports")
        async with working(environment.client, engine, life.mailer, report):
            first = plan.cascades[0].cascade_id
            root = await environment.client.start_workflow(
                CascadeWorkflow.run,
                CascadeStart(cascade_id=first, clock=clock),
                id=first,
                task_queue=naming.CASCADE_QUEUE,
                search_attributes=attributes(first),
            )
            yield life, root
    engine.dispose()
