"""The SQL tables: what people read, what proves it, and the mail outbox. Never imported by workflows.

Table models skip validation and lose types through Temporal, so they stay inside `store`; the rest of the program sees
wire models.
"""

from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import JSON, Column, DateTime, Index, Text, UniqueConstraint
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator
from sqlmodel import Field, SQLModel


class UtcInstant(TypeDecorator[datetime]):
    """An aware instant; SQLite would drop the zone, so UTC is stored and put back."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        utc = value.astimezone(UTC)
        return utc.replace(tzinfo=None) if dialect.name == "sqlite" else utc

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if dialect.name == "sqlite" else value.astimezone(UTC)


def _instant(*, nullable: bool = False, index: bool = False) -> Any:
    return Field(default=None, sa_column=Column(UtcInstant(), nullable=nullable, index=index))


def _json() -> Any:
    return Field(sa_column=Column(JSON, nullable=False))


def _json_or_null() -> Any:
    return Field(default=None, sa_column=Column(JSON(none_as_null=True), nullable=True))


class UnitRow(SQLModel, table=True):
    __tablename__ = "unit"

    code: str = Field(primary_key=True)
    name: str
    short_name: str
    level: str = Field(index=True)
    line: str
    territory: str
    superior: str | None = Field(default=None, index=True)
    also_under: list[str] = _json()
    region: str = ""
    parent_body: str = ""
    symbol: str = ""
    place: str = ""
    head_title: str = ""
    tags: list[str] = _json()
    focal_email: str | None = None
    head_email: str | None = None
    valid_from: date | None = None
    valid_to: date | None = None


class DirectiveRow(SQLModel, table=True):
    """`number` is what the directive is called by; `head`, `clock` are wire models as JSON; `source` is the file as
    written."""

    __tablename__ = "directive"

    id: str = Field(primary_key=True)
    number: str = Field(index=True)
    issuer: str
    title: str
    head: dict[str, Any] = _json()
    clock: dict[str, Any] = _json()
    source: str = Field(sa_column=Column(Text, nullable=False))
    started_at: datetime = _instant()
    closed_at: datetime | None = _instant(nullable=True)


class CascadeRow(SQLModel, table=True):
    """`chain_head` is the hash of event number `last_seq`."""

    __tablename__ = "cascade"

    id: str = Field(primary_key=True)
    directive_id: str = Field(foreign_key="directive.id", index=True)
    issuer: str
    parent: str | None = None
    plan: dict[str, Any] = _json()
    last_seq: int = 0
    chain_head: str
    closed: bool = False


class EventRow(SQLModel, table=True):
    """One link of a chain. `body` is the canonical JSON that was hashed."""

    __tablename__ = "event"

    cascade_id: str = Field(primary_key=True, foreign_key="cascade.id")
    seq: int = Field(primary_key=True)
    at: datetime = _instant()
    kind: str
    unit: str
    body: str = Field(sa_column=Column(Text, nullable=False))
    hash: str
    recorded_at: datetime = _instant()


class ObligationRow(SQLModel, table=True):
    """The folded state of an obligation, with the answer that stands beside it."""

    __tablename__ = "obligation"
    __table_args__ = (Index("ix_obligation_unit", "unit"), Index("ix_obligation_directive", "directive_id"))

    cascade_id: str = Field(primary_key=True, foreign_key="cascade.id")
    key: str = Field(primary_key=True)
    directive_id: str
    position: int
    requirement: str
    unit: str
    state: str
    due: datetime | None = _instant(nullable=True)
    original_due: datetime | None = _instant(nullable=True)
    extensions: int = 0
    opened_at: datetime | None = _instant(nullable=True)
    acknowledged_at: datetime | None = _instant(nullable=True)
    submissions: int = 0
    existing: bool = False
    submitted_at: datetime | None = _instant(nullable=True)
    decided_at: datetime | None = _instant(nullable=True)
    returned: int = 0
    escalations: int = 0
    next_step: int = 0
    chased_at: datetime | None = _instant(nullable=True)
    comment: str = Field(default="", sa_column=Column(Text, nullable=False))
    outcome: str | None = None
    document: dict[str, Any] | None = _json_or_null()
    basis: dict[str, Any] | None = _json_or_null()
    coordinating: bool = False
    endorsed: list[str] = _json()
    heard_at: datetime | None = _instant(nullable=True)
    taken_from: str = ""
    shared_from: str = ""
    answer: dict[str, Any] | None = _json_or_null()


class RecommendationRow(SQLModel, table=True):
    """The folded state of a recommendation."""

    __tablename__ = "recommendation"

    cascade_id: str = Field(primary_key=True, foreign_key="cascade.id")
    id: str = Field(primary_key=True)
    obligation: str
    unit: str
    group: str
    text: str = Field(sa_column=Column(Text, nullable=False))
    by: str = ""
    status: str
    raised_at: datetime = _instant()
    handled_at: datetime | None = _instant(nullable=True)
    body: str = ""
    reply_by: date | None = None
    reminded: bool = False
    reopened: int = 0
    words: str = Field(default="", sa_column=Column(Text, nullable=False))


class RequestRow(SQLModel, table=True):
    """The folded state of a request for more time, withdrawal or not being asked."""

    __tablename__ = "request"

    cascade_id: str = Field(primary_key=True, foreign_key="cascade.id")
    id: str = Field(primary_key=True)
    obligation: str
    unit: str = Field(index=True)
    kind: str
    reason: str = Field(sa_column=Column(Text, nullable=False))
    until: date | None = None
    asked_at: datetime = _instant()
    status: str
    answered_at: datetime | None = _instant(nullable=True)
    words: str = Field(default="", sa_column=Column(Text, nullable=False))
    granted_until: date | None = None


class HolderRow(SQLModel, table=True):
    """The folded state of somebody who answers for a unit in one register, or does so no longer."""

    __tablename__ = "holder"

    cascade_id: str = Field(primary_key=True, foreign_key="cascade.id")
    unit: str = Field(primary_key=True)
    id: str = Field(primary_key=True)
    role: str
    name: str = ""
    email: str
    arrangement: str | None = None
    by: str = ""
    by_email: str = ""
    first: date | None = None
    last: date | None = None
    left_at: datetime | None = _instant(nullable=True)
    refused_at: datetime | None = _instant(nullable=True)
    refused: str = Field(default="", sa_column=Column(Text, nullable=False))


class DraftRow(SQLModel, table=True):
    """What somebody typed into a form of a unit's page and has not sent yet; `form` names the form."""

    __tablename__ = "draft"

    cascade_id: str = Field(primary_key=True, foreign_key="cascade.id")
    unit: str = Field(primary_key=True)
    form: str = Field(primary_key=True)
    values: dict[str, str] = _json()
    kept: list[dict[str, Any]] = _json()
    saved_at: datetime = _instant()


