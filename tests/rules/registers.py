"""A register in use: what is done to it, one thing after the other."""

from contextlib import suppress
from datetime import datetime

import pytest

from models.command import Command
from models.event import Event, Fact
from models.ledger import LedgerState
from models.obligation import ObligationState, State
from models.plan import CascadePlan
from rules.fold import empty
from rules.ledger import Change, advance, decide, next_wake, open_register
from rules.refusals import Reason, Refused
from rules.revising import revised
from tests.rules.plans import STARTS, every_opening

PLAN = every_opening()


class Book:
    """Time comes before people: every command is preceded by what time brings until then."""

    def __init__(self, of: CascadePlan = PLAN, opened: datetime = STARTS) -> None:
        self.plan = of
        self.state: LedgerState = empty(of)
        self.events: list[Event] = []
        self.take(open_register(of, opened))

    def take(self, change: Change) -> tuple[Fact, ...]:
        self.plan = revised(self.plan, change.events)
        self.state = change.state
        self.events += change.events
        return tuple(event.fact for event in change.events)

    def advance(self, now: datetime) -> tuple[Fact, ...]:
        return self.take(advance(self.plan, self.state, now))

    def wake(self) -> datetime | None:
        """When time brings something next."""
        return next_wake(self.plan, self.state)

    def do(self, command: Command) -> tuple[Fact, ...]:
        self.advance(command.at)
        return self.take(decide(self.plan, self.state, command))

    def try_to(self, command: Command) -> tuple[Fact, ...]:
        """What the command brings; nothing where it is refused."""
        self.advance(command.at)
        with suppress(Refused):
            return self.take(decide(self.plan, self.state, command))
        return ()

    def refusal(self, command: Command) -> Reason:
        self.advance(command.at)
        with pytest.raises(Refused) as refused:
            decide(self.plan, self.state, command)
        return refused.value.reason

    def item(self, key: str) -> ObligationState:
        return self.state.obligations[key]

    def of(self, key: str) -> State:
        return self.state.obligations[key].state

    def fired(self, key: str) -> list[tuple[str, tuple[str, ...]]]:
        facts = (event.fact for event in self.events)
        return [(fact.step, fact.passed) for fact in facts if fact.kind == "step_fired" and key in fact.obligations]


def kinds(facts: tuple[Fact, ...]) -> list[str]:
    return [fact.kind for fact in facts]
