"""Several workers and several web processes on one server and one store, and a directive that keeps them all busy."""

import asyncio
import os
import signal
from collections import Counter
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import httpx
from sqlmodel import col, select
from temporalio.api.enums.v1 import EventType

from commands.start import start
from demo.answers import form_fields, paper
from demo.forms import Form, forms
from models.clock import Clock
from models.event import Accepted, Event, Submitted, SummaryIssued
from models.plan import Plan, RequirementPlan
from models.tables import CascadeRow, EventRow
from models.unit import Unit
from rules.calendar import WorkingCalendar
from rules.compiler import compile_directive
from services.installation import alone, environment
from services.processes import Supervisor, free_port, python, wait_for_port
from services.temporal import connect, connect_when_ready, ensure_search_attributes, server_command
from store.engine import make_engine, migrate, reading
from store.files import FileStore
from store.units import save_units
from tests import small
from tests.e2e.installation import Installation
from tests.waiting import eventually

DIRECTIVE = """
document: {number: 16/SO-BĐG, title: nhiều máy cùng làm, issuer: 01-so, date: 2020-03-02}
closing: 2020-06-30
policy: {ladder: [{at: T-5, do: reminder}, {at: T+1, do: overdue}]}
reports: [{as_of: 2020-04-15, title: Sơ kết quý I, after: 1, levels: [province]}]
requirements:
  plan: {title: Kế hoạch năm, kind: plan, to: {level: district}, due: 2020-03-31}
  commune-plan: {title: Kế hoạch xã, kind: plan, to: {level: commune}, due: 2020-05-15}
"""


def units(divisions: int) -> list[Unit]:
    """The department, so many divisions below it, and a commune below each of these."""
    made = [small.UNITS[0]]
    for number in range(divisions):
        area = f"1{number:02}"
        division = small.UNITS[1].model_copy(
            update={"code": f"{area}-phong", "name": f"Phòng {area}", "territory": area, "tags": ()}
            | {"focal_email": f"{area}-phong@nho.example", "head_email": f"truong.{area}@nho.example"}
        )
        commune = small.UNITS[3].model_copy(
            update={"code": f"{area}1-xa", "name": f"Ủy ban nhân dân xã {area}1", "territory": f"{area}1"}
            | {"superior": division.code, "focal_email": f"{area}1-xa@nho.example"}
        )
        made += [division, commune]
    return made


