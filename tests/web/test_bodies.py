"""How much of a posted form is taken in."""

from collections.abc import Iterable, Mapping
from typing import Any

import httpx
import pytest
from starlette.requests import Request
from starlette.types import Message

from web.bodies import Body, read_body

MAX_UPLOAD = 1024 * 1024
COMMUNES = [f"{n:05}-ubnd" for n in range(3_321)]
MULTIPART = {"files": ("", b"", "application/octet-stream")}


async def posted(ticks: Iterable[str], files: Mapping[str, Any] | None) -> Body:
    """What is read of a form with a tick for each of some units, sent as browsers send it."""
    form = httpx.Request("POST", "http://dondoc.test", data={"unit": list(ticks)}, files=files)
    content = form.read()

    async def receive() -> Message:
        return {"type": "http.request", "body": content}

    headers = [(name.lower(), value) for name, value in form.headers.raw]
    return await read_body(Request({"type": "http", "method": "POST", "headers": headers}, receive), MAX_UPLOAD)


@pytest.mark.parametrize("files", [None, MULTIPART])
async def test_every_commune_of_the_country_may_be_ticked(files: Mapping[str, Any] | None) -> None:
    body = await posted(COMMUNES, files)
    assert not body.exceeds(MAX_UPLOAD)
    assert body.texts("unit") == COMMUNES


@pytest.mark.parametrize("files", [None, MULTIPART])
async def test_a_form_without_measure_is_cut_short(files: Mapping[str, Any] | None) -> None:
    body = await posted(COMMUNES * 2, files)
    assert body.exceeds(MAX_UPLOAD)
    assert len(body.fields) < len(COMMUNES) * 2
