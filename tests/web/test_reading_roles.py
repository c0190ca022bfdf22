"""Who sees what: every route of the reading room for every role, on a real database with the small directive."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from html import unescape

import httpx
import pytest
from sqlalchemy import Engine
from sqlmodel import col, select
from starlette.applications import Starlette
from starlette.routing import Route

from models.actor import Actor, ActorKind, Identified
from models.event import Event, ObligationsOpened
from models.journal import AttemptInvalid, Entry, MailRow, MailSent
from models.notice import NoticeKind
from models.reader import Reader, ReaderRole
from models.tables import EventRow
from models.trail_tables import JournalRow
from models.unit import Role
from services.story import Story
from store.engine import reading
from store.files import FileStore
from store.journal import Journal
from store.readers import list_reader
from store.reading_room import ReadingRoom
from store.sign_in import SignIn
from store.sign_in_mail import SignInMails
from tests import small
from tests.commands.ledgers import Ledgers
from tests.web.reading_fakes import COOKIE
from web.app import create_app
from web.ports import Ports
from web.reading.ports import ReadingPorts

ADMIN = Actor(kind=ActorKind.OPERATOR, unit="", identified=Identified.COMMAND_LINE)
ROLES = {
    "auditor": Reader(address="a@nho.example", name="A", role=ReaderRole.AUDITOR),
    "top": Reader(address="t@nho.example", name="T", role=ReaderRole.SUPERVISOR, unit=small.TOP),
    "high": Reader(address="h@nho.example", name="H", role=ReaderRole.SUPERVISOR, unit=small.HIGH),
    "low": Reader(address="l@nho.example", name="L", role=ReaderRole.SUPERVISOR, unit=small.LOW),
    "stranger": Reader(address="s@nho.example", name="S", role=ReaderRole.SUPERVISOR, unit="099-phong"),
    "operator": Reader(address="o@nho.example", name="O", role=ReaderRole.OPERATOR),
}
ALL, HIGH, LOW = {"auditor", "top"}, {"auditor", "top", "high"}, {"auditor", "top", "low"}
ID, REGISTER = small.plan().head.directive_id, small.cascade(small.TOP)
BELOW = small.cascade(small.HIGH)
VIEWS: dict[str, dict[str, set[str]]] = {
    "/tra-cuu/van-ban": {"/tra-cuu/van-ban": ALL | {"high", "low", "stranger"}},
    "/tra-cuu/van-ban/{directive}": {f"/tra-cuu/van-ban/{ID}": ALL | {"high", "low"}},
    "/tra-cuu/van-ban/{directive}/file/{sha256}": {f"/tra-cuu/van-ban/{ID}/file/{'0' * 64}": set()},
    "/tra-cuu/don-vi/{unit}": {
        f"/tra-cuu/don-vi/{small.TOP}": ALL,
        f"/tra-cuu/don-vi/{small.HIGH}": HIGH,
        f"/tra-cuu/don-vi/{small.COMMUNES[0]}": HIGH,
        f"/tra-cuu/don-vi/{small.LOW}": LOW,
    },
    "/tra-cuu/nhiem-vu/{cascade}/{key}": {
        f"/tra-cuu/nhiem-vu/{REGISTER}/plan@{small.HIGH}": HIGH,
        f"/tra-cuu/nhiem-vu/{REGISTER}/plan@{small.LOW}": LOW,
        f"/tra-cuu/nhiem-vu/{BELOW}/commune-plan@{small.COMMUNES[0]}": HIGH,
    },
    "/tra-cuu/nhiem-vu/{cascade}/{key}/file/{sha256}": {
        f"/tra-cuu/nhiem-vu/{REGISTER}/plan@{small.HIGH}/file/PAPER": HIGH,
        f"/tra-cuu/nhiem-vu/{REGISTER}/plan@{small.LOW}/file/PAPER": set(),
        f"/tra-cuu/nhiem-vu/{REGISTER}/training@{small.HIGH}/file/PAPER": set(),
    },
    "/tra-cuu/tim": {"/tra-cuu/tim?text=12/KH": ALL | {"high", "low", "stranger"}},
    "/tra-cuu/ky-thuat": {"/tra-cuu/ky-thuat": {"auditor", "operator"}},
}
"""By route: addresses, each with who sees them. PAPER stands for the file that the unit above handed in."""
ADDRESSES = [(address, seeing) for addresses in VIEWS.values() for address, seeing in addresses.items()]


class Room:
    """An application on a real database, with a reader in it."""

    def __init__(self, engine: Engine, files: FileStore, client: httpx.AsyncClient, paper: str) -> None:
        self.engine = engine
        self.files = files
        self.client = client
        self.paper = paper

    def enter(self, role: str) -> None:
        """Sign in, by a mailed link."""
        reader, now = ROLES[role], datetime.now(UTC)
        list_reader(self.engine, reader, ADMIN, "test")
        people = SignIn(self.engine)
        people.ask(reader.address, now)
        (waiting,) = SignInMails(self.engine).claim(now)
        secret = people.sign_in(waiting.token, now)
        assert secret is not None
        self.client.cookies.set(COOKIE, secret)

    async def get(self, address: str) -> httpx.Response:
        return await self.client.get(address.replace("PAPER", self.paper))


@pytest.fixture
async def room(sqlite: Engine, ports: Ports, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Room]:
    small.store(sqlite)
    files = FileStore(tmp_path_factory.mktemp("files"))
    paper = files.put(b"%PDF-1.7 plan", "kế hoạch.pdf", "application/pdf")
    ledgers = Ledgers(sqlite)
    command = small.submit(f"plan@{small.HIGH}", small.STARTS + timedelta(days=40))
    answer = command.answer.model_copy(update={"files": (paper,)})
    ledgers.do(REGISTER, command.model_copy(update={"answer": answer}))
    own = ReadingPorts(SignIn(sqlite), ReadingRoom(sqlite), Story(sqlite), lambda: None)
    app = create_app(replace(ports, files=files, reading=own), now=lambda: datetime.now(UTC))
    transport = httpx.ASGITransport(app, raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url="http://dondoc.test") as client:
        yield Room(sqlite, files, client, paper.sha256)


def test_every_route_that_shows_something_is_in_the_table(app: Starlette) -> None:
    door = {"/tra-cuu", "/tra-cuu/dang-nhap", "/tra-cuu/vao/{token}", "/tra-cuu/dang-xuat"}
    routes = {route.path for route in app.routes if isinstance(route, Route)}
    assert {path for path in routes if path.startswith("/tra-cuu")} == door | VIEWS.keys()


@pytest.mark.parametrize("role", ROLES)
async def test_a_role_sees_its_own_and_nothing_else(room: Room, role: str) -> None:
    room.enter(role)
    answers = {address: (await room.get(address)).status_code for address, _ in ADDRESSES}
    if role == "operator":
        assert answers.pop("/tra-cuu/van-ban") == 303
    wanted = {address: 200 if role in seeing else 404 for address, seeing in ADDRESSES if address in answers}
    assert answers == wanted


async def test_whoever_is_nobody_sees_nothing(room: Room) -> None:
    for address, _ in ADDRESSES:
        answer = await room.get(address)
        assert (answer.status_code, answer.content) == (303, b"")


@pytest.mark.parametrize(("role", "own", "other"), [("high", "Cao", "Thấp"), ("low", "Thấp", "Cao")])
async def test_pages_that_both_see_name_the_own_branch_alone(room: Room, role: str, own: str, other: str) -> None:
    room.enter(role)
    sheet = unescape((await room.get(f"/tra-cuu/van-ban/{ID}")).text)
    assert own in sheet
    assert other not in sheet
    assert "UBND xã 0111" in sheet if role == "high" else "UBND xã 0111" not in sheet
    found = unescape((await room.get("/tra-cuu/tim?requirement=kế hoạch năm")).text)
    assert f"plan@{small.HIGH if role == 'high' else small.LOW}" in found
    assert f"plan@{small.LOW if role == 'high' else small.HIGH}" not in found
    answers = unescape((await room.get("/tra-cuu/tim?text=12/kh-ubnd")).text)
    assert (f"plan@{small.HIGH}" in answers) == (role == "high")


async def test_for_whom_a_unit_is_not_there_its_name_finds_nothing(room: Room) -> None:
    room.enter("low")
    text = unescape((await room.get(f"/tra-cuu/tim?unit={small.HIGH}")).text)
    assert "Không có gì phù hợp với điều kiện này." in text


async def test_the_tree_counts_what_is_below_at_each_unit(room: Room) -> None:
    room.enter("auditor")
    text = unescape((await room.get(f"/tra-cuu/van-ban/{ID}")).text)
    assert text.index("Sở Thử nghiệm") < text.index("Phòng huyện Cao") < text.index("UBND xã 0111")
    assert text.index("UBND xã 0112") < text.index("Phòng huyện Thấp") < text.index("UBND xã 0121")


async def test_a_life_tells_what_was_handed_in_and_how_late(room: Room) -> None:
    room.enter("high")
    text = unescape((await room.get(f"/tra-cuu/nhiem-vu/{REGISTER}/plan@{small.HIGH}")).text)
    assert "12/KH-UBND" in text.partition("Diễn biến")[2]
    assert room.paper in text
    room.client.cookies.set("language", "en")
    english = unescape((await room.get(f"/tra-cuu/nhiem-vu/{REGISTER}/plan@{small.HIGH}")).text)
    assert "What happened" in english
    assert "handed in" in english


async def test_a_life_names_mails_to_the_unit_and_none_of_the_same_wave_to_others(room: Room) -> None:
    key = f"plan@{small.HIGH}"
    with reading(room.engine) as session:
        events = [Event.model_validate_json(body) for body in session.exec(select(EventRow.body))]
    wave = next(
        event.seq for event in events if isinstance(event.fact, ObligationsOpened) and key in event.fact.obligations
    )
    for unit in (small.HIGH, small.LOW):
        row = MailRow(unit=unit, role=Role.FOCAL, kind=NoticeKind.ASSIGNMENT, step=str(wave))
        sent = MailSent(rows=(row,), to=f"{unit}@nho.example", message_id="<1@nho>", text="0" * 64)
        Journal(room.engine).note(REGISTER, ADMIN, str(wave), sent, unit)
    room.enter("high")
    text = unescape((await room.get(f"/tra-cuu/nhiem-vu/{REGISTER}/{key}")).text)
    assert f"{small.HIGH}@nho.example" in text
    assert small.LOW not in text
    assert "Thấp" not in text


async def test_whoever_asks_for_others_is_noted(room: Room) -> None:
    room.enter("low")
    address = f"/tra-cuu/don-vi/{small.HIGH}"
    await room.get(address)
    with reading(room.engine) as session:
        bodies = session.exec(select(JournalRow.body).order_by(col(JournalRow.seq).desc())).all()
    last = Entry.model_validate_json(bodies[0])
    assert isinstance(last.note, AttemptInvalid)
    assert last.note.where == address
    assert (last.actor.name, last.actor.identified) == ("l@nho.example", Identified.SIGN_IN)
