"""Gives out a handed-in file, always to be saved and never to be shown by the browser."""

import re
from urllib.parse import quote

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.responses import FileResponse, Response

from models.document import FileRef
from models.link import Link
from models.saved import Printed
from rules.file_types import FILE_TYPES
from web.site import Site

_SHA256 = re.compile(r"[0-9a-f]{64}")
_MEDIA_TYPES = {kind.media_type for kind in FILE_TYPES}


async def download(site: Site, link: Link, sha256: str) -> Response:
    """The file, if the link's holder may read it; raises `HTTPException` 404 otherwise."""
    ref = await run_in_threadpool(site.ports.pages.file, link, sha256) if _SHA256.fullmatch(sha256) else None
    if ref is None:
        raise HTTPException(404)
    return await give_out(site, ref)


async def give_out(site: Site, ref: FileRef) -> Response:
    """A file that somebody may read; raises `HTTPException` 404 where it is not in the store."""
    path = site.ports.files.path(ref.sha256)
    if not await run_in_threadpool(path.is_file):
        raise HTTPException(404)
    return FileResponse(
        path,
        media_type=ref.media_type if ref.media_type in _MEDIA_TYPES else "application/octet-stream",
        headers=_saved_as(ref.name),
    )


def attached(printed: Printed) -> Response:
    """A document made for the reader, to be saved under its name."""
    return Response(printed.content, media_type=printed.media_type, headers=_saved_as(printed.name))


def _saved_as(name: str) -> dict[str, str]:
    return {"Content-Disposition": f"attachment; filename*=UTF-8''{quote(name, safe='')}"}
