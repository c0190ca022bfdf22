"""Somebody who looks at pages: through the whole application, without a socket."""

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from secrets import token_urlsafe

import httpx
from sqlalchemy import Engine

from models.link import Link, Purpose
from models.plan import CascadePlan
from models.reader import Reader, ReaderRole
from models.reading_tables import ReaderRow, ReadingSessionRow
from models.unit import Role, Unit
from rules.holders import Receiver
from services.installation import alone
from services.temporal import connect
from services.web_server import ports
from store.engine import writing
from store.links import make_link, token_hash
from store.pages import Pages
from web.app import create_app
from web.reading.places import directive as place_of

_HOLDS = timedelta(hours=4)
_COOKIE = "dondoc-reading"


class Visitor:
    """An auditor who is signed in, and whoever has a link to a register. No Temporal server is asked."""

    def __init__(self, engine: Engine, home: Path) -> None:
        self.reader = Reader(address="thanhtra@bench.example", name="Trần Thị Bình", role=ReaderRole.AUDITOR)
        self._engine = engine
        self._settings = alone(home)
        self._secret = token_urlsafe()
        now = datetime.now(UTC)
        with writing(engine) as session:
            session.add(ReaderRow(**self.reader.model_dump(), added_at=now))
            session.flush()
            address = self.reader.address
            hashed = token_hash(self._secret)
            session.add(ReadingSessionRow(token_hash=hashed, address=address, begun_at=now, seen_at=now))

    def directive(self, directive_id: str) -> Callable[[], None]:
        """Looks at a directive in the reading room."""
        return self._looks(place_of(directive_id))

    def link(self, register: CascadePlan, keeper: Unit) -> tuple[Link, Callable[[], None]]:
        """A link of a register's keeper, and what looks at the page behind it."""
        receiver = Receiver(Role.FOCAL, "", keeper.focal_email or "", Role.FOCAL)
        with writing(self._engine) as session:
            token = make_link(
                session,
                purpose=Purpose.REGISTER,
                directive_id=register.directive_id,
                cascade_id=register.cascade_id,
                unit=keeper.code,
                receiver=receiver,
                expires_at=datetime.now(UTC) + _HOLDS,
            )
        link = Pages(self._engine).link(token)
        if link is None:
            raise RuntimeError("a link that was just made is not there")
        return link, self._looks(f"/s/{token}")

    def _looks(self, address: str) -> Callable[[], None]:
        loop = asyncio.new_event_loop()
        client = loop.run_until_complete(connect(self._settings, lazy=True))
        app = create_app(ports(self._settings, self._engine, client), now=lambda: datetime.now(UTC))
        browser = httpx.AsyncClient(
            transport=httpx.ASGITransport(app), base_url="http://dondoc.bench", cookies={_COOKIE: self._secret}
        )

        def look() -> None:
            answer = loop.run_until_complete(browser.get(address))
            if answer.status_code != httpx.codes.OK:
                raise RuntimeError(f"{address} answered {answer.status_code}")

        return look
