"""How fast mail may leave: a steady rate, halved when the server asks for it, and back up step by step."""

_SLOWEST = 1 / 64
"""However often the server complains, this part of the rate is left."""
_STEP = 1 / 16
"""The part of the full rate that is won back after every `_CALM` without complaint."""
_CALM = 15.0
_ONE_COMPLAINT = 2.0
"""Complaints within so many seconds are one: several connections meet the same limit at the same moment."""


class Pace:
    """`rate` is in mails a second. Instants are seconds of any one clock that does not go back."""

    def __init__(self, rate: float) -> None:
        self._full = rate
        self._rate = rate
        self._next_slot = 0.0
        self._changed_at = float("-inf")
        self._complaint_at = float("-inf")

    def rate(self, now: float) -> float:
        """The mails a second that are allowed now."""
        calm = int((now - self._changed_at) / _CALM) if self._rate < self._full else 0
        if calm > 0:
            self._rate = min(self._full, self._rate + calm * _STEP * self._full)
            self._changed_at += calm * _CALM
        return self._rate

    def slot(self, now: float) -> float:
        """Take the next place in the row: how many seconds from now its mail may leave."""
        at = max(now, self._next_slot)
        self._next_slot = at + 1 / self.rate(now)
        return at - now

    def slow_down(self, now: float) -> None:
        """The server has asked for less: half as fast from now on."""
        if now - self._complaint_at < _ONE_COMPLAINT:
            return
        self._rate = max(self.rate(now) / 2, self._full * _SLOWEST)
        self._changed_at = self._complaint_at = now
