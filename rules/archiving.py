"""When a register is to be archived, what of it before it has closed, and how much of its journal belongs there."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from enum import StrEnum

from models.upkeep import EndedRun, Standing

_ARCHIVED = "archived"
LOOKS = (_ARCHIVED, "viewed", "exported", "verified")
"""Kinds of notes that tell of looking at a register, not of the register: they are no reason to archive all of it
again, and are kept beside what is archived."""
_AGAIN_AFTER = timedelta(days=1)
"""What was missing, such as a file on a disk that was away, is looked for once a day."""


class Due(StrEnum):
    """What is to be done: nothing, only the journal's later entries, or the whole register."""

    NOTHING = "nothing"
    LATER = "later"
    ALL = "all"


def due(standing: Standing, now: datetime) -> Due:
    """What is to be done for a closed register; `now` is real time."""
    archived = standing.archived
    if archived is None or standing.last_seq != archived.last_seq or standing.noted_seq > archived.journal_seq:
        return Due.ALL
    if not archived.complete and now - archived.at >= _AGAIN_AFTER:
        return Due.ALL
    return Due.LATER if standing.journal_seq > archived.later_seq else Due.NOTHING


def belonging(kinds: Sequence[str]) -> int:
    """How many entries of a journal (by their kinds, in order) an archive takes: all before those at its end that tell
    of archiving, so that archiving again what is unchanged gives the same archive."""
    count = len(kinds)
    while count and kinds[count - 1] == _ARCHIVED:
        count -= 1
    return count


def to_keep(
    ended: Iterable[EndedRun], waiting: Collection[str], kept: Mapping[str, Collection[str]]
) -> dict[str, tuple[str, ...]]:
    """The runs to be archived before their register is, by its id, in the order in which they ended: those of registers
    that are not archived (`waiting`), and that the archive has not `kept` yet, by register. What belongs to an archived
    register is in its list."""
    found: dict[str, tuple[str, ...]] = {}
    for run in ended:
        if run.cascade_id in waiting and run.run_id not in kept.get(run.cascade_id, ()):
            found[run.cascade_id] = (*found.get(run.cascade_id, ()), run.run_id)
    return found
