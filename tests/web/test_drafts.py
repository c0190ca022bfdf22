"""Forms that outlive a closed browser, a mistake and a service that is away."""

import re
from datetime import timedelta

import httpx
import pytest

from models.register import ObligationLine
from models.saved import SavedDraft
from rules.refusals import WORDS, Reason, Refused
from tests.web import contents, samples
from tests.web.fakes import FakeCascades, FakeDrafts, FakeFiles, FakePages
from tests.web.posting import COMMAND, GOOD_PLAN, HOME, OWED_PLAN, PLAN, answered, hand_in
from web.ports import Unreachable

AWAY = Unreachable("Temporal", "127.0.0.1:7233", "no answer")
RETURNED = samples.returned("politics-plan", comment="Thiếu chữ ký", note="Bản đã nộp")


async def save(
    client: httpx.AsyncClient, line: ObligationLine, *files: tuple[str, tuple[str, bytes, str]], **typed: str
) -> httpx.Response:
    """Press the other button of the form of an obligation."""
    data = {"command": COMMAND, "obligation": line.key, **typed}
    return await client.post(f"{HOME}/draft", data=data, files=[*files, ("files", ("", b"", ""))])


def draft(note: str = "Đang soạn", *, before: timedelta = timedelta(0)) -> SavedDraft:
    return SavedDraft(values={"note": note, "number": "9/KH"}, saved_at=samples.REAL_NOW - before)


async def test_a_draft_is_there_again_in_another_browser_and_gone_once_it_is_handed_in(
    client: httpx.AsyncClient, drafts: FakeDrafts, files: FakeFiles, cascades: FakeCascades
) -> None:
    answer = await save(client, OWED_PLAN, GOOD_PLAN, note="Mới một nửa")
    assert answer.status_code == 303
    assert answer.headers["location"] == f"{HOME}?d=action-month-plan#action-month-plan"
    assert "Đã lưu nháp" in (await client.get(answer.headers["location"])).text
    assert cascades.sent == []
    assert drafts.saved["action-month-plan"].kept == tuple(files.stored)

    html = (await client.get(HOME)).text
    assert "Bản nháp lưu lúc 08:05 ngày 28/10/2020, chưa gửi đi." in html
    assert "\nMới một nửa</textarea>" in html
    kept = re.search(r'name="kept" value="([^"]+ Kế hoạch.pdf)" checked', html)
    assert kept is not None

    assert (await hand_in(client, OWED_PLAN, **PLAN, kept=kept[1])).status_code == 303
    assert answered(cascades).answer.files == tuple(files.stored)
    assert drafts.saved == {}


async def test_a_draft_is_thrown_away_by_a_button(client: httpx.AsyncClient, drafts: FakeDrafts) -> None:
    drafts.saved = {"action-month-plan": draft(), "services": draft()}
    answer = await client.post(f"{HOME}/discard", data={"obligation": OWED_PLAN.key})
    assert answer.headers["location"] == f"{HOME}#action-month-plan"
    assert set(drafts.saved) == {"services"}
    assert (await client.post(f"{HOME}/discard", data={"obligation": "x"})).status_code == 400


@pytest.mark.parametrize(
    ("refusal", "typed", "status"),
    [(None, {"number": ""}, 422), (AWAY, {}, 503), (Refused(Reason.ANSWER_INCOMPLETE), {}, 409)],
)
async def test_what_could_not_be_handed_in_is_kept_by_itself(
    client: httpx.AsyncClient,
    drafts: FakeDrafts,
    files: FakeFiles,
    cascades: FakeCascades,
    refusal: Exception | None,
    typed: dict[str, str],
    status: int,
) -> None:
    cascades.answer = refusal
    answer = await hand_in(client, OWED_PLAN, GOOD_PLAN, **PLAN | typed)
    assert answer.status_code == status
    assert "Bản nháp lưu lúc" in answer.text
    saved = drafts.saved["action-month-plan"]
    assert (saved.values["signer"], saved.kept) == ("Hồ Văn Ngưm", tuple(files.stored))


