"""A new version of the directive's file on the page: uploaded, shown, confirmed, raced, interrupted and completed."""

import re
from collections.abc import Mapping

import httpx
import pytest

from models.changing import CannotChange, Hindrance, NewVersion
from models.fault import Fault
from rules.refusals import WORDS, Reason, Refused
from tests.web import contents
from tests.web.fake_changes import NAMES, FakeChanges
from tests.web.fakes import FakeDrafts, FakeFiles, FakePages
from tests.web.posting import COMMAND
from tests.web.stepping import HOME, REASON, register
from web.ports import Unreachable
from web.register.amending import SAVED
from web.register.fault_words import mistakes
from web.register.hindered import hindrance_words

SOURCE = "document: {number: 908}\nclosing: hôm qua\n".encode()
File = tuple[str, tuple[str, bytes, str]]
YAML: File = ("files", ("908 sửa đổi.yaml", SOURCE, "application/x-yaml"))
ANNEX: File = ("files", ("Phụ lục.pdf", contents.PDF, "application/pdf"))


@pytest.fixture(autouse=True)
def supervised(pages: FakePages) -> None:
    pages.register = register(supervises=True)


async def look(client: httpx.AsyncClient, *files: File, typed: Mapping[str, str] | None = None) -> httpx.Response:
    form = {"command": COMMAND, "go": "look", "why": REASON, **(typed or {})}
    return await client.post(f"{HOME}/amend", data=form, files=files or [("files", ("", b"", "text/plain"))])


async def press(client: httpx.AsyncClient, seal: str) -> httpx.Response:
    return await client.post(f"{HOME}/amend", data={"go": "apply", "seal": seal})


def seal_in(answer: httpx.Response) -> str:
    (seal,) = re.findall(r'name="seal" value="(\w+)"', answer.text)
    return str(seal)


async def test_what_would_change_is_shown_by_requirement_with_counts_and_names(
    client: httpx.AsyncClient, changes: FakeChanges, drafts: FakeDrafts
) -> None:
    assert "Đang thực hiện theo phiên bản 1 tại 3 sổ theo dõi." in (await client.get(f"{HOME}/amend")).text
    answer = await look(client, YAML, ANNEX, typed={"number": "99/SLĐTBXH-BĐG", "date": "1/10/2020"})
    assert answer.status_code == 200
    for words in (
        "Tệp 908 sửa đổi.yaml sẽ là phiên bản 2 của văn bản.",
        "9 nhiệm vụ được bổ sung",
        "3 nhiệm vụ đổi thời hạn",
        "hạn 30/11/2020 (trước đây: hạn 31/08/2020)",
        "2 nhiệm vụ được rút",
        "1 nhiệm vụ đã hoàn thành, giữ nguyên",
        "1 nhiệm vụ có thời hạn riêng, giữ nguyên",
        "3 kết quả đã nộp được giữ nguyên.",
        next(iter(NAMES.values())),
        "99/SLĐTBXH-BĐG, ngày 01/10/2020",
    ):
        assert words in answer.text, words
    (version,) = changes.looked
    assert isinstance(version, NewVersion)
    assert (version.source, version.reason) == (SOURCE, REASON)
    assert [file.name for file in version.files] == ["Phụ lục.pdf"]
    assert version.document is not None
    assert (version.document.number, changes.made) == ("99/SLĐTBXH-BĐG", [])
    assert drafts.saved[SAVED].kept == version.files


async def test_confirmed_it_runs_and_the_page_says_so(client: httpx.AsyncClient, changes: FakeChanges) -> None:
    seal = seal_in(await look(client, YAML))
    answer = await press(client, seal)
    assert (answer.status_code, answer.headers["location"]) == (303, f"{HOME}/amend?v=2")
    html = (await client.get(answer.headers["location"])).text
    assert "Văn bản đang được thực hiện theo phiên bản 2." in html
    assert "908 sửa đổi.yaml" not in html, "what runs is not waiting any more"
    assert (await press(client, seal)).status_code == 303, "a button pressed twice"
    assert len(changes.made) == 1
    assert 'role="status"' not in (await client.get(f"{HOME}/amend?v=3")).text


async def test_what_was_uploaded_waits_until_it_is_confirmed_or_replaced(
    client: httpx.AsyncClient, changes: FakeChanges
) -> None:
    await look(client, YAML, ANNEX)
    html = (await client.get(f"{HOME}/amend")).text
    assert "Tệp văn bản đã tải lên: 908 sửa đổi.yaml." in html
    hidden = {
        name: re.findall(rf'name="{name}" value="([^"]+)"', html)[0] for name in ("source", "source_name", "kept")
    }
    again = await look(client, typed=hidden)
    assert again.status_code == 200
    assert changes.looked[0] == changes.looked[1]


async def test_the_confirmation_is_bound_to_what_was_shown(client: httpx.AsyncClient, changes: FakeChanges) -> None:
    first = seal_in(await look(client, YAML))
    other = ("files", ("khác.yaml", b"document: {}\n", "text/plain"))
    second = seal_in(await look(client, other))
    answer = await press(client, first)
    assert answer.status_code == 409
    assert "Nội dung thay đổi không còn như khi trang này được mở" in answer.text
    assert (seal_in(answer), changes.made) == (second, [])


async def test_the_faults_of_a_file_are_shown_with_its_lines(client: httpx.AsyncClient, changes: FakeChanges) -> None:
    fault = Fault(code="value", path="closing", line=2, message="'closing' is a day: write 2020-12-31")
    changes.hindered = CannotChange(Hindrance.FILE_FAULTY, (fault,))
    answer = await look(client, YAML)
    assert answer.status_code == 422
    assert "Dòng 2: Giá trị ghi chưa đúng." in answer.text
    assert "<code>closing: hôm qua</code>" in answer.text
    assert "write 2020-12-31" in answer.text
    assert REASON in answer.text
    assert "908 sửa đổi.yaml" in answer.text, "it need not be chosen again when only another file was missing"


