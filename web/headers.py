"""Headers of every answer, errors included: nothing is cached, framed, indexed or run (DESIGN rules 2 and 3)."""

from base64 import b64encode
from hashlib import sha256

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_OFF = ("camera", "display-capture", "geolocation", "microphone", "payment", "usb")
_ONLY_HTTPS = "max-age=31536000"
"""For a year browsers come by HTTPS only; other hosts of the office's domain are none of our business."""


def security_headers(css: str) -> dict[str, str]:
    """The headers for pages whose only style is `css`, inlined; the policy names it by its hash."""
    style = b64encode(sha256(css.encode()).digest()).decode()
    policy = (
        f"default-src 'none'; style-src 'sha256-{style}'; img-src 'self' data:; "
        "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    )
    return {
        "Content-Security-Policy": policy,
        "Referrer-Policy": "no-referrer",
        "X-Content-Type-Options": "nosniff",
        "X-Robots-Tag": "noindex, nofollow",
        "Cache-Control": "no-store",
        "Cross-Origin-Opener-Policy": "same-origin",
        "Cross-Origin-Resource-Policy": "same-origin",
        "Permissions-Policy": ", ".join(f"{feature}=()" for feature in _OFF),
    }


def guard(headers: MutableHeaders, fixed: dict[str, str], scheme: str) -> None:
    """Set the fixed headers of an answer, and what belongs to its scheme."""
    headers.update(fixed)
    if scheme == "https":
        headers["Strict-Transport-Security"] = _ONLY_HTTPS


class HeadersMiddleware:
    """Sets the given headers on every HTTP response that passes."""

    def __init__(self, app: ASGIApp, headers: dict[str, str]) -> None:
        self._app = app
        self._headers = headers

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                guard(MutableHeaders(scope=message), self._headers, scope["scheme"])
            await send(message)

        await self._app(scope, receive, send_with_headers)
