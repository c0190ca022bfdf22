import re

import httpx
import pytest

from tests.web import contents, samples
from tests.web.fakes import FakeCascades, FakeFiles
from tests.web.posting import GOOD_PLAN, OWED_PLAN, PLAN, answered, hand_in


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("a.pdf", contents.PROGRAM, "không đúng định dạng"),
        ("a.doc", contents.OLD_WORD, "không đúng định dạng"),
        ("a.pdf", b"", "không có nội dung"),
        ("a.pdf", contents.PDF + bytes(64 * 1024), "lớn hơn 0,0625 MB"),
        ("<img>\u202e.pdf", contents.HTML, "“&lt;img&gt;.pdf” không đúng định dạng"),
    ],
)
async def test_a_bad_file_is_named_and_the_good_one_kept(
    client: httpx.AsyncClient, cascades: FakeCascades, files: FakeFiles, name: str, content: bytes, words: str
) -> None:
    answer = await hand_in(client, OWED_PLAN, GOOD_PLAN, ("files", (name, content, "application/pdf")), **PLAN)
    assert answer.status_code == (413 if "lớn hơn" in words else 422)
    assert words in answer.text
    assert cascades.sent == []
    kept = re.search(r'name="kept" value="([^"]+ Kế hoạch.pdf)"', answer.text)
    assert kept is not None
    assert (await hand_in(client, OWED_PLAN, **PLAN, kept=kept[1])).status_code == 303
    assert answered(cascades).answer.files == tuple(files.stored)


@pytest.mark.parametrize("kept", ["", "0" * 64 + " a.pdf", "../../etc/passwd a", "x", "0" * 64])
async def test_a_claimed_file_that_is_not_stored_does_not_count(
    client: httpx.AsyncClient, cascades: FakeCascades, kept: str
) -> None:
    assert (await hand_in(client, OWED_PLAN, **PLAN, kept=kept)).status_code == 422
    assert cascades.sent == []


async def test_a_post_that_is_too_large_keeps_what_was_typed(
    client: httpx.AsyncClient, cascades: FakeCascades, files: FakeFiles
) -> None:
    huge = ("files", ("phim.pdf", contents.PDF + bytes(1024 * 1024), "application/pdf"))
    answer = await hand_in(client, OWED_PLAN, huge, **PLAN)
    assert answer.status_code == 413
    assert "quá lớn" in answer.text
    assert 'value="Hồ Văn Ngưm"' in answer.text
    assert (cascades.sent, files.stored) == ([], [])


async def test_more_than_ten_files_are_too_many(client: httpx.AsyncClient, cascades: FakeCascades) -> None:
    answer = await hand_in(client, OWED_PLAN, *[GOOD_PLAN] * 11, **PLAN)
    assert answer.status_code == 422
    assert "Nhiều hơn 10 tệp" in answer.text
    assert cascades.sent == []


async def test_files_beyond_all_counting_are_not_left_out_in_silence(
    client: httpx.AsyncClient, cascades: FakeCascades
) -> None:
    answer = await hand_in(client, samples.line("labour-code"), *[GOOD_PLAN] * 61, note="Đã thực hiện")
    assert answer.status_code == 413
    assert "quá nhiều" in answer.text
    assert "Đã thực hiện</textarea>" in answer.text
    assert cascades.sent == []


async def test_a_full_disk_loses_nothing_typed_and_sends_nothing(
    client: httpx.AsyncClient, cascades: FakeCascades, files: FakeFiles
) -> None:
    files.full = True
    answer = await hand_in(client, OWED_PLAN, GOOD_PLAN, **PLAN)
    assert answer.status_code == 503
    assert 'value="Hồ Văn Ngưm"' in answer.text
    assert cascades.sent == []