class SubmissionRow(SQLModel, table=True):
    """Every answer ever handed in, and those taken over from an earlier directive."""

    __tablename__ = "submission"

    cascade_id: str = Field(primary_key=True, foreign_key="cascade.id")
    key: str = Field(primary_key=True)
    number: int = Field(primary_key=True)
    seq: int
    at: datetime = _instant()
    unit: str
    answer: dict[str, Any] = _json()


class OutboxRow(SQLModel, table=True):
    """What one person is told of one wave: unique by (cascade, unit, role, holder, kind, step), so that no wave is told
    twice (DESIGN rule 4). It leaves at `send_at` (business time); what leaves for one address together goes as one
    mail, whose Message-ID all its rows have."""

    __tablename__ = "outbox"
    __table_args__ = (
        UniqueConstraint("cascade_id", "unit", "role", "holder", "kind", "step"),
        Index("ix_outbox_waiting", "cascade_id", "status"),
    )

    id: int | None = Field(default=None, primary_key=True)
    cascade_id: str = Field(foreign_key="cascade.id")
    unit: str
    role: str
    holder: str = ""
    kind: str
    step: str
    at: datetime = _instant()
    send_at: datetime = _instant()
    obligations: list[str] = _json()
    recommendations: list[str] = _json()
    requests: list[str] = _json()
    words: str = Field(default="", sa_column=Column(Text, nullable=False))
    status: str = "queued"
    recipient: str = ""
    message_id: str = ""
    attempts: int = 0
    error: str = Field(default="", sa_column=Column(Text, nullable=False))
    finished_at: datetime | None = _instant(nullable=True)


class LinkRow(SQLModel, table=True):
    """A link in a mail, by the SHA-256 of its token; the token is nowhere but in the mail."""

    __tablename__ = "link"

    token_hash: str = Field(primary_key=True)
    purpose: str
    directive_id: str
    cascade_id: str = Field(foreign_key="cascade.id", index=True)
    unit: str
    role: str
    holder: str = ""
    name: str = ""
    address: str = ""
    expires_at: datetime = _instant()
    revoked_at: datetime | None = _instant(nullable=True)
