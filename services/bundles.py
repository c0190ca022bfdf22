"""Where an installation has what goes into bundles, from its settings."""

from sqlalchemy import Engine

from audit.archive.archive import Archive
from audit.bundle.export import Places
from audit.bundle.signing import SigningKey, load_key
from audit.histories.live import LiveHistories
from reports.as_csv import csv_row
from reports.bundle_index import index_pdf
from services.archive import sheets
from services.temporal import connect
from settings import Settings
from store.files import FileStore


def places(settings: Settings, engine: Engine) -> Places:
    """Everything that a bundle is made of; the server is asked over one connection."""
    connected: list[LiveHistories] = []

    async def server() -> LiveHistories:
        if not connected:
            connected.append(LiveHistories(await connect(settings)))
        return connected[0]

    return Places(
        engine=engine,
        archive=Archive(settings.archive),
        sheets=sheets(settings),
        stored=FileStore(settings.files).path,
        reports=settings.reports,
        server=server,
        csv_row=csv_row,
        index_pdf=index_pdf,
        installation=settings.pages_url,
    )


def signing_key(settings: Settings) -> SigningKey | None:
    """The key that bundles are signed with; None where none is set. Raises `KeyBroken`."""
    return load_key(settings.signing_key) if settings.signing_key else None
