"""Runs of a register's workflow, and where their histories come from."""

from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True)
class Run:
    """One run of a workflow: a register has several once it has continued as new. `history` is Temporal's own JSON."""

    workflow_id: str
    run_id: str
    history: bytes


class Histories(Protocol):
    """Where histories are kept: on a Temporal server, or in the archive."""

    async def runs(self, cascade_id: str) -> tuple[Run, ...]:
        """The runs of a register that are there, the oldest first; empty where nothing is known of it (any more).
        Raises `Unreachable` where the place does not answer."""
