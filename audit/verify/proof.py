"""What proves a register's chain from outside: the history replayed, the archive, and heads written down elsewhere."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from audit.verify.finding import Part
from models.event import Event
from models.plan import CascadePlan


@dataclass(frozen=True)
class Anchor:
    """The hash of a link as it was written down somewhere: in which part of the record, and where there, in words."""

    seq: int
    hash: str
    part: Part
    where: str


@dataclass(frozen=True)
class Proof:
    """`events` are those that the replay gives, by number. `archived` are the bodies that the archive has, from the
    first event on. `reach` is the number up to which the chain must go."""

    first_plan: CascadePlan | None = None
    events: Mapping[int, Event] = field(default_factory=dict)
    archived: tuple[str, ...] = ()
    anchors: tuple[Anchor, ...] = ()
    reach: int = 0

    def of(self, seq: int) -> Event | None:
        """The event of a number as it is proven."""
        if seq in self.events:
            return self.events[seq]
        if 0 < seq <= len(self.archived):
            return Event.model_validate_json(self.archived[seq - 1])
        return None

    @property
    def last(self) -> int:
        """The number of the last event that is proven."""
        return max(len(self.archived), *self.events, 0)

    def agrees(self, event: Event) -> bool:
        """Whether an event is the one that is proven; what an older version wrote has no instant of recording."""
        there = self.of(event.seq)
        return there is None or same(event, there)


def same(event: Event, proven: Event) -> bool:
    """Whether two events are the same one."""
    if event.recorded_at is None or proven.recorded_at is None:
        event, proven = (each.model_copy(update={"recorded_at": None}) for each in (event, proven))
    return event == proven


@dataclass(frozen=True)
class Disagreement:
    """An anchor that says another hash than the chain. `alone`: the chain is proven by others as far as that."""

    anchor: Anchor
    after: int
    found: str | None
    alone: bool


def disagreement(hashes: Mapping[int, str], anchors: Iterable[Anchor]) -> Disagreement | None:
    """The first anchor that says another hash than the chain's (by number); `after` is the last number below it that
    an anchor does prove."""
    known = sorted(anchors, key=lambda anchor: anchor.seq)
    agreeing = [anchor for anchor in known if hashes.get(anchor.seq) == anchor.hash]
    for anchor in known:
        found = hashes.get(anchor.seq)
        if found == anchor.hash:
            continue
        after = max((each.seq for each in agreeing if each.seq < anchor.seq), default=0)
        others = (each for each in agreeing if each.seq >= anchor.seq and each.where != anchor.where)
        return Disagreement(anchor, after, found, alone=any(others))
    return None
