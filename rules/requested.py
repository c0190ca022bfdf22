"""How facts change the requests of a register."""

from datetime import datetime

from models.correspondence import RequestAnswered, RequestMade
from models.request import Request, RequestStatus, request_id


def made(fact: RequestMade, seq: int, at: datetime) -> Request:
    """The request that event number `seq` makes."""
    return Request(
        id=request_id(fact.obligation, seq),
        obligation=fact.obligation,
        unit=fact.unit,
        kind=fact.request,
        reason=fact.reason,
        until=fact.until,
        asked_at=at,
    )


def answered(before: Request, fact: RequestAnswered, at: datetime) -> Request:
    status = RequestStatus.GRANTED if fact.granted else RequestStatus.REFUSED
    changes = {"status": status, "answered_at": at, "words": fact.words, "granted_until": fact.until}
    return before.model_copy(update=changes)
