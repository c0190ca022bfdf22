"""The web process: pages on the store and on Temporal. Run as `python -m services.web_server`."""

import asyncio
from datetime import UTC, datetime

import uvicorn

from services.temporal import connect
from settings import Settings
from store.engine import make_engine
from store.files import FileStore
from store.pages import Pages
from web.app import create_app
from web.cascades import TemporalCascades


async def run(settings: Settings) -> None:
    """Serve the pages until told to stop. Access logs are off: addresses hold links (DESIGN rule 3)."""
    client = await connect(settings)
    app = create_app(
        Pages(make_engine(settings.sql_url)),
        FileStore(settings.files),
        TemporalCascades(client),
        now=lambda: datetime.now(UTC),
    )
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
