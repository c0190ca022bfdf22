"""The folded state of one register. Everything in it follows from the events."""

from models.answer import Answer
from models.base import Instant, Wire
from models.holder import Holder
from models.obligation import Inherited
from models.recommendation import Recommendation
from models.request import Request
from models.sheets import Sheets, Taken


class LedgerState(Wire):
    """`seq` is the number of the last event, `now` its business instant; `registered` names triggers that arrived,
    `below_closed` the units whose child cascades have closed, `taken` the events of commands that took effect, by
    `command_key`. `digest_at` is when deciders were last told of what waits. `holders` are by
    `holder_key`; the contacts of the registry are in it only once something has happened to them. `answers` are the
    latest answers, as long as something may follow from what they say. `bequests` are what units before had done, by
    the obligation to which it will be evidence if that one comes. `reported` are the keys of the summary reports that
    were issued while the register ran; `summarised`: the one at the end was. `opened_at`, `closed_at`: when the
    register was, None also where that was not kept yet.
    """

    seq: int = 0
    now: Instant
    obligations: Sheets = Sheets()
    recommendations: dict[str, Recommendation] = {}
    requests: dict[str, Request] = {}
    holders: dict[str, Holder] = {}
    answers: dict[str, Answer] = {}
    bequests: dict[str, tuple[Inherited, ...]] = {}
    digest_at: Instant | None = None
    registered: tuple[str, ...] = ()
    below_closed: tuple[str, ...] = ()
    taken: Taken = Taken()
    opened_at: Instant | None = None
    closed_at: Instant | None = None
    reported: tuple[str, ...] = ()
    closed: bool = False
    summarised: bool = False


def command_key(command_id: str, subject: str) -> str:
    """What a command did to one obligation or document, so that the same command sent again has one effect."""
    return f"{command_id} {subject}"
