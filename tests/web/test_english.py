"""English pages are English all through: what is left in Vietnamese is what people wrote and what things are called."""

import re
from collections.abc import Iterator
from datetime import date
from html.parser import HTMLParser
from typing import Any

import httpx
import pytest

from models.document import DocumentRef
from models.holder import Arrangement, Holder
from models.obligation import Inherited, State
from models.pages import Escalated
from models.recommendation import RecommendationStatus
from models.register import ObligationLine
from models.request import Request, RequestKind, RequestStatus, request_id
from rules.refusals import Reason, Refused
from rules.ways import Way, ways
from tests.texts.test_catalogue import VIETNAMESE
from tests.web import kinds, samples, stepping
from tests.web.fakes import OFFICER_TOKEN, REGISTER_TOKEN, FakeCascades, FakePages
from tests.web.posting import COMMAND
from web.heat import Heat

OFFICER, REGISTER = f"/v/{OFFICER_TOKEN}", f"/s/{REGISTER_TOKEN}"
UNIT = samples.A_LUOI.code
OWED = samples.line("training")
REQUESTS = tuple(
    Request(
        id=request_id(OWED.key, seq), obligation=OWED.key, unit=UNIT, kind=kind, reason="Chưa bố trí được kinh phí",
        until=date(2020, 11, 30) if kind is RequestKind.MORE_TIME else None, asked_at=samples.AT, status=status,
        answered_at=None if status is RequestStatus.ASKED else samples.AT,
        words="Đồng ý" if status is RequestStatus.GRANTED else "Chưa đủ lý do",
    )
    for seq, (kind, status) in enumerate(((kind, status) for kind in RequestKind for status in RequestStatus), start=50)
)  # fmt: skip
HOLDERS = (
    Holder(id="focal", unit=UNIT, email="cu@hue.example", refused_at=samples.AT, refused="550 không có"),
    *(
        Holder(
            id=f"h{seq}", unit=UNIT, name="Lê Thị Thu", email="thu@hue.example", arrangement=arrangement, by="focal",
            by_email="cu@hue.example", first=date(2020, 10, 1), last=date(2020, 12, 1), left_at=left_at,
        )
        for seq, (arrangement, left_at) in enumerate(
            ((arrangement, left_at) for arrangement in Arrangement for left_at in (None, samples.AT)), start=70
        )
    ),
)  # fmt: skip
RAISED = (
    *(kinds.recommendation(n, status) for n, status in enumerate(RecommendationStatus) if status != "referred"),
    kinds.referred(8, body=UNIT),
    kinds.referred(9, body=samples.ISSUER.code),
    kinds.obstacle(),
    kinds.obstacle(RecommendationStatus.ANSWERED, words="Đã bố trí"),
)
ALL = (*samples.a_luoi_lines(), *(kinds.line(name) for name in kinds.KINDS))
ANSWERED = tuple(
    kinds.answered(name, state=state, decided_at=None if state is State.SUBMITTED else samples.AT)
    for name, state in zip(kinds.KINDS, [State.SUBMITTED, State.RETURNED, State.ACCEPTED] * 3, strict=False)
)
KNOWN: dict[str, Any] = {
    "recommendations": RAISED, "requests": REQUESTS, "holders": HOLDERS, "groups": kinds.GROUPS,
    "names": {"46-snv": "Sở Nội vụ"},
}  # fmt: skip
PLACES = ["", f"?unit={UNIT}", "?requirement=training", "?requirement=year-report"]
OFFICERS = {
    "all that can be owed": samples.officer_page(*ALL).model_copy(update=KNOWN),
    "all that can be answered": samples.officer_page(*ANSWERED).model_copy(update=KNOWN),
    "closed": samples.officer_page(*ALL, closed=True).model_copy(update=KNOWN),
    "nothing yet": samples.officer_page(samples.line("models", state=State.DORMANT)),
}
PHU_LOC = samples.unit("huyện Phú Lộc")
LINES = (*samples.register_lines(), *ANSWERED, *(kinds.line(name, PHU_LOC) for name in kinds.KINDS))
REGISTERS = {
    "full": samples.register_page(*LINES).model_copy(update=KNOWN | {"unreachable": {UNIT: "550 không có"}}),
    "closed": samples.register_page(*LINES, closed=True).model_copy(update=KNOWN),
    "nothing yet": samples.register_page(samples.line("models", state=State.DORMANT)),
}


@pytest.fixture
def client(client: httpx.AsyncClient) -> httpx.AsyncClient:
    client.cookies.set("language", "en")
    return client


class Parts(HTMLParser):
    """Every text and every attribute of a page, but not its style and what says of itself that it is Vietnamese."""

    def __init__(self) -> None:
        super().__init__()
        self.found: set[str] = set()
        self._silent = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._silent = tag == "style" or ("lang", "vi") in attrs
        self.found |= {" ".join(value.split()) for _, value in attrs if value}

    def handle_endtag(self, _tag: str) -> None:
        self._silent = False

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self.found.add(" ".join(data.split()))


def vietnamese(text: str, *known: object) -> list[str]:
    """The Vietnamese lines of a page, apart from what is `known`, the button back, letters of the heat table and
    the symbol of a decision."""
    parts = Parts()
    parts.feed(text)
    texts = (*strings(known), *(heat.letter for heat in Heat), "12/QĐ-UBND")
    data = {text for text in texts if VIETNAMESE.search(text)}
    found = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, sorted(data, key=len, reverse=True)))})(?!\w)")
    return sorted({part for part in parts.found if VIETNAMESE.search(part) and VIETNAMESE.search(found.sub("", part))})


