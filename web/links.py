"""From a token in an address to the link it stands for (DESIGN rule 3)."""

import re

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request

from models.link import Link, Purpose
from web.site import Site

_TOKEN = re.compile(r"[A-Za-z0-9_-]{16,128}")


async def resolve(site: Site, request: Request, purpose: Purpose) -> Link:
    """The valid link of a request.

    Raises `HTTPException` 404 for a token never issued or issued for something else, 410 for one that is revoked, whose
    holder does not answer for the unit any more, or that is past its (real) expiry; `Unreachable` when the database is
    away.
    """
    token = request.path_params["token"]
    link = await run_in_threadpool(site.ports.pages.link, token) if _TOKEN.fullmatch(token) else None
    if link is None or link.purpose is not purpose:
        raise HTTPException(404)
    if link.dead or link.revoked_at is not None or link.expires_at <= site.now():
        raise HTTPException(410)
    return link
