"""The registers of a directive (the small one) in memory, on a real database: they decide, record, tell each other."""

from collections import deque
from collections.abc import Callable

from sqlalchemy import Engine

from models.command import Command, Receipt
from models.ledger import LedgerState
from models.plan import CascadePlan, Plan
from models.unreachable import Unreachable
from rules.ledger import Change, advance, answered_by, decide, finished, open_register
from rules.refusals import Refused
from rules.relay import Relay, closing_report, relays
from rules.revising import revised
from store.recorder import Recorder
from tests import small


class Ledgers:
    """The port `web.ports.Cascades`. `sent` is all that was asked; `meanwhile` is called once, when the next command
    comes, as somebody who is quicker; of the registers in `away`, no answer comes so many times, and those in `down`
    take nothing."""

    def __init__(self, engine: Engine, directive: Plan | None = None) -> None:
        self.sent: list[tuple[str, Command]] = []
        self.meanwhile: Callable[[], object] | None = None
        self.away: dict[str, int] = {}
        self.down: set[str] = set()
        self._recorder = Recorder(engine, small.MAIL_HOURS)
        self._plans: dict[str, CascadePlan] = {plan.cascade_id: plan for plan in (directive or small.plan()).cascades}
        self._states: dict[str, LedgerState] = {}
        self._outbox: deque[Relay] = deque()
        for key, plan in self._plans.items():
            self._take(key, open_register(plan, small.STARTS))

    async def send(self, cascade_id: str, command: Command) -> Receipt:
        self.sent.append((cascade_id, command))
        if self.meanwhile is not None:
            meanwhile, self.meanwhile = self.meanwhile, None
            meanwhile()
        if cascade_id in self.down:
            raise Unreachable("Temporal", "127.0.0.1:7233", "no answer in time")
        seq = self.do(cascade_id, command)
        if self.away.get(cascade_id, 0):
            self.away[cascade_id] -= 1
            raise Unreachable("Temporal", "127.0.0.1:7233", "no answer in time")
        return Receipt(cascade_id=cascade_id, seq=seq, at=command.at)

    def do(self, cascade_id: str, command: Command) -> int:
        """Have a register decide, and all that hear of it; returns the number of the event that stands for it."""
        self._take(cascade_id, advance(self._plans[cascade_id], self._states[cascade_id], command.at))
        self._take(cascade_id, decide(self._plans[cascade_id], self._states[cascade_id], command))
        while self._outbox:
            relay = self._outbox.popleft()
            self._hear(relay.cascade_id, relay.command)
        return answered_by(self._states[cascade_id], command)

    def _hear(self, cascade_id: str, command: Command) -> None:
        try:
            self._take(cascade_id, decide(self._plans[cascade_id], self._states[cascade_id], command))
        except Refused:
            return

    def _take(self, cascade_id: str, change: Change) -> None:
        if not change.events:
            return
        plan = self._plans[cascade_id]
        self._outbox += relays(plan, change.events)
        self._recorder.record(cascade_id, change.events)
        self._plans[cascade_id], self._states[cascade_id] = revised(plan, change.events), change.state
        if finished(plan, change.state) and (report := closing_report(plan, change.state, "0" * 64)):
            self._outbox.append(report)
