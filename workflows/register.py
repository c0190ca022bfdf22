"""A register as it is decided, and how far that is on record: what an interrupted try recorded is taken over."""

from collections import deque

from temporalio import workflow

with workflow.unsafe.imports_passed_through():
    from models.cascade import Carried
    from models.command import Command
    from models.event import Event
    from models.plan import CascadePlan
    from models.recorded import Recorded
    from rules.chain import GENESIS
    from rules.fold import empty, fold
    from rules.ledger import Change
    from rules.revising import revised


class Register:
    """The plan in force and the state after all that was decided, also after what is not on record yet.

    A workflow task can be interrupted after its events were recorded. Then Temporal knows nothing of them and tries
    again, perhaps without the command they came from, or at another instant: the recorder answers with what stands in
    their place, and everything that was decided since is decided again after that (decision 0018).
    """

    def __init__(self, plan: CascadePlan) -> None:
        self.plan = plan
        self.state = empty(plan)
        self.recorded = 0
        self.chain_head = GENESIS
        self.overtaken = 0
        """How often what was decided had to be decided again."""
        self._pending: list[Event] = []
        self._on_record = (self.plan, self.state)
        self._recording = self._on_record
        self._relayed: deque[tuple[int, Command]] = deque()

    @classmethod
    def carried(cls, carried: Carried) -> "Register":
        """As the run before left it."""
        register = cls(carried.plan)
        register.state, register.recorded = carried.state, carried.state.seq
        register.chain_head = carried.chain_head
        register._on_record = (register.plan, register.state)
        return register

    @property
    def pending(self) -> bool:
        """Whether something was decided that nobody has begun to record."""
        return bool(self._pending)

    def take(self, change: Change) -> None:
        """Note what was decided, at the real time of this workflow task."""
        self.plan = revised(self.plan, change.events)
        self.state = change.state
        self._pending += (event.model_copy(update={"recorded_at": workflow.now()}) for event in change.events)

    def heard(self, command: Command) -> None:
        """Keep what another cascade told, now that it is decided on, until that is on record."""
        self._relayed.append((self.state.seq, command))

    def batch(self) -> tuple[Event, ...]:
        """What is to be recorded now."""
        events = tuple(self._pending)
        self._pending.clear()
        self._recording = (self.plan, self.state)
        return events

    def note(self, events: tuple[Event, ...], recorded: Recorded) -> tuple[tuple[Event, ...], tuple[Command, ...]]:
        """Note what is on record instead of, or as, a batch. Returns these events, and the commands of other cascades
        that have to be decided on again."""
        again: tuple[Command, ...] = ()
        if recorded.earlier:
            events = recorded.earlier
            plan, state = self._on_record
            self.plan, self.state = revised(plan, events), fold(plan, state, events)
            self._recording = (self.plan, self.state)
            self._pending.clear()
            self.overtaken += 1
            again = tuple(command for _, command in self._relayed)
            self._relayed.clear()
        self._on_record = self._recording
        self.recorded, self.chain_head = recorded.seq, recorded.chain_head
        while self._relayed and self._relayed[0][0] <= self.recorded:
            self._relayed.popleft()
        return events, again

    def carry(self) -> Carried:
        """What the next run takes along."""
        return Carried(plan=self.plan, state=self.state, chain_head=self.chain_head)
