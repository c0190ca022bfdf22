"""A whole installation on loopback with the small directive, and people who use it as a browser would."""

import email
import re
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from email.message import EmailMessage
from email.policy import default
from pathlib import Path

import httpx
from sqlalchemy import Engine
from temporalio.client import Client

import naming
from commands.start import start
from demo.answers import form_fields, paper
from demo.forms import Form, forms
from models.cascade import CascadeStart
from models.clock import Clock
from models.register import ObligationLine
from services.installation import alone, running
from services.processes import Supervisor
from services.temporal import connect
from settings import Settings
from store.directives import clock_of
from store.engine import make_engine, migrate, reading
from store.files import FileStore
from store.lines import directive_lines
from store.units import save_units
from tests import small
from tests.waiting import eventually
from workflows.attributes import attributes
from workflows.cascade import CascadeWorkflow

_URL = re.compile(r"https?://\S+/[vs]/[\w-]+")


@dataclass
class Installation:
    settings: Settings
    supervisor: Supervisor
    engine: Engine
    client: Client
    browser: httpx.AsyncClient

    def mails(self, to: str = "", kind: str = "") -> list[EmailMessage]:
        """Caught mail to an address and of a kind, oldest first."""
        paths = sorted((self.settings.maildir / "new").glob("*"), key=lambda path: path.stat().st_mtime_ns)
        found = (email.message_from_bytes(path.read_bytes(), policy=default) for path in paths)
        return [
            mail
            for mail in found
            if isinstance(mail, EmailMessage) and to in str(mail["To"]) and kind in str(mail["X-Dondoc-Kind"])
        ]

    async def link(self, to: str, kind: str) -> str:
        """The link in the latest mail to an address and of a kind, once it has come."""

        async def come() -> list[EmailMessage]:
            return self.mails(to, kind)

        mail = (await eventually(come))[-1]
        body = mail.get_body(("plain",))
        assert body is not None
        match = _URL.search(body.get_content())
        assert match is not None
        return match[0]

    def lines(self) -> dict[str, ObligationLine]:
        """All obligations as they stand."""
        directive = small.plan().head.directive_id
        with reading(self.engine) as session:
            now = clock_of(session, directive).business(datetime.now(UTC))
            return {line.key: line for line in directive_lines(session, directive, now)}

    async def submit(self, link: str, key: str) -> httpx.Response:
        """Hand in an answer with a real PDF; pressed again where nothing was recorded."""

        def hands_in(form: Form) -> bool:
            return form.fields.get("obligation") == key and form.action.endswith("/submit")

        requirement, unit = key.split("@")
        item = next(item for plan in small.plan().cascades for item in plan.requirements if item.key == requirement)
        typed = form_fields(item, key, small.STARTS.date(), small.STARTS.date(), existing=False)
        files = {"files": ("Kế hoạch.pdf", paper(unit, "12/KH-UBND", item.title), "application/pdf")}
        return await self.press(link, hands_in, typed, files)

    async def review(self, link: str, key: str, decision: str, comment: str = "") -> httpx.Response:
        """Accept or return what was handed in."""

        def decides(form: Form) -> bool:
            return form.fields.get("obligation") == key and form.name.endswith(f"{decision}-form")

        return await self.press(link, decides, {"decision": decision, "comment": comment})

    async def press(
        self,
        link: str,
        chosen: Callable[[Form], bool],
        typed: dict[str, str],
        files: dict[str, tuple[str, bytes, str]] | None = None,
    ) -> httpx.Response:
        """Fill in the form that is asked for and press its button until something was recorded."""
        page = await eventually(lambda: self._get(link))
        form = next(form for form in forms(page.text) if chosen(form))
        data = form.fields | {name: value for name, value in typed.items() if name in form.names | {"decision"}}

        async def pressed() -> httpx.Response | None:
            try:
                answer = await self.browser.post(httpx.URL(link).join(form.action), data=data, files=files)
            except httpx.TransportError:
                return None
            return None if answer.status_code == httpx.codes.SERVICE_UNAVAILABLE else answer

        return await eventually(pressed)

    async def _get(self, link: str) -> httpx.Response | None:
        try:
            answer = await self.browser.get(link)
        except httpx.TransportError:
            return None
        return answer if answer.status_code == httpx.codes.OK else None


@asynccontextmanager
async def installation(home: Path, renew_after: int | None = None) -> AsyncIterator[Installation]:
    """Everything running, the small directive started on a clock that hardly moves.

    `renew_after` lowers the number of commands after which a cascade continues as new.
    """
    settings = alone(home)
    file = home / "directive.yaml"
    file.write_text(small.YAML, "utf-8")
    engine = make_engine(settings.sql_url)
    migrate(engine)
    save_units(engine, small.UNITS)
    clock = Clock(origin_real=datetime.now(UTC), origin_business=small.STARTS, speed=60)
    async with running(settings, lambda _line: None, None) as supervisor, httpx.AsyncClient(timeout=40) as browser:
        client = await connect(settings)
        if renew_after is None:
            await start(engine, FileStore(settings.files), lambda: connect(settings), file, clock)
        else:
            await _start_short_lived(engine, client, clock, renew_after)
        yield Installation(settings, supervisor, engine, client, browser)
    engine.dispose()


async def _start_short_lived(engine: Engine, client: Client, clock: Clock, renew_after: int) -> None:
    small.store(engine, clock)
    root = small.cascade(small.TOP)
    await client.start_workflow(
        CascadeWorkflow.run,
        CascadeStart(cascade_id=root, clock=clock, renew_after=renew_after),
        id=root,
        task_queue=naming.CASCADE_QUEUE,
        search_attributes=attributes(root),
    )
