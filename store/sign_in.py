"""Signing in to the reading room: links asked for, sessions, and notes of what is done in it. All instants are real."""

import secrets
from datetime import datetime

from sqlalchemy import Engine, delete, or_
from sqlmodel import Session, col, func, select

from models.actor import Actor, ActorKind, Identified
from models.journal import INSTALLATION, AttemptInvalid, Invalid, Note, SignedIn, SignedOut, SignInAsked, Viewed
from models.reader import Reader, ReaderRole
from models.reading_tables import ReadingSessionRow, SignInRow
from rules.reading import IDLE, LINK_HOLDS, LONGEST, as_listed, is_signed_in, may_be_mailed
from store.engine import writing
from store.journal import append
from store.links import token_hash
from store.readers import find_reader

_TOKEN_BYTES = 32
_DOOR = "sign-in"
"""The cause of what is noted before somebody is known."""


class SignIn:
    """The port `web.reading.ports.People` on SQL. Each raises `Unreachable` when the database is away."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def ask(self, address: str, at: datetime) -> None:
        """Somebody wants a link: it waits to be mailed, where the address is listed and not too many are on their
        way."""
        listed = as_listed(address)
        with writing(self._engine) as session:
            _forget(session, at)
            known = find_reader(session, listed)
            if known is not None and may_be_mailed(_holding(session, listed, at)):
                session.add(SignInRow(address=listed, asked_at=at, expires_at=at + LINK_HOLDS))
            nobody = Actor(kind=ActorKind.READER, unit="")
            note = SignInAsked(address=listed, listed=known is not None)
            append(session, INSTALLATION, nobody, _DOOR, [("", note)])

    def sign_in(self, token: str, at: datetime) -> str | None:
        """Use a link up: the secret of a new session; None where the link is unknown, used or past."""
        with writing(self._engine) as session:
            query = select(SignInRow).where(SignInRow.token_hash == token_hash(token)).with_for_update()
            row = session.exec(query).first()
            if row is None or row.used_at is not None or row.expires_at <= at:
                return None
            known = find_reader(session, row.address)
            if known is None:
                return None
            row.used_at = at
            secret = secrets.token_urlsafe(_TOKEN_BYTES)
            session.add(ReadingSessionRow(token_hash=token_hash(secret), address=row.address, begun_at=at, seen_at=at))
            append(session, INSTALLATION, acting(known), _DOOR, [("", SignedIn(address=row.address))])
            return secret

    def reader(self, secret: str, at: datetime) -> Reader | None:
        """Who is signed in with a session's secret, whose time begins anew; None where nobody is any more."""
        with writing(self._engine) as session:
            row = session.get(ReadingSessionRow, token_hash(secret))
            if row is None or not is_signed_in(row.begun_at, row.seen_at, at):
                return None
            row.seen_at = max(row.seen_at, at)
            return find_reader(session, row.address)

    def sign_out(self, secret: str) -> None:
        """End a session; nothing happens where it has ended already."""
        with writing(self._engine) as session:
            row = session.get(ReadingSessionRow, token_hash(secret))
            known = find_reader(session, row.address) if row else None
            if row is not None and known is not None:
                session.delete(row)
                append(session, INSTALLATION, acting(known), _DOOR, [("", SignedOut(address=row.address))])

    def viewed(self, reader: Reader, page: str) -> None:
        """Note that somebody was given a page or a file, by its address."""
        self._note(reader, page, Viewed(page=page))

    def astray(self, reader: Reader, page: str) -> None:
        """Note that somebody asked for what is not there, or is not for him."""
        self._note(reader, page, AttemptInvalid(what=Invalid.NOT_SHOWN, where=page))

    def _note(self, reader: Reader, page: str, note: Note) -> None:
        with writing(self._engine) as session:
            append(session, INSTALLATION, acting(reader), page, [("", note)])


def acting(reader: Reader) -> Actor:
    """Somebody who is signed in, as whoever acts."""
    kind = ActorKind.OPERATOR if reader.role is ReaderRole.OPERATOR else ActorKind.READER
    return Actor(kind=kind, unit=reader.unit, name=reader.address, identified=Identified.SIGN_IN)


def _holding(session: Session, address: str, at: datetime) -> int:
    """How many links of an address wait to be mailed or hold."""
    query = select(func.count()).select_from(SignInRow).where(SignInRow.address == address)
    return session.exec(query.where(col(SignInRow.expires_at) > at, col(SignInRow.used_at).is_(None))).one()


def _forget(session: Session, at: datetime) -> None:
    """Drop links and sessions that have ended by themselves."""
    session.execute(delete(SignInRow).where(col(SignInRow.expires_at) <= at))
    ended = or_(col(ReadingSessionRow.seen_at) <= at - IDLE, col(ReadingSessionRow.begun_at) <= at - LONGEST)
    session.execute(delete(ReadingSessionRow).where(ended))
