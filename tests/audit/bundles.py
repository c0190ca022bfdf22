"""A small finished directive with everything that goes into a bundle, and bundles taken apart and put together."""

import gzip
import io
import json
import zipfile
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import Engine

from audit.archive.anchoring import Anchors, Sheets
from audit.archive.archive import Archive
from audit.archive.objects import name_of
from audit.bundle.export import Places, Taken, export
from audit.bundle.signing import SigningKey
from audit.histories.runs import Run
from models.actor import Actor, ActorKind, Identified
from models.clock import Clock
from models.command import ChildClosed
from models.event import Event
from models.journal import MailSent
from models.plan import PlannedReport
from models.trail_tables import MailTextRow
from reports.as_csv import csv_row
from reports.bundle_index import index_pdf
from rules.chain import GENESIS, canonical, link
from rules.ledger import Change, advance, decide, note_summary, open_register
from store.anchoring import AnchorRecords
from store.engine import writing
from store.files import FileStore
from store.journal import Journal
from store.recorder import Recorder
from tests import small
from tests.audit.archives import FakeServer
from tests.audit.stored import numbered, packed

DIRECTIVE = small.plan().head.directive_id
TOP, BELOW, BESIDE = (small.cascade(unit) for unit in (small.TOP, small.HIGH, small.LOW))
AUDITOR = Actor(kind=ActorKind.READER, unit="", name="thanh-tra", identified=Identified.COMMAND_LINE)
WORDS = "Kính gửi Phòng Thử nghiệm huyện Cao".encode()
PAPER = "Kế hoạch năm".encode()
NAME = "=1+1;Kế hoạch.pdf"
DAY = timedelta(days=1)
MAY = small.STARTS + 74 * DAY
"""When a report is issued while the register runs."""

Contents = dict[str, bytes]


class Office:
    """An installation in which the small directive has ended, with all that is on record of its registers: files, a
    mail, a report, histories, a sheet of anchors."""

    def __init__(self, engine: Engine, home: Path) -> None:
        self.engine = engine
        self.server = FakeServer()
        self.files = FileStore(home / "files")
        self.reports = home / "reports"
        self.archive = Archive(home / "archive")
        self.sheets = Sheets(home / "archive" / "anchors")

    def places(self) -> Places:
        return Places(
            engine=self.engine,
            archive=self.archive,
            sheets=self.sheets,
            stored=self.files.path,
            reports=self.reports,
            server=self._reached,
            csv_row=csv_row,
            index_pdf=index_pdf,
            installation="https://nho.example",
        )

    async def export(self, file: Path, key: SigningKey | None = None, **changed: Any) -> Taken:
        """The bundle; `changed` are places that are others than those here."""
        places = replace(self.places(), **changed)
        return await export(places, DIRECTIVE, file, AUDITOR, key, datetime.now(UTC), lambda _done, _of: None)

    def live(self) -> None:
        """Let the registers live to their end."""
        ended = small.slice_of(small.TOP).closing + DAY
        small.store(self.engine, Clock(origin_real=datetime.now(UTC), origin_business=ended))
        head, count = self._record(BELOW, self._life_below(small.HIGH))
        self._record(BESIDE, self._life_below(small.LOW))
        self._record(TOP, self._life(head, count))
        Recorder(self.engine, small.MAIL_HOURS).close_directive(DIRECTIVE)
        with writing(self.engine) as session:
            session.add(MailTextRow(sha256=name_of(WORDS), content=gzip.compress(WORDS)))
        sent = MailSent(rows=(), to="phong@nho.example", message_id="<1@nho.example>", text=name_of(WORDS))
        Journal(self.engine).note(TOP, Actor(kind=ActorKind.POSTMAN, unit=small.TOP), "1", sent, small.HIGH)
        Anchors(AnchorRecords(self.engine), self.sheets, "Sở").write(datetime.now(UTC))

    def _record(self, cascade_id: str, events: tuple[Event, ...]) -> tuple[str, int]:
        recorded = Recorder(self.engine, small.MAIL_HOURS).record(cascade_id, events)
        self.server.known[cascade_id] = (history(cascade_id, recorded.seq, recorded.chain_head),)
        return recorded.chain_head, recorded.seq

    def _life_below(self, unit: str) -> tuple[Event, ...]:
        book = small.slice_of(unit)
        opened = open_register(book, small.STARTS)
        return (*opened.events, *advance(book, opened.state, book.closing).events)

    def _life(self, head: str, count: int) -> tuple[Event, ...]:
        """An answer with a file that is accepted, one that comes late, a report at the end."""
        book = small.slice_of(small.TOP)
        changes: list[Change] = [open_register(book, small.STARTS)]
        on_time, late = f"plan@{small.HIGH}", f"plan@{small.LOW}"
        paper = self.files.put(PAPER, NAME, "application/pdf")
        for day, key in ((2, on_time), (40, late)):
            command = small.submit(key, small.STARTS + day * DAY, f"s{day}")
            answer = command.answer.model_copy(update={"files": (paper,)})
            changes.append(advance(book, changes[-1].state, small.STARTS + day * DAY))
            changes.append(decide(book, changes[-1].state, command.model_copy(update={"answer": answer})))
            changes.append(decide(book, changes[-1].state, small.review(key, small.TOP, command.at + DAY, f"r{day}")))
        interim = PlannedReport(key="2020-05", title="Sơ kết", closes=MAY, issue_at=MAY)
        changes.append(note_summary(book, changes[-1].state, MAY, self._report(f"{small.TOP}/2020-05"), interim))
        below = Actor(kind=ActorKind.CASCADE, unit=small.HIGH)
        closed = ChildClosed(id="below", at=book.closing, actor=below, chain_head=head, events=count)
        changes.append(decide(book, changes[-1].state, closed))
        changes.append(advance(book, changes[-1].state, book.closing))
        changes.append(note_summary(book, changes[-1].state, book.closing, self._report()))
        return tuple(event for change in changes for event in change.events)

    def _report(self, place: str = "") -> dict[str, str]:
        """A report that lies at a place in the directive's folder; the one at the end in the folder itself."""
        path = self.reports / DIRECTIVE / place / "report.pdf"
        path.parent.mkdir(parents=True, exist_ok=True)
        content = f"report {place}".strip().encode()
        path.write_bytes(content)
        return {str(path.relative_to(self.reports / DIRECTIVE)): name_of(content)}

    async def _reached(self) -> FakeServer:
        return self.server


