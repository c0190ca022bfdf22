"""What verifying looks at in an installation, put together from its settings."""

from sqlalchemy import Engine

from audit.archive.archive import Archive
from audit.histories.runs import Histories
from audit.verify.sources import Sources
from services.archive import sheets
from settings import Settings
from store.files import FileStore
from store.rebuild import Folding
from store.snapshot import Snapshots


def sources(settings: Settings, engine: Engine, live: Histories | None) -> Sources:
    """Everything that is compared; `live` are the server's histories, None where it is not asked."""
    return Sources(
        snapshots=Snapshots(engine),
        folding=lambda: Folding(engine),
        stored=FileStore(settings.files).path,
        reports=settings.reports,
        archive=Archive(settings.archive),
        sheets=sheets(settings),
        live=live,
    )
