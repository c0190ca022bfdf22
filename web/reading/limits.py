"""How often links to sign in may be asked for and tried."""

from collections.abc import Callable
from datetime import datetime
from typing import Final

from starlette.requests import Request

from web.buckets import Buckets, Rate
from web.limits import KEPT, address_key

FROM_ADDRESS: Final = Rate(a_minute=6, burst=20)
"""From one address of the network: an office of auditors shares one."""

FROM_ALL: Final = Rate(a_minute=60, burst=200)
"""From all together: what is asked is noted, and nobody fills the journal with it."""

_ALL = "all"


class Asking:
    """Counts presses of the two buttons at the door; `now` is the real time."""

    def __init__(self, now: Callable[[], datetime]) -> None:
        self._now = now
        self._own, self._all = Buckets(FROM_ADDRESS, KEPT), Buckets(FROM_ALL, 1)

    def wait(self, request: Request) -> float:
        """Seconds until this may be asked; 0 where it may be now, which then counts."""
        at = self._now().timestamp()
        asked = ((self._own, address_key(request.scope["client"])), (self._all, _ALL))
        wait = max(buckets.wait(key, at) for buckets, key in asked)
        if not wait:
            for buckets, key in asked:
                buckets.take(key, at)
        return wait
