"""The whole line in one process - Temporal, workers, a mail server, SQLite, the pages - with small directives on it."""

import email
import itertools
import re
from collections.abc import AsyncIterator, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from email.message import EmailMessage
from email.policy import default
from pathlib import Path

from sqlalchemy import Engine
from sqlmodel import col, select
from temporalio.client import Client
from temporalio.service import RetryConfig

from commands.start import start
from models.clock import Clock
from models.register import ObligationLine
from models.tables import CascadeRow, EventRow
from payloads import DATA_CONVERTER
from services.mail_catcher import listen
from services.mail_server import mail_pool
from services.processes import free_port
from services.temporal import ensure_search_attributes
from services.web_server import ports
from settings import Settings
from store.engine import make_engine, migrate, reading
from store.files import FileStore
from store.lines import directive_lines
from store.units import save_units
from tests import small
from tests.browser.serving import serving
from tests.browser.wire import Wire
from tests.real_server import real_server
from tests.waiting import eventually
from web.app import create_app
from worker import cascade_worker, mail_worker

_URL = re.compile(r"https?://\S+/[vs]/[\w-]+")
_MORNING = datetime(2020, 3, 2, 2, tzinfo=UTC)
"""09:00 of 2 March 2020 in Vietnam: a Monday, and mail leaves."""


@dataclass
class Whole:
    """A running installation; `wire` is what its pages reach Temporal through."""

    settings: Settings
    engine: Engine
    client: Client
    wire: Wire
    _numbers: Iterator[int]

    async def start(self) -> "Issued":
        """The small directive under a number that nobody has used, on a clock that keeps real time."""
        number = f"{next(self._numbers)}/SO-BĐG"
        file = self.settings.home / "directive.yaml"
        file.write_text(small.YAML.replace("15/SO-BĐG", number), "utf-8")
        clock = Clock(origin_real=datetime.now(UTC), origin_business=_MORNING)

        async def connected() -> Client:
            return self.client

        head = await start(self.engine, FileStore(self.settings.files), connected, file, clock)
        return Issued(self, head.directive_id, clock)


@dataclass(frozen=True)
class Issued:
    """One directive of its own, as a test uses it."""

    whole: Whole
    directive_id: str
    clock: Clock

    def mails(self, to: str, kind: str) -> list[EmailMessage]:
        """Caught mail about this directive to an address and of a kind, oldest first."""
        paths = sorted((self.whole.settings.maildir / "new").glob("*"), key=lambda path: path.stat().st_mtime_ns)
        found = (email.message_from_bytes(path.read_bytes(), policy=default) for path in paths)
        return [
            mail
            for mail in found
            if isinstance(mail, EmailMessage)
            and (mail["X-Dondoc-Directive"], mail["X-Dondoc-Kind"], mail["To"]) == (self.directive_id, kind, to)
        ]

    async def link(self, to: str, kind: str) -> str:
        """The link in the latest mail to an address and of a kind, once it has come."""

        async def come() -> list[EmailMessage]:
            return self.mails(to, kind)

        body = (await eventually(come))[-1].get_body(("plain",))
        assert body is not None
        match = _URL.search(body.get_content())
        assert match is not None
        return match[0]

    def line(self, key: str) -> ObligationLine:
        """An obligation as it stands."""
        with reading(self.whole.engine) as session:
            lines = directive_lines(session, self.directive_id, self.clock.business(datetime.now(UTC)))
            return next(line for line in lines if line.key == key)

    def events(self) -> list[str]:
        """The kinds of all facts on record, in order within each register."""
        with reading(self.whole.engine) as session:
            query = (
                select(EventRow.kind)
                .join(CascadeRow, col(CascadeRow.id) == EventRow.cascade_id)
                .where(CascadeRow.directive_id == self.directive_id)
                .order_by(col(EventRow.cascade_id), col(EventRow.seq))
            )
            return list(session.exec(query).all())


@asynccontextmanager
async def whole_line(home: Path) -> AsyncIterator[Whole]:
    """A fresh installation, nothing started on it yet."""
    port = free_port()
    settings = Settings(home=home, web_port=port, smtp_port=free_port(), smtp_collect=0, smtp_rate=1000)
    engine = make_engine(settings.sql_url)
    migrate(engine)
    save_units(engine, small.UNITS)
    async with await real_server() as environment:
        await ensure_search_attributes(environment.client)
        wire = Wire(environment.client.service_client.config.target_host)
        await wire.mend()
        pages_client = await Client.connect(
            wire.address,
            data_converter=DATA_CONVERTER,
            retry_config=RetryConfig(max_elapsed_time_millis=300),
        )
        with ThreadPoolExecutor(4) as threads:
            async with (
                mail_pool(settings) as pool,
                await listen(settings.maildir, settings.host, settings.smtp_port),
                cascade_worker(environment.client, settings, engine, threads),
                mail_worker(environment.client, settings, engine, pool),
                serving(create_app(ports(settings, engine, pages_client), now=lambda: datetime.now(UTC)), port),
            ):
                yield Whole(settings, engine, environment.client, wire, itertools.count(15))
        await wire.cut()
    engine.dispose()
