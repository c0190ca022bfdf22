"""The web process: pages on the store and on Temporal. Run as `python -m services.web_server`."""

import asyncio
from datetime import UTC, datetime
from functools import partial

import uvicorn
from sqlalchemy import Engine
from temporalio.client import Client

from changing.for_pages import Changes
from services.papers import Papers
from services.temporal import connect
from settings import Settings
from store.drafts import Drafts
from store.engine import make_engine
from store.files import FileStore
from store.pages import Pages
from store.papers import PaperData
from store.summaries import load_summary
from web.app import create_app
from web.cascades import TemporalCascades
from web.ports import Ports


def ports(settings: Settings, engine: Engine, client: Client) -> Ports:
    """What the pages stand on in an installation."""
    cascades = TemporalCascades(client)
    return Ports(
        pages=Pages(engine),
        files=FileStore(settings.files),
        cascades=cascades,
        drafts=Drafts(engine),
        papers=Papers(PaperData(engine), partial(load_summary, engine), settings.reports),
        changes=Changes(engine, cascades),
    )


async def run(settings: Settings) -> None:
    """Serve the pages until told to stop. Access logs are off: addresses hold links (DESIGN rule 3).

    Where a request comes from is believed from a proxy on this machine, or at an address in `FORWARDED_ALLOW_IPS`; the
    limits count by it.
    """
    client = await connect(settings, lazy=True)  # pages are there to read also while Temporal is away
    app = create_app(ports(settings, make_engine(settings.sql_url), client), now=lambda: datetime.now(UTC))
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
    asyncio.run(run(Settings()))