def history(cascade_id: str, seq: int, head: str) -> Run:
    """A history into which recording returned the head of the chain."""
    answer = json.dumps({"seq": seq, "chain_head": head, "leaves_at": None})
    marker = {"markerName": "core_local_activity", "details": {"result": {"payloads": [packed(answer)]}}}
    events = numbered(
        {"eventType": "EVENT_TYPE_WORKFLOW_EXECUTION_STARTED", "workflowExecutionStartedEventAttributes": {}},
        {"eventType": "EVENT_TYPE_MARKER_RECORDED", "markerRecordedEventAttributes": marker},
        {"eventType": "EVENT_TYPE_WORKFLOW_EXECUTION_COMPLETED"},
    )
    return Run(cascade_id, "run-1", json.dumps({"events": events}).encode())


def opened(bundle: Path) -> Contents:
    """All members of a bundle."""
    with zipfile.ZipFile(bundle) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def closed(contents: Contents) -> bytes:
    """Members as a ZIP file."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name, content in contents.items():
            archive.writestr(name, content)
    return file.getvalue()


def listed(contents: Contents) -> Contents:
    """The same with a manifest that fits: what whoever tampers with a bundle would do too."""
    manifest = json.loads(contents["manifest.json"])
    manifest["members"] = [
        {"name": name, "size": len(content), "sha256": name_of(content)}
        for name, content in contents.items()
        if name not in {"manifest.json", "signature.json"}
    ]
    return {**contents, "manifest.json": json.dumps(manifest).encode()}


def rehashed(contents: Contents, folder: str, seq: int, change: Callable[[dict[str, Any]], None]) -> Contents:
    """An event of a register changed, with the hashes of all from there on, the heads and the manifest made anew."""
    previous, lines = GENESIS, []
    for line in map(json.loads, contents[f"{folder}/events.jsonl"].splitlines()):
        value = json.loads(line["body"])
        if value["seq"] == seq:
            change(value)
        body = canonical(Event.model_validate(value))
        previous = link(previous, body)
        lines.append(json.dumps({"seq": value["seq"], "body": body, "hash": previous}))
    manifest = json.loads(contents["manifest.json"])
    for register in manifest["registers"]:
        if register["folder"] == folder:
            register["events"]["hash"] = previous
    changed = {f"{folder}/events.jsonl": "\n".join(lines).encode(), "manifest.json": json.dumps(manifest).encode()}
    return listed({**contents, **changed})
