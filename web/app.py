"""Puts the pages together: routes, headers, and what is said when something is wrong."""

from collections.abc import Callable
from datetime import datetime

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import ClientDisconnect, Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from web.headers import HeadersMiddleware, security_headers
from web.officer import Officer
from web.ports import Cascades, Files, Pages, Unreachable
from web.register import Register
from web.site import CSS, Site


def create_app(
    pages: Pages,
    files: Files,
    cascades: Cascades,
    *,
    max_upload: int = 20 * 1024 * 1024,
    now: Callable[[], datetime],
) -> Starlette:
    """The pages as an ASGI application.

    `max_upload` is the size of one file in bytes; `now` gives real UTC time. Addresses hold secrets: whoever serves
    this must not log them (uvicorn: `access_log=False`).
    """
    site = Site(pages, files, cascades, max_upload, now)
    headers = security_headers(CSS)

    async def refuse(_: Request, error: Exception) -> Response:
        status = error.status_code if isinstance(error, HTTPException) else 500
        return await site.respond("gone.html" if status == 410 else "not_found.html", status)

    async def unreachable(request: Request, _: Exception) -> Response:
        return await site.respond("unreachable.html", 503, posted=request.method == "POST")

    async def disconnected(_: Request, __: Exception) -> Response:
        return Response(status_code=400)

    async def broken(_: Request, __: Exception) -> Response:
        response = await site.respond("broken.html", 500)
        response.headers.update(headers)  # this answer is written outside all middleware
        return response

    app = Starlette(
        routes=[Route("/health", _health), *Officer(site).routes(), *Register(site).routes()],
        middleware=[Middleware(HeadersMiddleware, headers=headers)],
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
