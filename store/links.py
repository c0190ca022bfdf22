"""Links in mails: made with 256 random bits, stored hashed (DESIGN rule 3)."""

import hashlib
import secrets
from datetime import datetime

from sqlalchemy import bindparam, insert
from sqlmodel import Session, col, select

from models.link import Link, Purpose
from models.tables import LinkRow
from rules.holders import Receiver
from store.engine import connected

_TOKEN_BYTES = 32
_NEW = insert(LinkRow)
_FIND = select(LinkRow).where(col(LinkRow.token_hash) == bindparam("token"))


def token_hash(token: str) -> str:
    """What is stored of a token: SHA-256 (hex)."""
    return hashlib.sha256(token.encode()).hexdigest()


def make_link(
    session: Session,
    *,
    purpose: Purpose,
    directive_id: str,
    cascade_id: str,
    unit: str,
    receiver: Receiver,
    expires_at: datetime,
) -> str:
    """Make a new link for a person and return its token, which is kept nowhere but in the mail. `expires_at` is real
    time."""
    token = secrets.token_urlsafe(_TOKEN_BYTES)
    link = {
        "token_hash": token_hash(token),
        "purpose": purpose,
        "directive_id": directive_id,
        "cascade_id": cascade_id,
        "unit": unit,
        "role": receiver.role,
        "holder": receiver.holder,
        "name": receiver.name,
        "address": receiver.email,
        "expires_at": expires_at,
    }
    connected(session).execute(_NEW, link)
    return token


def find_link(session: Session, token: str) -> Link | None:
    """The link that a token stands for, whatever its state."""
    row = connected(session).execute(_FIND, {"token": token_hash(token)}).one_or_none()
    return Link.model_validate(dict(row._mapping)) if row else None
