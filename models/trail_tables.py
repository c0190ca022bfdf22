"""The SQL tables of what auditors ask for: journals, whom events are about, the words of mails, archives. Like those of
`models/tables.py` never imported by workflows."""

from datetime import datetime

from sqlalchemy import Column, Text
from sqlmodel import Field, SQLModel

from models.columns import instant


class EventUnitRow(SQLModel, table=True):
    """Which units an event is about, so that a unit's timeline is found without reading all others'; and one register's
    rows, when it is verified or archived."""

    __tablename__ = "event_unit"

    unit: str = Field(primary_key=True)
    cascade_id: str = Field(primary_key=True, index=True)
    seq: int = Field(primary_key=True)


class JournalRow(SQLModel, table=True):
    """One entry of a journal (models/journal.py): the chain of a register, or that of the installation. `body` is the
    canonical JSON that was hashed; `unit` whom it is about."""

    __tablename__ = "journal"

    chain: str = Field(primary_key=True)
    seq: int = Field(primary_key=True)
    at: datetime = instant()
    recorded_at: datetime = instant()
    kind: str
    unit: str = Field(default="", index=True)
    body: str = Field(sa_column=Column(Text, nullable=False))
    hash: str


class MailTextRow(SQLModel, table=True):
    """The words of a mail that was sent, without its links: gzip of UTF-8, by the SHA-256 of the words."""

    __tablename__ = "mail_text"

    sha256: str = Field(primary_key=True)
    content: bytes


class ArchiveRow(SQLModel, table=True):
    """Which closed registers are archived, by which manifest (SHA-256, hex), and up to which event and journal entry.
    `later_seq` is the last entry that was kept beside the manifest; `complete` whether nothing was missing."""

    __tablename__ = "archive"

    cascade_id: str = Field(primary_key=True, foreign_key="cascade.id")
    manifest: str
    archived_at: datetime = instant()
    last_seq: int
    journal_seq: int
    later_seq: int
    complete: bool
