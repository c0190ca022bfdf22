"""Databases on a PostgreSQL server of the tests' own."""

import itertools
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Engine, create_engine, make_url, text

from store.engine import make_engine

_numbers = itertools.count(1)


def named(address: str, database: str) -> str:
    """The address of another database on the same server."""
    return make_url(address).set(database=database).render_as_string(hide_password=False)


def tell(address: str, *statements: str) -> None:
    """Tell a PostgreSQL server what no transaction may contain."""
    url = make_url(address).set(drivername="postgresql+psycopg")
    engine = create_engine(url, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        for statement in statements:
            connection.execute(text(statement))
    engine.dispose()


@contextmanager
def copied(address: str, template: str = "migrated") -> Iterator[Engine]:
    """A database with what another one has, for as long as it is needed. Nobody may be connected to that one."""
    name = f"test_{next(_numbers)}"
    tell(address, f"CREATE DATABASE {name} TEMPLATE {template}")
    engine = make_engine(named(address, name))
    try:
        yield engine
    finally:
        engine.dispose()
        tell(address, f"DROP DATABASE {name} WITH (FORCE)")
