"""How long it takes to verify a chain, beside bare canonical JSON and SHA-256 over the same events."""

import gc
from datetime import date, timedelta
from statistics import median
from time import process_time

from audit.verify.chains import check_events, read
from audit.verify.proof import Proof
from bench.result import Result
from models.actor import Actor, ActorKind
from models.answer import Answer
from models.document import DocumentRef, FileRef
from models.event import Event, Submitted
from rules.calendar import day_start
from rules.chain import GENESIS, canonical, link

_EVENTS = 5_000
_STARTS = day_start(date(2020, 3, 2))
_ROUNDS = 5


def measure_verifying() -> list[Result]:
    """Median processor time of both, in turn; the rows are as the database gives them."""
    events = [_event(seq) for seq in range(1, _EVENTS + 1)]
    head, rows = GENESIS, []
    for event in events:
        body = canonical(event)
        head = link(head, body)
        values = {"at": event.at, "recorded_at": event.recorded_at, "kind": event.fact.kind, "unit": event.actor.unit}
        rows.append({"seq": event.seq, "body": body, "hash": head, **values})
    cascade = {"id": "cascade:x:so", "last_seq": _EVENTS, "chain_head": head}
    ours, floors = [], []
    for _ in range(_ROUNDS + 1):
        gc.collect()
        began = process_time()
        if check_events(cascade, rows, read(rows), Proof()):
            raise ValueError("an untouched chain was found changed")
        ours.append(process_time() - began)
        gc.collect()
        began = process_time()
        previous = GENESIS
        for event in events:
            previous = link(previous, canonical(event))
        floors.append(process_time() - began)
    what, beside = f"verify a chain of {_EVENTS:,} events", "canonical JSON and SHA-256 over them"
    return [Result(what, beside, median(ours[1:]), median(floors[1:]), "<= 3")]


def _event(seq: int) -> Event:
    at = _STARTS + timedelta(minutes=seq)
    document = DocumentRef(number=f"{seq}/KH-UBND", normal=f"{seq}/KH-UBND", date=at.date(), signer="Lê Thị Lan")
    file = FileRef(sha256=f"{seq:064x}", name="ke-hoach.pdf", size=seq, media_type="application/pdf")
    answer = Answer(document=document, files=(file,), note="đã làm", men=10, women=20, total=30)
    return Event(
        seq=seq,
        at=at,
        recorded_at=at,
        actor=Actor(kind=ActorKind.OFFICER, unit="46-ldtbxh"),
        cause=f"{seq:032x}",
        fact=Submitted(obligation="plan@46-ldtbxh", submission=1, answer=answer),
    )
