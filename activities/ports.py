"""What the activities need from the rest; `store`, `mail` and `reports` provide it, tests bring fakes."""

from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from datetime import datetime
from pathlib import Path
from typing import Protocol

from models.clock import Clock
from models.delivery import HandedOver, OnItsWay, Refusal, Sealed
from models.event import Event
from models.mail import Outgoing
from models.plan import CascadePlan, Period
from models.recorded import Recorded
from models.summary import Summary
from models.upkeep import Sweep


class Register(Protocol):
    """The event store with its read tables."""

    def load_plan(self, cascade_id: str) -> CascadePlan: ...

    def record(self, cascade_id: str, events: Sequence[Event]) -> Recorded:
        """Idempotent by (cascade, event number); chain, tables and outbox in one transaction."""

    def close_directive(self, directive_id: str) -> None: ...


class Outbox(Protocol):
    """Mails that wait, and what became of them. A mail is named by its `ids`; `now` is business time."""

    def due(self, cascade_id: str, now: datetime) -> bool: ...
    def claim(self, cascade_id: str, limit: int, now: datetime) -> Sequence[Outgoing]: ...
    def note(self, notes: Sequence[OnItsWay | HandedOver]) -> Sequence[bool]:
        """Note what becomes of several mails, all or nothing; False where another delivery is done with one already."""

    def refused(self, mail: Sequence[int], error: str) -> None: ...
    def unreachable(self, mail: Sequence[int], error: str) -> None: ...
    def put_back(self, mail: Sequence[int], error: str) -> None: ...
    def postpone(self, mail: Sequence[int], error: str, clock: Clock, real_now: datetime) -> None: ...
    def hold(self, cascade_id: str, now: datetime) -> None:
        """Let all that the server could not take by now wait for the hours of mail, where these are over."""

    def next_at(self, cascade_id: str) -> datetime | None:
        """When the next mail that waits is to leave (business time)."""

    def refusals(self, cascade_id: str, now: datetime) -> Sequence[Refusal]:
        """Addresses refused for good of which the register does not know yet."""


class Connection(Protocol):
    async def send(self, sealed: Sealed) -> None:
        """Hand over one mail. Raises kinds of `GiveUp` and `TryLater`; any other error leaves delivery uncertain."""


class Mailer(Protocol):
    def connect(self) -> AbstractAsyncContextManager[Connection]:
        """A connection for some mails, perhaps after others have done with theirs. Raises `TryLater` when the server
        cannot be reached."""


class Postmark(Protocol):
    def write(self, mail: Outgoing) -> Sealed:
        """Render a mail. Raises `GiveUp` for one that cannot be written, such as to an address that is none."""


class Summaries(Protocol):
    def __call__(
        self, directive_id: str, at: datetime | None = None, unit: str | None = None, period: Period | None = None
    ) -> Summary:
        """The summary of a directive as it stands, or stood before a business instant; of the branch of a unit that
        keeps a register; on the data of a period."""


class Forms(Protocol):
    def __call__(self, summary: Summary, folder: Path) -> Mapping[str, Path]:
        """Write a summary in all forms into a folder, which is made if need be; returns form -> file."""


class Archiving(Protocol):
    async def sweep(self, beat: Callable[[], None]) -> Sweep:
        """Archive all registers that are closed and not archived as they stand; before each, `beat` is called."""


class Anchoring(Protocol):
    def write(self, now: datetime) -> tuple[Path, bool]:
        """Write down the heads of all chains on the day of a real instant, if they are not yet; returns where, and
        whether they were written now."""
