"""A closed register in a database, and an archivist with ports in memory."""

import gzip
import json
from collections.abc import Sequence
from pathlib import Path

from sqlalchemy import Engine

from audit.archive.archive import Archive
from audit.archive.closing import Archivist
from audit.archive.documents import Documents
from audit.archive.keeping import Keeper
from audit.archive.running import Running
from audit.histories.chained import goes_on
from audit.histories.runs import Run
from models.unreachable import Unreachable
from models.upkeep import EndedRun
from store.archiving import ArchivingRecords
from store.files import FileStore
from store.recorder import Recorder
from store.running import RunningRecords
from tests import small
from tests.store.test_recorder import events_of, life

REGISTER = small.cascade(small.TOP)
HISTORIES = Path(__file__).parents[1] / "replay" / "histories"


class FakeServer:
    """A Temporal server in memory: what it has of each register, which still run, whether it is `away` or goes away
    after so many answers; which runs are `gone` though they are listed; `fetched` are those that were asked for one
    by one."""

    def __init__(self) -> None:
        self.known: dict[str, tuple[Run, ...]] = {}
        self.at_work: set[str] = set()
        self.away = False
        self.answers: int | None = None
        self.gone: set[str] = set()
        self.fetched: list[str] = []

    async def runs(self, cascade_id: str) -> tuple[Run, ...]:
        self._answer()
        return self.known.get(cascade_id, ())

    async def running(self, cascade_id: str) -> bool:
        self._answer()
        return cascade_id in self.at_work

    async def ended(self) -> list[EndedRun]:
        self._answer()
        found = [run for runs in self.known.values() for run in runs if goes_on(run)]
        return [EndedRun(cascade_id=run.workflow_id, run_id=run.run_id) for run in found]

    async def run(self, cascade_id: str, run_id: str) -> Run | None:
        self._answer()
        self.fetched.append(run_id)
        runs = {run.run_id: run for run in self.known.get(cascade_id, ())}
        return None if run_id in self.gone else runs.get(run_id)

    def _answer(self) -> None:
        if self.answers is not None:
            self.answers -= 1
        if self.away or (self.answers is not None and self.answers < 0):
            raise Unreachable("Temporal", "127.0.0.1:7233", "no answer")


class Office:
    """An installation: database, file store, reports, archive, and a server."""

    def __init__(self, engine: Engine, home: Path) -> None:
        self.engine = engine
        self.server = FakeServer()
        self.files = FileStore(home / "files")
        self.reports = home / "reports"
        self.archive = Archive(home / "archive")
        self.records = ArchivingRecords(engine)
        self.running = Running(home / "archive")
        self.archivist = self.with_archive(self.archive)

    def with_archive(self, archive: Archive) -> Archivist:
        """An archivist for another archive."""
        documents = Documents(self.files.path, self.reports, self.records.mail_texts)
        keeper = Keeper(RunningRecords(self.engine), archive, self.running, documents)
        return Archivist(self.records, archive, self.server, self.server, documents, keeper)


def beat() -> None:
    """No server waits for a sign of life."""


def close(engine: Engine) -> None:
    """Record the life of the small directive's first register up to its closing."""
    Recorder(engine, small.MAIL_HOURS).record(REGISTER, events_of(life()))


def history(run_id: str, *, first: str = "", before: str = "", ends: str = "COMPLETED") -> Run:
    """The history of a run as far as archiving looks at it: where it stands in its chain, and how it ended."""
    started = {"firstExecutionRunId": first or run_id} | ({"continuedExecutionRunId": before} if before else {})
    events: Sequence[dict[str, object]] = [
        {"eventType": "EVENT_TYPE_WORKFLOW_EXECUTION_STARTED", "workflowExecutionStartedEventAttributes": started},
        {"eventType": f"EVENT_TYPE_WORKFLOW_EXECUTION_{ends}"},
    ]
    return Run(REGISTER, run_id, json.dumps({"events": events}, indent=2).encode())


def real_history(cascade_id: str) -> Run:
    """A real history of a finished demo, under the name of a register."""
    content = gzip.decompress((HISTORIES / "0.1-480-ldtbxh.json.gz").read_bytes())
    started = json.loads(content)["events"][0]["workflowExecutionStartedEventAttributes"]
    return Run(cascade_id, started["firstExecutionRunId"], content)
