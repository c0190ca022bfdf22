"""Events being written into one register."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from models.actor import Actor
from models.event import Event, Fact
from models.ledger import LedgerState
from models.obligation import ObligationState
from models.plan import CascadePlan, Duty, Opening, RequirementPlan
from rules.fold import fold
from rules.ladder import Schedule
from rules.margins import dormant
from rules.refusals import Reason, Refused
from rules.revising import revised


@dataclass(frozen=True)
class Change:
    """New events, in order, and the state after them."""

    state: LedgerState
    events: tuple[Event, ...] = ()


class Book:
    """A register that is written in: all events at one instant, by one actor, for one cause."""

    def __init__(self, plan: CascadePlan, state: LedgerState, at: datetime, actor: Actor, cause: str) -> None:
        self.plan = plan
        self.state = state
        self.at = at
        self.actor = actor
        self._cause = cause
        self._events: list[Event] = []

    @cached_property
    def requirements(self) -> Mapping[str, RequirementPlan]:
        return {item.key: item for item in self.plan.requirements}

    @cached_property
    def schedule(self) -> Schedule:
        return Schedule(self.plan.follow_up)

    def add(self, fact: Fact) -> None:
        event = Event(seq=self.state.seq + 1, at=self.at, actor=self.actor, cause=self._cause, fact=fact)
        self.state = fold(self.plan, self.state, (event,))
        self._go_on_under(revised(self.plan, (event,)))
        self._events.append(event)

    def _go_on_under(self, plan: CascadePlan) -> None:
        """What was looked up in the plan before is looked up again."""
        if plan is not self.plan:
            self.plan = plan
            self.__dict__.pop("requirements", None)
            self.__dict__.pop("schedule", None)

    def change(self) -> Change:
        return Change(self.state, tuple(self._events))

    def obligation(self, key: str) -> ObligationState:
        """An obligation by its key. Raises `Refused` where there is none."""
        if key not in self.state.obligations:
            raise Refused(Reason.UNKNOWN_OBLIGATION)
        return self.state.obligations[key]

    def duty(self, key: str) -> Duty:
        """The duty behind an obligation that is in the register."""
        return self.plan.duty_of[key]

    def waiting(self, chosen: Callable[[Opening], bool]) -> Iterator[tuple[str, ObligationState, RequirementPlan]]:
        """Dormant obligations that may still open, of requirements whose opening is chosen."""
        asked = {
            key: item for key, item in self.requirements.items() if chosen(item.opening) and may_open(self.state, item)
        }
        if asked:
            for key, obligation in dormant(self.state.obligations, asked):
                yield key, obligation, asked[obligation.requirement]


def may_open(state: LedgerState, item: RequirementPlan) -> bool:
    """Whether an answer to a requirement can still be given: not where the draft it comments on has become final."""
    return not item.ends_with or item.ends_with not in state.registered
