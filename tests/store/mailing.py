"""Outbox rows and people for tests of mails."""

from typing import Any

from sqlalchemy import Engine

from models.clock import Clock
from models.notice import NoticeKind
from models.tables import HolderRow, OutboxRow
from models.unit import Role
from store.engine import writing
from tests import small

CASCADE = small.cascade(small.TOP)
CLOCK = Clock.ordinary(small.STARTS)


def queue(engine: Engine, kind: NoticeKind, unit: str = small.HIGH, role: Role = Role.FOCAL, **more: Any) -> int:
    """Put something into the outbox that a unit's contact is to be told at once; returns the row's id."""
    values = {"cascade_id": CASCADE, "holder": role, "step": "7", "at": small.STARTS, "send_at": small.STARTS, **more}
    lists: dict[str, list[str]] = {"obligations": [], "recommendations": [], "requests": []}
    row = OutboxRow.model_validate({**lists, **values, "unit": unit, "role": role, "kind": kind})
    with writing(engine) as session:
        session.add(row)
        session.flush()
        assert row.id is not None
        return row.id


def know(engine: Engine, holder: str = "focal", unit: str = small.HIGH, **more: Any) -> None:
    """Let the register know something of somebody who answers for a unit."""
    values = {"role": Role.FOCAL, "email": f"{unit}@nho.example", **more}
    with writing(engine) as session:
        session.merge(HolderRow.model_validate({**values, "cascade_id": CASCADE, "unit": unit, "id": holder}))
