"""How fast the pure ledger is: a national year through it without a server, a database or mail, and how the time for an
event grows with the country and with a register."""

import gc
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import datetime
from statistics import median
from time import process_time

from bench.answered import DIRECTIVE, TWO_TIERS, compiled
from bench.countries import MINISTRY, country, leading, two_tiers
from bench.result import Result
from bench.year import year
from models.command import Command, Submit
from models.ledger import LedgerState
from models.obligation import DONE
from models.plan import CascadePlan, Duty
from rules.ledger import advance, decide, next_wake, open_register

_PARTS = (8, 4, 2)
_ROUNDS = 3
_LARGEST = "largest"
_WIDE = {"500 units, 12 requirements": (500, 12), "3,321 communes, 3 requirements": (3_321, 3)}
"""Registers beyond those of the country: so many units and requirements."""


@dataclass(frozen=True)
class Folded:
    """Events, and the processor seconds that they took."""

    events: int
    seconds: float

    @property
    def microseconds(self) -> float:
        """For one event."""
        return self.seconds / self.events * 1_000_000


def measure_folding() -> list[Result]:
    """Medians of several rounds, all sizes in turn. Raises `RuntimeError` where an answer is lost."""
    units = country()
    sets: dict[int | str, Sequence[CascadePlan]] = {
        part: compiled(DIRECTIVE, leading(units, MINISTRY, part)).cascades for part in (*_PARTS, 1)
    }
    largest = largest_register()
    sets[_LARGEST] = (largest,)
    sets |= {words: (widened(largest, *size),) for words, size in _WIDE.items()}
    rounds: dict[int | str, list[Folded]] = {name: [] for name in sets}
    for _ in range(_ROUNDS):
        for name, registers in sets.items():
            rounds[name].append(fold_all(registers))
    taken = {name: median(each.microseconds for each in found) for name, found in rounds.items()}
    whole = rounds[1][0].events
    told = f"a national year in the pure ledger: {whole:,} events, {1_000_000 / taken[1]:,.0f} a second"
    beside = f"an event of one of {len(largest.duties)} obligations, the largest of the country"
    return [
        *(Result(told, f"an event of 1/{part} of it", taken[1], taken[part], "<= 1.25", "µs") for part in _PARTS),
        *(
            Result(f"an event of a register of {words}", beside, taken[words], taken[_LARGEST], "<= 1.25", "µs")
            for words in _WIDE
        ),
    ]


def largest_register() -> CascadePlan:
    """The register with the most obligations that a directive to the two-tier country brings."""
    return max(compiled(TWO_TIERS, two_tiers()).cascades, key=lambda register: len(register.duties))


def widened(register: CascadePlan, units: int, requirements: int) -> CascadePlan:
    """A register like another one, with so many units and requirements."""
    asked = [
        item.model_copy(update={"key": f"{item.key}-{number}"})
        for number in range(requirements // len(register.requirements) + 1)
        for item in register.requirements
    ][:requirements]
    duties = tuple(Duty(requirement=item.key, unit=f"unit-{number}") for number in range(units) for item in asked)
    return register.model_copy(update={"requirements": tuple(asked), "duties": duties})


def fold_all(registers: Sequence[CascadePlan]) -> Folded:
    """A year of each register. What people ask for is made before the clock runs. Raises `RuntimeError`."""
    events, seconds = 0, 0.0
    for register in registers:
        asked = year(register)
        gc.collect()
        began = process_time()
        state = live(register, asked)
        seconds += process_time() - began
        events += state.seq
        _check(state, {command.obligation for command in asked if isinstance(command, Submit)})
    return Folded(events, seconds)


def live(register: CascadePlan, asked: Sequence[Command]) -> LedgerState:
    """What a running register does: it wakes when time brings something, and time comes before people. Returns how it
    stands at the end; each of its events was made once."""
    state = open_register(register, register.starts).state
    for command in asked:
        state = decide(register, _at(register, state, command.at), command).state
    return _at(register, state, register.closing)


def _at(register: CascadePlan, state: LedgerState, until: datetime) -> LedgerState:
    """The register after what time alone brings by an instant."""
    while (wake := next_wake(register, state)) is not None and wake <= until:
        state = advance(register, state, wake).state
    return advance(register, state, until).state


def _check(state: LedgerState, answered: AbstractSet[str]) -> None:
    """Everything that was answered is done, and nothing else."""
    done = {key for key, item in state.obligations.items() if item.state in DONE}
    if done != answered or not state.closed:
        raise RuntimeError(f"{len(answered)} obligations were answered and {len(done)} are done")
