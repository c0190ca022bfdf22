"""The SQL tables: what people read, what proves it, and the mail outbox. Never imported by workflows.

Table models skip validation and lose types through Temporal, so they stay inside `store`; the rest of the program sees
wire models.
"""

from datetime import date, datetime
from typing import Any

from sqlalchemy import Column, Index, Text, UniqueConstraint
from sqlmodel import Field, SQLModel

from models.columns import instant, json, json_or_null


class UnitRow(SQLModel, table=True):
    __tablename__ = "unit"

    code: str = Field(primary_key=True)
    name: str
    short_name: str
    level: str = Field(index=True)
    line: str
    territory: str
    superior: str | None = Field(default=None, index=True)
    also_under: list[str] = json()
    region: str = ""
    parent_body: str = ""
    symbol: str = ""
    place: str = ""
    head_title: str = ""
    tags: list[str] = json()
    focal_email: str | None = None
    head_email: str | None = None
    valid_from: date | None = None
    valid_to: date | None = None


class SuccessorRow(SQLModel, table=True):
    """Who has something since a day of what a unit had, by function (`""`: of all others)."""

    __tablename__ = "unit_successor"

    unit: str = Field(primary_key=True, foreign_key="unit.code")
    function: str = Field(primary_key=True)
    heir: str = Field(primary_key=True, foreign_key="unit.code")
    change: str
    since: date
    basis: str = Field(sa_column=Column(Text, nullable=False))


class DirectiveRow(SQLModel, table=True):
    """`number` is what the directive is called by; `head`, `clock` are wire models as JSON; `source` is the file of
    version `version` as written; earlier ones are kept apart (VersionRow)."""

    __tablename__ = "directive"

    id: str = Field(primary_key=True)
    number: str = Field(index=True)
    issuer: str
    title: str
    head: dict[str, Any] = json()
    clock: dict[str, Any] = json()
    source: str = Field(sa_column=Column(Text, nullable=False))
    version: int = 1
    started_at: datetime = instant()
    closed_at: datetime | None = instant(nullable=True)


class VersionRow(SQLModel, table=True):
    """A version of a directive's file, and why it was replaced by the next."""

    __tablename__ = "directive_version"

    directive_id: str = Field(primary_key=True, foreign_key="directive.id")
    version: int = Field(primary_key=True)
    source: str = Field(sa_column=Column(Text, nullable=False))
    replaced_at: datetime = instant()
    reason: str = Field(default="", sa_column=Column(Text, nullable=False))


class CascadeRow(SQLModel, table=True):
    """`chain_head` is the hash of event number `last_seq`. `plan` is the one in force since event number `revision`;
    `first_plan` the one with which the register began, where that is another."""

    __tablename__ = "cascade"

    id: str = Field(primary_key=True)
    directive_id: str = Field(foreign_key="directive.id", index=True)
    issuer: str
    parent: str | None = None
    plan: dict[str, Any] = json()
    first_plan: dict[str, Any] | None = json_or_null()
    revision: int = 0
    last_seq: int = 0
    chain_head: str
    closed: bool = False


class EventRow(SQLModel, table=True):
    """One link of a chain. `body` is the canonical JSON that was hashed."""

    __tablename__ = "event"

    cascade_id: str = Field(primary_key=True, foreign_key="cascade.id")
    seq: int = Field(primary_key=True)
    at: datetime = instant()
    kind: str
    unit: str
    body: str = Field(sa_column=Column(Text, nullable=False))
    hash: str
    recorded_at: datetime = instant()


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
    due: datetime | None = instant(nullable=True)
    original_due: datetime | None = instant(nullable=True)
    promised: datetime | None = instant(nullable=True)
    extensions: int = 0
    opened_at: datetime | None = instant(nullable=True)
    acknowledged_at: datetime | None = instant(nullable=True)
    submissions: int = 0
    existing: bool = False
    submitted_at: datetime | None = instant(nullable=True)
    decided_at: datetime | None = instant(nullable=True)
    returned: int = 0
    escalations: int = 0
    climbed: dict[str, int] = json()
    next_step_at: datetime | None = instant(nullable=True)
    chased_at: datetime | None = instant(nullable=True)
    comment: str = Field(default="", sa_column=Column(Text, nullable=False))
    outcome: str | None = None
    document: dict[str, Any] | None = json_or_null()
    basis: dict[str, Any] | None = json_or_null()
    coordinating: bool = False
    endorsed: list[str] = json()
    heard_at: datetime | None = instant(nullable=True)
    taken_from: str = ""
    shared_from: str = ""
    laid_aside: str | None = None
    suspended_at: datetime | None = instant(nullable=True)
    reason: str = Field(default="", sa_column=Column(Text, nullable=False))
    hands: dict[str, Any] | None = json_or_null()
    inherited: list[dict[str, Any]] = json()
    moved_to: list[str] = json()
    answer: dict[str, Any] | None = json_or_null()


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
    raised_at: datetime = instant()
    handled_at: datetime | None = instant(nullable=True)
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
    asked_at: datetime = instant()
    status: str
    answered_at: datetime | None = instant(nullable=True)
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
    left_at: datetime | None = instant(nullable=True)
    refused_at: datetime | None = instant(nullable=True)
    refused: str = Field(default="", sa_column=Column(Text, nullable=False))


class DraftRow(SQLModel, table=True):
    """What somebody typed into a form of a unit's page and has not sent yet; `form` names the form."""

    __tablename__ = "draft"

    cascade_id: str = Field(primary_key=True, foreign_key="cascade.id")
    unit: str = Field(primary_key=True)
    form: str = Field(primary_key=True)
    values: dict[str, str] = json()
    kept: list[dict[str, Any]] = json()
    saved_at: datetime = instant()


class SubmissionRow(SQLModel, table=True):
    """Every answer ever handed in, and those taken over from an earlier directive."""

    __tablename__ = "submission"

    cascade_id: str = Field(primary_key=True, foreign_key="cascade.id")
    key: str = Field(primary_key=True)
    number: int = Field(primary_key=True)
    seq: int
    at: datetime = instant()
    unit: str
    answer: dict[str, Any] = json()


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
    at: datetime = instant()
    send_at: datetime = instant()
    obligations: list[str] = json()
    recommendations: list[str] = json()
    requests: list[str] = json()
    words: str = Field(default="", sa_column=Column(Text, nullable=False))
    register_id: str = ""
    status: str = "queued"
    recipient: str = ""
    message_id: str = ""
    attempts: int = 0
    error: str = Field(default="", sa_column=Column(Text, nullable=False))
    finished_at: datetime | None = instant(nullable=True)


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
    expires_at: datetime = instant()
    revoked_at: datetime | None = instant(nullable=True)
