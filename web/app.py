"""Puts the pages together: routes, headers, and what is said when something is wrong."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import datetime

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import ClientDisconnect, Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from web.headers import HeadersMiddleware, guard, security_headers
from web.language import LanguageMiddleware, reading
from web.limits import LimitsMiddleware
from web.noted import NotedCascades
from web.noting import Noting
from web.officer import Officer
from web.ports import Ports, Unreachable
from web.reading.routes import ReadingRoom
from web.register import Register
from web.site import CSS, Site

_PACKED_ALREADY = ("application/*", "image/*")
"""Documents and pictures; pages weigh a fifth when packed, which counts on a telephone."""


def create_app(
    ports: Ports,
    *,
    max_upload: int = 20 * 1024 * 1024,
    now: Callable[[], datetime],
) -> Starlette:
    """The pages as an ASGI application.

    `max_upload` is the size of one file in bytes; `now` gives real UTC time. Addresses hold secrets: whoever serves
    this must not log them (uvicorn: `access_log=False`).
    """
    ports = replace(ports, cascades=NotedCascades(ports.cascades, ports.journal))
    site = Site(ports, max_upload, now, Noting(ports.journal, now))
    headers = security_headers(CSS)

    async def refuse(_: Request, error: Exception) -> Response:
        status = error.status_code if isinstance(error, HTTPException) else 500
        return await site.respond("gone.html" if status == 410 else "not_found.html", status)

    async def unreachable(request: Request, _: Exception) -> Response:
        return await site.respond("unreachable.html", 503, posted=request.method == "POST")

    async def wait(request: Request, seconds: int) -> Response:
        response = await site.respond("too_many.html", 429, posted=request.method == "POST", wait=seconds)
        response.headers["Retry-After"] = str(seconds)
        return response

    async def disconnected(_: Request, __: Exception) -> Response:
        return Response(status_code=400)

    async def broken(request: Request, _: Exception) -> Response:
        with reading(request):  # this answer is written outside all middleware
            response = await site.respond("broken.html", 500)
        guard(response.headers, headers, request.url.scheme)
        return response

    @asynccontextmanager
    async def serving(_: Starlette) -> AsyncIterator[None]:
        yield
        await site.noting.settle()

    app = Starlette(
        lifespan=serving,
        routes=[
            Route("/health", _health),
            *Officer(site).routes(),
            *Register(site).routes(),
            *ReadingRoom(site, ports.reading).routes(),
        ],
        middleware=[
            Middleware(HeadersMiddleware, headers=headers),
            Middleware(LanguageMiddleware),
            Middleware(LimitsMiddleware, now=now, refuse=wait),
            Middleware(GZipMiddleware, compresslevel=6, exclude_content_types=_PACKED_ALREADY),
        ],
        exception_handlers={
            HTTPException: refuse,
            Unreachable: unreachable,
            ClientDisconnect: disconnected,
            Exception: broken,
        },
    )
    app.router.redirect_slashes = False
    return app


def _health(_: Request) -> Response:
    return PlainTextResponse("ok")
