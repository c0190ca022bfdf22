"""Links to sign in that wait to be mailed. The secret of a link is made when its mail is written and kept nowhere."""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Engine, or_
from sqlmodel import col, select

from models.actor import Actor, ActorKind
from models.journal import INSTALLATION, SignInMailed
from models.reading_tables import SignInRow
from rules.reading import LINK_HOLDS
from store.engine import writing
from store.journal import append
from store.links import token_hash
from store.readers import find_reader

_TOKEN_BYTES = 32
_IN_HAND = timedelta(minutes=1)
"""A mail that somebody began to deliver and did not finish is tried again after so long."""


@dataclass(frozen=True)
class Waiting:
    """A link to be mailed: its number, to whom, and its secret."""

    id: int
    address: str
    name: str
    token: str


class SignInMails:
    """What waits, on SQL. Each raises `Unreachable` when the database is away."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def claim(self, at: datetime) -> list[Waiting]:
        """Take what waits in hand, each with a new secret, which holds from now on: one process gets each."""
        free = or_(col(SignInRow.claimed_at).is_(None), col(SignInRow.claimed_at) <= at - _IN_HAND)
        open_still = (col(SignInRow.finished_at).is_(None), col(SignInRow.used_at).is_(None))
        query = select(SignInRow).where(*open_still, col(SignInRow.asked_at) > at - LINK_HOLDS, free)
        claimed: list[Waiting] = []
        with writing(self._engine) as session:
            for row in session.exec(query.order_by(col(SignInRow.id)).with_for_update(skip_locked=True)).all():
                known, token = find_reader(session, row.address), secrets.token_urlsafe(_TOKEN_BYTES)
                if known is not None and row.id is not None:
                    row.claimed_at, row.token_hash, row.expires_at = at, token_hash(token), at + LINK_HOLDS
                    claimed.append(Waiting(row.id, row.address, known.name, token))
        return claimed

    def put_back(self, number: int) -> None:
        """The mail server did not take it this time: it waits, until the link would have ended."""
        with writing(self._engine) as session:
            row = session.get(SignInRow, number)
            if row is not None:
                row.claimed_at, row.expires_at = None, row.asked_at + LINK_HOLDS

    def finished(self, number: int, at: datetime, error: str = "") -> None:
        """The mail server took it, or refused it for good in the words `error`."""
        with writing(self._engine) as session:
            row = session.get(SignInRow, number)
            if row is None:
                return
            row.finished_at = at
            postman = Actor(kind=ActorKind.POSTMAN, unit="")
            note = SignInMailed(address=row.address, error=error)
            append(session, INSTALLATION, postman, str(number), [("", note)])
