"""The receipt for what was handed in, to be saved as a file."""

import httpx
import pytest

from models.obligation import State
from models.register import ObligationLine
from models.saved import Printed
from tests.web import samples
from tests.web.fakes import FakePages, FakePapers
from tests.web.posting import HOME

LINK = f'href="{HOME}/receipt/politics-plan"'


async def test_a_receipt_is_saved_under_its_name(client: httpx.AsyncClient, papers: FakePapers) -> None:
    content = b"%PDF-1.7"
    key = samples.line("politics-plan").key
    papers.printed[key] = Printed(name="Biên nhận.pdf", media_type="application/pdf", content=content)
    answer = await client.get(f"{HOME}/receipt/politics-plan")
    assert (answer.status_code, answer.content) == (200, content)
    assert answer.headers["content-type"] == "application/pdf"
    assert answer.headers["content-disposition"] == "attachment; filename*=UTF-8''Bi%C3%AAn%20nh%E1%BA%ADn.pdf"
    assert answer.headers["x-content-type-options"] == "nosniff"


async def test_where_nothing_was_handed_in_there_is_no_receipt(client: httpx.AsyncClient) -> None:
    answer = await client.get(f"{HOME}/receipt/services")
    assert answer.status_code == 404
    assert "Không tìm thấy" in answer.text


@pytest.mark.parametrize(
    ("line", "linked"),
    [
        (samples.submitted(), True),
        (samples.returned("politics-plan"), True),
        (samples.submitted(state=State.ACCEPTED), True),
        (samples.line("politics-plan"), False),
        (samples.submitted(state=State.SATISFIED, taken_from="825/SLĐTBXH-BĐG"), False),
    ],
)
async def test_it_is_offered_for_what_the_unit_handed_in(
    client: httpx.AsyncClient, pages: FakePages, line: ObligationLine, *, linked: bool
) -> None:
    pages.officer = samples.officer_page(line)
    assert (LINK in (await client.get(HOME)).text) == linked
    assert (LINK in (await client.get(f"{HOME}?r=45&o=politics-plan")).text) == linked
