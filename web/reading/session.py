"""Who is signed in: a secret in a cookie that only this host gets, and only from its own pages."""

from urllib.parse import urlsplit

from starlette.requests import Request
from starlette.responses import Response

from rules.reading import LONGEST

_PLAIN = "dondoc-reading"
_SECURE = f"__Host-{_PLAIN}"
"""With HTTPS the browser sees to it that no other host of the office's domain sets it."""


def secret_of(request: Request) -> str:
    """The secret of a session as the browser has it; empty where it has none."""
    return request.cookies.get(_name(request), "")


def keep(request: Request, response: Response, secret: str) -> None:
    """Give the browser the secret of a session."""
    secure = _is_secure(request)
    age = int(LONGEST.total_seconds())
    response.set_cookie(_name(request), secret, max_age=age, path="/", httponly=True, samesite="strict", secure=secure)


def drop(request: Request, response: Response) -> None:
    """Take it away again."""
    response.delete_cookie(_name(request), path="/", httponly=True, samesite="strict", secure=_is_secure(request))


def comes_from_elsewhere(request: Request) -> bool:
    """Whether a browser says that a form was sent from another site's page."""
    if (site := request.headers.get("sec-fetch-site")) is not None:
        return site not in {"same-origin", "none"}
    origin = request.headers.get("origin")
    return origin is not None and urlsplit(origin).netloc != request.url.netloc


def _is_secure(request: Request) -> bool:
    return request.url.scheme == "https"


def _name(request: Request) -> str:
    return _SECURE if _is_secure(request) else _PLAIN
