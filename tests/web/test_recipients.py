"""Answers with several recipients, and what a recipient names on accepting."""

import httpx
import pytest

from models.command import Decision, Review
from models.obligation import Outcome, State
from models.pages import RegisterPage
from models.register import ObligationLine
from tests.web import kinds, samples
from tests.web.fakes import REGISTER_TOKEN, FakeCascades, FakePages
from tests.web.posting import COMMAND, HOME

REGISTER = f"/s/{REGISTER_TOKEN}"
DISTRICT = samples.ISSUER.model_copy(
    update={"code": kinds.DISTRICT.unit, "name": "Ủy ban nhân dân huyện A Lưới", "short_name": kinds.DISTRICT.name}
)
REPORT = kinds.answered("year-report")
ENDORSED = kinds.answered("year-report", endorsed=(samples.ISSUER.code,))


def as_district(*lines: ObligationLine) -> RegisterPage:
    return samples.register_page(*lines).model_copy(update={"reviewer": DISTRICT, "waiting_triggers": {}})


async def decide(client: httpx.AsyncClient, line: ObligationLine, **typed: str) -> httpx.Response:
    posted = {"command": COMMAND, "obligation": line.key, "submission": "1", "decision": "accept", "comment": ""}
    return await client.post(f"{REGISTER}/review", data=posted | typed)


@pytest.mark.parametrize(
    ("line", "words"),
    [
        (kinds.line("year-report"), "Sở LĐTBXH tỉnh Thừa Thiên Huế, UBND huyện A Lưới."),
        (ENDORSED, "Sở LĐTBXH tỉnh Thừa Thiên Huế (đã xác nhận), UBND huyện A Lưới (chờ xác nhận)."),
        (
            kinds.answered("year-report", state=State.ACCEPTED),
            "Sở LĐTBXH tỉnh Thừa Thiên Huế (đã xác nhận), UBND huyện A Lưới (đã xác nhận).",
        ),
    ],
)
async def test_an_officer_sees_who_has_decided(
    client: httpx.AsyncClient, pages: FakePages, line: ObligationLine, words: str
) -> None:
    pages.officer = samples.officer_page(line)
    assert f"Nơi nhận báo cáo: {words}" in " ".join((await client.get(HOME)).text.split())


async def test_each_recipient_decides_once(client: httpx.AsyncClient, pages: FakePages) -> None:
    pages.register = samples.register_page(ENDORSED)
    html = (await client.get(REGISTER)).text
    assert "<b>0</b> việc cần quyết định" in html
    assert "Chờ nơi nhận khác xác nhận" in html
    assert "/review" not in html
    pages.register = as_district(ENDORSED)
    html = (await client.get(REGISTER)).text
    assert "<b>1</b> việc cần quyết định" in html
    assert html.count("/review") == 2
    for not_his in ("Văn bản đang chờ", "chưa xác nhận đã nhận"):
        assert not_his not in html
    assert "Nơi nhận: <b>Ủy ban nhân dân huyện A Lưới</b>" in html


async def test_a_unit_does_not_decide_on_its_own_report(client: httpx.AsyncClient, pages: FakePages) -> None:
    own = REPORT.model_copy(update={"unit": samples.ISSUER.code})
    pages.register = samples.register_page(own)
    assert "/review" not in (await client.get(REGISTER)).text
    pages.register = as_district(own)
    assert "/review" in (await client.get(REGISTER)).text


async def test_an_acceptance_that_is_not_the_last_is_confirmed_as_such(
    client: httpx.AsyncClient, pages: FakePages, cascades: FakeCascades
) -> None:
    pages.register = samples.register_page(REPORT)
    answer = await decide(client, REPORT)
    assert answer.status_code == 303
    assert isinstance(cascades.sent[0], Review)
    pages.register = samples.register_page(ENDORSED)
    html = (await client.get(answer.headers["location"])).text
    assert "<h2>Đã xác nhận</h2>" in html


COMMENTS = kinds.answered("draft-guidance")


@pytest.mark.parametrize(
    ("typed", "field", "words"),
    [
        ({}, "outcome", "Chọn kết quả xử lý"),
        ({"outcome": "merged"}, "outcome", "Chọn kết quả xử lý"),
        ({"outcome": "explained"}, "comment", "Giải trình: ghi rõ"),
    ],
)
async def test_comments_on_a_draft_are_not_accepted_without_what_became_of_them(
    client: httpx.AsyncClient, pages: FakePages, cascades: FakeCascades, typed: dict[str, str], field: str, words: str
) -> None:
    pages.register = samples.register_page(COMMENTS)
    answer = await decide(client, COMMENTS, **typed)
    assert answer.status_code == 422
    assert f'href="#{COMMENTS.key.replace("@", "%40")}-accept-{field}"' in answer.text
    assert answer.text.count(words) == 2
    assert cascades.sent == []


@pytest.mark.parametrize(
    ("outcome", "comment"), [(Outcome.TAKEN_ON_BOARD, ""), (Outcome.EXPLAINED, "Định mức theo thông tư.")]
)
async def test_the_outcome_goes_with_the_acceptance(
    client: httpx.AsyncClient, pages: FakePages, cascades: FakeCascades, outcome: Outcome, comment: str
) -> None:
    pages.register = samples.register_page(COMMENTS)
    assert (await decide(client, COMMENTS, outcome=outcome.value, comment=comment)).status_code == 303
    (command,) = cascades.sent
    assert isinstance(command, Review)
    assert (command.decision, command.outcome, command.comment) == (Decision.ACCEPT, outcome, comment)


async def test_no_comment_needs_no_outcome(client: httpx.AsyncClient, pages: FakePages, cascades: FakeCascades) -> None:
    silent = COMMENTS.model_copy(update={"no_comment": True, "note": ""})
    pages.register = samples.register_page(silent)
    html = (await client.get(REGISTER)).text
    assert "Đơn vị không có ý kiến góp ý." in html
    assert 'name="outcome"' not in html
    assert (await decide(client, silent)).status_code == 303
    (command,) = cascades.sent
    assert isinstance(command, Review)
    assert command.outcome is None
