"""Runs migrations on the connection that `store.engine.migrate` hands over."""

from alembic import context
from sqlmodel import SQLModel

import models.reading_tables
import models.tables
import models.trail_tables  # noqa: F401 - the same

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=SQLModel.metadata,
    render_as_batch=True,
    user_module_prefix="models.columns.",
)
with context.begin_transaction():
    context.run_migrations()
