"""One measurement beside its floor."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Result:
    """Medians over several rounds where nothing else is said; seconds, or what `unit` says."""

    what: str
    beside: str
    measured: float
    floor: float
    target: str
    unit: str = "s"