@dataclass
class Several(Installation):
    """`plan` is the directive that runs; `webs` are addresses of the web processes, `workers` names of the workers."""

    plan: Plan
    webs: tuple[str, ...]
    workers: tuple[str, ...]

    def owed(self) -> list[tuple[str, RequirementPlan]]:
        """Every obligation: its key, and what is asked for."""
        return [
            (f"{duty.requirement}@{duty.unit}", item)
            for register in self.plan.cascades
            for duty in register.duties
            for item in register.requirements
            if item.key == duty.requirement
        ]

    def kill(self, name: str) -> None:
        """kill -9, without warning. The supervisor starts it again after a second."""
        os.kill(self.supervisor.process_id(name), signal.SIGKILL)

    async def hand_in_everywhere(self, key: str, item: RequirementPlan) -> list[int]:
        """The officer who is asked presses the button of one form at every web process in the same moment; returns what
        each answered."""
        unit = key.partition("@")[2]
        link = await self.link(f"{unit}@nho.example", "assignment")
        typed = form_fields(item, key, small.STARTS.date(), small.STARTS.date(), existing=False)
        files = {"files": ("Kế hoạch.pdf", paper(unit, "12/KH-UBND", item.title), "application/pdf")}

        def hands_in(form: Form) -> bool:
            return form.fields.get("obligation") == key and form.action.endswith("/submit")

        return await self.press_everywhere(link, hands_in, typed, files)

    async def accept_everywhere(self, key: str) -> list[int]:
        """The same of who keeps the first register."""
        link = await self.link("so@nho.example", "register")

        def accepts(form: Form) -> bool:
            return form.fields.get("obligation") == key and form.name.endswith("accept-form")

        return await self.press_everywhere(link, accepts, {"decision": "accept", "comment": ""})

    async def press_everywhere(
        self,
        link: str,
        chosen: Callable[[Form], bool],
        typed: dict[str, str],
        files: dict[str, tuple[str, bytes, str]] | None = None,
    ) -> list[int]:
        """Post one filled-in form to every web process at the same time, each until something was recorded."""
        page = await eventually(lambda: self._get(link))
        form = next(form for form in forms(page.text) if chosen(form))
        data = form.fields | {name: value for name, value in typed.items() if name in form.names | {"decision"}}

        async def pressed(address: str) -> httpx.Response | None:
            host, port = address.split(":")
            url = httpx.URL(link).join(form.action).copy_with(host=host, port=int(port))
            try:
                answer = await self.browser.post(url, data=data, files=files)
            except httpx.TransportError:
                return None
            return None if answer.status_code == httpx.codes.SERVICE_UNAVAILABLE else answer

        answers = await asyncio.gather(*(eventually(partial(pressed, address)) for address in self.webs))
        return [answer.status_code for answer in answers]

    def events(self) -> list[tuple[str, Event]]:
        """All events on record, with their registers."""
        with reading(self.engine) as session:
            rows = session.exec(select(EventRow.cascade_id, EventRow.body).order_by(col(EventRow.seq))).all()
        return [(register, Event.model_validate_json(body)) for register, body in rows]

    def recorded(self) -> Counter[tuple[str, str]]:
        """How often each answer, decision and report is on record."""
        found: Counter[tuple[str, str]] = Counter()
        for register, event in self.events():
            match event.fact:
                case Submitted(obligation=key) | Accepted(obligation=key):
                    found[event.fact.kind, key] += 1
                case SummaryIssued(report=report):
                    found[register, report or "final"] += 1
        return found

    def sent(self) -> Counter[str]:
        """How often each mail came, without those that say that they were sent again because it was uncertain whether
        they had arrived."""
        return Counter(str(mail["Message-ID"]) for mail in self.mails() if mail["X-Dondoc-Resent"] != "yes")

    async def at_work(self) -> tuple[set[str], set[str]]:
        """Who completed workflow tasks, and who sent commands: `process id@machine` of workers and of web processes."""
        workers, webs = set(), set()
        with reading(self.engine) as session:
            registers = session.exec(select(CascadeRow.id)).all()
        for register in registers:
            history = await self.client.get_workflow_handle(register).fetch_history()
            for event in history.events:
                if event.event_type == EventType.EVENT_TYPE_WORKFLOW_TASK_COMPLETED:
                    workers.add(event.workflow_task_completed_event_attributes.identity)
                if event.event_type == EventType.EVENT_TYPE_WORKFLOW_EXECUTION_UPDATE_ACCEPTED:
                    asked = event.workflow_execution_update_accepted_event_attributes.accepted_request
                    webs.add(asked.meta.identity)
        return workers, webs


@asynccontextmanager
async def several(
    home: Path, *, workers: int, divisions: int, database_url: str = "", webs: int = 2
) -> AsyncIterator[Several]:
    """So many of each at work, and the directive started on a clock that hardly moves."""
    settings = alone(home, database_url=database_url)
    engine = make_engine(settings.sql_url)
    migrate(engine)
    population = units(divisions)
    save_units(engine, population)
    file = home / "directive.yaml"
    file.write_text(DIRECTIVE, "utf-8")
    compiled = compile_directive(DIRECTIVE.encode(), {unit.code: unit for unit in population}, WorkingCalendar())
    assert compiled.plan is not None, compiled.errors
    supervisor = Supervisor(settings.logs, environment(settings), lambda _line: None)
    async with AsyncExitStack() as stack:
        stack.callback(engine.dispose)
        stack.push_async_callback(supervisor.stop)
        await supervisor.start("mail", python("services.mail_catcher"))
        await wait_for_port("mail catcher", settings.host, settings.mail_page_port)  # the server takes ports of its own
        await supervisor.start("temporal", server_command(settings, None))
        await ensure_search_attributes(await connect_when_ready(settings))
        working = tuple([f"worker-{number}" for number in range(1, workers + 1)])
        for name in working:
            await supervisor.start(name, python("worker"))
        ports = [settings.web_port, *(free_port() for _ in range(1, webs))]
        for number, port in enumerate(ports, 1):
            command = ["env", f"DONDOC_WEB_PORT={port}", *python("services.web_server")]
            await supervisor.start(f"web-{number}", command)
        for port in (settings.smtp_port, *ports):
            await wait_for_port("a part of the installation", settings.host, port, seconds=60)
        client = await connect(settings)
        browser = await stack.enter_async_context(httpx.AsyncClient(timeout=40))
        clock = Clock(origin_real=datetime.now(UTC), origin_business=small.STARTS, speed=60)
        await start(engine, FileStore(settings.files), lambda: connect(settings), file, clock)
        addresses = tuple([f"{settings.host}:{port}" for port in ports])
        yield Several(settings, supervisor, engine, client, browser, compiled.plan, addresses, working)
