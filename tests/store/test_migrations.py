"""The schema grows with the program, and what is in a database stays in it."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from sqlalchemy import Engine, MetaData, insert, inspect, text
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, SQLModel, select

from models.tables import CascadeRow, DirectiveRow, LinkRow, ObligationRow, OutboxRow
from store import engine as store_engine
from store.engine import migrate, reading
from tests.small import STARTS

DAY = timedelta(days=1)
LATER = ("request", "holder", "draft", "directive_version", "unit_successor")
"""The tables that the first revision did not have."""


def go(engine: Engine, revision: str, *, up: bool) -> None:
    """Bring the schema to a revision."""
    config = Config()
    config.set_main_option("script_location", str(Path(store_engine.__file__).parent / "migrations"))
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        (command.upgrade if up else command.downgrade)(config, revision)


def differences(engine: Engine) -> list[Any]:
    with engine.connect() as connection:
        return list(compare_metadata(MigrationContext.configure(connection), SQLModel.metadata))


def mail(number: int, **changed: Any) -> dict[str, Any]:
    values: dict[str, Any] = {
        "id": number, "cascade_id": "c", "unit": "u", "role": "focal", "kind": "reminder", "step": str(number),
        "at": STARTS + number * DAY, "obligations": ["plan@u"], "status": "sent", "recipient": "u@nho.example",
        "message_id": "<1@x>", "attempts": 1, "error": "", "finished_at": STARTS,
    }  # fmt: skip
    return values | changed


@pytest.fixture
def filled(engine: Engine) -> Engine:
    """A database as the first revision left it, with a row in every table that has changed since."""
    go(engine, "0001", up=False)
    old = MetaData()
    for name, row in (
        (
            "directive",
            {"id": "d", "number": "1", "issuer": "t", "title": "việc", "head": {}, "clock": {}, "source": "",
             "started_at": STARTS},
        ),
        (
            "cascade",
            {"id": "c", "directive_id": "d", "issuer": "t", "plan": {"a": 1}, "last_seq": 3, "chain_head": "00",
             "closed": False},
        ),
        (
            "obligation",
            {"cascade_id": "c", "key": "plan@u", "directive_id": "d", "position": 0, "requirement": "plan", "unit": "u",
             "state": "open", "due": STARTS + 30 * DAY, "submissions": 0, "existing": False, "returned": 0,
             "escalations": 0, "next_step": 1, "comment": "", "coordinating": False, "endorsed": ["x"],
             "taken_from": "", "shared_from": ""},
        ),
        (
            "link",
            {"token_hash": "ab", "purpose": "officer", "directive_id": "d", "cascade_id": "c", "unit": "u",
             "role": "focal", "expires_at": STARTS + 90 * DAY},
        ),
    ):  # fmt: skip
        fill(engine, old, name, [row])
    fill(engine, old, "outbox", [mail(1), mail(2, kind="received", status="queued", finished_at=None)])
    return engine


def fill(engine: Engine, old: MetaData, name: str, rows: list[dict[str, Any]]) -> None:
    """Insert into a table as it is in the database now, with the types of today where the column is still there."""
    with engine.begin() as connection:
        old.reflect(connection, only=[name])
        table = old.tables[name]
        for column in table.columns:
            if column.name in SQLModel.metadata.tables[name].columns:
                column.type = SQLModel.metadata.tables[name].columns[column.name].type
        connection.execute(insert(table), rows)


def test_the_migrations_lead_to_the_tables_of_the_program(engine: Engine) -> None:
    assert differences(engine) == []


def test_a_database_with_rows_in_it_is_brought_up_to_date_and_loses_nothing(filled: Engine) -> None:
    migrate(filled)
    assert differences(filled) == []
    with reading(filled) as session:
        assert session.exec(select(DirectiveRow.title)).all() == ["việc"]
        assert session.exec(select(CascadeRow.plan)).all() == [{"a": 1}]
        obligation = session.exec(select(ObligationRow)).one()
        link = session.exec(select(LinkRow)).one()
        reminder, review = session.exec(select(OutboxRow).order_by("id")).all()
    assert (obligation.due, obligation.endorsed, obligation.climbed) == (STARTS + 30 * DAY, ["x"], {"due": 1})
    assert (obligation.original_due, obligation.extensions, obligation.chased_at) == (None, 0, None)
    assert (link.holder, link.name, link.address, link.expires_at) == ("", "", "", STARTS + 90 * DAY)
    assert (reminder.at, reminder.send_at, reminder.status) == (STARTS + DAY, STARTS + DAY, "sent")
    assert (reminder.obligations, reminder.recommendations, reminder.requests) == (["plan@u"], [], [])
    assert (reminder.holder, reminder.words, reminder.message_id) == ("", "", "<1@x>")
    assert (review.kind, review.status, review.send_at) == ("review", "queued", STARTS + 2 * DAY)


def test_two_people_of_a_unit_may_be_told_of_one_wave_and_each_only_once(filled: Engine) -> None:
    migrate(filled)
    with Session(filled) as session:
        session.add(OutboxRow(**told("h7")))
        session.commit()
        session.add(OutboxRow(**told("h7") | {"id": 4}))
        with pytest.raises(IntegrityError):
            session.commit()


def told(holder: str) -> dict[str, Any]:
    return mail(3, step="1", holder=holder, send_at=STARTS, recommendations=[], requests=[], words="")


def test_the_schema_goes_back_to_the_first_revision_with_one_mail_a_wave(filled: Engine) -> None:
    migrate(filled)
    with Session(filled) as session:
        session.add(OutboxRow(**told("h7")))
        session.commit()
    go(filled, "0001", up=False)
    assert not set(LATER) & set(inspect(filled).get_table_names())
    with filled.connect() as connection:
        assert connection.execute(text("SELECT id FROM outbox ORDER BY id")).scalars().all() == [1, 2]
        names = {column["name"] for column in inspect(connection).get_columns("outbox")}
    assert not {"holder", "send_at", "recommendations", "requests", "words"} & names
    migrate(filled)
    assert differences(filled) == []
