"""Who answers for a unit in a register, and whom mail reaches: the registry's contacts and those whom they name.

An officer may name a colleague beside himself, a successor, or a substitute between two days (rules/appointing.py).
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from models.holder import Arrangement, Holder
from models.link import Link
from models.unit import Role, Unit
from texts.language import gettext as _

EMAIL = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*")
"""What counts as an address of mail: RFC 5322 without its comments, quotes and folding."""

_CONTACTS = frozenset(Role)


@dataclass(frozen=True)
class Receiver:
    """Somebody whom mail reaches: by `holder` the register knows him; `name` is empty for contacts of the registry."""

    holder: str
    name: str
    email: str
    role: Role


def receivers(unit: Unit, holders: Iterable[Holder], role: Role, day: date) -> tuple[Receiver, ...]:
    """Who gets a unit's mail for a role on a day, each address once: those who answer in that role, with substitutes in
    their place; where nobody does, those who answer in the other role; nobody where no address is known."""
    known = tuple(holders)
    other = Role.HEAD if role is Role.FOCAL else Role.FOCAL
    return _answering(unit, known, role, day) or _answering(unit, known, other, day)


def unheard(unit: Unit, holders: Iterable[Holder], day: date) -> str:
    """Why no mail reaches anybody who answers for a unit's work; empty where it reaches somebody."""
    known = tuple(holders)
    if _answering(unit, known, Role.FOCAL, day):
        return ""
    refused = [holder for holder in known if holder.role is Role.FOCAL and holder.refused_at and holder.email]
    if refused:
        said = {"email": refused[-1].email, "words": refused[-1].refused}
        return _("địa chỉ %(email)s không tồn tại hoặc không nhận thư (máy chủ thư: %(words)s)", **said)
    if any(holder.role is Role.FOCAL and holder.left_at for holder in known):
        return _("người phụ trách không còn đảm nhiệm")
    return _("đơn vị chưa có địa chỉ thư điện tử")


def link_holds(link: Link, unit: Unit, holders: Iterable[Holder], day: date) -> bool:
    """Whether the person to whom a link was sent still answers for the unit (DESIGN rule 3): has not left, is still the
    registry's contact, and is not past his days as a substitute."""
    holder = named_by(holders, link.holder or link.role)
    if link.holder not in _CONTACTS and link.holder:
        return holder is not None and answers(holder, day)
    if link.address and link.address != _contact(unit, Role(link.holder or link.role)):
        return False
    return holder is None or holder.left_at is None or (bool(link.address) and holder.email not in {"", link.address})


def answers(holder: Holder, day: date) -> bool:
    """Whether somebody answers for the unit on a day: has not left, and is not past his days as a substitute. Before
    them he may read and name others already. Whether mail reaches him is another question (`receivers`)."""
    return holder.left_at is None and (holder.last is None or day <= holder.last)


def named_by(holders: Iterable[Holder], holder: str) -> Holder | None:
    """What a register knows of somebody by his id within one unit."""
    return next((item for item in holders if item.id == holder), None)


def holders_of(holders: Mapping[str, Holder], unit: str) -> tuple[Holder, ...]:
    """Those of a unit, in the order in which something first happened to them."""
    return tuple(holder for holder in holders.values() if holder.unit == unit)


def _answering(unit: Unit, holders: tuple[Holder, ...], role: Role, day: date) -> tuple[Receiver, ...]:
    """Those who answer in a role, substitutes in their place also where they themselves are not reached."""
    found: dict[str, Receiver] = {}
    for person in _people(unit, holders, role):
        standing_in = _substitute(holders, person, day)
        if standing_in is not person or _reached(named_by(holders, person.holder), person.email):
            found.setdefault(standing_in.email.casefold(), standing_in)
    return tuple(found.values())


def _people(unit: Unit, holders: tuple[Holder, ...], role: Role) -> Iterator[Receiver]:
    """The registry's contact for a role and those named beside or after him, whoever stands in for them today."""
    if contact := _contact(unit, role):
        yield Receiver(role, "", contact, role)
    for holder in holders:
        if holder.arrangement in {Arrangement.COLLEAGUE, Arrangement.SUCCESSOR} and holder.role is role:
            yield Receiver(holder.id, holder.name, holder.email, role)


def _substitute(holders: tuple[Holder, ...], person: Receiver, day: date) -> Receiver:
    """Who stands in for a person on a day: the substitute named last, or whoever stands in for that one."""
    while True:
        standing_in = [
            holder
            for holder in holders
            if holder.by == person.holder and _stands_in(holder, day) and _reached(holder, holder.email)
        ]
        if not standing_in:
            return person
        person = Receiver(standing_in[-1].id, standing_in[-1].name, standing_in[-1].email, person.role)


def _stands_in(holder: Holder, day: date) -> bool:
    between = holder.first is not None and holder.last is not None and holder.first <= day <= holder.last
    return holder.arrangement is Arrangement.SUBSTITUTE and between


def _reached(holder: Holder | None, email: str) -> bool:
    """Whether somebody has neither left nor been refused at an address; who left an unknown one has left all."""
    if holder is None:
        return True
    left = holder.left_at is not None and holder.email in {"", email}
    return not left and not (holder.refused_at is not None and holder.email == email)


def _contact(unit: Unit, role: Role) -> str | None:
    return unit.focal_email if role is Role.FOCAL else unit.head_email
