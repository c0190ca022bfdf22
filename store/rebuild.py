"""Writes events again through the recorder, so that tables become what they should be."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from heapq import merge
from itertools import groupby
from typing import Any

from sqlalchemy import Engine, create_engine, delete, insert, select
from sqlalchemy.pool import StaticPool
from sqlmodel import SQLModel, col

from models.correspondence import AddressRefused, HolderLeft, HolderNamed
from models.event import CascadeOpened, Event
from models.plan import CascadePlan
from models.stepped_in import Amended
from models.succession import KeepingChanged, TakenIn
from models.tables import CascadeRow, DirectiveRow, EventRow, OutboxRow, UnitRow
from rules.sending import MailHours
from store.directives import new_cascade
from store.engine import reading, writing
from store.recorder import Recorder
from store.snapshot import FOLDED, Row, cascade_row, folded_rows, outbox_rows

_TURNS = (CascadeOpened, Amended, TakenIn, KeepingChanged, HolderNamed, HolderLeft, AddressRefused)
"""Facts after which others are told otherwise: they change the plan, or who answers."""
_Wave = tuple[str, datetime]


@dataclass(frozen=True)
class Origin:
    """What the tables of one register follow from: the plan with which it began, and its events in order."""

    first_plan: CascadePlan
    events: Sequence[Event]


@dataclass(frozen=True)
class Folded:
    """What the rows of one register are by its events: its own, those of the folded tables, and its outbox as the
    registry of today would have it."""

    cascade: Row
    tables: Mapping[str, Mapping[tuple[Any, ...], Row]]
    outbox: Sequence[Row]


class Folding:
    """Folds events anew beside a database, in one of its own in memory. For one user at a time."""

    def __init__(self, source: Engine) -> None:
        self._memory = beside(source)

    def fold(self, directive: Row, origins: Sequence[Origin]) -> dict[str, Folded]:
        """The rows of some registers of a directive, by id: of those together of which one took something in from
        another. Raises what recording raises where events do not fit their plans."""
        ids = [origin.first_plan.cascade_id for origin in origins]
        try:
            write_again(self._memory, directive, origins, None)
            with reading(self._memory) as session:
                return {
                    cascade_id: Folded(
                        cascade_row(session, cascade_id),
                        folded_rows(session, cascade_id),
                        outbox_rows(session, cascade_id),
                    )
                    for cascade_id in ids
                }
        finally:
            _forget(self._memory, ids)


def beside(source: Engine) -> Engine:
    """A database in memory, empty but for the registry of units of another one."""
    memory = create_engine("sqlite://", poolclass=StaticPool, connect_args={"check_same_thread": False})
    SQLModel.metadata.create_all(memory)
    _copy_units(source, memory)
    return memory


def write_again(engine: Engine, directive: Row, origins: Sequence[Origin], hours: MailHours | None) -> None:
    """Record the events of some registers of one directive, in the order in which they were recorded: what one takes in
    is found in the other. Units have to be there. Raises what recording raises where events do not fit their plans."""
    with writing(engine) as session:
        if session.get(DirectiveRow, directive["id"]) is None:
            session.connection().execute(insert(DirectiveRow), [dict(directive)])
        session.connection().execute(insert(CascadeRow), [new_cascade(origin.first_plan) for origin in origins])
    recorder = Recorder(engine, hours)
    for cascade_id, events in in_order({origin.first_plan.cascade_id: origin.events for origin in origins}):
        recorder.record(cascade_id, events)


def in_order(registers: Mapping[str, Sequence[Event]]) -> Iterator[tuple[str, list[Event]]]:
    """Events of several registers in batches that can be recorded one after the other."""
    streams = [_timed(cascade_id, events) for cascade_id, events in registers.items()]
    if len(streams) == 1:
        ((cascade_id, events),) = registers.items()
        yield from ((cascade_id, batch) for batch in _batches(events))
        return
    for cascade_id, found in groupby(merge(*streams, key=lambda item: item[0]), key=lambda item: item[1]):
        yield from ((cascade_id, batch) for batch in _batches([event for _, _, event in found]))


def _timed(cascade_id: str, events: Iterable[Event]) -> Iterator[tuple[tuple[bool, datetime], str, Event]]:
    """Events with what orders them among those of other registers: when they were recorded; what is from before that
    was kept comes before all others, by business time. The order of their own register always stays."""
    last = (False, datetime.min.replace(tzinfo=UTC))
    for event in events:
        last = max(last, (event.recorded_at is not None, event.recorded_at or event.at))
        yield last, cascade_id, event


def _batches(events: Iterable[Event]) -> Iterator[list[Event]]:
    """As many events at once as tell people the same as one after the other: what was recorded together stays together,
    alone where it changes the plan or who answers; and no wave of notices is joined with another of its name."""
    batch: list[Event] = []
    waves: set[_Wave] = set()
    turned = False
    for _, found in groupby(
        events, key=lambda event: (event.recorded_at or event.at, event.recorded_at or event.cause)
    ):
        together = list(found)
        turns = any(isinstance(event.fact, _TURNS) for event in together)
        named = {(event.cause, event.at) for event in together}
        if batch and (turns or turned or named & waves):
            yield batch
            batch, waves = [], set()
        batch += together
        waves |= named
        turned = turns
    if batch:
        yield batch


def _copy_units(source: Engine, target: Engine) -> None:
    """Put the registry of one database into another, so that it is known who answers for units."""
    columns = SQLModel.metadata.tables[str(UnitRow.__tablename__)].columns
    with reading(source) as session:
        rows = [dict(row) for row in session.connection().execute(select(*columns)).mappings()]
    if rows:
        with writing(target) as session:
            session.connection().execute(insert(UnitRow), rows)


def _forget(engine: Engine, cascade_ids: Sequence[str]) -> None:
    """Take registers with all their rows out again."""
    with writing(engine) as session:
        tables: tuple[type[SQLModel], ...] = (*FOLDED, OutboxRow, EventRow)
        for table in (SQLModel.metadata.tables[str(each.__tablename__)] for each in tables):
            session.execute(delete(table).where(table.c.cascade_id.in_(cascade_ids)))
        session.execute(delete(CascadeRow).where(col(CascadeRow.id).in_(cascade_ids)))
