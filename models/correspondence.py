"""Facts of what passes between units and the unit that keeps their register beside answers and decisions: requests,
chases, people who answer, obstacles and recommendations."""

import datetime as dt
from typing import Literal

from models.base import Instant, Wire
from models.follow_up import Audience
from models.holder import Arrangement
from models.recommendation import Handling
from models.request import RequestKind
from models.unit import Role


class RequestMade(Wire):
    """A unit asks for something; from now on a request that waits for an answer."""

    kind: Literal["request_made"] = "request_made"
    obligation: str
    unit: str
    request: RequestKind
    reason: str
    until: dt.date | None = None


class RequestAnswered(Wire):
    """A request was granted or refused. `due` is the new due instant where more time was granted until a day."""

    kind: Literal["request_answered"] = "request_answered"
    request: str
    request_kind: RequestKind
    granted: bool
    words: str = ""
    until: dt.date | None = None
    due: Instant | None = None


class Chased(Wire):
    """The unit that keeps the register has chased these obligations outside the ladder."""

    kind: Literal["chased"] = "chased"
    obligations: tuple[str, ...]
    words: str = ""


class EscalationHeard(Wire):
    """The register below, kept by `unit`, escalates obligations of its own to those in `to`."""

    kind: Literal["escalation_heard"] = "escalation_heard"
    register_id: str
    unit: str
    step: str
    to: tuple[Audience, ...]
    obligations: tuple[str, ...]


class HolderNamed(Wire):
    """Somebody answers for a unit from now on, or between two days; `by` named him, from the address `by_email`.
    `obligations` are what the unit owes then."""

    kind: Literal["holder_named"] = "holder_named"
    unit: str
    name: str
    email: str
    arrangement: Arrangement
    by: str = ""
    by_email: str = ""
    first: dt.date | None = None
    last: dt.date | None = None
    reason: str = ""
    obligations: tuple[str, ...] = ()


class HolderLeft(Wire):
    """Somebody does not answer for a unit any more; nobody was named in his place. `obligations` are what the unit owes
    then."""

    kind: Literal["holder_left"] = "holder_left"
    unit: str
    holder: str
    role: Role
    email: str
    words: str = ""
    obligations: tuple[str, ...] = ()


class AddressRefused(Wire):
    """A mail server refused the address of somebody who answers for a unit for good. `obligations` are what the unit
    owes then."""

    kind: Literal["address_refused"] = "address_refused"
    unit: str
    holder: str
    role: Role
    email: str
    words: str
    obligations: tuple[str, ...] = ()


class DecisionsAwaited(Wire):
    """What has come in and waits for decisions, told once a working day at most: by deciding unit, the obligations with
    submissions, and the requests by id."""

    kind: Literal["decisions_awaited"] = "decisions_awaited"
    submissions: dict[str, tuple[str, ...]] = {}
    requests: dict[str, tuple[str, ...]] = {}


class ObstacleRaised(Wire):
    """A unit has told what stands in its way; from now on a recommendation that waits for an answer."""

    kind: Literal["obstacle_raised"] = "obstacle_raised"
    obligation: str
    unit: str
    text: str


class RecommendationHandled(Wire):
    kind: Literal["recommendation_handled"] = "recommendation_handled"
    recommendation: str
    handling: Handling
    words: str = ""
    body: str = ""
    reply_by: dt.date | None = None


class RepliesOverdue(Wire):
    """The body to which recommendations were referred has not replied by its day."""

    kind: Literal["replies_overdue"] = "replies_overdue"
    recommendations: tuple[str, ...]
    body: str
