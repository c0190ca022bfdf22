"""A directive of the ministry to the whole country, on the servers of an installation of its own."""

import asyncio
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from time import perf_counter
from typing import Any

from sqlalchemy import Engine
from sqlmodel import col, func, select

from changing.sending import Order, send_all
from commands.start import start
from models.actor import Actor, ActorKind
from models.answer import Answer
from models.clock import Clock
from models.command import Command, Decision, Review, Submit
from models.document import DocumentRef, FileRef
from models.obligation import unit_of
from models.plan import DirectiveHead
from models.tables import CascadeRow, ObligationRow
from services.temporal import connect
from settings import Settings
from store.engine import reading
from store.files import FileStore
from web.cascades import TemporalCascades

LOOK_SECONDS = 0.2
_PATIENCE_SECONDS = 600.0


async def seconds(work: Any) -> float:
    """How long something takes."""
    began = perf_counter()
    await work
    return perf_counter() - began


async def until(true: Callable[[], bool], patience: float = _PATIENCE_SECONDS) -> None:
    """Wait for other processes. Raises `TimeoutError` after so many seconds."""
    async with asyncio.timeout(patience):
        while not await asyncio.to_thread(true):  # noqa: ASYNC110 - another process works
            await asyncio.sleep(LOOK_SECONDS)


async def begin(engine: Engine, settings: Settings, directive: str, now: datetime) -> DirectiveHead:
    """Start a directive (its file's text) on a practice clock that runs as real time from `now`, until every register
    is open."""
    file = settings.home / "directive.yaml"
    file.write_text(directive, "utf-8")
    clock = Clock(origin_real=datetime.now(UTC), origin_business=now)
    head = await start(engine, FileStore(settings.files), lambda: connect(settings), file, clock)
    await until(lambda: count(engine, CascadeRow, CascadeRow.last_seq == 0) == 0)
    return head


def count(engine: Engine, table: Any, which: Any) -> int:
    """How many rows of a table there are of which something is true."""
    with reading(engine) as session:
        return session.exec(select(func.count()).select_from(table).where(which)).one()


def owed(engine: Engine, requirement: str) -> list[tuple[str, str, str]]:
    """Everybody's obligation of one requirement: its register, its key, and who keeps the register."""
    query = select(ObligationRow.cascade_id, ObligationRow.key, CascadeRow.issuer).join(CascadeRow)
    with reading(engine) as session:
        return list(
            session.exec(query.where(ObligationRow.requirement == requirement).order_by(col(ObligationRow.key)))
        )


def submit(key: str, at: datetime, paper: FileRef) -> Submit:
    """What an officer hands in: a document of the day, and its file."""
    officer = Actor(kind=ActorKind.OFFICER, unit=unit_of(key))
    document = DocumentRef(number="12/BC-UBND", normal="12/BC-UBND", date=at.date(), signer="Lê Thị Lan")
    answer = Answer(document=document, files=(paper,))
    return Submit(id=f"submit {key}", at=at, actor=officer, obligation=key, answer=answer)


def review(key: str, issuer: str, at: datetime, decision: Decision = Decision.ACCEPT) -> Review:
    """What is decided on the first answer to an obligation; who returns it says why."""
    comment = "Đề nghị bổ sung số liệu." if decision is Decision.RETURN else ""
    reviewer = Actor(kind=ActorKind.REVIEWER, unit=issuer)
    said = {"obligation": key, "submission": 1, "decision": decision, "comment": comment}
    return Review.model_validate({"id": f"review {key}", "at": at, "actor": reviewer} | said)


async def send(cascades: TemporalCascades, commands: Sequence[tuple[str, Command]]) -> None:
    """Send commands to registers, a few at a time. Raises `RuntimeError` where one is not taken."""
    answers = await send_all(cascades, [Order(cascade_id, command) for cascade_id, command in commands])
    if refused := [answer for answer in answers if not answer.taken]:
        raise RuntimeError(f"{len(refused)} of {len(answers)} commands were not taken: {refused[0]}")
