"""The Temporal server as verifying asks it: until it does not answer once."""

from audit.histories.runs import Histories, Run
from models.unreachable import Unreachable
from texts.language import gettext as _


class Away:
    """The port `audit.histories.runs.Histories` of a server that could not be reached."""

    def __init__(self, why: Unreachable) -> None:
        self._why = why

    async def runs(self, cascade_id: str) -> tuple[Run, ...]:  # noqa: ARG002 - it has none of any
        """Raises `Unreachable`."""
        raise self._why


class Server:
    """The server's histories (None: it is not asked). What does not answer is not asked again: each try may take half a
    minute, and there may be thousands of registers."""

    def __init__(self, live: Histories | None) -> None:
        self._live = live
        self._away: Unreachable | None = None

    @property
    def asked(self) -> bool:
        return self._live is not None

    @property
    def away(self) -> str:
        """That the server does not answer, and where, in words; empty where it does. Why, and what to do, is said in an
        operator's words where it is tried to reach it."""
        if self._away is None:
            return ""
        about = {"service": self._away.service, "address": self._away.address}
        return _("máy chủ %(service)s ở %(address)s không trả lời", **about)

    async def runs(self, cascade_id: str) -> tuple[Run, ...]:
        """The runs of a register that the server has, the oldest first; none where it does not answer (any more)."""
        if self._live is None or self._away is not None:
            return ()
        try:
            return await self._live.runs(cascade_id)
        except Unreachable as away:
            self._away = away
            return ()
