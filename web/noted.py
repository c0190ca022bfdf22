"""What the rules refuse, noted in the journal of the register that was asked."""

import logging

from starlette.concurrency import run_in_threadpool

from models.actor import Actor
from models.command import Command, Receipt
from models.journal import AttemptRefused, Note
from rules.attempted import obligations, whom
from rules.refusals import Refused
from web.ports import Cascades, Journal, Unreachable

_log = logging.getLogger(__name__)


class NotedCascades:
    """The port `web.ports.Cascades` on another one: for pages and for commands alike, as what they send passes here."""

    def __init__(self, cascades: Cascades, journal: Journal) -> None:
        self._cascades = cascades
        self._journal = journal

    async def send(self, cascade_id: str, command: Command) -> Receipt:
        """As the other one does; a refusal is noted on its way."""
        try:
            return await self._cascades.send(cascade_id, command)
        except Refused as refusal:
            keys, actor = obligations(command), command.actor
            said = AttemptRefused(command=command.kind, obligations=keys, reason=refusal.reason)
            await note(self._journal, cascade_id, actor, command.id, said, whom(keys, actor.unit))
            raise


async def note(journal: Journal, chain: str, actor: Actor, cause: str, said: Note, unit: str = "") -> None:
    """Add a note to a journal; where that cannot be, the operator reads so in the log, and whoever made the attempt
    gets his answer all the same."""
    try:
        await run_in_threadpool(journal.note, chain, actor, cause, said, unit)
    except Unreachable as away:
        _log.warning("the journal of %s lacks a note (%s): %s", chain, said.kind, away)
