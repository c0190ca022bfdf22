"""The port `web.ports.Changes`: what the keeper of a directive's first register changes of the whole directive."""

import asyncio
import hashlib
from collections.abc import Callable, Coroutine, Mapping
from datetime import UTC, datetime
from typing import Any, TypeVar

from sqlalchemy import Engine

from changing import addressees, amending, enlisting
from changing.given_files import GivenFiles
from changing.references import references
from changing.running import Running
from changing.shown import shown_amending, shown_enlisting
from changing.telling import Progress, tell
from models.actor import Actor
from models.changing import CannotChange, Hindrance, LateAddressees, NewVersion, Told
from models.clock import Clock
from models.link import Link
from models.plan import CascadePlan
from models.tables import DirectiveRow
from rules.amending import ENLISTED
from rules.previewing import Preview
from rules.refusals import Reason, Refused, RefusedByRegister
from rules.supervising import as_supervisor, supervises
from store.directives import plan_of
from store.engine import reading
from store.versions import listed_by, ordered, versions_in_force
from web.ports import Cascades

PATIENCE = 3.0
"""Seconds that a press waits for the registers below, once the first one has answered."""
_Prepared = TypeVar("_Prepared", amending.Amending, enlisting.Enlisting)
_TellAll = Callable[[Engine, Cascades, _Prepared, Progress], Coroutine[Any, Any, None]]


