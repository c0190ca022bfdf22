"""Obligations as a letter lists them (pure)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import quote

from mail.plain import one_line
from models.mail import Letter
from models.obligation import DONE, OWING, State
from models.register import ObligationLine
from rules import citation
from rules.calendar import WorkingCalendar, local_day
from rules.standing import state_words, title
from rules.urgency import distance_words, due_words
from rules.words import OUTCOMES, due_day, moment


@dataclass(frozen=True)
class Item:
    """One obligation. `standing` says how far the due date is or, where nothing is owed any more, the state.

    `extended` tells of an earlier due date; `came_in` when an answer was handed in that waits for a decision;
    `document` and `outcome` what was accepted, and with what result.
    """

    ref: str
    title: str
    due: str
    phrase: str
    extended: str
    standing: str
    owing: bool
    late: bool
    came_in: str
    document: str
    outcome: str
    comment: str
    url: str


@dataclass(frozen=True)
class UnitItems:
    """The obligations of one unit; `why` is why no mail reaches it, where that is what the letter is about."""

    unit_name: str
    items: tuple[Item, ...]
    why: str = ""


def items(lines: Iterable[ObligationLine], letter: Letter) -> tuple[Item, ...]:
    """Lines in the order given, as they stand when the letter is written, with links into the receiver's page."""
    return tuple(_item(line, letter.url, letter.at) for line in lines)


def by_unit(letter: Letter, lines: Sequence[ObligationLine]) -> tuple[UnitItems, ...]:
    """The same for each unit that owes them, in the order in which units come first."""
    return tuple(
        UnitItems(one_line(name), items((line for line in lines if line.unit == unit), letter))
        for unit, name in {line.unit: line.unit_name for line in lines}.items()
    )


def unheard(letter: Letter, lines: Sequence[ObligationLine]) -> tuple[UnitItems, ...]:
    """The units that no mail reaches, with what they owe and why they do not hear of it."""
    names = {line.unit: line.unit_name for line in lines} | {
        code: letter.names.get(code, code) for code in letter.unheard
    }
    return tuple(
        UnitItems(
            one_line(name),
            items((line for line in lines if line.unit == unit), letter),
            one_line(letter.unheard.get(unit, "")),
        )
        for unit, name in names.items()
    )


def _item(line: ObligationLine, url: str, at: datetime) -> Item:
    owing, done = line.state in OWING, line.state in DONE
    distance = distance_words(line.due, at) if line.due else ""
    return Item(
        ref=one_line(line.ref),
        title=one_line(f"{title(line)} (phối hợp)" if line.coordinating else title(line)),
        due=due_words(line.due),
        phrase=one_line(line.due_phrase) if owing else "",
        extended=_extended(line),
        standing=distance if owing else state_words(line).lower(),
        owing=owing,
        late=owing and line.due is not None and at >= line.due,
        came_in=_came_in(line, at) if line.state is State.SUBMITTED else "",
        document=one_line(citation.handed_in(line.document)) if done and line.document else "",
        outcome=OUTCOMES[line.outcome] if done and line.outcome else "",
        comment=one_line(line.comment),
        url=f"{url}#{quote(line.requirement)}",
    )


def _extended(line: ObligationLine) -> str:
    if not line.extensions:
        return ""
    return f"đã gia hạn {line.extensions} lần, thời hạn ban đầu {due_day(line.original_due)}"


def _came_in(line: ObligationLine, at: datetime) -> str:
    if line.submitted_at is None:
        return ""
    again = f" (nộp lần {line.submissions})" if line.submissions > 1 else ""
    days = WorkingCalendar().count(local_day(line.submitted_at), local_day(at))
    waiting = f", đã chờ {days} ngày làm việc" if days > 0 else ""
    return f"{moment(line.submitted_at)}{again}{waiting}"
