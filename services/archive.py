"""The archive of an installation, put together from its settings."""

from sqlalchemy import Engine
from temporalio.client import Client

from audit.archive.anchoring import Anchors, Sheets
from audit.archive.archive import Archive
from audit.archive.closing import Archivist
from audit.archive.documents import Documents
from audit.archive.keeping import Keeper
from audit.archive.running import Running
from audit.archive.server import Server
from audit.histories.live import LiveHistories
from settings import Settings
from store.anchoring import AnchorRecords
from store.archiving import ArchivingRecords
from store.files import FileStore
from store.running import RunningRecords


def archivist(client: Client, settings: Settings, engine: Engine) -> Archivist:
    """Who archives the registers of an installation."""
    records = ArchivingRecords(engine)
    documents = Documents(FileStore(settings.files).path, settings.reports, records.mail_texts)
    archive = Archive(settings.archive)
    keeper = Keeper(RunningRecords(engine), archive, Running(settings.archive), documents)
    return Archivist(records, archive, LiveHistories(client), Server(client), documents, keeper)


def sheets(settings: Settings) -> Sheets:
    """The sheets of anchors of an installation."""
    return Sheets(settings.archive / "anchors")


def anchors(settings: Settings, engine: Engine) -> Anchors:
    """Who writes down the heads of the chains of an installation; its sheets name it by the address of its pages."""
    return Anchors(AnchorRecords(engine), sheets(settings), settings.pages_url)
