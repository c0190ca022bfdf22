"""What stands in the way: told on a unit's page, answered on the register's."""

import re

import httpx
import pytest

from models.actor import ActorKind
from models.command import HandleRecommendation, RaiseObstacle
from models.obligation import State
from models.recommendation import Handling, RecommendationStatus
from rules.refusals import WORDS, Reason, Refused
from tests.web import kinds, samples
from tests.web.fakes import REGISTER_TOKEN, FakeCascades, FakePages
from tests.web.posting import COMMAND, HOME
from web.ports import Unreachable

REGISTER = f"/s/{REGISTER_TOKEN}"
TRAINING = samples.line("training")
TEXT = "Chưa bố trí được kinh phí tập huấn"
WAITS = kinds.obstacle()
ANSWERED = kinds.obstacle(
    RecommendationStatus.ANSWERED, id="x/0.7", words="Dùng nguồn sự nghiệp.", handled_at=samples.AT
)


@pytest.fixture(autouse=True)
def training(pages: FakePages) -> None:
    pages.officer = samples.officer_page(TRAINING)


async def tell(client: httpx.AsyncClient, **typed: str) -> httpx.Response:
    return await client.post(f"{HOME}/obstacle", data={"command": COMMAND, "obligation": TRAINING.key, **typed})


async def test_a_unit_tells_what_stands_in_its_way(
    client: httpx.AsyncClient, cascades: FakeCascades, pages: FakePages
) -> None:
    assert "Phản ánh khó khăn, vướng mắc" in (await client.get(HOME)).text
    answer = await tell(client, text=f" {TEXT} ")
    assert answer.status_code == 303
    (command,) = cascades.sent
    assert isinstance(command, RaiseObstacle)
    assert (command.id, command.at, command.obligation, command.text) == (COMMAND, samples.AT, TRAINING.key, TEXT)
    assert (command.actor.kind, command.actor.unit) == (ActorKind.OFFICER, samples.A_LUOI.code)
    assert "Số biên nhận" not in (await client.get(answer.headers["location"])).text
    pages.officer = pages.officer.model_copy(update={"recommendations": (WAITS,)})
    confirmed = (await client.get(answer.headers["location"])).text
    assert "Đã gửi phản ánh khó khăn, vướng mắc.</b> Số biên nhận: 45." in confirmed


async def test_nothing_told_is_said_beside_the_field(client: httpx.AsyncClient, cascades: FakeCascades) -> None:
    answer = await tell(client, text=" ")
    assert answer.status_code == 422
    assert cascades.sent == []
    assert answer.text.count("Ghi nội dung khó khăn, vướng mắc.") == 2
    assert 'id="training-obstacle-text"' in answer.text
    assert COMMAND in answer.text


async def test_an_obstacle_to_something_else_is_refused(client: httpx.AsyncClient, cascades: FakeCascades) -> None:
    assert (await tell(client, obligation="radio@482-ldtbxh", text=TEXT)).status_code == 400
    assert cascades.sent == []


@pytest.mark.parametrize(
    ("answer", "status", "same_command"),
    [(Refused(Reason.NOT_YOURS), 409, False), (Unreachable("Temporal", "127.0.0.1:7233", "no answer"), 503, True)],
)
async def test_what_is_not_taken_stays_typed(
    client: httpx.AsyncClient, cascades: FakeCascades, answer: Exception, status: int, *, same_command: bool
) -> None:
    cascades.answer = answer
    response = await tell(client, text=TEXT)
    assert response.status_code == status
    assert f"{TEXT}</textarea>" in response.text
    assert (COMMAND in response.text) == same_command
    assert (WORDS[Reason.NOT_YOURS] in response.text) != same_command


async def test_what_is_done_or_closed_has_no_form(
    client: httpx.AsyncClient, pages: FakePages, cascades: FakeCascades
) -> None:
    done = samples.submitted("training", state=State.ACCEPTED, decided_at=samples.AT)
    pages.officer = samples.officer_page(done)
    assert "/obstacle" not in (await client.get(HOME)).text
    pages.officer = samples.officer_page(TRAINING, closed=True)
    assert "/obstacle" not in (await client.get(HOME)).text
    assert (await tell(client, text=TEXT)).status_code == 409
    assert cascades.sent == []


async def test_a_unit_reads_the_thread_apart_from_its_recommendations(
    client: httpx.AsyncClient, pages: FakePages
) -> None:
    pages.officer = pages.officer.model_copy(update={"recommendations": (kinds.recommendation(), ANSWERED)})
    html = (await client.get(HOME)).text
    obstacles, _, recommendations = html.partition("<h2>Vướng mắc của đơn vị</h2>")[2].partition(
        "<h2>Kiến nghị của đơn vị</h2>"
    )
    assert TEXT in obstacles
    assert "Hội nghị, hội thảo, tập huấn kiến thức" in obstacles
    assert "<b>Giải đáp:</b> Dùng nguồn sự nghiệp." in obstacles
    assert "Ý kiến được ghi nhận lúc 08:05 ngày 28/10/2020." in obstacles
    assert "<form" not in obstacles
    assert "Mở lớp đào tạo nghề" in recommendations
    assert TEXT not in recommendations


async def test_the_register_shows_obstacles_first_and_answers_them(
    client: httpx.AsyncClient, pages: FakePages, cascades: FakeCascades
) -> None:
    known = {"recommendations": (kinds.recommendation(), WAITS, ANSWERED), "groups": kinds.GROUPS}
    pages.register = samples.register_page(TRAINING).model_copy(update=known)
    html = (await client.get(REGISTER)).text
    counts = re.findall(r'<summary>([^<]+) <span class="small">– ([^<]+)</span>', html)
    assert counts[:2] == [
        ("Khó khăn, vướng mắc", "2 vướng mắc: đã trả lời 1, chờ 1"),
        ("Lao động, việc làm", "1 kiến nghị: đã trả lời 0, chờ 1"),
    ]
    assert "Vướng mắc, kiến nghị</h2>" in html
    decisions = html.partition('id="quyet-dinh"')[2].partition('id="kien-nghi"')[0]
    assert f'id="{WAITS.id}"' in decisions
    assert ANSWERED.id not in decisions
    said = {"command": COMMAND, "recommendation": WAITS.id, "handling": "answer", "words": "Đã bố trí."}
    answer = await client.post(f"{REGISTER}/recommendation", data=said)
    assert answer.status_code == 303
    (command,) = cascades.sent
    assert isinstance(command, HandleRecommendation)
    assert (command.recommendation, command.handling) == (WAITS.id, Handling.ANSWER)
    answered = WAITS.model_copy(update={"status": RecommendationStatus.ANSWERED, "handled_at": samples.AT})
    pages.register = pages.register.model_copy(update={"recommendations": (answered,)})
    confirmed = (await client.get(answer.headers["location"])).text
    assert "Đã ghi nhận xử lý vướng mắc" in confirmed
    assert f'<section class="card done" id="{WAITS.id}"' in confirmed
