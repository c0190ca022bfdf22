"""One measurement beside its floor."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Result:
    """Medians over several rounds, in seconds."""

    what: str
    beside: str
    seconds: float
    floor: float
    target: str
