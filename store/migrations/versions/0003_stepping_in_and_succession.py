"""Ladders by track, stepping in, whose hands a matter was in, and plans that change while they run"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

import models.columns

revision: str = "0003"
down_revision: str | None = "0002"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

_INSTANT = models.columns.UtcInstant()


def upgrade() -> None:
    op.create_table(
        "unit_successor",
        sa.Column("unit", sa.String(), nullable=False),
        sa.Column("function", sa.String(), nullable=False),
        sa.Column("heir", sa.String(), nullable=False),
        sa.Column("change", sa.String(), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("basis", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["unit"], ["unit.code"]),
        sa.ForeignKeyConstraint(["heir"], ["unit.code"]),
        sa.PrimaryKeyConstraint("unit", "function", "heir"),
    )
    op.create_table(
        "directive_version",
        sa.Column("directive_id", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("replaced_at", _INSTANT, nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["directive_id"], ["directive.id"]),
        sa.PrimaryKeyConstraint("directive_id", "version"),
    )
    with op.batch_alter_table("directive") as batch_op:
        batch_op.add_column(sa.Column("version", sa.Integer(), nullable=False, server_default="1"))
    with op.batch_alter_table("cascade") as batch_op:
        batch_op.add_column(sa.Column("first_plan", sa.JSON(none_as_null=True), nullable=True))
        batch_op.add_column(sa.Column("revision", sa.Integer(), nullable=False, server_default="0"))
    with op.batch_alter_table("outbox") as batch_op:
        batch_op.add_column(sa.Column("register_id", sa.String(), nullable=False, server_default=""))
    with op.batch_alter_table("obligation") as batch_op:
        batch_op.add_column(sa.Column("promised", _INSTANT, nullable=True))
        batch_op.add_column(sa.Column("climbed", sa.JSON(), nullable=False, server_default="{}"))
        batch_op.add_column(sa.Column("next_step_at", _INSTANT, nullable=True))
        batch_op.add_column(sa.Column("laid_aside", sa.String(), nullable=True))
        batch_op.add_column(sa.Column("suspended_at", _INSTANT, nullable=True))
        batch_op.add_column(sa.Column("reason", sa.Text(), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("hands", sa.JSON(none_as_null=True), nullable=True))
        batch_op.add_column(sa.Column("inherited", sa.JSON(), nullable=False, server_default="[]"))
        batch_op.add_column(sa.Column("moved_to", sa.JSON(), nullable=False, server_default="[]"))
    _keep_steps()
    with op.batch_alter_table("obligation") as batch_op:
        batch_op.drop_column("next_step")


def _keep_steps() -> None:
    """The steps that lie behind, on the one ladder that there was: of the due day, or of silence."""
    counted = "'{\"' || CASE WHEN due IS NULL THEN 'silence' ELSE 'due' END || '\": ' || next_step || '}'"
    as_json = f"CAST({counted} AS JSON)" if op.get_bind().dialect.name == "postgresql" else counted
    op.execute(f"UPDATE obligation SET climbed = {as_json} WHERE next_step > 0")  # noqa: S608 - fixed names


def downgrade() -> None:
    with op.batch_alter_table("obligation") as batch_op:
        batch_op.add_column(sa.Column("next_step", sa.Integer(), nullable=False, server_default="0"))
        for name in (
            "moved_to",
            "inherited",
            "hands",
            "reason",
            "suspended_at",
            "laid_aside",
            "next_step_at",
            "climbed",
            "promised",
        ):
            batch_op.drop_column(name)
    with op.batch_alter_table("outbox") as batch_op:
        batch_op.drop_column("register_id")
    op.drop_table("directive_version")
    op.drop_table("unit_successor")
    # Others refer to these two tables, so they cannot be written anew.
    op.drop_column("cascade", "revision")
    op.drop_column("cascade", "first_plan")
    op.drop_column("directive", "version")
