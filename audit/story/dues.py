"""Due instants as they held at each moment of a story, so that lateness is told as it was seen then."""

from datetime import datetime

from models.correspondence import RequestAnswered
from models.event import Event, ObligationsOpened
from models.request import requested_for
from models.stepped_in import Amended, DueSet, Resumed
from models.succession import TakenIn

CHANGING = frozenset({"obligations_opened", "request_answered", "due_set", "resumed", "amended", "taken_in"})
"""Kinds of events that may set a due instant: a story needs them also where it does not tell them."""


def changed(event: Event) -> dict[str, datetime | None]:
    """The due instants that an event sets, by obligation."""
    match event.fact:
        case ObligationsOpened(obligations=keys, due=due) if due is not None:
            return dict.fromkeys(keys, due)
        case RequestAnswered(request=request, due=due) if due is not None:
            return {requested_for(request): due}
        case DueSet(obligations=keys, due=due):
            return dict.fromkeys(keys, due)
        case Resumed(dues=dues):
            return dict(dues)
        case Amended(dues=dues):
            return dict(dues)
        case TakenIn(handover=handover):
            return {f"{item.duty.requirement}@{item.duty.unit}": item.before.due for item in handover.arrivals}
    return {}
