import re
from datetime import date

import httpx
import pytest

from models.command import Acknowledge
from models.document import DocumentRef
from models.obligation import State
from models.register import ObligationLine
from rules.refusals import Reason, Refused
from tests.web import kinds, samples
from tests.web.fakes import OFFICER_TOKEN, FakeCascades, FakePages
from tests.web.posting import COMMAND, HOME
from web.ports import Unreachable


def ids(html: str) -> list[str]:
    return re.findall(r' id="([^"]+)"', html)


async def test_what_needs_doing_comes_first_under_anchors_for_the_mails(
    client: httpx.AsyncClient, pages: FakePages
) -> None:
    dormant = samples.line("radio", state=State.DORMANT).model_copy(update={"key": "x", "requirement": "x"})
    pages.officer = samples.officer_page(*samples.a_luoi_lines(), dormant)
    html = (await client.get(HOME)).text
    order = [key for key in ids(html) if key in samples.REQUIREMENTS]
    assert order == [
        "labour-code", "services", "action-month-plan", "review-programmes", "action-month", "radio",
        "politics-plan", "inspection", "annual-plan", "politics-communication", "training", "models",
    ]  # fmt: skip
    assert len(ids(html)) == len(set(ids(html)))
    assert "x" not in ids(html)
    assert "quá hạn 62 ngày làm việc" in html
    assert "còn 2 ngày làm việc" in html
    assert "Đề nghị bổ sung số lượt tuyên truyền" in html
    assert "Đã nộp lần 2 lúc 09:30 ngày 03/07/2020, chờ xác nhận" in html
    assert "None" not in html


@pytest.mark.parametrize(
    "lines",
    [
        samples.a_luoi_lines(),
        tuple(kinds.line(name) for name in kinds.KINDS),
        (kinds.answered("dialogue", state=State.ACCEPTED),),
    ],
)
async def test_every_field_has_a_label_and_every_reference_a_target(
    client: httpx.AsyncClient, pages: FakePages, lines: tuple[ObligationLine, ...]
) -> None:
    pages.officer = samples.officer_page(*lines)
    html = (await client.get(HOME)).text
    assert len(ids(html)) == len(set(ids(html)))
    inputs = re.findall(r"<(?:input|textarea|select)(?![^>]*type=\"hidden\")[^>]*>", html)
    wrapped = re.findall(r"<label class=\"tick\"[^>]*><input[^>]*>", html)
    labels = set(re.findall(r'<label (?:class="tick" )?for="([^"]+)"', html))
    assert labels <= set(ids(html))
    for field in inputs:
        own = re.search(r' id="([^"]+)"', field)
        assert (own and own[1] in labels) or any(field in label for label in wrapped)
    for reference in re.findall(r'aria-(?:labelledby|describedby)="([^"]+)"', html):
        assert set(reference.split()) <= set(ids(html))


async def test_forms_follow_the_kind_of_what_is_asked(client: httpx.AsyncClient, pages: FakePages) -> None:
    def fields(html: str) -> set[str]:
        form = re.findall(r'<form [^>]*action="[^"]+/submit".*?</form>', html, re.DOTALL)[0]
        return set(re.findall(r'name="([a-z]+)"', form)) - {"command", "obligation"}

    expected = {
        "annual-plan": {"number", "date", "signer", "files", "note", "existing"},
        "politics-plan": {"number", "date", "signer", "files", "note"},
        "labour-code": {"files", "note"},
        "action-month": {"files", "note", "choice", "men", "women", "total"},
        "review-programmes": {"number", "date", "signer", "files", "note", "choice"},
    }
    for requirement, names in expected.items():
        pages.officer = samples.officer_page(samples.line(requirement))
        assert fields((await client.get(HOME)).text) == names


async def test_acknowledging_is_a_pressed_button(
    client: httpx.AsyncClient, pages: FakePages, cascades: FakeCascades
) -> None:
    assert "Xác nhận đã nhận văn bản" in (await client.get(HOME)).text
    answer = await client.post(f"{HOME}/acknowledge", data={"command": COMMAND})
    assert (answer.status_code, answer.headers["location"]) == (303, HOME)
    (command,) = cascades.sent
    assert isinstance(command, Acknowledge)
    assert (command.id, command.at, command.actor.unit) == (COMMAND, samples.AT, samples.A_LUOI.code)
    pages.officer = samples.officer_page(samples.line())
    assert "Xác nhận đã nhận văn bản" not in (await client.get(HOME)).text


