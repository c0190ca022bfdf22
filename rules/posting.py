"""How what waits in the outbox becomes mail: who gets it on the day it leaves, and which page the mail leads to."""

from collections.abc import Callable, Collection
from datetime import date, timedelta
from enum import Enum, auto

from models.holder import Holder
from models.link import Purpose
from models.notice import NoticeKind
from models.obligation import OWING, State
from models.unit import Role, Unit
from rules.holders import Receiver, named_by, receivers

ALONE = frozenset({NoticeKind.HANDOVER, NoticeKind.REGISTER})
"""Kinds that greet somebody: they explain everything and share a mail with no other."""

_ABOUT_THE_REGISTER = frozenset(
    {
        NoticeKind.REGISTER,
        NoticeKind.REVIEW,
        NoticeKind.ESCALATION,
        NoticeKind.REPLY_OVERDUE,
        NoticeKind.OBSTACLE,
        NoticeKind.UNREACHABLE,
        NoticeKind.SUMMARY,
    }
)

_PRESSING = frozenset(
    {NoticeKind.REMINDER, NoticeKind.OVERDUE, NoticeKind.CHASE, NoticeKind.SILENCE, NoticeKind.ESCALATION}
)

_FIRST_WAIT = timedelta(minutes=1)
_LONGEST_WAIT = timedelta(hours=1)
_DOUBLINGS = 6
_MOST_ATTEMPTS = 110
"""Some four and a half days of trying: RFC 5321, section 4.5.4.1, asks for at least four."""


class Dropped(Enum):
    """Why something that waited goes to nobody: no address is known, or nobody needs to be told any more."""

    UNREACHED = auto()
    NEEDLESS = auto()


def page(kind: NoticeKind, decides: bool) -> Purpose:
    """The page that a mail leads to: the register for those who decide in it, else the unit's own."""
    return Purpose.REGISTER if decides and kind in _ABOUT_THE_REGISTER else Purpose.OFFICER


def still_said(kind: NoticeKind, state: State) -> bool:
    """Whether an obligation as it stands when a mail leaves is spoken of in a part of a kind: nobody is pressed for
    what was handed in, or released, while the mail waited for its hour."""
    return kind not in _PRESSING or state in OWING


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
        there = named is not None and _there(named, day)
        return Receiver(named.id, named.name, named.email, named.role) if named and there else Dropped.NEEDLESS
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


def _there(holder: Holder, day: date) -> bool:
    gone = holder.left_at is not None or holder.refused_at is not None
    return not gone and (holder.last is None or day <= holder.last)
