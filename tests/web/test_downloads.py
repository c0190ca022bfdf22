import httpx
import pytest

from models.document import FileRef
from tests.web import contents
from tests.web.fakes import OFFICER_TOKEN, REGISTER_TOKEN, FakeFiles, FakePages

HOMES = [f"/v/{OFFICER_TOKEN}", f"/s/{REGISTER_TOKEN}"]


def store(pages: FakePages, files: FakeFiles, media_type: str = "application/pdf") -> FileRef:
    ref = files.put(contents.PDF, 'Kế hoạch "2020"; a.pdf', media_type)
    pages.readable[ref.sha256] = ref
    return ref


@pytest.mark.parametrize("home", HOMES)
async def test_a_file_is_saved_under_its_name(
    client: httpx.AsyncClient, pages: FakePages, files: FakeFiles, home: str
) -> None:
    ref = store(pages, files)
    answer = await client.get(f"{home}/file/{ref.sha256}")
    assert (answer.status_code, answer.content) == (200, contents.PDF)
    assert answer.headers["content-type"] == "application/pdf"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["cache-control"] == "no-store"
    disposition = answer.headers["content-disposition"]
    assert disposition == "attachment; filename*=UTF-8''K%E1%BA%BF%20ho%E1%BA%A1ch%20%222020%22%3B%20a.pdf"
    assert (await client.head(f"{home}/file/{ref.sha256}")).status_code == 200


@pytest.mark.parametrize("home", HOMES)
async def test_files_of_others_are_not_found(
    client: httpx.AsyncClient, pages: FakePages, files: FakeFiles, home: str
) -> None:
    ref = store(pages, files)
    pages.readable.clear()
    assert (await client.get(f"{home}/file/{ref.sha256}")).status_code == 404


async def test_a_file_lost_from_the_disk_is_not_found(
    client: httpx.AsyncClient, pages: FakePages, files: FakeFiles
) -> None:
    ref = store(pages, files)
    files.path(ref.sha256).unlink()
    assert (await client.get(f"{HOMES[0]}/file/{ref.sha256}")).status_code == 404


async def test_a_type_that_browsers_would_run_is_not_repeated(
    client: httpx.AsyncClient, pages: FakePages, files: FakeFiles
) -> None:
    ref = store(pages, files, "text/html")
    answer = await client.get(f"{HOMES[0]}/file/{ref.sha256}")
    assert answer.headers["content-type"] == "application/octet-stream"
