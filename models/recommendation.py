"""Recommendations (kiến nghị) and obstacles (khó khăn, vướng mắc): raised from below, answered, taken on board or
referred with a reply date."""

import datetime as dt
from enum import StrEnum

from models.base import Instant, Wire

OBSTACLE = "obstacle"
"""The group of what was not handed in with an answer but raised in between: an obstacle to the obligation."""


class RecommendationStatus(StrEnum):
    RAISED = "raised"
    ANSWERED = "answered"
    TAKEN_ON_BOARD = "taken_on_board"
    REFERRED = "referred"
    REPLIED = "replied"
    CLOSED = "closed"


PENDING = frozenset({RecommendationStatus.RAISED, RecommendationStatus.REFERRED})
"""What still waits for somebody's word."""


class Raised(Wire):
    """One recommendation as handed in: its group (a key of the requirement's `groups`), the words, who raised it."""

    group: str
    text: str
    by: str = ""


class Handling(StrEnum):
    """What is done with a recommendation; each leads to the status of the same meaning, `reopen` back to raised."""

    ANSWER = "answer"
    TAKE_ON_BOARD = "take_on_board"
    REFER = "refer"
    REPLY = "reply"
    CLOSE = "close"
    REOPEN = "reopen"


class Recommendation(Wire):
    """What the register knows of one recommendation, or of an obstacle, whose `group` is `OBSTACLE`.

    `id` is `<obligation>/<submission>.<n>`, of an obstacle `<obligation>/0.<number of the event>`. `handled_at` is when
    something was last said on it, which closing it is not; `body` names the body it was referred to (a unit's code
    where that unit takes part in the directive) and `reply_by` the last day of its reply; `words` are the latest answer
    or reply.
    """

    id: str
    obligation: str
    unit: str
    group: str
    text: str
    by: str = ""
    status: RecommendationStatus = RecommendationStatus.RAISED
    raised_at: Instant
    handled_at: Instant | None = None
    body: str = ""
    reply_by: dt.date | None = None
    reminded: bool = False
    reopened: int = 0
    words: str = ""


def recommendation_id(obligation: str, submission: int, number: int) -> str:
    """The name of a recommendation within its register: number `number`, from 1, of one answer."""
    return f"{obligation}/{submission}.{number}"


def obligation_of(key: str) -> str:
    """The obligation in whose answer a recommendation was made, from the recommendation's id."""
    return key.rpartition("/")[0]
