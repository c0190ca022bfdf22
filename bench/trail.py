"""A trail of a million events to measure on: a directive to the whole country, whose obligations are answered, returned
and answered again, over and over."""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from itertools import count, islice
from typing import Any

from sqlalchemy import Engine, insert
from sqlmodel import Session

from models.actor import Actor, ActorKind, Identified
from models.answer import Answer
from models.clock import Clock
from models.document import DocumentRef, FileRef
from models.event import Accepted, Event, Fact, Returned, StepFired, Submitted
from models.follow_up import Audience, StepKind, Track
from models.obligation import obligation_key
from models.plan import CascadePlan, Duty, Plan
from models.tables import CascadeRow, EventRow
from models.trail_tables import EventUnitRow
from models.unit import Unit
from rules.chain import GENESIS, canonical, link
from rules.concerned import concerned
from store.directives import add_directive
from store.engine import writing
from store.units import save_units

_CHUNK = 20_000
_BEGINS = datetime(2020, 3, 1, tzinfo=UTC)
_MINUTE = timedelta(minutes=1)
_PAPER = DocumentRef(number="12/KH-UBND", normal="12/KH-UBND", date=_BEGINS.date(), signer="Nguyễn Văn Minh")
_FILE = FileRef(sha256="ab" * 32, name="ke-hoach.pdf", size=17_519, media_type="application/pdf")
_RETURNED = "Đề nghị bổ sung phân công trách nhiệm và thời gian thực hiện từng nội dung."


def fill(engine: Engine, plan: Plan, units: Iterable[Unit], events: int) -> None:
    """Put a directive with so many events into a prepared database, each found under the units it is about."""
    save_units(engine, list(units))
    add_directive(engine, plan, Clock.ordinary(_BEGINS), "", _BEGINS)
    write(engine, plan, events)


def write(engine: Engine, plan: Plan, events: int) -> None:
    """Put so many events into the registers of a directive that is there and has none."""
    duties = sum(len(register.duties) for register in plan.cascades)
    for register in plan.cascades:
        share = round(events * len(register.duties) / duties)
        rows = _rows(register, share)
        while chunk := list(islice(rows, _CHUNK)):
            with writing(engine) as session:
                _insert(session, chunk)


def _insert(session: Session, chunk: Iterable[tuple[dict[str, Any], list[dict[str, Any]]]]) -> None:
    """Events in the order of their chain, and the register's row as the last of them leaves it."""
    rows, about = zip(*chunk, strict=True)
    session.connection().execute(insert(EventRow), rows)
    session.connection().execute(insert(EventUnitRow), [row for found in about for row in found])
    register = session.get_one(CascadeRow, rows[-1]["cascade_id"])
    register.last_seq, register.chain_head = rows[-1]["seq"], rows[-1]["hash"]


def _rows(plan: CascadePlan, share: int) -> Iterator[tuple[dict[str, Any], list[dict[str, Any]]]]:
    """So many events of one register as rows, each with the rows of those it is about."""
    head = GENESIS
    for event in _events(plan, share):
        body = canonical(event)
        head = link(head, body)
        place = {"cascade_id": plan.cascade_id, "seq": event.seq}
        written = {"at": event.at, "kind": event.fact.kind, "unit": event.actor.unit, "body": body, "hash": head}
        yield place | written | {"recorded_at": event.at}, [{"unit": unit} | place for unit in concerned(plan, event)]


def _events(plan: CascadePlan, share: int) -> Iterator[Event]:
    """Round after round: each unit hands in, is returned, hands in again and is accepted; then a wave for all."""
    officer = Actor(kind=ActorKind.OFFICER, unit="", holder="focal", identified=Identified.LINK)
    reviewer = officer.model_copy(update={"kind": ActorKind.REVIEWER, "unit": plan.issuer})
    timer = Actor(kind=ActorKind.TIMER, unit=plan.issuer)
    seq = 0
    for round_ in count():
        for duty in plan.duties:
            acting = officer.model_copy(update={"unit": duty.unit})
            for actor, fact in _answered(duty, round_, acting, reviewer):
                if seq >= share:
                    return
                seq += 1
                at = _BEGINS + seq * _MINUTE
                yield Event(seq=seq, at=at, recorded_at=at, actor=actor, cause=f"{round_}-{seq}-bench", fact=fact)
        seq += 1
        at = _BEGINS + seq * _MINUTE
        yield Event(seq=seq, at=at, recorded_at=at, actor=timer, cause="timer", fact=_wave(plan, at))


def _answered(duty: Duty, round_: int, officer: Actor, reviewer: Actor) -> Iterator[tuple[Actor, Fact]]:
    key = obligation_key(duty.requirement, duty.unit)
    answer, number = Answer(document=_PAPER, files=(_FILE,)), 2 * round_ + 1
    yield officer, Submitted(obligation=key, submission=number, answer=answer)
    yield reviewer, Returned(obligation=key, submission=number, comment=_RETURNED)
    yield officer, Submitted(obligation=key, submission=number + 1, answer=answer)
    yield reviewer, Accepted(obligation=key, submission=number + 1, document=_PAPER)


def _wave(plan: CascadePlan, at: datetime) -> Fact:
    requirement = plan.duties[0].requirement
    return StepFired(
        requirement=requirement,
        step="T+5",
        track=Track.DUE,
        step_kind=StepKind.CHASE,
        to=(Audience.FOCAL, Audience.HEAD),
        scheduled=at,
        obligations=tuple(obligation_key(duty.requirement, duty.unit) for duty in plan.duties),
    )
