"""What a template may show of a letter: every text on one line, every date in words (pure)."""

from dataclasses import dataclass

from mail.items import Item, UnitItems, by_unit, items, unheard
from mail.matters import Asked, Wish, asked, wishes
from mail.people import Named, capacity, greeted, named
from mail.plain import one_line
from models.mail import Letter, Part
from models.notice import NoticeKind
from models.obligation import State
from models.register import ObligationLine
from rules import citation
from rules.urgency import most_urgent_first
from rules.words import due_day, moment

_TO_THE_KEEPER = frozenset(
    {
        NoticeKind.REGISTER,
        NoticeKind.REVIEW,
        NoticeKind.ESCALATION,
        NoticeKind.OBSTACLE,
        NoticeKind.UNREACHABLE,
        NoticeKind.SUMMARY,
    }
)
"""What is told to those who keep a register or decide in it. REPLY_OVERDUE goes to the body that owes the reply too."""


@dataclass(frozen=True)
class Section:
    """One part of a letter in words; the first one `leads`. `nearest` is the earliest due day, empty where nothing has
    one; `units` are the items unit by unit, `unheard` those of units that no mail reaches. `coordinating`: the unit
    only takes part in all of it.
    """

    kind: NoticeKind
    leads: bool
    items: tuple[Item, ...]
    units: tuple[UnitItems, ...]
    unheard: tuple[UnitItems, ...]
    nearest: str
    late: bool
    coordinating: bool
    asked: tuple[Asked, ...]
    wishes: tuple[Wish, ...]
    words: str


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
        keeper=letter.kind in _TO_THE_KEEPER or (internal and letter.kind is NoticeKind.REPLY_OVERDUE),
        capacity=capacity(letter),
        named=named(letter),
        parts=tuple(_section(letter, part, leads=not number) for number, part in enumerate(letter.parts)),
    )


def _section(letter: Letter, part: Part, *, leads: bool) -> Section:
    lines = most_urgent_first(line for line in part.lines if _listed(part.kind, line))
    listed = items(lines, letter)
    return Section(
        kind=part.kind,
        leads=leads,
        items=listed,
        units=by_unit(letter, lines),
        unheard=unheard(letter, lines) if part.kind is NoticeKind.UNREACHABLE else (),
        nearest=due_day(min(dues)) if (dues := [line.due for line in lines if line.due]) else "",
        late=bool(listed) and all(item.late for item in listed),
        coordinating=bool(lines) and all(line.coordinating for line in lines),
        asked=asked(letter, part),
        wishes=wishes(letter, part),
        words=one_line(part.words),
    )


def _listed(kind: NoticeKind, line: ObligationLine) -> bool:
    """Of what waits for decisions, obligations without an answer are there for the requests that are about them."""
    return kind is not NoticeKind.REVIEW or line.state is State.SUBMITTED
