"""What a template may show of a letter: every text on one line, every date in words (pure)."""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import quote

from models.mail import Letter
from models.obligation import OWING
from models.recommendation import OBSTACLE, Recommendation, RecommendationStatus
from models.register import ObligationLine
from models.unit import Role
from rules import citation
from rules.standing import state_words, title
from rules.urgency import distance_words, due_words, most_urgent_first
from rules.words import RECOMMENDATIONS, day, due_day, moment


def one_line(text: str) -> str:
    """A text without line breaks, control or invisible characters: safe in a header, in a sentence, in a list."""
    spaced = "".join(" " if unicodedata.category(c)[0] in "ZC" else c for c in text)
    return " ".join(spaced.split())


@dataclass(frozen=True)
class Item:
    """One obligation. `standing` says how far the due date is or, where nothing is owed any more, the state."""

    ref: str
    title: str
    due: str
    phrase: str
    standing: str
    owing: bool
    late: bool
    comment: str
    url: str


@dataclass(frozen=True)
class UnitItems:
    unit_name: str
    items: tuple[Item, ...]


@dataclass(frozen=True)
class Asked:
    """A recommendation or an obstacle, as `noun` says; `about` is the obligation that an obstacle stands in the way of.

    `body` is whom it was referred to and `day` the last day of the reply; `status` and `answer` say what became of it.
    """

    noun: str
    text: str
    by: str
    about: str
    body: str
    day: str
    referred: bool
    status: str
    answer: str


@dataclass(frozen=True)
class View:
    """A letter in words. `tag` opens the subject; `nearest` is the earliest due day, empty where nothing has one.

    What a unit gets from its own register (`internal`) is signed by the register and names no contact. `coordinating`:
    the unit only takes part in all that the letter is about.
    """

    tag: str
    to: str
    directive: str
    issuer: str
    signature: str
    contact: str
    at: str
    url: str
    items: tuple[Item, ...]
    units: tuple[UnitItems, ...]
    nearest: str
    asked: tuple[Asked, ...]
    receiver: str
    internal: bool
    coordinating: bool


def view(letter: Letter) -> View:
    """All that the templates of any kind need; lines are ordered by urgency."""
    lines = most_urgent_first(letter.lines)
    receiver, issuer = one_line(letter.receiver.name), one_line(letter.issuer.name)
    internal = letter.receiver.code == letter.issuer.code
    return View(
        tag=one_line(letter.head.label),
        to=f"Lãnh đạo {receiver}" if letter.role is Role.HEAD else receiver,
        directive=one_line(citation.full(letter.head)),
        issuer=issuer,
        signature=(f"Sổ theo dõi {one_line(citation.name(letter.head))}" if internal else issuer).upper(),
        contact="" if internal else one_line(letter.head.contact),
        at=moment(letter.at),
        url=letter.url,
        items=_items(lines, letter),
        units=tuple(
            UnitItems(one_line(name), _items((line for line in lines if line.unit == unit), letter))
            for unit, name in {line.unit: line.unit_name for line in lines}.items()
        ),
        nearest=due_day(min(dues)) if (dues := [line.due for line in lines if line.due]) else "",
        asked=tuple(_asked(item, letter) for item in letter.recommendations),
        receiver=receiver,
        internal=internal,
        coordinating=bool(lines) and all(line.coordinating for line in lines),
    )


def _asked(item: Recommendation, letter: Letter) -> Asked:
    raised_by = (letter.names.get(item.unit, ""), item.by)
    obstacle = item.group == OBSTACLE
    line = next((line for line in letter.lines if line.key == item.obligation), None)
    return Asked(
        noun="vướng mắc" if obstacle else "kiến nghị",
        text=one_line(item.text),
        by=one_line(" – ".join(filter(None, raised_by))),
        about=one_line(title(line)) if obstacle and line else "",
        body=one_line(letter.names.get(item.body, item.body)),
        day=day(item.reply_by) if item.reply_by else "",
        referred=item.status is RecommendationStatus.REFERRED,
        status=RECOMMENDATIONS[item.status],
        answer=one_line(item.words),
    )


def _items(lines: Iterable[ObligationLine], letter: Letter) -> tuple[Item, ...]:
    return tuple(_item(line, letter.url, letter.at) for line in lines)


def _item(line: ObligationLine, url: str, at: datetime) -> Item:
    owing = line.state in OWING
    distance = distance_words(line.due, at) if line.due else ""
    return Item(
        ref=one_line(line.ref),
        title=one_line(f"{title(line)} (phối hợp)" if line.coordinating else title(line)),
        due=due_words(line.due),
        phrase=one_line(line.due_phrase),
        standing=distance if owing else state_words(line).lower(),
        owing=owing,
        late=owing and line.due is not None and at >= line.due,
        comment=one_line(line.comment),
        url=f"{url}#{quote(line.requirement)}",
    )
