"""How what waits in the outbox becomes mail: who gets it on the day it leaves, and which page the mail leads to."""

from collections.abc import Callable, Collection, Iterable, Mapping
from datetime import date, datetime, timedelta
from enum import Enum, auto

from models.holder import Holder
from models.link import Purpose
from models.notice import NoticeKind
from models.obligation import GONE, OWING, RELEASED, State
from models.register import ObligationLine
from models.request import Request
from models.unit import Role, Unit
from rules.chasing import may_be_chased
from rules.holders import Receiver, answers, named_by, receivers
from rules.requests import waiting
from rules.standing import decides

ALONE = frozenset({NoticeKind.HANDOVER, NoticeKind.REGISTER})
"""Kinds that greet somebody: they explain everything and share a mail with no other."""

_ABOUT_THE_REGISTER = frozenset(
    {
        NoticeKind.REGISTER,
        NoticeKind.REVIEW,
        NoticeKind.REVIEW_OVERDUE,
        NoticeKind.ESCALATION,
        NoticeKind.ESCALATION_BELOW,
        NoticeKind.LETTER,
        NoticeKind.REPLY_OVERDUE,
        NoticeKind.OBSTACLE,
        NoticeKind.UNREACHABLE,
        NoticeKind.SUMMARY,
    }
)

_STILL_OWED = (
    NoticeKind.REMINDER,
    NoticeKind.OVERDUE,
    NoticeKind.CHASE,
    NoticeKind.SILENCE,
    NoticeKind.ESCALATION,
    NoticeKind.ESCALATION_BELOW,
)
_SAID_IN: Mapping[NoticeKind, Collection[State]] = dict.fromkeys(_STILL_OWED, OWING) | {
    NoticeKind.UNACKNOWLEDGED: {State.OPEN},
    NoticeKind.NOT_RESUBMITTED: {State.RETURNED},
    NoticeKind.RETURNED: {State.RETURNED},
    NoticeKind.ASSIGNMENT: frozenset(State) - GONE,
    NoticeKind.WITHDRAWN: RELEASED,
    NoticeKind.SUSPENDED: {State.SUSPENDED},
    NoticeKind.TRANSFERRED: {State.TRANSFERRED},
    NoticeKind.RESUMED: OWING | {State.SUBMITTED},
    NoticeKind.DUE_SET: OWING | {State.SUBMITTED},
    NoticeKind.AMENDED: OWING | {State.SUBMITTED, State.SUSPENDED},
}
"""In which states an obligation is still spoken of in a mail of a kind; of all other kinds in any. What is not open yet
is never told of as dated anew or resumed, for its unit has not heard of it. Of what stands still no date is told: it is
not to be done until it goes on, and is due later then by what is left of the pause; that is told when it goes on."""

_OF_REVIEWS = frozenset({NoticeKind.ESCALATION, NoticeKind.ESCALATION_BELOW})
"""Kinds that may be about reviews outstanding, beside what is owed."""

_FIRST_WAIT = timedelta(minutes=1)
_LONGEST_WAIT = timedelta(hours=1)
_DOUBLINGS = 6
_MOST_ATTEMPTS = 110
"""Some four and a half days of trying, without the nights and days off on which no mail leaves: RFC 5321, section
4.5.4.1, asks for at least four."""


class Dropped(Enum):
    """Why something that waited goes to nobody: no address is known, or nobody needs to be told any more."""

    UNREACHED = auto()
    NEEDLESS = auto()


def page(kind: NoticeKind, decides: bool) -> Purpose:
    """The page that a mail leads to: the register for those who decide in it, else the unit's own."""
    return Purpose.REGISTER if decides and kind in _ABOUT_THE_REGISTER else Purpose.OFFICER


def still_said(
    kind: NoticeKind, unit: str, at: datetime, lines: Collection[ObligationLine], requests: Iterable[Request]
) -> tuple[tuple[ObligationLine, ...], tuple[Request, ...]]:
    """What a part of a kind, called for at an instant, tells a unit of obligations and requests as they stand when the
    mail leaves: nobody is pressed for what was handed in, or released, while it waited for its hour, called to decide
    what is decided, or told of what has been undone."""
    if kind is NoticeKind.REVIEW:
        asked = waiting(requests, lines)
        about = {request.obligation for request in asked}
        return tuple(line for line in lines if line.key in about or decides(line, unit)), asked
    return tuple(line for line in lines if _is_said(kind, unit, at, line)), tuple(requests)


def _is_said(kind: NoticeKind, unit: str, at: datetime, line: ObligationLine) -> bool:
    if kind is NoticeKind.REVIEW_OVERDUE:
        return decides(line, unit)
    if kind is NoticeKind.LETTER:
        return may_be_chased(line, unit)
    if kind is NoticeKind.UNACKNOWLEDGED and (line.acknowledged_at is not None or _is_late(line, at)):
        return False  # what is late is a matter of the due ladder
    if kind is NoticeKind.TRANSFERRED and line.opened_at is None:
        return False
    if kind in _OF_REVIEWS and line.state is State.SUBMITTED:
        return line.submitted_at is not None and line.submitted_at < at
    return kind not in _SAID_IN or line.state in _SAID_IN[kind]


def _is_late(line: ObligationLine, at: datetime) -> bool:
    return line.due is not None and at >= line.due


def receiver_today(
    kind: NoticeKind,
    role: Role,
    holder: str,
    unit: Unit,
    holders: Collection[Holder],
    day: date,
    told: Callable[[], Collection[str]],
) -> Receiver | Dropped:
    """Who gets on a day what was to go to `holder` in a role: he himself, as long as he answers for the unit and is
    reached; else one of those who do. `told` gives the holders to whom the same goes anyway."""
    if kind is NoticeKind.HANDOVER:
        named = named_by(holders, holder)
        if named is None or named.refused_at is not None or not answers(named, day):
            return Dropped.NEEDLESS
        return Receiver(named.id, named.name, named.email, named.role)
    answering = receivers(unit, holders, role, day)
    if not answering:
        return Dropped.UNREACHED
    same = next((person for person in answering if person.holder == holder), None)
    if same is not None:
        return same
    others = told()
    return next((person for person in answering if person.holder not in others), Dropped.NEEDLESS)


def unnoted(
    role: Role, holder: str, address: str, unit: Unit, holders: Collection[Holder], day: date
) -> tuple[Receiver, ...]:
    """Who still counts as reached at an address that was refused for good. Where there was none (empty), that is
    whoever was to get the mail, unless somebody answers by now or it is known why nobody does."""
    if address:
        people = (person for each in Role for person in receivers(unit, holders, each, day) if person.email == address)
        return tuple({person.holder: person for person in people}.values())
    known = named_by(holders, holder)
    explained = known is not None and (known.left_at is not None or known.refused_at is not None)
    return () if explained or receivers(unit, holders, role, day) else (Receiver(holder, "", "", role),)


def next_try(attempts: int) -> timedelta | None:
    """How long a mail that the server did not take yet waits after so many attempts; None: it is given up."""
    if attempts >= _MOST_ATTEMPTS:
        return None
    return min(_FIRST_WAIT * (1 << min(attempts - 1, _DOUBLINGS)), _LONGEST_WAIT)
