"""A finished small record: registers, journal, mails, files, archive, sheets and histories, as in an office."""

import json
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlalchemy import Engine
from sqlmodel import col, select

from audit.archive.anchoring import Anchors, Sheets
from audit.archive.archive import Archive
from audit.archive.closing import Archivist
from audit.archive.documents import Documents
from audit.archive.keeping import Keeper
from audit.archive.running import Running
from audit.histories.broken import HistoryBroken
from audit.histories.replayed import Replayed
from audit.histories.runs import Run
from audit.verify.finding import Report
from audit.verify.sources import Sources
from audit.verify.verify import verify
from models.actor import Actor, ActorKind
from models.clock import Clock
from models.command import Submit
from models.event import Event
from models.journal import MailRow, MailSent
from models.ledger import LedgerState
from models.plan import CascadePlan
from models.tables import OutboxRow
from rules.ledger import Change, advance, decide, note_summary, open_register
from store.anchoring import AnchorRecords
from store.archiving import ArchivingRecords
from store.engine import writing
from store.files import FileStore
from store.journal import append
from store.rebuild import Folding
from store.recorder import Recorder
from store.running import RunningRecords
from store.snapshot import Snapshots
from tests import small
from tests.audit.archives import FakeServer, beat

REGISTER = small.cascade(small.TOP)
KEY = f"plan@{small.HIGH}"
DAY = timedelta(days=1)


class Office:
    """An installation in which the small directive's first register has run and closed. `asked`: whether the server is
    asked for histories, which it keeps in `server`."""

    def __init__(self, engine: Engine, home: Path) -> None:
        self.engine = engine
        self.home = home
        self.server = FakeServer()
        self.asked = True
        self.files = FileStore(home / "files")
        self.reports = home / "reports"
        self.archive = Archive(home / "archive")
        self.running = Running(home / "archive")
        self.sheets = Sheets(home / "anchors")
        self.records = ArchivingRecords(engine)

    def sources(self) -> Sources:
        return Sources(
            snapshots=Snapshots(self.engine),
            folding=lambda: Folding(self.engine),
            stored=self.files.path,
            reports=self.reports,
            archive=self.archive,
            sheets=self.sheets,
            live=self.server if self.asked else None,
            replay=replay,
        )

    async def verify(self) -> Report:
        return await verify(self.sources(), lambda _done, _of: None)

    def live(self, *, close: bool = True) -> None:
        """Store the small directive and let its first register live."""
        small.store(self.engine, Clock(origin_real=datetime.now(UTC), origin_business=small.STARTS))
        recorder = Recorder(self.engine, small.MAIL_HOURS)
        events = self.life(close=close)
        heads = {}
        for batch in events:
            recorded = recorder.record(REGISTER, batch)
            heads[recorded.seq] = recorded.chain_head
        if close:
            recorder.close_directive(small.plan().head.directive_id)
        known = [event for batch in events for event in batch]
        self.server.known[REGISTER] = (history(small.slice_of(small.TOP), known, heads, closed=close),)
        self.send_mail()

    def archivist(self) -> Archivist:
        documents = Documents(self.files.path, self.reports, self.records.mail_texts)
        keeper = Keeper(RunningRecords(self.engine), self.archive, self.running, documents)
        return Archivist(self.records, self.archive, self.server, self.server, documents, keeper)

    async def keep(self) -> None:
        """Archive what is closed and write the sheet of the day."""
        swept = await self.archivist().sweep(beat)
        assert not swept.failed, swept.failed
        Anchors(AnchorRecords(self.engine), self.sheets, "Sở").write(datetime.now(UTC))

    def life(self, *, close: bool) -> list[tuple[Event, ...]]:
        """Batches of events: an answer returned and handed in again, another that is late."""
        book = small.slice_of(small.TOP)
        changes = [open_register(book, small.STARTS)]

        def then(change: Change) -> None:
            changes.append(change)

        def state() -> LedgerState:
            return changes[-1].state

        then(decide(book, state(), small.acknowledge(small.HIGH, small.STARTS + DAY)))
        then(decide(book, state(), self.answer(KEY, 2, "s1")))
        then(decide(book, state(), small.review(KEY, small.TOP, small.STARTS + 3 * DAY, "r1", returns=True)))
        then(decide(book, state(), self.answer(KEY, 4, "s2")))
        then(decide(book, state(), small.review(KEY, small.TOP, small.STARTS + 5 * DAY, "r2", submission=2)))
        then(advance(book, state(), small.STARTS + 40 * DAY))
        then(decide(book, state(), self.answer(f"plan@{small.LOW}", 41, "s3")))
        if close:
            then(advance(book, state(), book.closing))
            then(note_summary(book, state(), book.closing, self.report()))
        began = datetime(2026, 1, 5, tzinfo=UTC)
        return [
            tuple(
                event.model_copy(update={"recorded_at": began + timedelta(minutes=minute)}) for event in change.events
            )
            for minute, change in enumerate(changes)
            if change.events
        ]

    def opened(self, plan: CascadePlan) -> list[tuple[Event, ...]]:
        """The first events of another register."""
        return [open_register(plan, small.STARTS).events]

    def answer(self, key: str, day: int, id_: str) -> Submit:
        command = small.submit(key, small.STARTS + day * DAY, id_)
        paper = self.files.put(f"Kế hoạch {id_}".encode(), f"ke-hoach-{id_}.pdf", "application/pdf")
        return command.model_copy(update={"answer": command.answer.model_copy(update={"files": (paper,)})})

    def report(self) -> dict[str, str]:
        """The summary report, issued."""
        folder = self.reports / small.plan().head.directive_id
        folder.mkdir(parents=True)
        (folder / "report.pdf").write_bytes(b"report")
        return {"report.pdf": self.files.put(b"report", "report.pdf", "").sha256}

    def send_mail(self) -> None:
        """The first mails have left; the others wait."""
        actor = Actor(kind=ActorKind.POSTMAN, unit=small.TOP)
        with writing(self.engine) as session:
            rows = session.exec(select(OutboxRow).order_by(col(OutboxRow.id)).limit(4)).all()
            for row in rows:
                row.status, row.recipient = "sent", f"{row.unit}@nho.example"
                row.message_id, row.finished_at = f"<{row.id}@nho.example>", datetime.now(UTC)
                names = {name: getattr(row, name) for name in MailRow.model_fields}
                sent = MailSent(rows=(MailRow(**names),), to=row.recipient, message_id=row.message_id, text="")
                append(session, REGISTER, actor, row.step, [(row.unit, sent)])


