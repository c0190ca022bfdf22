"""Recommendations and obstacles as pages show them: by group with counts, with the form of whoever may act (pure)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from models.obligation import requirement_of
from models.pages import OfficerPage, RegisterPage
from models.recommendation import OBSTACLE, PENDING, Handling, Recommendation, RecommendationStatus
from rules.calendar import local_day
from rules.recommendations import ways
from rules.standing import title
from texts.language import gettext as _
from texts.language import mark
from web.banner import Banner, Tone
from web.drafts import Draft
from web.forms.handling import choices

_OBSTACLES = mark("Khó khăn, vướng mắc")


@dataclass(frozen=True)
class Item:
    """A recommendation or obstacle with the names of group, unit and body; `about` is what an obstacle stands in the
    way of, `draft` is its form and `ways` what may be done, both empty for who may only read. `late`: the day by
    which the body was to reply is over."""

    asked: Recommendation
    group: str
    about: str
    unit_name: str
    body_name: str
    late: bool
    ways: dict[str, str]
    draft: Draft | None

    @property
    def obstacle(self) -> bool:
        return self.asked.group == OBSTACLE

    @property
    def pending(self) -> bool:
        return self.asked.status in PENDING


@dataclass(frozen=True)
class Group:
    title: str
    items: tuple[Item, ...]

    @property
    def obstacles(self) -> bool:
        return any(item.obstacle for item in self.items)

    @property
    def pending(self) -> int:
        return sum(item.pending for item in self.items)

    @property
    def settled(self) -> int:
        return len(self.items) - self.pending


def by_group(page: RegisterPage, drafts: Mapping[str, Draft], at: datetime) -> tuple[Group, ...]:
    """Everything raised in a register: obstacles, then recommendations in the directive's order of groups; within one,
    what waits for a word first.

    `drafts` are posted forms by the recommendation's id.
    """
    words = _Words(page)
    items = [_item(words, asked, at, _ways(page, asked), drafts) for asked in page.recommendations]
    titles = dict.fromkeys([_(_OBSTACLES), *words.groups.values(), *(item.group for item in items)])
    found = (Group(title, tuple(_waiting_first(item for item in items if item.group == title))) for title in titles)
    return tuple(group for group in found if group.items)


def raised_by(page: OfficerPage, at: datetime) -> tuple[Item, ...]:
    """What the unit itself recommended, with what became of it."""
    return tuple(item for item in _own(page, at) if not item.obstacle)


def obstacles_of(page: OfficerPage, at: datetime) -> tuple[Item, ...]:
    """What the unit told to stand in its way, with what became of it."""
    return tuple(item for item in _own(page, at) if item.obstacle)


def _own(page: OfficerPage, at: datetime) -> list[Item]:
    words = _Words(page)
    mine = (asked for asked in page.recommendations if asked.unit == page.unit.code)
    return _waiting_first(_item(words, asked, at, {}, {}) for asked in mine)


def referred(page: OfficerPage, drafts: Mapping[str, Draft], at: datetime) -> tuple[Item, ...]:
    """What was referred to the unit; it may reply until it has."""
    words = _Words(page)
    found = (asked for asked in page.recommendations if asked.body == page.unit.code)
    return tuple(_waiting_first(_item(words, asked, at, _reply(page, asked), drafts) for asked in found))


def handled(page: OfficerPage | RegisterPage, number: str, recommendation: str) -> Banner | None:
    """The confirmation after a recommendation was handled; none where the register does not bear it out."""
    asked = next((asked for asked in page.recommendations if asked.id == recommendation), None)
    if asked is None or asked.handled_at is None or not (number.isascii() and number.isdigit() and len(number) < 10):
        return None
    title = _("Đã ghi nhận xử lý vướng mắc") if asked.group == OBSTACLE else _("Đã ghi nhận xử lý kiến nghị")
    return Banner(Tone.DONE, title, _("Số ghi sổ: %(number)s.", number=int(number)), about=asked.id)


def unit_names(page: OfficerPage | RegisterPage) -> dict[str, str]:
    """Names by code of all units that the page speaks of."""
    lines = {line.unit: line.unit_name for line in page.lines}
    return {page.issuer.code: page.issuer.short_name} | lines | page.names


def _ways(page: RegisterPage, asked: Recommendation) -> dict[str, str]:
    """What the reader of a register may do in it."""
    reader, keeper = page.reviewer.code, page.issuer.code
    return {} if page.closed else choices(ways(asked, reader, keeper), keeps=reader == keeper)


def _reply(page: OfficerPage, asked: Recommendation) -> dict[str, str]:
    """A unit's own page has the form for its reply only; whoever keeps the register does the rest there."""
    replies = [way for way in ways(asked, page.unit.code, page.issuer.code) if way is Handling.REPLY]
    return {} if page.closed else choices(replies, keeps=False)


class _Words:
    """Names of units and groups on a page, by code and key."""

    def __init__(self, page: OfficerPage | RegisterPage) -> None:
        self.units = unit_names(page)
        self.groups = dict(page.groups)
        for line in page.lines:
            self.groups |= line.groups
        self.titles = {line.requirement: title(line) for line in page.lines}


def _item(
    words: _Words, asked: Recommendation, at: datetime, offered: dict[str, str], drafts: Mapping[str, Draft]
) -> Item:
    reply_by = asked.reply_by if asked.status is RecommendationStatus.REFERRED else None
    obstacle = asked.group == OBSTACLE
    return Item(
        asked=asked,
        group=_(_OBSTACLES) if obstacle else words.groups.get(asked.group, asked.group) or _("Kiến nghị khác"),
        about=words.titles.get(requirement_of(asked.obligation), "") if obstacle else "",
        unit_name=words.units.get(asked.unit, asked.unit),
        body_name=words.units.get(asked.body, asked.body),
        late=reply_by is not None and reply_by < local_day(at),
        ways=offered,
        draft=(drafts.get(asked.id) or Draft()) if offered else None,
    )


def _waiting_first(items: Iterable[Item]) -> list[Item]:
    return sorted(items, key=lambda item: (item.asked.status not in PENDING, item.asked.raised_at))
