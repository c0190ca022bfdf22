"""Journals, the units that events are about, the words of mails, and what is archived"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

import models.columns

revision: str = "0004"
down_revision: str | None = "0003"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

_INSTANT = models.columns.UtcInstant()


def upgrade() -> None:
    op.create_table(
        "event_unit",
        sa.Column("unit", sa.String(), nullable=False),
        sa.Column("cascade_id", sa.String(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("unit", "cascade_id", "seq"),
    )
    op.create_table(
        "journal",
        sa.Column("chain", sa.String(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("at", _INSTANT, nullable=False),
        sa.Column("recorded_at", _INSTANT, nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("unit", sa.String(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("hash", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("chain", "seq"),
    )
    op.create_index("ix_journal_unit", "journal", ["unit"])
    op.create_table(
        "mail_text",
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("sha256"),
    )
    op.create_table(
        "archive",
        sa.Column("cascade_id", sa.String(), nullable=False),
        sa.Column("manifest", sa.String(), nullable=False),
        sa.Column("archived_at", _INSTANT, nullable=False),
        sa.Column("last_seq", sa.Integer(), nullable=False),
        sa.Column("journal_seq", sa.Integer(), nullable=False),
        sa.Column("later_seq", sa.Integer(), nullable=False),
        sa.Column("complete", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["cascade_id"], ["cascade.id"]),
        sa.PrimaryKeyConstraint("cascade_id"),
    )


def downgrade() -> None:
    for table in ("archive", "mail_text", "journal", "event_unit"):
        op.drop_table(table)
