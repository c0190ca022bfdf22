"""The ports of the reading room in memory: one reader who is signed in, and dispatch 908 to look at."""

from datetime import datetime

from models.answer import Answer
from models.document import FileRef
from models.obligation import Hands
from models.reader import Reader, ReaderRole
from models.reading import (
    Counts,
    DirectiveEntry,
    DirectiveSheet,
    Findings,
    Found,
    HandedIn,
    Moment,
    ObligationSheet,
    Search,
    TechnicalEntry,
    UnitNode,
    UnitPart,
    UnitSheet,
)
from models.register import ObligationLine
from rules.delay import explained
from rules.holding import MICROSECOND
from rules.reading import counted, glance
from rules.register_tree import shortened
from rules.rollup_tally import tally
from tests.web import samples
from web.ports import Unreachable
from web.reading.ports import ReadingPorts

AUDITOR = Reader(address="thanh.tra@hue.example", name="Trần Thị Bình", role=ReaderRole.AUDITOR)
OPERATOR = Reader(address="van.hanh@hue.example", name="Lê Văn Hành", role=ReaderRole.OPERATOR)
SESSION, SIGN_IN = "session-0123456789", "sign-in-0123456789"
COOKIE = "dondoc-reading"


class FakePeople:
    """Signs in whoever has `SIGN_IN` once; notes in `noted` what is done."""

    def __init__(self) -> None:
        self.known: Reader | None = AUDITOR
        self.asked: list[str] = []
        self.noted: list[tuple[str, str]] = []
        self.links = {SIGN_IN}
        self.sessions = {SESSION}
        self.down = False

    def ask(self, address: str, at: datetime) -> None:  # noqa: ARG002 - the port's
        self.asked.append(address)

    def sign_in(self, token: str, at: datetime) -> str | None:  # noqa: ARG002 - the port's
        if token not in self.links:
            return None
        self.links.remove(token)
        self.sessions.add(SESSION)
        return SESSION

    def reader(self, secret: str, at: datetime) -> Reader | None:  # noqa: ARG002 - the port's
        return self.known if secret in self.sessions else None

    def sign_out(self, secret: str) -> None:
        self.sessions.discard(secret)

    def viewed(self, reader: Reader, page: str) -> None:
        if self.down:
            raise Unreachable("the database", "sqlite", "locked")
        self.noted.append((reader.address, page))

    def astray(self, reader: Reader, page: str) -> None:
        self.noted.append((reader.address, f"astray {page}"))


