"""Tables are made anew from archive and histories, identical by content, in an empty database only."""

from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, select
from sqlmodel import SQLModel

from audit.verify.restore import gather
from audit.verify.sources import Sources
from audit.verify.verify import verify
from models.tables import OutboxRow
from store.engine import make_engine, migrate, reading
from store.rebuild import Folding
from store.restoring import finish, is_empty, restore
from store.snapshot import Snapshots
from store.units import save_units
from tests import small
from tests.audit.records import REGISTER, Office, history, replay

LEFT_OUT = {"journal": {"installation"}}
"""The journal of the installation belongs to no register, and is in no archive."""


@pytest.fixture
def office(engine: Engine, tmp_path: Path) -> Office:
    office = Office(engine, tmp_path)
    office.live()
    for unit in (small.HIGH, small.LOW):
        plan = small.slice_of(unit)
        office.server.known[plan.cascade_id] = (history(plan, [], {}, closed=False),)
    return office


@pytest.fixture
def empty(tmp_path: Path) -> Engine:
    engine = make_engine(f"sqlite:///{tmp_path / 'anew.db'}")
    migrate(engine)
    save_units(engine, small.UNITS)
    return engine


def content(engine: Engine) -> dict[str, list[dict[str, Any]]]:
    """All rows of all tables, in an order of their own."""
    found: dict[str, list[dict[str, Any]]] = {}
    with reading(engine) as session:
        for name, table in SQLModel.metadata.tables.items():
            rows = [dict(row) for row in session.connection().execute(select(table)).mappings()]
            kept = [row for row in rows if row.get("chain") not in LEFT_OUT.get(name, ())]
            for row in kept:
                row.pop("archived_at", None)
            found[name] = sorted(kept, key=repr)
    return found


async def restored(office: Office, into: Engine) -> int:
    found = await gather(office.archive, office.server, replay)
    assert found.lacking == {}
    held = sum(restore(into, directive, small.MAIL_HOURS) for directive in found.directives)
    finish(into)
    return held


async def test_tables_made_anew_are_identical_by_content(office: Office, empty: Engine) -> None:
    await office.keep()
    assert is_empty(empty)
    assert await restored(office, empty) == 0
    assert content(empty) == content(office.engine)
    assert not is_empty(empty)


async def test_what_was_made_anew_verifies(office: Office, empty: Engine) -> None:
    await office.keep()
    await restored(office, empty)
    there = office.sources()
    sources = Sources(
        Snapshots(empty), lambda: Folding(empty), there.stored, there.reports, there.archive, there.sheets, None, replay
    )
    report = await verify(sources, lambda _done, _of: None, [small.plan().head.directive_id])
    assert not report.findings, [each.words for each in report.findings]


async def test_mail_of_a_register_that_is_in_no_archive_is_not_sent_again(office: Office, empty: Engine) -> None:
    plan = small.slice_of(small.TOP)
    await office.keep()
    below = small.slice_of(small.HIGH)
    events = [event for batch in office.opened(below) for event in batch]
    office.server.known[below.cascade_id] = (history(below, events, {}, closed=False),)
    held = await restored(office, empty)
    with reading(empty) as session:
        rows = session.connection().execute(select(OutboxRow.__table__)).mappings().all()  # type: ignore[attr-defined]
    of_below = [row for row in rows if row["cascade_id"] == below.cascade_id]
    assert held == len(of_below) > 0
    assert {row["status"] for row in of_below} == {"failed"}
    assert {row["status"] for row in rows if row["cascade_id"] == plan.cascade_id} == {"sent", "queued"}


async def test_a_register_that_nobody_knows_is_named(office: Office) -> None:
    await office.keep()
    office.server.known.clear()
    found = await gather(office.archive, None, replay)
    assert set(found.lacking) == {small.cascade(small.HIGH), small.cascade(small.LOW)}
    assert REGISTER not in found.lacking