@pytest.mark.parametrize(
    ("chosen", "typed", "mistake"),
    [
        ((), {}, "Chọn tệp văn bản đã sửa đổi (.yaml)."),
        ((ANNEX,), {}, "Chọn tệp văn bản đã sửa đổi (.yaml)."),
        ((), {"source": "ab" * 32}, "Chọn tệp văn bản đã sửa đổi (.yaml)."),
        ((YAML, YAML), {}, "Chỉ chọn một tệp văn bản (.yaml)."),
        ((("files", ("rỗng.yml", b"", "text/plain")),), {}, "Tệp “rỗng.yml” không có nội dung"),
        ((YAML, ("files", ("virus.exe", b"MZ", "x/y"))), {}, "Tệp “virus.exe” không đúng định dạng"),
        ((("files", ("to.yaml", b"x" * 70_000, "text/plain")),), {}, "Tệp “to.yaml” lớn hơn"),
        ((YAML,), {"why": " "}, WORDS[Reason.REASON_NEEDED]),
        ((YAML,), {"date": "32/1/2020"}, "không phải là ngày"),
        ((YAML,), {"date": "1/10/2020"}, "Ghi số và ký hiệu của văn bản."),
    ],
)
async def test_what_is_missing_is_said_beside_its_field(
    client: httpx.AsyncClient, changes: FakeChanges, chosen: tuple[File, ...], typed: dict[str, str], mistake: str
) -> None:
    answer = await look(client, *chosen, typed=typed)
    assert (answer.status_code, answer.text.count(mistake)) == (422, 2)
    assert changes.looked == []


@pytest.mark.parametrize("why", [item for item in Hindrance if item is not Hindrance.FILE_FAULTY])
async def test_every_hindrance_has_words(client: httpx.AsyncClient, changes: FakeChanges, why: Hindrance) -> None:
    about = {"parts": "label,date", "version": "2", "unit": "x", "name": "X", "day": "01/01/2020", "requirement": "y"}
    changes.hindered = CannotChange(why, (), **about)
    answer = await look(client, YAML)
    assert (answer.status_code, changes.made) == (409, [])
    assert hindrance_words(changes.hindered) in answer.text.replace("&#34;", '"')


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (Refused(Reason.VERSION_OUTDATED), WORDS[Reason.VERSION_OUTDATED]),
        (Unreachable("Temporal", "127.0.0.1", "no answer"), "Hệ thống tạm thời gián đoạn"),
    ],
)
async def test_where_it_is_not_taken_it_is_shown_as_it_would_be_now(
    client: httpx.AsyncClient, changes: FakeChanges, error: Exception, words: str
) -> None:
    seal = seal_in(await look(client, YAML))
    changes.answer = error
    answer = await press(client, seal)
    assert answer.status_code in {409, 503}
    assert words in answer.text
    assert seal_in(answer) == seal


async def test_where_telling_is_interrupted_the_page_says_how_it_is_completed(
    client: httpx.AsyncClient, changes: FakeChanges
) -> None:
    seal = seal_in(await look(client, YAML))
    changes.source, changes.version, changes.behind = SOURCE, 2, 2
    changes.answer = Unreachable("Temporal", "127.0.0.1", "no answer")
    answer = await press(client, seal)
    assert answer.status_code == 503
    assert "Việc sửa đổi chưa hoàn tất" in answer.text
    assert "Còn 2 sổ theo dõi chưa nhận được phiên bản này." in (await client.get(f"{HOME}/amend")).text
    again = await client.post(f"{HOME}/amend", data={"go": "complete"})
    assert again.status_code == 503
    changes.answer = None
    done = await client.post(f"{HOME}/amend", data={"go": "complete"})
    assert (done.status_code, changes.completed) == (303, 1)
    assert "completing-form" not in (await client.get(done.headers["location"])).text


async def test_while_registers_are_told_there_is_nothing_to_press(
    client: httpx.AsyncClient, changes: FakeChanges
) -> None:
    changes.version, changes.behind, changes.going_on = 2, 1, True
    html = (await client.get(f"{HOME}/amend")).text
    assert "Các sổ đang được báo" in html
    assert "<form method" not in html.partition("<main>")[2]


async def test_who_may_not_is_told_so(client: httpx.AsyncClient, pages: FakePages, changes: FakeChanges) -> None:
    pages.register = register(supervises=False)
    for answer in (await client.get(f"{HOME}/amend"), await look(client, YAML), await press(client, "x")):
        assert (answer.status_code, "Chỉ đơn vị ban hành văn bản" in answer.text) == (409, True)
    assert (changes.looked, changes.made) == ([], [])


async def test_nothing_waits_nothing_is_confirmed(client: httpx.AsyncClient, changes: FakeChanges) -> None:
    assert (await press(client, "x")).headers["location"] == f"{HOME}/amend"
    assert changes.made == []


async def test_a_full_disk_keeps_nothing(client: httpx.AsyncClient, files: FakeFiles, changes: FakeChanges) -> None:
    files.full = True
    assert (await look(client, YAML)).status_code == 503
    assert changes.looked == []


def test_a_fault_of_an_unknown_kind_has_words_too() -> None:
    (mistake,) = mistakes([Fault(code="brand_new", path="", line=9, message="x")], "one line")
    assert (mistake.words, mistake.written) == ("Nội dung ghi chưa đúng.", "")
