"""Who answers for the unit, in words (pure)."""

from dataclasses import dataclass
from datetime import date, datetime

from models.holder import Arrangement, Holder
from models.link import Link
from models.pages import OfficerPage
from models.unit import Role
from rules.calendar import local_day
from rules.holders import named_by, receivers
from rules.words import day
from texts.language import gettext as _


@dataclass(frozen=True)
class Person:
    """Somebody who answers for the unit, or will. `standing` says in which way; `reader` is who opened the page."""

    name: str
    email: str
    standing: str
    reader: bool


def people_answering(page: OfficerPage, link: Link, at: datetime) -> tuple[Person, ...]:
    """Who gets the unit's mail today."""
    found = receivers(page.unit, page.holders, Role.FOCAL, local_day(at))
    return tuple(
        Person(
            item.name,
            item.email,
            _standing(page, item.role, named_by(page.holders, item.holder)),
            _is(link, item.holder),
        )
        for item in found
    )


def coming(page: OfficerPage, link: Link, at: datetime) -> tuple[Person, ...]:
    """Substitutes whose days are still to come, the next one first."""
    today = local_day(at)
    ahead = [holder for holder in page.holders if holder.left_at is None and _begins(holder) > today]
    return tuple(
        Person(holder.name, holder.email, _standing(page, holder.role, holder), _is(link, holder.id))
        for holder in sorted(ahead, key=_begins)
    )


def _begins(holder: Holder) -> date:
    substitute = holder.arrangement is Arrangement.SUBSTITUTE and holder.first
    return holder.first if substitute and holder.first else date.min


def _standing(page: OfficerPage, role: Role, holder: Holder | None) -> str:
    if holder is None or holder.arrangement is None:
        return _("đầu mối theo danh bạ của đơn vị") if role is Role.FOCAL else _("thủ trưởng đơn vị")
    by = _called(page, holder.by)
    if holder.arrangement is Arrangement.COLLEAGUE:
        return _("cùng phụ trách, do %(by)s giao", by=by)
    if holder.arrangement is Arrangement.SUCCESSOR:
        return _("phụ trách thay %(by)s", by=by)
    if holder.first is None or holder.last is None:
        return _("thay mặt %(by)s", by=by)
    return _("thay mặt %(by)s từ %(first)s đến hết %(last)s", by=by, first=day(holder.first), last=day(holder.last))


def _called(page: OfficerPage, holder: str) -> str:
    known = named_by(page.holders, holder)
    if known is not None and known.name:
        return known.name
    return _("thủ trưởng đơn vị") if holder == Role.HEAD else _("đầu mối của đơn vị")


def _is(link: Link, holder: str) -> bool:
    return (link.holder or link.role) == holder
