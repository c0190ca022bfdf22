"""The language a reader has chosen: Vietnamese until a press of a button puts English into a cookie, or back.

The button posts `?language=en` to the page's own address, so that no page has to name the way back: it holds a secret.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from urllib.parse import quote, urlencode

from starlette.requests import HTTPConnection, Request
from starlette.responses import RedirectResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from texts.language import Language, speaking

COOKIE = PARAMETER = "language"
_YEAR = 365 * 24 * 3600

_query = ContextVar[tuple[tuple[str, str], ...]]("query", default=())


def switch(language: str) -> str:
    """Where the button posts to: the address of the page that is being written, with a language added."""
    return "?" + urlencode([*_query.get(), (PARAMETER, language)])


@contextmanager
def reading(connection: HTTPConnection) -> Iterator[None]:
    """Write everything inside in the language of a request's cookie; Vietnamese where that says nothing we know."""
    token = _query.set(_others(connection))
    try:
        with speaking(_language(connection.cookies.get(COOKIE)) or Language.VIETNAMESE):
            yield
    finally:
        _query.reset(token)


class LanguageMiddleware:
    """Answers each request in its reader's language, also where a handler runs in a thread: that gets the context."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        request = Request(scope)
        wanted = _language(request.query_params.get(PARAMETER))
        if request.method == "POST" and wanted:
            await _switched(request, wanted)(scope, receive, send)
            return
        with reading(request):
            await self._app(scope, receive, send)


def _language(name: str | None) -> Language | None:
    return next((language for language in Language if language == name), None)


def _others(connection: HTTPConnection) -> tuple[tuple[str, str], ...]:
    """The parameters of an address without the language."""
    return tuple(pair for pair in connection.query_params.multi_items() if pair[0] != PARAMETER)


def _switched(request: Request, language: Language) -> Response:
    """Keeps the language in the only cookie there is, which says nothing about its holder, and shows the page again.

    SameSite=Lax: people come by a link in their webmail, and a strict cookie would stay behind then.

    The way back is the address that was posted to, with one slash in front: two would name another host.
    """
    back, others = "/" + quote(request.scope["path"].lstrip("/")), _others(request)
    response = RedirectResponse(f"{back}?{urlencode(others)}" if others else back, 303)
    secure = request.url.scheme == "https"
    response.set_cookie(COOKIE, language.value, max_age=_YEAR, httponly=True, samesite="lax", secure=secure)
    return response
