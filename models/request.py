"""What a unit asks of the unit that keeps the register: more time (lùi, giãn), to be released (rút), or to be told that
something does not apply to it (dispatch 9061/VPCP-CN; DOMAIN section 3)."""

import datetime as dt
from enum import StrEnum

from models.base import Instant, Wire


class RequestKind(StrEnum):
    MORE_TIME = "more_time"
    WITHDRAWAL = "withdrawal"
    NOT_APPLICABLE = "not_applicable"


class RequestStatus(StrEnum):
    ASKED = "asked"
    GRANTED = "granted"
    REFUSED = "refused"


class Request(Wire):
    """What the register knows of one request.

    `id` is `<obligation>/r<number of the event>`. `until` is the last day asked for, `granted_until` the one that was
    granted; both only where more time is asked for. `words` are the answer's.
    """

    id: str
    obligation: str
    unit: str
    kind: RequestKind
    reason: str
    until: dt.date | None = None
    asked_at: Instant
    status: RequestStatus = RequestStatus.ASKED
    answered_at: Instant | None = None
    words: str = ""
    granted_until: dt.date | None = None


def request_id(obligation: str, seq: int) -> str:
    """The name of the request that event number `seq` made."""
    return f"{obligation}/r{seq}"


def requested_for(key: str) -> str:
    """The obligation that a request is about, from the request's id."""
    return key.rpartition("/")[0]
