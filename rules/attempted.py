"""What a command is about, for the note of one that was refused (pure)."""

from collections.abc import Iterator
from itertools import islice

from models.command import AcceptAll, AnswerRequest, Command, HandleRecommendation
from models.intervention import AcceptPaper, Amend, Enlist
from models.obligation import obligation_key, unit_of
from models.plan import Amendment
from models.recommendation import obligation_of
from models.request import requested_for
from models.succession import Reorganise, TakeIn

MOST = 100
"""Obligations that the note of one attempt names, so that it stays small whatever was asked."""


def obligations(command: Command) -> tuple[str, ...]:
    """The keys of the first obligations that a command names, each once; none where it is about a whole unit or
    register."""
    return tuple(islice(dict.fromkeys(_named(command)), MOST))


def whom(keys: tuple[str, ...], actor_unit: str) -> str:
    """The unit under which an attempt is found again: the one whose obligations it was about, else the one that
    acted."""
    units = set(map(unit_of, keys))
    return units.pop() if len(units) == 1 else actor_unit


def _named(command: Command) -> Iterator[str]:
    match command:
        case AcceptAll(items=items):
            yield from (item.obligation for item in items)
        case AnswerRequest(request=request):
            yield requested_for(request)
        case HandleRecommendation(recommendation=recommendation):
            yield obligation_of(recommendation)
        case AcceptPaper(target=target):
            yield target.obligation
        case Enlist(duties=duties) | Amend(amendment=Amendment(duties=duties)):
            yield from (obligation_key(duty.requirement, duty.unit) for duty in duties)
        case Reorganise(successions=successions):
            yield from (succession.obligation for succession in successions)
        case TakeIn(handover=handover):
            yield from (arrival.before.key for arrival in handover.arrivals)
        case _:
            yield from getattr(command, "obligations", ())
            yield from (target.obligation for target in getattr(command, "targets", ()))
            if key := getattr(command, "obligation", ""):
                yield key
