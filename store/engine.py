"""The database engine: SQLite with a write-ahead log by default, PostgreSQL by URL."""

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from pathlib import Path
from threading import Lock
from typing import Any

from alembic import command
from alembic.config import Config
from pydantic_core import from_json, to_json
from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.exc import InterfaceError, OperationalError
from sqlmodel import Session

from models.unreachable import Unreachable

SQLITE_BUSY_SECONDS = 30
_ONE_AT_A_TIME = "one_at_a_time"
_WITHIN = "within"
_JSON: dict[str, Any] = {"json_serializer": lambda value: to_json(value).decode(), "json_deserializer": from_json}
"""Pydantic's own, which takes a third of the time of Python's."""


def make_engine(url: str) -> Engine:
    """An engine for a SQLAlchemy URL. Connects lazily; nothing is created here."""
    if not url.startswith("sqlite"):
        url = url.replace("postgresql://", "postgresql+psycopg://", 1)
        return create_engine(url, pool_size=8, max_overflow=8, pool_pre_ping=True, **_JSON)
    engine = create_engine(
        url, connect_args={"timeout": SQLITE_BUSY_SECONDS}, execution_options={_ONE_AT_A_TIME: Lock()}, **_JSON
    )

    @event.listens_for(engine, "connect")
    def _configure(connection: Any, _record: Any) -> None:
        connection.isolation_level = None  # the transaction is begun below, not by the driver
        cursor = connection.cursor()
        cursor.execute("PRAGMA journal_mode=WAL")
        cursor.execute("PRAGMA synchronous=FULL")  # what an officer was told is received survives a power cut
        cursor.execute("PRAGMA foreign_keys=ON")
        cursor.close()

    @event.listens_for(engine, "begin")
    def _begin(connection: Any) -> None:
        writing = connection.get_execution_options().get("writing", False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")

    return engine


@contextmanager
def reading(engine: Engine) -> Iterator[Session]:
    """A session for reads; it sees one state of the database throughout. Raises `Unreachable`."""
    with _answering(engine), Session(_within(engine) or engine) as session:
        yield session


@contextmanager
def one_moment(engine: Engine) -> Iterator[Session]:
    """A session that sees one state of the database from its first query on, whatever is written meanwhile: PostgreSQL
    has to be asked for it, SQLite does no other. Raises `Unreachable`."""
    if engine.dialect.name == "postgresql":
        engine = engine.execution_options(isolation_level="REPEATABLE READ")
    with reading(engine) as session:
        yield session


@contextmanager
def writing(engine: Engine) -> Iterator[Session]:
    """A session whose changes are committed together or not at all.

    SQLite takes its write lock at the beginning, so that two writers queue instead of failing half-way. Those of one
    process queue before that: SQLite itself only tries again after ever longer pauses, and some would starve. Raises
    `Unreachable`.
    """
    within = _within(engine)
    bound = within or engine.execution_options(writing=True)
    with _answering(engine), nullcontext() if within else _turn(engine), Session(bound) as session, session.begin():
        yield session


def connected(session: Session) -> Connection:
    """The connection of a session, for statements that need no mapper; what the session has changed is written."""
    session.flush()
    return session.connection()


@contextmanager
def together(engine: Engine) -> Iterator[Engine]:
    """The same database for one user at a time: all that is written to it becomes visible together at the end, or
    nothing of it where this ends by an error, a kill or a power cut. Raises `Unreachable`."""
    writes = engine.execution_options(writing=True)
    with _answering(engine), _turn(engine), writes.connect() as connection, connection.begin():
        yield engine.execution_options(**{_WITHIN: connection})


def _within(engine: Engine) -> Connection | None:
    """The transaction that all on this engine is part of, if there is one."""
    found: Connection | None = engine.get_execution_options().get(_WITHIN)
    return found


def _turn(engine: Engine) -> AbstractContextManager[object]:
    turn: AbstractContextManager[object] = engine.get_execution_options().get(_ONE_AT_A_TIME, nullcontext())
    return turn


@contextmanager
def _answering(engine: Engine) -> Iterator[None]:
    try:
        yield
    except (OperationalError, InterfaceError) as error:
        address = engine.url.render_as_string(hide_password=True)
        raise Unreachable("the database", address, f"{error.orig}; check DONDOC_DATABASE_URL") from error


def migrate(engine: Engine) -> None:
    """Bring the schema to the newest revision; does nothing where it is there already. Raises `Unreachable`."""
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    with _answering(engine), engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
