"""Who may see what in the reading room, for how long a sign-in lasts, and how things stand at a glance (pure)."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from models.event import Fact
from models.journal import MailDelayed, MailFailed, MailNeedless, MailSent, Note
from models.obligation import DONE, NOT_ASKED, ObligationState, State, Timeliness
from models.reader import Reader, ReaderRole
from models.reading import Counts, Light
from models.register import ObligationLine
from rules.timeliness import stands_still

LINK_HOLDS: Final = timedelta(minutes=15)
IDLE: Final = timedelta(minutes=60)
LONGEST: Final = timedelta(hours=8)
MOST_LINKS: Final = 3
"""So many links to sign in are on their way to one address at once: more would only fill its mailbox."""


_NO_LIGHTS: Final = dict.fromkeys(Light, 0)


@dataclass(frozen=True)
class Sight:
    """What a reader may see: of `units` what they owe and answered (None: of all); and how the machinery is doing."""

    units: frozenset[str] | None
    technical: bool

    def sees(self, unit: str) -> bool:
        """Whether what a unit owes and answered may be seen."""
        return self.units is None or unit in self.units


def sight(reader: Reader, superiors: Mapping[str, Sequence[str]]) -> Sight:
    """What somebody may see; `superiors` are the units above each, in all lines of authority."""
    units: frozenset[str] | None = frozenset()
    if has_a_unit(reader.role):
        units = branch(reader.unit, superiors)
    elif sees_answers(reader.role):
        units = None
    return Sight(units, technical=sees_machinery(reader.role))


def sees_answers(role: ReaderRole) -> bool:
    """Whether a role sees what units owe and answered at all."""
    return role is not ReaderRole.OPERATOR


def sees_machinery(role: ReaderRole) -> bool:
    """Whether a role sees how registers and mails are doing."""
    return role is not ReaderRole.SUPERVISOR


def branch(unit: str, superiors: Mapping[str, Sequence[str]]) -> frozenset[str]:
    """A unit of the registry and all that lie below it; nothing where the registry does not know it."""
    below: dict[str, list[str]] = defaultdict(list)
    for code, above in superiors.items():
        for superior in above:
            below[superior].append(code)
    found = {unit} & superiors.keys()
    waiting = list(found)
    while waiting:
        fresh = [code for code in below[waiting.pop()] if code not in found]
        found.update(fresh)
        waiting += fresh
    return frozenset(found)


def has_a_unit(role: ReaderRole) -> bool:
    """Whether a role is that of a unit's branch."""
    return role is ReaderRole.SUPERVISOR


def as_listed(address: str) -> str:
    """An address as it is listed and looked for, however it is typed."""
    return address.strip().casefold()


def may_be_mailed(links: int) -> bool:
    """Whether another link goes to an address to which so many are on their way or still hold."""
    return links < MOST_LINKS


def is_signed_in(begun_at: datetime, seen_at: datetime, at: datetime) -> bool:
    """Whether somebody who signed in and was last seen then is still signed in (real time)."""
    return at < min(begun_at + LONGEST, seen_at + IDLE)


def light(item: ObligationState | ObligationLine, timeliness: Timeliness) -> Light:
    """How one obligation stands at a glance: red is what is overdue or stayed undone; amber what is nearly due, was
    returned or came late; grey what is not asked for or stands still, also when its register has closed."""
    state = item.state
    if state in NOT_ASKED or stands_still(item, timeliness):
        return Light.GREY
    if state is State.UNFULFILLED or timeliness is Timeliness.OVERDUE:
        return Light.RED
    if state is State.RETURNED or timeliness in {Timeliness.DUE_SOON, Timeliness.LATE}:
        return Light.AMBER
    return Light.GREEN


def glance(item: ObligationState | ObligationLine, timeliness: Timeliness) -> tuple[Light, bool]:
    """How one obligation stands, and whether it is done."""
    return light(item, timeliness), item.state in DONE


def counted(glances: Iterable[tuple[Light, bool, int]]) -> Counts:
    """So many obligations by their light, and by whether they are done."""
    lights, done = dict(_NO_LIGHTS), 0
    for found, is_done, number in glances:
        lights[found] += number
        done += number if is_done else 0
    return Counts(
        red=lights[Light.RED], amber=lights[Light.AMBER], green=lights[Light.GREEN], grey=lights[Light.GREY], done=done
    )


def belongs_to_life(said: Fact | Note, unit: str, keeper: str) -> bool:
    """Whether an entry about an obligation is told in its life: of the mails of a wave those to the unit that owes it
    and to the one that keeps the register, not those that told other units the same of themselves."""
    if isinstance(said, MailSent | MailDelayed | MailFailed | MailNeedless):
        return any(row.unit in {unit, keeper} for row in said.rows)
    return True
