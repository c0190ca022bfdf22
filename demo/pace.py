"""Keeps the clock from running away from the people.

The prediction says who answers before which step of the ladder. On a busy machine days of business time may pass
before a page is drawn; then the clock is held until those who have little time left have answered.
"""

import asyncio
from collections.abc import Iterator
from datetime import datetime, timedelta

from sqlalchemy import Engine, tuple_
from sqlmodel import col, or_, select
from temporalio.client import Client

from commands.clock import set_speed
from demo.behaviour import Behaviours
from demo.people import People
from models.notice import NoticeKind
from models.obligation import State
from models.plan import Plan
from models.tables import DirectiveRow, ObligationRow, OutboxRow
from store.engine import reading
from store.read_tables import obligation_of

_LOOK_SECONDS = 0.2
_MARGIN_SECONDS = 3.0
_HELD_SPEED = 1.0
_UNREAD = ("queued", "sending", "sent")


class Pace:
    """`held` counts how often the clock had to be held."""

    def __init__(self, plan: Plan, behaviours: Behaviours, people: People, engine: Engine, client: Client) -> None:
        self._directive = plan.head.directive_id
        self._behaviours = behaviours
        self._people = people
        self._engine = engine
        self._client = client
        self._full_speed = people.clock.speed
        self._seen = 0
        self.held = 0

    async def keep(self) -> None:
        """Watch until cancelled."""
        margin = timedelta(seconds=_MARGIN_SECONDS * self._full_speed)
        while True:
            hurried = min(await asyncio.to_thread(self._next_instants), default=None)
            short = hurried is not None and hurried - self._people.now() < margin
            running = self._people.clock.speed == self._full_speed
            if short and running:
                self.held += 1
                await self._set_speed(_HELD_SPEED)
            elif not short and not running:
                await self._set_speed(self._full_speed)
            await asyncio.sleep(_LOOK_SECONDS)

    def _next_instants(self) -> list[datetime]:
        """The next step and due instant of all that somebody is about to acknowledge, to answer or to decide on."""
        now = self._people.now()
        about = {pair for pair, number in list(self._people.acting.items()) if number > 0}
        for mail in self._unread():
            if mail.send_at > now:
                continue  # called for while the clock was faster, it leaves later: holding would wait for ever
            kind = NoticeKind(mail.kind)
            acknowledged = kind is NoticeKind.ASSIGNMENT and mail.unit in self._behaviours.acknowledging
            for key in mail.obligations:
                pair = (mail.cascade_id, key)
                if pair in self._behaviours.obligations and (acknowledged or self._answers(pair, kind)):
                    about.add(pair)
        with reading(self._engine) as session:
            concerned = tuple_(col(ObligationRow.cascade_id), col(ObligationRow.key)).in_(sorted(about))
            rows = session.exec(select(ObligationRow).where(or_(concerned, ObligationRow.state == State.SUBMITTED)))
            return [instant for row in rows for instant in self._ahead(row, now)]

    def _answers(self, pair: tuple[str, str], kind: NoticeKind) -> bool:
        return kind in {self._behaviours.obligations[pair].answers_to, NoticeKind.RETURNED}

    def _ahead(self, row: ObligationRow, now: datetime) -> Iterator[datetime]:
        """When the next step on an obligation goes out and when it is due, as far as that lies ahead."""
        item = obligation_of(row)
        for instant in (item.next_step_at, item.due):
            if instant is not None and instant > now:
                yield instant

    def _unread(self) -> list[OutboxRow]:
        """Mails that were called for and have not been read, wherever they are on their way."""
        with reading(self._engine) as session:
            waits = col(OutboxRow.id) > self._seen, col(OutboxRow.status).in_(_UNREAD)
            query = select(OutboxRow).where(*waits).order_by(col(OutboxRow.id))
            rows = list(session.exec(query))
        unread = [row for row in rows if row.message_id not in self._people.read]
        first = unread[0].id if unread else rows[-1].id + 1 if rows and rows[-1].id else None
        if first is not None:
            self._seen = first - 1
        return unread

    async def _set_speed(self, speed: float) -> None:
        with reading(self._engine) as session:
            directive = session.get_one(DirectiveRow, self._directive)
        self._people.clock = await set_speed(self._engine, self._client, directive, speed)