@pytest.mark.parametrize(("refusal", "typed", "status"), [(None, {"number": ""}, 422), (AWAY, {}, 503)])
async def test_with_the_drafts_away_too_the_page_still_keeps_what_was_typed(
    client: httpx.AsyncClient,
    drafts: FakeDrafts,
    cascades: FakeCascades,
    refusal: Exception | None,
    typed: dict[str, str],
    status: int,
) -> None:
    drafts.away, cascades.answer = True, refusal
    answer = await hand_in(client, OWED_PLAN, GOOD_PLAN, **PLAN | typed)
    assert answer.status_code == status
    assert 'value="Hồ Văn Ngưm"' in answer.text
    assert "Kế hoạch.pdf" in answer.text
    assert "Bản nháp lưu lúc" not in answer.text
    assert (await save(client, OWED_PLAN, **PLAN)).status_code == 503
    assert (await client.get(HOME)).status_code == 200


async def test_a_draft_that_cannot_be_dropped_does_not_undo_what_was_handed_in(
    client: httpx.AsyncClient, drafts: FakeDrafts
) -> None:
    drafts.away = True
    assert (await hand_in(client, OWED_PLAN, GOOD_PLAN, **PLAN)).status_code == 303


async def test_a_draft_need_not_be_right_but_what_is_wrong_with_it_is_said(
    client: httpx.AsyncClient, drafts: FakeDrafts
) -> None:
    bad = ("files", ("a.pdf", contents.PROGRAM, "application/pdf"))
    answer = await save(client, OWED_PLAN, GOOD_PLAN, bad, note="Nửa chừng", command="")
    assert answer.status_code == 422
    assert "không đúng định dạng" in answer.text
    assert drafts.saved["action-month-plan"].values == {"note": "Nửa chừng"}
    assert len(drafts.saved["action-month-plan"].kept) == 1


async def test_without_a_disk_a_draft_keeps_its_words_and_the_files_it_had(
    client: httpx.AsyncClient, drafts: FakeDrafts, files: FakeFiles
) -> None:
    await save(client, OWED_PLAN, GOOD_PLAN)
    (stored,) = files.stored
    files.full = True
    answer = await save(client, OWED_PLAN, GOOD_PLAN, note="Thêm", kept=f"{stored.sha256} {stored.name}")
    assert answer.status_code == 503
    assert drafts.saved["action-month-plan"].kept == (stored,)
    assert drafts.saved["action-month-plan"].values == {"note": "Thêm"}


@pytest.mark.parametrize(
    ("line", "before", "shown"),
    [
        (RETURNED, timedelta(hours=1), "Đang soạn"),
        (RETURNED, timedelta(days=365), "Bản đã nộp"),
    ],
)
async def test_a_draft_from_before_the_answer_came_back_does_not_hide_it(
    client: httpx.AsyncClient,
    pages: FakePages,
    drafts: FakeDrafts,
    line: ObligationLine,
    before: timedelta,
    shown: str,
) -> None:
    pages.officer = samples.officer_page(line)
    drafts.saved = {"politics-plan": draft(before=before)}
    html = (await client.get(f"{HOME}?d=politics-plan")).text
    assert f"\n{shown}</textarea>" in html
    assert ("Bản nháp lưu lúc" in html) == ("Đã lưu nháp" in html) == (shown == "Đang soạn")
    assert "Thiếu chữ ký" in html


@pytest.mark.parametrize("closed", [False, True])
async def test_nothing_is_kept_for_what_is_not_owed(
    client: httpx.AsyncClient, pages: FakePages, drafts: FakeDrafts, *, closed: bool
) -> None:
    line = OWED_PLAN if closed else samples.submitted("action-month-plan")
    pages.officer = samples.officer_page(line, closed=closed)
    answer = await save(client, line, note="Muộn")
    assert answer.status_code == 409
    assert WORDS[Reason.CLOSED if closed else Reason.ALREADY_SUBMITTED] in answer.text
    assert drafts.saved == {}
    drafts.saved = {"action-month-plan": draft()}
    assert "Đang soạn" not in (await client.get(HOME)).text
    assert (await save(client, samples.line("radio"), note="x")).status_code == 400
