"""How often a link and an address may ask: who guesses, floods or loops waits; nobody who works does."""

import math
import re
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from datetime import datetime
from hashlib import sha256
from ipaddress import IPv6Address, ip_address
from typing import Final

from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from web.buckets import Buckets, Rate

LINK: Final = Rate(a_minute=120, burst=240)
"""Requests with one link. A page is one request, a pressed button two; nobody reads two pages a second for minutes."""

LINK_POSTS: Final = Rate(a_minute=30, burst=120)
"""Pressed buttons with one link: a reviewer with a long list has a hundred in hand, then one in two seconds."""

ADDRESS: Final = Rate(a_minute=1200, burst=2400)
"""Requests from one address: all officers of a province may share it, and all get the same mail at eight o'clock."""

ASTRAY: Final = Rate(a_minute=60, burst=60)
"""Requests from one address that lead nowhere. Links are 256 random bits, so guessing is hopeless even without this;
it keeps the database free of it, and a broken mail scanner's link from costing anything."""

KEPT: Final = 20_000
"""Buckets of each kind that are remembered: a few megabytes."""

_LINK = re.compile(r"/[vs]/([^/]+)")
_FREE = "/health"


class LimitsMiddleware:
    """Lets a request pass, or answers what `refuse` writes, with `Retry-After`; `now` is the real time.

    One process counts for itself. The address is what the server says: behind a proxy that is the proxy's own, unless
    the server is told to trust what the proxy passes on.
    """

    def __init__(
        self, app: ASGIApp, now: Callable[[], datetime], refuse: Callable[[Request, int], Awaitable[Response]]
    ) -> None:
        self._app = app
        self._now = now
        self._refuse = refuse
        self._links, self._posts = Buckets(LINK, KEPT), Buckets(LINK_POSTS, KEPT)
        self._addresses, self._astray = Buckets(ADDRESS, KEPT), Buckets(ASTRAY, KEPT)
        self._led: OrderedDict[str, None] = OrderedDict()
        """Links that have led somewhere: whoever goes astray behind the same address is not their holders' fault."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["path"] == _FREE:
            await self._app(scope, receive, send)
            return
        at, address, link = self._now().timestamp(), address_key(scope["client"]), _link(scope)
        asked = self._asked(address, link, scope["method"])
        barred = [] if link in self._led else [(self._astray, address)]
        wait = max(buckets.wait(key, at) for buckets, key in [*asked, *barred])
        if wait > 0:
            response = await self._refuse(Request(scope), math.ceil(wait))
            await response(scope, receive, send)
            return
        for buckets, key in asked:
            buckets.take(key, at)

        async def send_and_count(message: Message) -> None:
            if message["type"] == "http.response.start":
                if message["status"] == 404:
                    self._astray.take(address, at)
                elif link:
                    self._remember(link)
            await send(message)

        await self._app(scope, receive, send_and_count)

    def _asked(self, address: str, link: str, method: str) -> list[tuple[Buckets, str]]:
        """The buckets from which a request takes a token."""
        asked = [(self._addresses, address)]
        if link:
            asked.append((self._links, link))
            if method == "POST":
                asked.append((self._posts, link))
        return asked

    def _remember(self, link: str) -> None:
        self._led[link] = None
        self._led.move_to_end(link)
        while len(self._led) > KEPT:
            self._led.popitem(last=False)


def _link(scope: Scope) -> str:
    """What stands for the link of a request, empty where there is none; no secret stays in memory for being counted."""
    found = _LINK.match(scope["path"])
    return sha256(found[1].encode()).hexdigest() if found else ""


def address_key(client: tuple[str, int] | None) -> str:
    """Whom an address stands for: itself, or with IPv6 its network of 64 bits, which one subscriber has to himself."""
    if client is None:
        return ""
    try:
        address = ip_address(client[0])
    except ValueError:
        return client[0]
    if isinstance(address, IPv6Address):
        return str(address.ipv4_mapped) if address.ipv4_mapped else address.exploded[:19]
    return str(address)
