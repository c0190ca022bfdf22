"""The SQL tables of the reading room: who may sign in, links by which they do, and who is signed in. Instants are real
time; of links and sessions only the SHA-256 of their secret is kept."""

from datetime import datetime

from sqlmodel import Field, SQLModel

from models.columns import instant


class ReaderRow(SQLModel, table=True):
    """Somebody who may sign in."""

    __tablename__ = "reader"

    address: str = Field(primary_key=True)
    name: str
    role: str
    unit: str = ""
    added_at: datetime = instant()


class SignInRow(SQLModel, table=True):
    """A link to sign in that was asked for. The link is made when its mail is written (`claimed_at`) and then holds
    until `expires_at`; before that the mail is given up at that instant. `finished_at` is when the mail server took it,
    or refused it for good; `used_at` when somebody signed in by it."""

    __tablename__ = "sign_in"

    id: int | None = Field(default=None, primary_key=True)
    address: str = Field(foreign_key="reader.address", index=True)
    asked_at: datetime = instant()
    expires_at: datetime = instant()
    claimed_at: datetime | None = instant(nullable=True)
    finished_at: datetime | None = instant(nullable=True)
    used_at: datetime | None = instant(nullable=True)
    token_hash: str | None = Field(default=None, unique=True)


class ReadingSessionRow(SQLModel, table=True):
    """Somebody who is signed in: since when, and when last seen."""

    __tablename__ = "reading_session"

    token_hash: str = Field(primary_key=True)
    address: str = Field(foreign_key="reader.address", index=True)
    begun_at: datetime = instant()
    seen_at: datetime = instant()
