"""What the activities need from the rest; `store`, `mail` and `reports` provide it, tests bring fakes."""

from collections.abc import Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from pathlib import Path
from typing import Protocol

from models.delivery import Sealed
from models.event import Event
from models.mail import Outgoing
from models.plan import CascadePlan
from models.recorded import Recorded
from models.summary import Summary


class Register(Protocol):
    """The event store with its read tables."""

    def load_plan(self, cascade_id: str) -> CascadePlan: ...

    def record(self, cascade_id: str, events: Sequence[Event]) -> Recorded:
        """Idempotent by (cascade, event number); chain, tables and outbox in one transaction."""

    def close_directive(self, directive_id: str) -> None: ...


class Outbox(Protocol):
    """Mails that wait, and what became of them."""

    def claim(self, cascade_id: str, limit: int) -> Sequence[Outgoing]: ...
    def sending(self, mail: int) -> None: ...
    def sent(self, mail: int) -> None: ...
    def refused(self, mail: int, error: str) -> None: ...
    def put_back(self, mail: int, error: str) -> None: ...


class Connection(Protocol):
    async def send(self, sealed: Sealed) -> None:
        """Hand over one mail. Raises `GiveUp`, `TryLater`; any other error leaves delivery uncertain."""


class Mailer(Protocol):
    def connect(self) -> AbstractAsyncContextManager[Connection]:
        """One connection for a batch. Raises `TryLater` when the server cannot be reached."""


class Postmark(Protocol):
    def write(self, mail: Outgoing) -> Sealed:
        """Render a mail. Raises `GiveUp` for one that cannot be written, such as to an address that is none."""


class Summaries(Protocol):
    def __call__(self, directive_id: str) -> Summary:
        """The summary of a directive as it stands."""


class Forms(Protocol):
    def __call__(self, summary: Summary, folder: Path) -> Mapping[str, Path]:
        """Write a summary in all forms into a folder, which is made if need be; returns form -> file."""
