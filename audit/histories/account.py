"""The events that a replay gave, as sentences to be told where a history comes to them: each one once."""

from collections.abc import Iterator, Mapping
from datetime import datetime

from audit.histories.replayed import Replayed
from audit.story.dues import changed
from audit.story.register import Register
from audit.story.tell import Told, tell
from models.command import Command
from rules.fold import empty, fold
from rules.ledger import decide
from rules.refusals import Refused
from rules.revising import revised


class Account:
    """`names` are units by code."""

    def __init__(self, replayed: Replayed, names: Mapping[str, str]) -> None:
        self._untold = {told.entry.seq: told for told in _told(replayed, names)}
        self._by_cause: dict[str, list[int]] = {}
        for seq, told in self._untold.items():
            self._by_cause.setdefault(told.entry.cause, []).append(seq)
        self._events = iter(replayed.events)
        self._plan = replayed.first_plan
        self._state = None if replayed.after else empty(self._plan)

    def of(self, command: str) -> tuple[Told, ...]:
        """What a command brought, by its id."""
        return tuple(self._take(self._by_cause.get(command, ())))

    def seqs(self, command: str) -> tuple[int, ...]:
        """The numbers of the events that a command brought, also where they were told before."""
        return tuple(self._by_cause.get(command, ()))

    def until(self, seq: int) -> tuple[Told, ...]:
        """What has not been told of the events up to a number: what time brought."""
        return tuple(self._take(number for number in sorted(self._untold) if number <= seq))

    def refusal(self, command: Command, recorded: int) -> str:
        """Why the register refused a command that it got when so many events were on record; empty where it did not, or
        where what came before is not known."""
        if self._state is None:
            return ""
        while self._state.seq < recorded and (event := next(self._events, None)) is not None:
            self._state = fold(self._plan, self._state, [event])
            self._plan = revised(self._plan, [event])
        try:
            decide(self._plan, self._state, command)
        except Refused as refused:
            return refused.reason
        return ""

    def _take(self, seqs: Iterator[int] | tuple[int, ...] | list[int]) -> Iterator[Told]:
        for seq in seqs:
            if (told := self._untold.pop(seq, None)) is not None:
                yield told


def _told(replayed: Replayed, names: Mapping[str, str]) -> Iterator[Told]:
    """Each under the plan and with the due instants that held before it."""
    plan = replayed.first_plan
    register = Register.of(plan)
    dues: dict[str, datetime | None] = {}
    for event in replayed.events:
        in_force = revised(plan, [event])
        if in_force is not plan:
            plan, register = in_force, Register.of(in_force, replayed.first_plan)
        yield tell(event, register, names, dues=dict(dues))
        dues |= changed(event)
