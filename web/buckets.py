"""Token buckets, one for each key: how often something may be done, in bursts and over time."""

from collections import OrderedDict
from dataclasses import dataclass


@dataclass(frozen=True)
class Rate:
    """`a_minute` tokens come in, and a full bucket holds `burst`."""

    a_minute: int
    burst: int

    @property
    def every(self) -> float:
        """Seconds for one token."""
        return 60 / self.a_minute


class Buckets:
    """Buckets of one rate, all full at first. At most `keep` are remembered; who has been away longest is forgotten.

    Instants are seconds of any clock, also one that is set back: no tokens come in then, and none are lost.
    """

    def __init__(self, rate: Rate, keep: int) -> None:
        self._rate = rate
        self._keep = keep
        self._taken: OrderedDict[str, tuple[float, float]] = OrderedDict()
        """By key, the one used longest ago first: how many tokens were missing, and when."""

    def __len__(self) -> int:
        return len(self._taken)

    def wait(self, key: str, at: float) -> float:
        """Seconds until a token is there; 0 where one is there now."""
        return max(0.0, self._missing(key, at) + 1 - self._rate.burst) * self._rate.every

    def take(self, key: str, at: float) -> None:
        """Take a token; an empty bucket stays empty."""
        self._taken[key] = (min(self._missing(key, at) + 1, self._rate.burst), at)
        self._taken.move_to_end(key)
        self._forget(at)

    def _missing(self, key: str, at: float) -> float:
        """How many tokens a bucket lacks."""
        missing, since = self._taken.get(key, (0.0, at))
        return max(0.0, missing - max(0.0, at - since) / self._rate.every)

    def _forget(self, at: float) -> None:
        """Drop what was used longest ago, as far as it is full again or there are too many."""
        while self._taken:
            oldest = next(iter(self._taken))
            if len(self._taken) <= self._keep and self._missing(oldest, at) > 0:
                return
            del self._taken[oldest]
