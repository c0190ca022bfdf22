"""Who answers for a unit, what units ask for, what they typed and did not send; mail per person, at its own hour"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

import models.columns

revision: str = "0002"
down_revision: str | None = "0001"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

_WAVE = ["cascade_id", "unit", "role", "kind", "step"]
_WAVE_OF_A_PERSON = ["cascade_id", "unit", "role", "holder", "kind", "step"]
_NAMES = {"uq": "%(table_name)s_%(column_0_N_name)s_key"}
"""What PostgreSQL calls a unique constraint without a name; SQLite does not call it anything."""


def upgrade() -> None:
    _create_request()
    _create_holder()
    _create_draft()
    _widen_obligation()
    _widen_outbox()
    _widen_link()


def downgrade() -> None:
    with op.batch_alter_table("link") as batch_op:
        for name in ("address", "name", "holder"):
            batch_op.drop_column(name)
    # Of what several people were told in one wave, the old table has room for one row.
    first = f"SELECT min(id) FROM outbox GROUP BY {', '.join(_WAVE)}"  # noqa: S608 - fixed names
    op.execute(f"DELETE FROM outbox WHERE id NOT IN ({first})")  # noqa: S608 - fixed names
    with op.batch_alter_table("outbox", naming_convention=_NAMES) as batch_op:
        batch_op.drop_constraint(_called(_WAVE_OF_A_PERSON), type_="unique")
        for name in ("words", "requests", "recommendations", "send_at", "holder"):
            batch_op.drop_column(name)
        batch_op.create_unique_constraint(_called(_WAVE), _WAVE)
    with op.batch_alter_table("obligation") as batch_op:
        for name in ("chased_at", "extensions", "original_due"):
            batch_op.drop_column(name)
    op.drop_table("draft")
    op.drop_table("holder")
    with op.batch_alter_table("request") as batch_op:
        batch_op.drop_index(batch_op.f("ix_request_unit"))
    op.drop_table("request")


def _create_request() -> None:
    op.create_table(
        "request",
        sa.Column("cascade_id", sa.String(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("obligation", sa.String(), nullable=False),
        sa.Column("unit", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("asked_at", models.columns.UtcInstant(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("answered_at", models.columns.UtcInstant(), nullable=True),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("granted_until", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["cascade_id"], ["cascade.id"]),
        sa.PrimaryKeyConstraint("cascade_id", "id"),
    )
    with op.batch_alter_table("request") as batch_op:
        batch_op.create_index(batch_op.f("ix_request_unit"), ["unit"], unique=False)


def _create_holder() -> None:
    op.create_table(
        "holder",
        sa.Column("cascade_id", sa.String(), nullable=False),
        sa.Column("unit", sa.String(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("email", sa.String(), nullable=False),
        sa.Column("arrangement", sa.String(), nullable=True),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("by_email", sa.String(), nullable=False),
        sa.Column("first", sa.Date(), nullable=True),
        sa.Column("last", sa.Date(), nullable=True),
        sa.Column("left_at", models.columns.UtcInstant(), nullable=True),
        sa.Column("refused_at", models.columns.UtcInstant(), nullable=True),
        sa.Column("refused", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["cascade_id"], ["cascade.id"]),
        sa.PrimaryKeyConstraint("cascade_id", "unit", "id"),
    )


def _create_draft() -> None:
    op.create_table(
        "draft",
        sa.Column("cascade_id", sa.String(), nullable=False),
        sa.Column("unit", sa.String(), nullable=False),
        sa.Column("form", sa.String(), nullable=False),
        sa.Column("values", sa.JSON(), nullable=False),
        sa.Column("kept", sa.JSON(), nullable=False),
        sa.Column("saved_at", models.columns.UtcInstant(), nullable=False),
        sa.ForeignKeyConstraint(["cascade_id"], ["cascade.id"]),
        sa.PrimaryKeyConstraint("cascade_id", "unit", "form"),
    )


def _widen_obligation() -> None:
    """No due date was ever moved, and nobody was chased outside the ladder."""
    with op.batch_alter_table("obligation") as batch_op:
        batch_op.add_column(sa.Column("original_due", models.columns.UtcInstant(), nullable=True))
        batch_op.add_column(sa.Column("extensions", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("chased_at", models.columns.UtcInstant(), nullable=True))
    op.execute("UPDATE obligation SET extensions = 0")
    with op.batch_alter_table("obligation") as batch_op:
        batch_op.alter_column("extensions", existing_type=sa.Integer(), nullable=False)


def _widen_outbox() -> None:
    """Mail left when it was called for, to the registry's contact; what told a recipient at once of what had come in is
    a digest now."""
    with op.batch_alter_table("outbox") as batch_op:
        batch_op.add_column(sa.Column("holder", sa.String(), nullable=True))
        batch_op.add_column(sa.Column("send_at", models.columns.UtcInstant(), nullable=True))
        batch_op.add_column(sa.Column("recommendations", sa.JSON(), nullable=True))
        batch_op.add_column(sa.Column("requests", sa.JSON(), nullable=True))
        batch_op.add_column(sa.Column("words", sa.Text(), nullable=True))
    op.execute("UPDATE outbox SET holder = '', send_at = at, recommendations = '[]', requests = '[]', words = ''")
    op.execute("UPDATE outbox SET kind = 'review' WHERE kind = 'received'")
    with op.batch_alter_table("outbox", naming_convention=_NAMES) as batch_op:
        batch_op.alter_column("holder", existing_type=sa.String(), nullable=False)
        batch_op.alter_column("send_at", existing_type=models.columns.UtcInstant(), nullable=False)
        batch_op.alter_column("recommendations", existing_type=sa.JSON(), nullable=False)
        batch_op.alter_column("requests", existing_type=sa.JSON(), nullable=False)
        batch_op.alter_column("words", existing_type=sa.Text(), nullable=False)
        batch_op.drop_constraint(_called(_WAVE), type_="unique")
        batch_op.create_unique_constraint(_called(_WAVE_OF_A_PERSON), _WAVE_OF_A_PERSON)


def _widen_link() -> None:
    with op.batch_alter_table("link") as batch_op:
        for name in ("holder", "name", "address"):
            batch_op.add_column(sa.Column(name, sa.String(), nullable=True))
    op.execute("UPDATE link SET holder = '', name = '', address = ''")
    with op.batch_alter_table("link") as batch_op:
        for name in ("holder", "name", "address"):
            batch_op.alter_column(name, existing_type=sa.String(), nullable=False)


def _called(columns: Sequence[str]) -> str:
    return f"outbox_{'_'.join(columns)}_key"
