"""The web process: pages on the store and on Temporal. Run as `python -m services.web_server`."""

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial

import uvicorn
from sqlalchemy import Engine
from starlette.applications import Starlette
from temporalio.client import Client

from changing.for_pages import Changes
from mail.pool import SmtpPool
from mail.sign_in import SignInLetter
from services import loop
from services.mail_server import mail_pool
from services.memory import settle
from services.papers import Papers
from services.sign_in_mail import SignInPostman
from services.story import Story
from services.temporal import connect
from settings import Settings
from store.drafts import Drafts
from store.engine import make_engine
from store.files import FileStore
from store.journal import Journal
from store.pages import Pages
from store.papers import PaperData
from store.reading_room import ReadingRoom
from store.sign_in import SignIn
from store.sign_in_mail import SignInMails
from store.summaries import load_summary
from web.app import create_app
from web.cascades import TemporalCascades
from web.noted import NotedCascades
from web.ports import Ports
from web.reading.places import ENTER
from web.reading.ports import ReadingPorts


def ports(settings: Settings, engine: Engine, client: Client, asked: Callable[[], None] = lambda: None) -> Ports:
    """What the pages stand on in an installation; `asked` is told when a link to sign in waits to be mailed."""
    cascades, journal = TemporalCascades(client), Journal(engine)
    return Ports(
        pages=Pages(engine),
        files=FileStore(settings.files),
        cascades=cascades,
        drafts=Drafts(engine),
        papers=Papers(PaperData(engine), partial(load_summary, engine), settings.reports, settings.report_template),
        changes=Changes(engine, NotedCascades(cascades, journal)),
        journal=journal,
        reading=ReadingPorts(SignIn(engine), ReadingRoom(engine), Story(engine), asked),
    )


async def run(settings: Settings) -> None:
    """Serve the pages until told to stop. Access logs are off: addresses hold links (DESIGN rule 3).

    Where a request comes from is believed from a proxy on this machine, or at an address in `FORWARDED_ALLOW_IPS`; the
    limits count by it.
    """
    client = await connect(settings, lazy=True)  # pages are there to read also while Temporal is away
    engine = make_engine(settings.sql_url)
    async with mail_pool(settings) as pool:
        postman = sign_in_postman(settings, engine, pool)
        app = create_app(ports(settings, engine, client, postman.hurry), now=lambda: datetime.now(UTC))
        settle()
        delivering = asyncio.create_task(postman.run())
        try:
            await _serve(app, settings)
        finally:
            delivering.cancel()


def sign_in_postman(settings: Settings, engine: Engine, pool: SmtpPool) -> SignInPostman:
    """Who mails links to sign in."""
    letter = SignInLetter(settings.mail_from, settings.mail_domain)
    return SignInPostman(SignInMails(engine), pool, letter, lambda token: f"{settings.pages_url}{ENTER}/{token}")


async def _serve(app: Starlette, settings: Settings) -> None:
    config = uvicorn.Config(
        app,
        host=settings.host,
        port=settings.web_port,
        access_log=False,
        log_level="warning",
        timeout_graceful_shutdown=5,
    )
    await uvicorn.Server(config).serve()


if __name__ == "__main__":
    loop.run(run(Settings()))
