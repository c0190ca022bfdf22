"""Registers, obligations and the directive itself, as they are put into a bundle."""

import json
from codecs import BOM_UTF8
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from tempfile import TemporaryFile
from typing import IO, Any

from audit.archive.manifest import canonical, canonical_lines
from audit.bundle.members import Members
from audit.bundle.obligations import HEAD, Cell, cells, described, index_line, judged
from audit.bundle.papers import Named
from models.bundle import IndexLine
from models.register import ObligationLine
from store.taking_away import DirectiveRecords, RegisterNow

_BLOCK = 1 << 20


@dataclass
class Parts:
    """Puts what the database has of one directive into a bundle, and takes down on the way what it names: `named`
    papers, the `lines` of the index, how many `events`. `csv_row` makes the bytes of a table's row."""

    records: DirectiveRecords
    members: Members
    csv_row: Callable[[Iterable[Cell]], bytes]
    named: Named = field(default_factory=Named)
    lines: list[IndexLine] = field(default_factory=list)
    unit_names: dict[str, str] = field(default_factory=dict)
    events: int = 0

    def directive(self) -> None:
        """The directive's row, all versions of its file, and the registry's rows of its units."""
        row, versions = self.records.directive(), self.records.versions()
        registry = self.records.registry()
        self.unit_names = {unit["code"]: unit["name"] for unit in registry["units"]}
        self.named.read_values([row["head"]], self.owner(row["issuer"]))
        self.members.add("units.json", canonical(registry))
        for version in (*versions, row):
            self.members.add(f"directive/version-{version['version']}.yaml", version["source"].encode())
        kept = {name: value for name, value in row.items() if name != "source"}
        said = [{name: value for name, value in version.items() if name != "source"} for version in versions]
        self.members.add("directive/directive.json", canonical(kept | {"versions": said}))

    def register(self, register: RegisterNow, folder: str) -> None:
        """The chains of a register, its plans and its outbox."""
        self.members.stream(f"{folder}/events.jsonl", self._events(register.cascade_id))
        self.members.stream(f"{folder}/journal.jsonl", self._journal(register.cascade_id))
        self.members.add(f"{folder}/plan-first.json", canonical(register.first_plan))
        self.members.add(f"{folder}/plan.json", canonical(register.plan))
        self.named.read_values([register.first_plan], register.unit_name)
        rows = self.records.outbox(register.cascade_id)
        self.members.stream(f"{folder}/outbox.jsonl", (canonical_lines((row,)) for row in rows))

    def obligations(self, cascade_ids: Sequence[str], as_of: datetime) -> None:
        """All obligations as they stand at a business instant: for programs (JSON), and as a table (CSV)."""
        with TemporaryFile() as table:
            self.members.stream("obligations.json", self._obligations(cascade_ids, as_of, table))
            table.seek(0)
            self.members.stream("obligations.csv", iter(lambda: table.read(_BLOCK), b""))

    def owner(self, unit: str) -> str:
        """The name of a unit; its code where the registry does not know it."""
        return self.unit_names.get(unit, unit)

    def _events(self, cascade_id: str) -> Iterator[bytes]:
        for seq, body, hash_, _ in self.records.events(cascade_id):
            self.named.read_event(body, self.owner)
            self.events += 1
            yield canonical({"seq": seq, "body": body, "hash": hash_}) + b"\n"

    def _journal(self, cascade_id: str) -> Iterator[bytes]:
        for seq, body, hash_, unit in self.records.journal(cascade_id):
            self.named.read_entry(body)
            yield canonical({"seq": seq, "body": body, "hash": hash_, "unit": unit}) + b"\n"

    def _obligations(self, cascade_ids: Sequence[str], as_of: datetime, table: IO[bytes]) -> Iterator[bytes]:
        table.write(BOM_UTF8 + self.csv_row(HEAD))
        before = "[\n"
        for line in self._lines(cascade_ids, as_of):
            found = judged(line, as_of)
            table.write(self.csv_row(cells(found)))
            self.lines.append(index_line(found))
            yield f"{before}{_compact(described(found))}".encode()
            before = ",\n"
        yield b"[]\n" if before == "[\n" else b"\n]\n"

    def _lines(self, cascade_ids: Sequence[str], as_of: datetime) -> Iterator[ObligationLine]:
        for cascade_id in cascade_ids:
            yield from self.records.lines(cascade_id, as_of)


def _compact(value: dict[str, Any]) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