def strings(value: object) -> Iterator[str]:
    """All texts in a value, as a page shows them."""
    if isinstance(value, str):
        yield " ".join(value.split())
    elif isinstance(value, dict):
        for pair in value.items():
            yield from strings(pair)
    elif isinstance(value, list | tuple):
        for item in value:
            yield from strings(item)
    elif hasattr(value, "model_dump"):
        yield from strings(value.model_dump())


@pytest.mark.parametrize("page", OFFICERS)
async def test_the_officers_page(client: httpx.AsyncClient, pages: FakePages, page: str) -> None:
    pages.officer = OFFICERS[page]
    answer = await client.get(OFFICER)
    assert answer.status_code == 200
    assert vietnamese(answer.text, pages.officer) == []


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("page", REGISTERS)
async def test_the_register(client: httpx.AsyncClient, pages: FakePages, page: str, place: str) -> None:
    pages.register = REGISTERS[page]
    answer = await client.get(REGISTER + place)
    assert answer.status_code in {200, 404}
    assert vietnamese(answer.text, pages.register) == []


@pytest.mark.parametrize("line", [*ALL, *ANSWERED], ids=lambda line: f"{line.requirement}-{line.state}")
async def test_what_is_wrong_with_an_answer(client: httpx.AsyncClient, pages: FakePages, line: ObligationLine) -> None:
    pages.officer = samples.officer_page(line)
    for typed in ({}, {"total": "x", "men": "7", "date": "x", "held_date": "2030-01-01", "held_name": "a"}):
        posted = {"command": COMMAND, "obligation": line.key, **typed}
        for form in ("submit", "figures"):
            answer = await client.post(
                f"{OFFICER}/{form}", data=posted, files={"files": ("a.txt", b"text", "text/plain")}
            )
            assert 400 <= answer.status_code < 429
            assert vietnamese(answer.text, pages.officer) == []


@pytest.mark.parametrize("form", ["obstacle", "request", "holder", "leave", "reply"])
@pytest.mark.parametrize("kind", ["", *RequestKind, *Arrangement])
async def test_what_is_wrong_with_other_forms(
    client: httpx.AsyncClient, pages: FakePages, form: str, kind: str
) -> None:
    typed = {"command": COMMAND, "obligation": OWED.key, "kind": kind, "arrangement": kind, "until": "x", "email": "x"}
    answer = await client.post(f"{OFFICER}/{form}", data=typed)
    assert 400 <= answer.status_code < 429
    assert vietnamese(answer.text, pages.officer) == []


@pytest.mark.parametrize("form", ["review", "accept-all", "request", "recommendation", "document", "chase", "holder"])
async def test_what_is_wrong_with_a_decision(client: httpx.AsyncClient, pages: FakePages, form: str) -> None:
    pages.register = REGISTERS["full"]
    for line in (samples.line("training"), ANSWERED[0]):
        ids = {"obligation": line.key, "request": REQUESTS[0].id, "recommendation": RAISED[0].id, "unit": UNIT}
        answer = await client.post(f"{REGISTER}/{form}", data={"command": COMMAND, "decision": "return", **ids})
        assert 400 <= answer.status_code < 429
        assert vietnamese(answer.text, pages.register) == []


@pytest.mark.parametrize("way", Way)
async def test_stepping_in(client: httpx.AsyncClient, pages: FakePages, way: Way) -> None:
    pages.register = stepping.register()
    line = next(line for line in stepping.LINES if way in ways(line))
    chosen = await stepping.choose(client, way, *stepping.ticks(line, stepping.OTHER))
    assert chosen.status_code == 200
    assert vietnamese(chosen.text, pages.register) == []
    wrong = await stepping.step(client, way, line, typed={"why": "", "until": "x", "receiver": "x", "date": "x"})
    assert wrong.status_code == 422
    assert vietnamese(wrong.text, pages.register) == []
    for nothing in (way, ""):
        unclear = await stepping.choose(client, nothing)
        assert vietnamese(unclear.text, pages.register) == []


async def test_what_was_stepped_in_on(client: httpx.AsyncClient, pages: FakePages) -> None:
    told = Escalated(at=samples.AT, keeper="481-ubnd", keeper_name="UBND huyện A Lưới", lines=stepping.LINES)
    before = (Inherited(unit="46-snv", document=DocumentRef(number="1", normal="1")), Inherited(unit="46-snv"))
    passed = {"extensions": 2, "original_due": samples.AT, "moved_to": ("46-snv",), "inherited": before}
    pages.register = stepping.register(
        stepping.PAUSED, stepping.OPEN.model_copy(update=passed), escalated=(told,), names={"46-snv": "Sở Nội vụ"}
    )
    for place in ("", f"?unit={stepping.HUE.code}&r=45&w=suspend&d=training&c=services"):
        answer = await client.get(REGISTER + place)
        assert vietnamese(answer.text, pages.register) == []


@pytest.mark.parametrize("reason", Reason)
async def test_a_refusal(client: httpx.AsyncClient, cascades: FakeCascades, pages: FakePages, reason: Reason) -> None:
    pages.officer = samples.officer_page(samples.line("action-month", acknowledged_at=None))
    cascades.answer = Refused(reason)
    answer = await client.post(f"{OFFICER}/acknowledge", data={"command": COMMAND})
    assert answer.status_code == 409
    assert vietnamese(answer.text, pages.officer) == []


@pytest.mark.parametrize("path", [OFFICER, REGISTER, f"{OFFICER}/submit", f"{REGISTER}/review"])
@pytest.mark.parametrize("method", ["GET", "POST"])
async def test_what_is_away_or_not_there(client: httpx.AsyncClient, pages: FakePages, path: str, method: str) -> None:
    pages.away = True
    assert vietnamese((await client.request(method, path, data={"command": COMMAND})).text) == []
    pages.away, pages.links = False, {}
    assert vietnamese((await client.request(method, path)).text) == []