class FakeRoom:
    """Shows dispatch 908 in nine districts; where it is `large`, they have so many communes that no page shows all."""

    def __init__(self) -> None:
        self.lines = samples.register_lines()
        self.searches: list[Search] = []
        self.unknown: tuple[str, ...] = ()
        self.large = False

    def directives(self, reader: Reader) -> tuple[DirectiveEntry, ...]:  # noqa: ARG002 - the port's
        return (
            DirectiveEntry(
                head=samples.HEAD, issuer_name=samples.ISSUER.short_name, closed=False, counts=self._root().whole
            ),
        )

    def directive(self, reader: Reader, directive_id: str, chosen: str = "") -> DirectiveSheet | None:  # noqa: ARG002
        if directive_id != samples.HEAD.directive_id:
            return None
        head = samples.HEAD.model_copy(update={"files": (samples.PLAN_FILE,)})
        return DirectiveSheet(
            head=head,
            issuer_name=samples.ISSUER.short_name,
            closed=False,
            counts=self._root().whole,
            tree=shortened((self._root(),), chosen),
            reports=(samples.INTERIM,),
            at=samples.AT,
        )

    def unit(self, reader: Reader, code: str) -> UnitSheet | None:  # noqa: ARG002 - the port's
        if code != samples.A_LUOI.code:
            return None
        lines = samples.a_luoi_lines()
        part = UnitPart(head=samples.HEAD, lines=lines, tally=tally(lines, samples.AT), at=samples.AT)
        return UnitSheet(unit=samples.A_LUOI, superior_name=samples.ISSUER.short_name, parts=(part,), tally=part.tally)

    def obligation(self, reader: Reader, cascade_id: str, key: str) -> ObligationSheet | None:  # noqa: ARG002
        line = next((line for line in samples.a_luoi_lines() if line.key == key), None)
        if line is None or cascade_id != samples.CASCADE:
            return None
        day = 86_400_000_000
        held = Hands(above=3 * day, unit=70 * day, reviewer=12 * day, until=samples.AT)
        begun = samples.AT - held.whole * MICROSECOND
        told = line.model_copy(update={"hands": held, "opened_at": begun})
        answer = Answer(document=line.document, files=line.files, note=line.note)
        answers = [HandedIn(number=1, at=line.submitted_at, answer=answer)] if line.submitted_at else []
        return ObligationSheet(
            head=samples.HEAD,
            line=told,
            delay=explained(told, samples.AT),
            answers=tuple(answers),
            names={},
            at=samples.AT,
        )

    def file(self, reader: Reader, cascade_id: str, key: str, sha256: str) -> FileRef | None:
        sheet = self.obligation(reader, cascade_id, key)
        return next((file for file in sheet.line.files if file.sha256 == sha256), None) if sheet else None

    def directive_file(self, reader: Reader, directive_id: str, sha256: str) -> FileRef | None:
        sheet = self.directive(reader, directive_id)
        return next((file for file in sheet.head.files if file.sha256 == sha256), None) if sheet else None

    def find(self, reader: Reader, search: Search) -> Findings:  # noqa: ARG002 - the port's
        self.searches.append(search)
        if self.unknown:
            return Findings(unknown=self.unknown)
        found = Found(head=samples.HEAD, lines=samples.a_luoi_lines(), at=samples.AT)
        return Findings(found=(found,), units={samples.A_LUOI.code: samples.A_LUOI.short_name}, more=True)

    def technical(self, reader: Reader) -> tuple[TechnicalEntry, ...] | None:
        if reader.role is ReaderRole.SUPERVISOR:
            return None
        entry = TechnicalEntry(
            label=samples.HEAD.label,
            directive_id=samples.HEAD.directive_id,
            closed=False,
            registers=10,
            closed_registers=1,
            archived=1,
            events=12_345,
            recorded_at=samples.AT,
            mails={"sent": 431, "failed": 2, "queued": 7},
        )
        return (entry,)

    def _root(self) -> UnitNode:
        offices = [samples.unit(district) for district in samples.DISTRICTS]
        below = tuple(self._office(office.code, office.short_name) for office in offices)
        whole = Counts.added(node.whole for node in below)
        return UnitNode(
            unit=samples.ISSUER.code,
            name=samples.ISSUER.short_name,
            register_id=samples.CASCADE,
            whole=whole,
            below=below,
        )

    def _office(self, code: str, name: str) -> UnitNode:
        own = counts_of([line for line in self.lines if line.unit == code])
        communes = 80 if self.large else 3
        below = tuple(
            UnitNode(unit=f"{code}-{n}", name=f"UBND xã {n}", own=Counts(green=n), whole=Counts(green=n, done=n))
            for n in range(1, communes + 1)
        )
        whole = Counts.added([own, *(node.whole for node in below)])
        return UnitNode(unit=code, name=name, register_id=f"908-{code}", own=own, whole=whole, below=below)


class FakeStory:
    def life(self, cascade_id: str, obligation: str) -> tuple[Moment, ...]:  # noqa: ARG002 - the port's
        said = (
            ("Yêu cầu «Kế hoạch năm» bắt đầu, hạn 31/07/2020.", False),
            ("Hệ thống gửi thư «nhắc việc» đến cán bộ đầu mối của Phòng LĐTBXH huyện A Lưới.", False),
            (
                "Phòng LĐTBXH huyện A Lưới nộp kết quả cho yêu cầu «Kế hoạch năm» (lần 1), quá hạn 2 ngày làm việc.",
                True,
            ),
        )
        return tuple(Moment(at=samples.AT, words=words, late=late, hash="ab" * 32) for words, late in said)


class FakeReading:
    """All of them, and how often the postman was told to hurry."""

    def __init__(self) -> None:
        self.people = FakePeople()
        self.room = FakeRoom()
        self.story = FakeStory()
        self.hurried = 0

    def hurry(self) -> None:
        self.hurried += 1

    def ports(self) -> ReadingPorts:
        return ReadingPorts(self.people, self.room, self.story, self.hurry)


def counts_of(lines: list[ObligationLine] | tuple[ObligationLine, ...]) -> Counts:
    return counted((*glance(line, line.timeliness), 1) for line in lines)