@pytest.mark.parametrize(
    ("answer", "status"), [(Refused(Reason.CLOSED), 409), (Unreachable("Temporal", "127.0.0.1:7233", "no answer"), 503)]
)
async def test_an_acknowledgement_that_is_not_taken_is_said_so(
    client: httpx.AsyncClient, cascades: FakeCascades, answer: Exception, status: int
) -> None:
    cascades.answer = answer
    assert (await client.post(f"{HOME}/acknowledge", data={"command": COMMAND})).status_code == status


async def test_each_page_makes_new_commands(client: httpx.AsyncClient) -> None:
    found = [re.findall(r'name="command" value="([^"]+)"', (await client.get(HOME)).text) for _ in range(2)]
    assert not set(found[0]) & set(found[1])
    assert len(found[0]) == len(set(found[0]))


async def test_what_was_returned_is_filled_in_again(client: httpx.AsyncClient, pages: FakePages) -> None:
    pages.officer = samples.officer_page(samples.returned("politics-plan"))
    html = (await client.get(HOME)).text
    for value in ('value="45/KH-UBND"', 'value="22/06/2020"', 'value="Hồ Văn Ngưm"', f"{'a' * 64} Kế hoạch"):
        assert value in html


@pytest.mark.parametrize("query", ["?r=45&o=services", "?r=45&o=x", "?r=<b>&o=politics-plan", "?r=-1&o=politics-plan"])
async def test_a_receipt_is_shown_only_for_what_is_really_handed_in(client: httpx.AsyncClient, query: str) -> None:
    html = (await client.get(HOME + query)).text
    assert "Số biên nhận" not in html
    assert "<b>&o" not in html


async def test_texts_of_others_are_never_markup(client: httpx.AsyncClient, pages: FakePages) -> None:
    hostile = '"><script>alert(1)</script>'
    line = samples.returned(title=hostile, guidance=hostile, comment=hostile, note=hostile, due_phrase=hostile)
    pages.officer = samples.officer_page(line)
    assert "<script" not in (await client.get(HOME)).text


async def test_a_unit_without_obligations_is_told_so(client: httpx.AsyncClient, pages: FakePages) -> None:
    pages.officer = samples.officer_page().model_copy(update={"lines": ()})
    assert "chưa có nhiệm vụ" in (await client.get(HOME)).text


async def test_acknowledging_again_does_no_harm(client: httpx.AsyncClient, cascades: FakeCascades) -> None:
    for command in (COMMAND, COMMAND, "another-press-in-another-tab"):
        assert (await client.post(f"{HOME}/acknowledge", data={"command": command})).status_code == 303
    assert len(cascades.sent) == 3


async def test_the_page_says_why_something_is_owed(client: httpx.AsyncClient, pages: FakePages) -> None:
    basis = DocumentRef(
        number="1241/QĐ-TTg", normal="1241/QĐ-TTg", date=date(2011, 7, 22), issuer="Thủ tướng Chính phủ",
        title="phê duyệt Chương trình hành động phòng, chống mại dâm",
    )  # fmt: skip
    head = samples.HEAD.model_copy(update={"basis": (basis,), "files": (samples.PLAN_FILE,)})
    pages.officer = samples.officer_page().model_copy(update={"head": head})
    html = (await client.get(HOME)).text
    assert "Số 1241/QĐ-TTg ngày 22/07/2011 của Thủ tướng Chính phủ về việc phê duyệt" in html
    assert "KT. GIÁM ĐỐC PHÓ GIÁM ĐỐC Phan Minh Nguyệt" in html
    assert f'href="{HOME}/file/{samples.PLAN_FILE.sha256}"' in html
    assert samples.HEAD.contact in html


async def test_a_chase_is_told(client: httpx.AsyncClient, pages: FakePages) -> None:
    pages.officer = samples.officer_page(samples.line("services", chased_at=samples.AT))
    assert "Đơn vị theo dõi đã đôn đốc lúc 08:05 ngày 28/10/2020" in (await client.get(HOME)).text


async def test_a_page_of_ten_obligations_stays_small(client: httpx.AsyncClient, pages: FakePages) -> None:
    token = "t" * 43
    pages.links[token] = pages.links[OFFICER_TOKEN]
    pages.officer = samples.officer_page(*(samples.line(name) for name in list(samples.REQUIREMENTS)[:10]))
    answer = await client.get(f"/v/{token}")
    assert answer.text.count("/submit") == 10
    assert len(answer.content) < 60_000
