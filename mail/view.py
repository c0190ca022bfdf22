"""What a template may show of a letter: every text on one line, every date in words (pure)."""

from dataclasses import dataclass

from mail.digests import Digest, by_unit, unheard
from mail.items import Item, items
from mail.matters import Asked, Wish, asked, wishes
from mail.people import Named, capacity, greeted, named
from mail.plain import one_line
from models.link import Purpose
from models.mail import Letter, Part
from models.notice import NoticeKind
from models.register import ObligationLine
from rules import citation
from rules.standing import decides
from rules.urgency import most_urgent_first
from rules.words import due_day, moment

_REASONED = frozenset(
    {
        NoticeKind.ASSIGNMENT,
        NoticeKind.WITHDRAWN,
        NoticeKind.DUE_SET,
        NoticeKind.AMENDED,
        NoticeKind.SUSPENDED,
        NoticeKind.RESUMED,
        NoticeKind.TRANSFERRED,
    }
)
"""Kinds whose words are the reasons of what was done, which stand beside each obligation too."""


_ENDS = (".", ";", "!", "?", "…")


@dataclass(frozen=True)
class Section:
    """One part of a letter in words; the first one `leads`. `nearest` is the earliest due day, empty where nothing has
    one; `units` are the items unit by unit, `unheard` those of units that no mail reaches; `keepers` the other units in
    whose registers they stand. `coordinating`: the unit only takes part in all of it. `states` are those of the items.
    `reasons`: each item has its own, because they differ.
    """

    kind: NoticeKind
    leads: bool
    items: tuple[Item, ...]
    units: Digest
    unheard: Digest
    keepers: tuple[str, ...]
    nearest: str
    late: bool
    coordinating: bool
    states: frozenset[str]
    asked: tuple[Asked, ...]
    wishes: tuple[Wish, ...]
    words: str
    reasons: bool


@dataclass(frozen=True)
class View:
    """A letter in words. `tag` opens the subject.

    What a unit gets from its own register (`internal`) is signed by the register and names no contact; what those who
    decide get leads to the register (`keeper`). `capacity` says as what one gets the letter, `named` who named one.
    """

    tag: str
    to: str
    directive: str
    name: str
    parent_body: str
    issuer: str
    issuer_short: str
    signature: str
    contact: str
    at: str
    url: str
    receiver_short: str
    internal: bool
    keeper: bool
    capacity: str
    named: Named | None
    parts: tuple[Section, ...]


def view(letter: Letter) -> View:
    """All that the templates of any kind need; lines are ordered by urgency."""
    issuer = one_line(letter.issuer.name)
    internal = letter.receiver.code == letter.issuer.code
    name = one_line(citation.name(letter.head))
    return View(
        tag=one_line(letter.head.label),
        to=greeted(letter),
        directive=one_line(citation.full(letter.head)),
        name=name,
        parent_body=one_line(letter.issuer.parent_body).upper(),
        issuer=issuer,
        issuer_short=one_line(letter.issuer.short_name),
        signature=(f"Sổ theo dõi {name}" if internal else issuer).upper(),
        contact="" if internal else one_line(letter.head.contact),
        at=moment(letter.at),
        url=letter.url,
        receiver_short=one_line(letter.receiver.short_name),
        internal=internal,
        keeper=letter.purpose is Purpose.REGISTER,
        capacity=capacity(letter),
        named=named(letter),
        parts=tuple(_section(letter, part, leads=not number) for number, part in enumerate(letter.parts)),
    )


def _section(letter: Letter, part: Part, *, leads: bool) -> Section:
    lines = most_urgent_first(line for line in part.lines if _listed(letter, part.kind, line))
    listed = items(lines, letter)
    reasons = part.kind in _REASONED and "\n" in part.words
    keepers = dict.fromkeys(one_line(line.issuer_name) for line in lines if line.issuer != letter.issuer.code)
    return Section(
        kind=part.kind,
        leads=leads,
        items=listed,
        units=by_unit(letter, lines),
        unheard=unheard(letter, lines) if part.kind is NoticeKind.UNREACHABLE else Digest(),
        keepers=tuple(keepers),
        nearest=due_day(min(dues)) if (dues := [line.due for line in lines if line.due]) else "",
        late=bool(listed) and all(item.late for item in listed),
        coordinating=bool(lines) and all(line.coordinating for line in lines),
        states=frozenset(item.state for item in listed),
        asked=asked(letter, part),
        wishes=wishes(letter, part),
        words="" if reasons else _together(part.words),
        reasons=reasons,
    )


def _together(words: str) -> str:
    """What was said several times, line by line, as one text."""
    said = [one_line(line) for line in words.splitlines() if line.strip()]
    return " ".join((*(line if line.endswith(_ENDS) else f"{line};" for line in said[:-1]), *said[-1:]))


def _listed(letter: Letter, kind: NoticeKind, line: ObligationLine) -> bool:
    """Of what waits for decisions, obligations without an answer are there for the requests that are about them."""
    return kind is not NoticeKind.REVIEW or decides(line, letter.receiver.code)
