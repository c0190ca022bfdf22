"""The units that one register's events are about, found without reading all others'"""

from collections.abc import Sequence

from alembic import op

revision: str = "0006"
down_revision: str | None = "0005"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.create_index("ix_event_unit_cascade_id", "event_unit", ["cascade_id"])


def downgrade() -> None:
    op.drop_index("ix_event_unit_cascade_id", "event_unit")
