"""Keeps the clock from running away from the people.

The prediction says who answers before which step of the ladder. On a busy machine days of business time may pass
before a page is drawn; then the clock is held until those who have little time left have answered.
"""

import asyncio
from datetime import datetime, timedelta

from sqlalchemy import Engine
from sqlmodel import col, select
from temporalio.client import Client

from commands.clock import set_speed
from demo.behaviour import Behaviours
from demo.people import People
from models.notice import NoticeKind
from models.obligation import State, requirement_of
from models.plan import Plan
from models.tables import DirectiveRow, ObligationRow, OutboxRow
from rules.ladder import steps
from store.engine import reading

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
        self._instants = {
            (cascade.cascade_id, item.key): (
                sorted([*(step.at for step in steps(item.due, cascade.follow_up)), item.due]) if item.due else []
            )
            for cascade in plan.cascades
            for item in cascade.requirements
        }
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
        """The next step or due instant of every obligation that somebody is about to answer or to return."""
        now = self._people.now()
        about = [key for key, count in list(self._people.acting.items()) if count > 0]
        found = [instant for cascade, key in about for instant in self._after(cascade, key, now)]
        for mail in self._unread():
            if mail.send_at > now:
                continue  # called for while the clock was faster, it leaves later: holding would wait for ever
            for key in mail.obligations:
                answers_to = self._behaviours.obligations[mail.cascade_id, key].answers_to
                if NoticeKind(mail.kind) in {answers_to, NoticeKind.RETURNED}:
                    found += self._after(mail.cascade_id, key, mail.at)
        for cascade, key in self._to_be_returned():
            found += self._after(cascade, key, now)
        return found

    def _after(self, cascade: str, key: str, instant: datetime) -> list[datetime]:
        return [at for at in self._instants[cascade, requirement_of(key)] if at > instant][:1]

    def _to_be_returned(self) -> list[tuple[str, str]]:
        """First answers that the reviewer has not yet returned, as the plan has it."""
        with reading(self._engine) as session:
            query = select(ObligationRow.cascade_id, ObligationRow.key).where(
                ObligationRow.state == State.SUBMITTED, ObligationRow.submissions == 1
            )
            return [pair for pair in session.exec(query) if self._behaviours.obligations[pair].returned]

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
