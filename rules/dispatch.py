"""To whom the notices of a wave go: every one to all who answer in its role, and where no mail reaches a unit, the
follow-up to its head and to the unit that keeps the register."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime

from models.holder import Holder
from models.notice import Notice, NoticeKind
from models.obligation import unit_of
from models.plan import CascadePlan
from models.unit import Role, Unit
from rules.holders import named_by, receivers, unheard
from rules.sending import BY_URGENCY

_URGING = frozenset(
    {
        NoticeKind.REMINDER,
        NoticeKind.OVERDUE,
        NoticeKind.CHASE,
        NoticeKind.SILENCE,
        NoticeKind.RETURNED,
        NoticeKind.NOT_RESUBMITTED,
        NoticeKind.DUE_SET,
        NoticeKind.AMENDED,
        NoticeKind.RESUMED,
    }
)
"""What a unit has to hear of to act in time: where no mail reaches it, the unit that keeps the register does. Not
UNACKNOWLEDGED: its own ladder ends at that unit."""
_STEPS = frozenset(
    {
        NoticeKind.REMINDER,
        NoticeKind.OVERDUE,
        NoticeKind.CHASE,
        NoticeKind.SILENCE,
        NoticeKind.NOT_RESUBMITTED,
    }
)
"""What the steps of a unit's ladders say, each of the same obligation with another stress."""


@dataclass(frozen=True)
class Contacts:
    """Those who answer for units: the units themselves, and what the register knows of people, by unit."""

    units: Mapping[str, Unit]
    holders: Mapping[str, tuple[Holder, ...]]

    def of(self, unit: str) -> tuple[Unit, tuple[Holder, ...]]:
        return self.units[unit], self.holders.get(unit, ())


@dataclass(frozen=True)
class Addressed:
    """A notice and one person whom it goes to; without an address it cannot, which is noted when it is to leave."""

    notice: Notice
    holder: str
    name: str
    email: str
    role: Role


def dispatch(plan: CascadePlan, notices: Iterable[Notice], contacts: Contacts, day: date) -> tuple[Addressed, ...]:
    """The mails that notices bring on a day, to each person one of a kind; `contacts` has every unit that is told
    something, or spoken of."""
    known = tuple(notices)
    wanted = (_still_unheard(notice, contacts, day) for notice in known)
    told = (*(notice for notice in wanted if notice), *_of_unheard(plan, known, contacts, day))
    mails: dict[tuple[str, str, str, str], Addressed] = {}
    for notice in told:
        for mail in _addressed(notice, contacts, day):
            mails.setdefault((notice.unit, notice.kind, notice.step, mail.holder), mail)
    return tuple(_urged_once(tuple(mails.values())))


def _urged_once(mails: Collection[Addressed]) -> Iterator[Addressed]:
    """The mails, in each of which a person is urged only to what no other one of the same instant presses more for:
    steps of several ladders may fall on one morning, and all of them ask for the same to be done."""
    pressing: dict[tuple[str, str, datetime, str], NoticeKind] = {}
    for mail in sorted(mails, key=lambda mail: BY_URGENCY.index(mail.notice.kind)):
        if mail.notice.kind in _STEPS:
            for key in mail.notice.obligations:
                pressing.setdefault((*_person(mail), key), mail.notice.kind)
    for mail in mails:
        if mail.notice.kind not in _STEPS:
            yield mail
            continue
        said = tuple(key for key in mail.notice.obligations if pressing[*_person(mail), key] is mail.notice.kind)
        if said:
            yield replace(mail, notice=mail.notice.model_copy(update={"obligations": said}))


def _person(mail: Addressed) -> tuple[str, str, datetime]:
    return mail.notice.unit, mail.email or mail.holder, mail.notice.at


def _addressed(notice: Notice, contacts: Contacts, day: date) -> Iterator[Addressed]:
    unit, holders = contacts.of(notice.unit)
    if notice.holder:
        named = named_by(holders, notice.holder)
        if named is not None:
            yield Addressed(notice, named.id, named.name, named.email, named.role)
        return
    found = receivers(unit, holders, notice.role, day)
    for person in found:
        yield Addressed(notice, person.holder, person.name, person.email, person.role)
    if not found:
        yield Addressed(notice, notice.role, "", "", notice.role)


def _still_unheard(notice: Notice, contacts: Contacts, day: date) -> Notice | None:
    """An address that is gone matters to others only where nobody else answers for the unit."""
    if notice.kind is not NoticeKind.UNREACHABLE:
        return notice
    keys = tuple(key for key in notice.obligations if unheard(*contacts.of(unit_of(key)), day))
    return notice.model_copy(update={"obligations": keys}) if keys else None


def _of_unheard(plan: CascadePlan, notices: Iterable[Notice], contacts: Contacts, day: date) -> Iterator[Notice]:
    """One notice a wave to the unit that keeps the register, of what is followed up where no mail arrives."""
    waves: dict[str, Notice] = {}
    for notice in notices:
        if notice.kind not in _URGING or notice.unit == plan.issuer or not unheard(*contacts.of(notice.unit), day):
            continue
        earlier = waves.get(notice.step)
        keys = (*(earlier.obligations if earlier else ()), *notice.obligations)
        waves[notice.step] = Notice(
            kind=NoticeKind.UNREACHABLE,
            unit=plan.issuer,
            role=Role.FOCAL,
            step=notice.step,
            at=notice.at,
            obligations=tuple(dict.fromkeys(keys)),
        )
    yield from waves.values()
