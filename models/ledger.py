"""The folded state of one register. Everything in it follows from the events."""

from models.answer import Answer
from models.base import Instant, Wire
from models.obligation import ObligationState
from models.recommendation import Recommendation


class LedgerState(Wire):
    """`seq` is the number of the last event, `now` its business instant; `registered` names triggers that arrived,
    `below_closed` the units whose child cascades have closed, `taken` the events of commands that took effect, by
    `command_key`. `answers` are the latest answers, as long as something may follow from what they say."""

    seq: int = 0
    now: Instant
    obligations: dict[str, ObligationState] = {}
    recommendations: dict[str, Recommendation] = {}
    answers: dict[str, Answer] = {}
    registered: tuple[str, ...] = ()
    below_closed: tuple[str, ...] = ()
    taken: dict[str, int] = {}
    closed: bool = False


def command_key(command_id: str, subject: str) -> str:
    """What a command did to one obligation or document, so that the same command sent again has one effect."""
    return f"{command_id} {subject}"
