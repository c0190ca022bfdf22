"""The list of people who may use the reading room; each change of it is noted in the installation's journal."""

from datetime import UTC, datetime

from sqlalchemy import Engine, delete
from sqlmodel import Session, col, select

from models.actor import Actor
from models.journal import INSTALLATION, ReaderListed, ReaderRemoved
from models.reader import Reader
from models.reading_tables import ReaderRow, ReadingSessionRow, SignInRow
from store.engine import reading, writing
from store.journal import append


def reader_of(row: ReaderRow) -> Reader:
    return Reader.model_validate(row.model_dump(exclude={"added_at"}))


def all_readers(engine: Engine) -> list[Reader]:
    """Everybody, by address."""
    with reading(engine) as session:
        return [reader_of(row) for row in session.exec(select(ReaderRow).order_by(col(ReaderRow.address)))]


def find_reader(session: Session, address: str) -> Reader | None:
    """Whoever is listed with an address."""
    row = session.get(ReaderRow, address)
    return reader_of(row) if row else None


def list_reader(engine: Engine, reader: Reader, actor: Actor, cause: str) -> bool:
    """Put somebody on the list, or change who he is there; returns whether he is new."""
    with writing(engine) as session:
        row = session.get(ReaderRow, reader.address)
        session.merge(ReaderRow(**reader.model_dump(), added_at=row.added_at if row else datetime.now(UTC)))
        append(session, INSTALLATION, actor, cause, [("", ReaderListed(**reader.model_dump()))])
        return row is None


def remove_reader(engine: Engine, address: str, actor: Actor, cause: str) -> bool:
    """Take somebody off the list: links that he was sent do not hold any more, and where he is signed in, that ends.
    Returns whether he was on it."""
    with writing(engine) as session:
        row = session.get(ReaderRow, address)
        if row is None:
            return False
        for table in (ReadingSessionRow, SignInRow):
            session.execute(delete(table).where(col(table.address) == address))
        session.delete(row)
        append(session, INSTALLATION, actor, cause, [("", ReaderRemoved(address=address))])
        return True