class Changes:
    """On SQL and running registers. One of it serves all requests of a process."""

    def __init__(self, engine: Engine, cascades: Cascades) -> None:
        self._engine = engine
        self._cascades = cascades
        self._telling: dict[str, asyncio.Task[None]] = {}

    def told(self, link: Link) -> Told:
        """How far the version that runs is known to the registers of the link's directive."""
        row = self._row(link)
        versions = versions_in_force(self._engine, row.id)
        return Told(
            version=row.version,
            registers=len(versions),
            behind=sum(version < row.version for version in versions),
            source=hashlib.sha256(row.source.encode()).hexdigest(),
            going_on=row.id in self._telling,
        )

    def amendment(self, link: Link, actor: Actor, version: NewVersion) -> Preview:
        """What a new version would change. Raises `CannotChange` and `Refused`."""
        return shown_amending(self._engine, self._amending(link, actor, version), version)

    async def amend(self, link: Link, actor: Actor, version: NewVersion, seal: str) -> Told:
        """Store the version that was shown and tell it. Returns when the first register has it; the others are told in
        the next seconds. Where that is interrupted, asking again completes it.

        Raises `CannotChange`, also where the change is another one by now than was shown; `Refused`; `Unreachable`.
        """
        prepared = await asyncio.to_thread(self._amending, link, actor, version)
        if not prepared.stored:
            _check_seal(await asyncio.to_thread(shown_amending, self._engine, prepared, version), seal)
        await asyncio.to_thread(amending.store, self._engine, prepared)
        await self._tell(link, prepared, amending.tell_all)
        return await asyncio.to_thread(self.told, link)

    async def complete(self, link: Link, actor: Actor) -> Told:
        """Tell the version that runs to the registers that do not have it, because that was interrupted. Raises what
        `amend` raises."""
        row = await asyncio.to_thread(self._row, link)
        if row.version == 1:
            raise CannotChange(Hindrance.SAME_FILE)
        reason, document = await asyncio.to_thread(ordered, self._engine, row.id, row.version)
        version = NewVersion(source=row.source.encode(), reason=reason, document=document)
        return await self.amend(link, actor, version, "")

    def askable(self, link: Link) -> Mapping[str, str]:
        """The requirements that more units may be asked, by key, with their titles."""
        return addressees.askable(self._row(link))

    def candidates(self, link: Link, actor: Actor, words: str) -> Mapping[str, str]:
        """The first units that may be enlisted whose name or code has the words, by code, with their names. Raises
        `Refused`."""
        return addressees.candidates(self._engine, self._running(link, actor), self._plan(link), words)

    def codes(self, typed: tuple[str, ...]) -> tuple[str, ...]:
        """The codes of units that were typed by code or by name; what names no unit as it was typed."""
        return addressees.codes(self._engine, typed)

    def names(self, codes: tuple[str, ...]) -> Mapping[str, str]:
        """The names of units by code, of those that there are."""
        return addressees.names(self._engine, codes)

    def enlistment(self, link: Link, actor: Actor, late: LateAddressees) -> Preview:
        """What late addressees would owe. Raises `CannotChange` and `Refused`."""
        return shown_enlisting(self._engine, self._enlisting(link, actor, late, ""), late)

    async def enlist(self, link: Link, actor: Actor, late: LateAddressees, seal: str, command: str) -> None:
        """Make late addressees owe what was shown, under the id of a command, as `amend` does it. Raises the same."""
        try:
            prepared = await asyncio.to_thread(self._enlisting, link, actor, late, command)
        except Refused as refusal:
            if refusal.reason is not Reason.ALREADY_OWES:
                raise
            if not await asyncio.to_thread(lambda: self.listed(link, command)):
                raise
            return  # a button pressed twice
        _check_seal(await asyncio.to_thread(shown_enlisting, self._engine, prepared, late), seal)
        await asyncio.to_thread(enlisting.store, self._engine, prepared)
        await self._tell(link, prepared, enlisting.tell_all)

    def listed(self, link: Link, command: str) -> tuple[tuple[str, str], ...]:
        """What a command has made late addressees owe: requirements and units, by name."""
        found = listed_by(self._engine, link.directive_id, f"{ENLISTED}{command}")
        return addressees.in_words(self._engine, self._row(link), found)

    async def _tell(self, link: Link, prepared: _Prepared, tell_all: _TellAll[_Prepared]) -> None:
        """Wait for the link's register, and a little while for the others. Raises `RefusedByRegister`,
        `Unreachable`."""
        running = prepared.running
        first = {key: command for key, command in prepared.commands.items() if key == link.cascade_id}
        for reason in (await tell(self._engine, self._cascades, running, first, _silent)).values():
            raise RefusedByRegister(reason)
        directive = running.row.id
        if directive not in self._telling:
            task = asyncio.create_task(tell_all(self._engine, self._cascades, prepared, _silent))
            self._telling[directive] = task
            task.add_done_callback(lambda done: self._end(directive, done))
        task = self._telling[directive]
        await asyncio.wait({task}, timeout=PATIENCE)
        if task.done():
            task.result()

    def _end(self, directive: str, done: asyncio.Task[None]) -> None:
        """What could not be told stays behind, which `told` counts."""
        self._telling.pop(directive, None)
        if not done.cancelled():
            done.exception()

    def _amending(self, link: Link, actor: Actor, version: NewVersion) -> amending.Amending:
        running = self._running(link, actor)
        known = references(self._engine, GivenFiles((*version.files, *running.head.files)).find)
        return amending.prepare(self._engine, running, version.source, known, version.reason, version.document)

    def _enlisting(self, link: Link, actor: Actor, late: LateAddressees, command: str) -> enlisting.Enlisting:
        known = references(self._engine, amending.stored_file)
        return enlisting.prepare(self._engine, self._running(link, actor), known, late, command)

    def _row(self, link: Link) -> DirectiveRow:
        with reading(self._engine) as session:
            return session.get_one(DirectiveRow, link.directive_id)

    def _plan(self, link: Link) -> CascadePlan:
        with reading(self._engine) as session:
            return plan_of(session, link.cascade_id)

    def _running(self, link: Link, actor: Actor) -> Running:
        """Raises `Refused` for somebody who does not supervise the directive, and for one that is closed."""
        row = self._row(link)
        if not supervises(self._plan(link), actor):
            raise Refused(Reason.NOT_YOURS)
        if row.closed_at is not None:
            raise Refused(Reason.CLOSED)
        at = Clock.model_validate(row.clock).business(datetime.now(UTC))
        who = as_supervisor(actor, row.issuer)
        return Running(row=row, at=at, by=who.name, holder=who.holder, identified=who.identified)


def _check_seal(preview: Preview, seal: str) -> None:
    if preview.seal != seal:
        raise CannotChange(Hindrance.SEEN_OTHERWISE)


def _silent(_done: int, _of: int) -> None:
    """Nobody watches."""
