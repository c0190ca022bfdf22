"""From a token in an address to the link it stands for (DESIGN rule 3)."""

import re

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request

from models.actor import Actor, ActorKind, Identified
from models.journal import Invalid
from models.link import Link, Purpose
from web.site import Site

_TOKEN = re.compile(r"[A-Za-z0-9_-]{16,128}")
_KINDS = {Purpose.OFFICER: ActorKind.OFFICER, Purpose.REGISTER: ActorKind.REVIEWER}


async def resolve(site: Site, request: Request, purpose: Purpose) -> Link:
    """The valid link of a request.

    A pressed button with any other link is noted in a journal; looking is not, because machines do that too.

    Raises `HTTPException` 404 for a token never issued or issued for something else, 410 for one that is revoked, whose
    holder does not answer for the unit any more, or that is past its (real) expiry; `Unreachable` when the database is
    away.
    """
    token = request.path_params["token"]
    link = await run_in_threadpool(site.ports.pages.link, token) if _TOKEN.fullmatch(token) else None
    pressed = request.method == "POST"
    if link is None:
        if pressed:
            await site.noting.stray(Actor(kind=_KINDS[purpose], unit=""), where(request))
        raise HTTPException(404)
    wrong = _wrong(site, link, purpose)
    if wrong is None:
        return link
    if pressed:
        await site.noting.invalid(link.cascade_id, actor(link), where(request), wrong)
    raise HTTPException(404 if wrong is Invalid.OTHER_LINK else 410)


def actor(link: Link) -> Actor:
    """Who acts that comes with a link."""
    return Actor(
        kind=_KINDS[link.purpose],
        unit=link.unit,
        name=link.name,
        holder=link.holder or link.role,
        identified=Identified.LINK,
    )


def where(request: Request) -> str:
    """Which page a request is about, without its link and whatever else stands in its address."""
    page, _token, *asked = request.url.path.strip("/").split("/")
    return f"/{'/'.join([page, '…', *asked[:1]])}"


def _wrong(site: Site, link: Link, purpose: Purpose) -> Invalid | None:
    """Why a link does not open a page; None where it does."""
    if link.purpose is not purpose:
        return Invalid.OTHER_LINK
    if link.revoked_at is not None:
        return Invalid.REVOKED_LINK
    if link.expires_at <= site.now():
        return Invalid.EXPIRED_LINK
    return Invalid.DEAD_LINK if link.dead else None
