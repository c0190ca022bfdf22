"""Attempts that come to nothing on a page, noted in a journal; rubbish that anybody can send never fills the disk."""

import asyncio
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from models.actor import Actor, ActorKind
from models.journal import INSTALLATION, AttemptInvalid, AttemptRefused, Invalid
from rules.attempted import MOST, whom
from web.noted import note
from web.ports import Journal

KEPT_A_MINUTE: Final = 20
"""Posts with links that were never issued of which each is noted; of the others in the same minute only how many."""

_MINUTE = 60
_NOBODY = Actor(kind=ActorKind.OFFICER, unit="")


@dataclass
class _Minute:
    """How many strays came in the minute that began at an instant (seconds), and how many of them are not noted."""

    began: float = float("-inf")
    came: int = 0
    untold: int = 0


class Noting:
    """Notes what pages refuse by themselves; what registers refuse is noted by `web.noted`. `now` is real time."""

    def __init__(self, journal: Journal, now: Callable[[], datetime]) -> None:
        self._journal = journal
        self._now = now
        self._minute = _Minute()
        self._telling: asyncio.TimerHandle | None = None
        self._running: set[asyncio.Task[None]] = set()

    async def refused(
        self, chain: str, actor: Actor, where: str, command: str, reason: str, about: Iterable[str] = ()
    ) -> None:
        """A command of a kind was not even sent, because the page knows that the rules refuse it; `about` are the
        obligations that it was to be about, `where` is the page."""
        keys = tuple(about)[:MOST]
        said = AttemptRefused(command=command, obligations=keys, reason=reason)
        await note(self._journal, chain, actor, where, said, whom(keys, actor.unit))

    async def invalid(self, chain: str, actor: Actor, where: str, what: Invalid) -> None:
        """Somebody who came with a link asked for something that is no valid request."""
        await note(self._journal, chain, actor, where, AttemptInvalid(what=what, where=where), actor.unit)

    async def stray(self, actor: Actor, where: str) -> None:
        """Somebody of whom only the page is known posted with a link that was never issued."""
        at, before = self._now().timestamp(), self._minute
        if not before.began <= at < before.began + _MINUTE:
            self._minute = _Minute(began=at)
            await self._tell(before)
        self._minute.came += 1
        if self._minute.came > KEPT_A_MINUTE:
            self._minute.untold += 1
            self._telling = self._telling or asyncio.get_running_loop().call_later(_MINUTE, self._begin_to_settle)
            return
        said = AttemptInvalid(what=Invalid.UNKNOWN_LINK, where=where)
        await note(self._journal, INSTALLATION, actor, where, said)

    async def settle(self) -> None:
        """Tell of strays that are only counted so far, for when no other comes, or the pages close."""
        if self._telling is not None:
            self._telling.cancel()
            self._telling = None
        await self._tell(self._minute)

    async def _tell(self, minute: _Minute) -> None:
        untold, minute.untold = minute.untold, 0
        if untold:
            said = AttemptInvalid(what=Invalid.UNKNOWN_LINK, count=untold)
            await note(self._journal, INSTALLATION, _NOBODY, "", said)

    def _begin_to_settle(self) -> None:
        task = asyncio.get_running_loop().create_task(self.settle())
        self._running.add(task)
        task.add_done_callback(self._running.discard)
