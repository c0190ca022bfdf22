"""Many people at work at the same time, and how long each of them waits."""

import asyncio
from collections.abc import Awaitable, Callable, Iterable, Sequence
from dataclasses import dataclass
from statistics import median, quantiles
from time import perf_counter

from bench.result import Result

Work = Callable[[], Awaitable[object]]


@dataclass(frozen=True)
class Crowd:
    """Seconds that each piece of work took, and all together."""

    each: tuple[float, ...]
    together: float

    @property
    def rate(self) -> float:
        """Pieces of work a second."""
        return len(self.each) / self.together


async def crowd(works: Iterable[Work], at_once: int) -> Crowd:
    """Do work as fast as it goes, so many pieces of it at once. Raises what any of it raises."""
    waiting, each = iter(works), list[float]()

    async def worker() -> None:
        for work in waiting:
            started = perf_counter()
            await work()
            each.append(perf_counter() - started)

    began = perf_counter()
    await asyncio.gather(*(worker() for _ in range(at_once)))
    return Crowd(tuple(each), perf_counter() - began)


def compared(what: str, beside: str, ours: Sequence[Crowd], floors: Sequence[Crowd], target: str) -> list[Result]:
    """Rounds of both: the median of their rates, and how long half and nearly all waited in all rounds."""
    found = [Result(what, beside, _rate(ours), _rate(floors), target, "/s")]
    for name, part in (("p50", 50), ("p99", 99)):
        found.append(Result(f"{what}: {name}", f"{beside}: {name}", _waits(ours, part), _waits(floors, part), ""))
    return found


def _rate(rounds: Iterable[Crowd]) -> float:
    return median(each.rate for each in rounds)


def _waits(rounds: Iterable[Crowd], part: int) -> float:
    """Within how many seconds so many of a hundred were done."""
    return quantiles([seconds for each in rounds for seconds in each.each], n=100, method="inclusive")[part - 1]