def history(
    plan: CascadePlan,
    events: Sequence[Event],
    heads: dict[int, str],
    *,
    closed: bool,
    run_id: str = "run",
    before: str = "",
    goes_on: bool = False,
) -> Run:
    """What stands for a Temporal history: the same facts, in a form that `replay` reads. `before` is the run that it
    continues, `goes_on` whether another one follows."""
    ends = "CONTINUED_AS_NEW" if goes_on else "COMPLETED" if closed else "TASK_COMPLETED"
    started = {"firstExecutionRunId": "run"} | ({"continuedExecutionRunId": before} if before else {})
    kept = {
        "events": [
            {
                "eventType": "EVENT_TYPE_WORKFLOW_EXECUTION_STARTED",
                "workflowExecutionStartedEventAttributes": started,
            },
            {"eventType": f"EVENT_TYPE_WORKFLOW_EXECUTION_{ends}"},
        ],
        "plan": plan.model_dump(mode="json"),
        "recorded": [event.model_dump(mode="json") for event in events],
        "heads": heads,
        "closed": closed,
    }
    return Run(plan.cascade_id, run_id, json.dumps(kept).encode())


def in_two_runs(run: Run, seq: int) -> tuple[Run, Run]:
    """The same life as that of one run, continued as new after an event."""
    kept = json.loads(run.history)
    plan, heads = CascadePlan.model_validate(kept["plan"]), {int(each): head for each, head in kept["heads"].items()}
    events = [Event.model_validate(event) for event in kept["recorded"]]
    parts = [event for event in events if event.seq <= seq], [event for event in events if event.seq > seq]
    until, since = ({each: heads[each] for each in heads if (each <= seq) is early} for early in (True, False))
    first = history(plan, parts[0], until, closed=False, goes_on=True)
    return first, history(plan, parts[1], since, closed=kept["closed"], run_id="later", before="run")


async def replay(runs: Sequence[Run]) -> Replayed:
    """Reads what `history` wrote, in the place of the real replay."""
    kept = []
    for run in runs:
        try:
            kept.append(json.loads(run.history))
        except ValueError as error:
            raise HistoryBroken(run.run_id, str(error)) from error
    events = [Event.model_validate(event) for part in kept for event in part["recorded"]]
    return Replayed(
        first_plan=CascadePlan.model_validate(kept[0]["plan"]),
        events=tuple(events),
        heads={int(seq): hash_ for part in kept for seq, hash_ in part["heads"].items()},
        closed=kept[-1]["closed"],
        after=events[0].seq - 1 if events else 0,
    )
