"""What the pages need from the rest; `store` and `web.cascades` provide it, tests bring fakes."""

from pathlib import Path
from typing import Protocol

from models.command import Command, Receipt
from models.document import FileRef
from models.link import Link
from models.pages import OfficerPage, RegisterPage
from models.unreachable import Unreachable

__all__ = ["Cascades", "Files", "Pages", "Unreachable"]


class Pages(Protocol):
    """Reads. Each raises `Unreachable` when the database is away."""

    def link(self, token: str) -> Link | None:
        """The link a token stands for, revoked and expired ones too; None for a token never issued."""

    def officer_page(self, link: Link) -> OfficerPage: ...
    def register_page(self, link: Link) -> RegisterPage: ...

    def file(self, link: Link, sha256: str) -> FileRef | None:
        """A handed-in file that this link's holder may read; None otherwise."""


class Files(Protocol):
    """The file store: content-addressed, each content stored once."""

    def put(self, content: bytes, name: str, media_type: str) -> FileRef:
        """Store durably (fsync) before returning. Raises `Unreachable` when the disk refuses."""

    def path(self, sha256: str) -> Path: ...


class Cascades(Protocol):
    """Sends commands to running ledgers."""

    async def send(self, cascade_id: str, command: Command) -> Receipt:
        """Returns when the command's events are recorded. Raises `rules.refusals.Refused` or `Unreachable`."""
