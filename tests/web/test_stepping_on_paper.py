"""Accepting on behalf of a unit what it gave on paper."""

from datetime import date

import httpx
import pytest

from models.intervention import AcceptPaper, Target
from models.obligation import Outcome, State
from models.register import ObligationLine
from rules.refusals import WORDS, Reason, Refused
from tests.web import contents, samples
from tests.web.changing import ChangingCascades
from tests.web.fakes import FakeFiles, FakePages
from tests.web.posting import COMMAND
from tests.web.stepping import DRAFT, HOME, OF_UNIT, OPEN, REASON, SELECTION, choose, register, ticks, with_changed

EMPTY_FILE = ("files", ("", b"", "application/octet-stream"))
PAPER = {"number": "12/BC-UBND", "date": "20/10/2020", "signer": "Hồ Văn Ngưm", "received_on": "26/10/2020"}
SCAN = ("files", ("Bản chụp.pdf", contents.PDF, "application/pdf"))


@pytest.fixture(autouse=True)
def kept(pages: FakePages) -> None:
    pages.register = register()


@pytest.fixture
def cascades(pages: FakePages) -> ChangingCascades:
    return ChangingCascades(pages)


async def on_paper(
    client: httpx.AsyncClient, line: ObligationLine, *files: tuple[str, tuple[str, bytes, str]], **typed: str
) -> httpx.Response:
    form = {"command": COMMAND, "way": "accept_paper", "item": ticks(line), "why": REASON, **OF_UNIT, **typed}
    return await client.post(f"{HOME}/step", data=form, files=[*files, EMPTY_FILE])


async def test_a_paper_is_accepted_with_its_file(
    client: httpx.AsyncClient, cascades: ChangingCascades, files: FakeFiles
) -> None:
    done = {"state": State.ACCEPTED, "submissions": 1, "reason": REASON, "submitted_at": samples.AT}
    cascades.afterwards = with_changed({OPEN.key: OPEN.model_copy(update=done)})
    shown = (await choose(client, "accept_paper", *ticks(OPEN))).text
    assert 'enctype="multipart/form-data"' in shown
    answer = await on_paper(client, OPEN, SCAN, **PAPER)
    (command,) = cascades.sent
    assert isinstance(command, AcceptPaper)
    assert command.received_on == date(2020, 10, 26)
    assert command.target == Target(obligation=OPEN.key, submissions=0)
    document = command.answer.document
    assert document is not None
    assert (document.number, document.date, document.signer) == ("12/BC-UBND", date(2020, 10, 20), "Hồ Văn Ngưm")
    assert command.answer.files == tuple(files.stored)
    assert "Đã xác nhận theo văn bản giấy: 1 nhiệm vụ" in (await client.get(answer.headers["location"])).text


async def test_a_paper_with_an_outcome_and_one_with_a_selection(
    client: httpx.AsyncClient, cascades: ChangingCascades
) -> None:
    shown = (await choose(client, "accept_paper", *ticks(DRAFT))).text
    assert 'name="outcome"' in shown
    await on_paper(client, DRAFT, **PAPER, outcome="explained")
    shown = (await choose(client, "accept_paper", *ticks(SELECTION))).text
    assert 'name="selected.20047-ubnd"' in shown
    await on_paper(client, SELECTION, **PAPER, **{"selected.20047-ubnd": "yes"})
    explained, selected = cascades.sent
    assert isinstance(explained, AcceptPaper)
    assert explained.outcome is Outcome.EXPLAINED
    assert isinstance(selected, AcceptPaper)
    assert [item.unit for item in selected.answer.selected] == ["20047-ubnd"]


@pytest.mark.parametrize(
    ("reason", "field"),
    [
        (Reason.PAPER_MISSING, "number"),
        (Reason.RECEIVED_WRONG, "received_on"),
        (Reason.OUTCOME_MISSING, "outcome"),
        (Reason.ANSWER_INCOMPLETE, "selected"),
    ],
)
async def test_what_is_wrong_with_a_paper_is_said_and_its_file_is_kept(
    client: httpx.AsyncClient, cascades: ChangingCascades, reason: Reason, field: str
) -> None:
    cascades.answer = Refused(reason)
    answer = await on_paper(client, DRAFT, SCAN, **PAPER)
    assert answer.status_code == 422
    assert f'<a href="#stepping-{field}">{WORDS[reason]}</a>' in answer.text
    assert 'name="kept"' in answer.text


async def test_a_file_that_cannot_be_stored_sends_nothing(
    client: httpx.AsyncClient, cascades: ChangingCascades, files: FakeFiles
) -> None:
    wrong = await on_paper(client, OPEN, ("files", ("a.exe", contents.PROGRAM, "application/pdf")), **PAPER)
    assert wrong.status_code == 422
    assert "không đúng định dạng" in wrong.text
    files.full = True
    away = await on_paper(client, OPEN, SCAN, **PAPER)
    assert away.status_code == 503
    assert 'value="12/BC-UBND"' in away.text
    assert cascades.sent == []
