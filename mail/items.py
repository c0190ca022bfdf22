"""Obligations as a letter lists them (pure)."""

from collections.abc import Iterable
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
from rules.words import OUTCOMES, day, due_day, moment


@dataclass(frozen=True)
class Item:
    """One obligation. `standing` says how far the due date is or, where nothing is owed any more, the state.

    `extended` tells of an earlier due date and how often it was put off, `first_due` is the first one however it was
    changed since. `lacking` is what the unit has not done beside handing in; `came_in` when an answer was handed in
    that waits for a decision; `document` and `outcome` what was accepted, and with what result. `reason` is why a
    supervisor last stepped in; `from_units` had it before, `to_units` have it now.
    """

    ref: str
    title: str
    due: str
    phrase: str
    extended: str
    first_due: str
    standing: str
    state: str
    owing: bool
    late: bool
    lacking: str
    came_in: str
    document: str
    outcome: str
    comment: str
    reason: str
    from_units: str
    to_units: str
    url: str


def items(lines: Iterable[ObligationLine], letter: Letter) -> tuple[Item, ...]:
    """Lines in the order given, as they stand when the letter is written, with links into the receiver's page."""
    return tuple(_item(line, letter) for line in lines)


def _item(line: ObligationLine, letter: Letter) -> Item:
    owing, done, at = line.state in OWING, line.state in DONE, letter.at
    distance = distance_words(line.due, at) if line.due else ""
    return Item(
        ref=one_line(line.ref),
        title=one_line(f"{title(line)} (phối hợp)" if line.coordinating else title(line)),
        due=due_words(line.due),
        phrase=one_line(line.due_phrase) if owing else "",
        extended=_extended(line),
        first_due=due_day(line.original_due) if line.original_due else "",
        standing=distance if owing else state_words(line).lower(),
        state=line.state.value,
        owing=owing,
        late=owing and line.due is not None and at >= line.due,
        lacking=_lacking(line),
        came_in=_came_in(line, at) if line.state is State.SUBMITTED else "",
        document=one_line(citation.handed_in(line.document)) if done and line.document else "",
        outcome=OUTCOMES[line.outcome] if done and line.outcome else "",
        comment=one_line(line.comment),
        reason=one_line(line.reason),
        from_units=_units((before.unit for before in line.inherited), letter),
        to_units=_units(line.moved_to, letter),
        url=f"{letter.url}#{quote(line.requirement)}",
    )


def _extended(line: ObligationLine) -> str:
    if not line.extensions:
        return ""
    return f"đã gia hạn {line.extensions} lần, thời hạn ban đầu {due_day(line.original_due)}"


def _lacking(line: ObligationLine) -> str:
    if line.state is State.RETURNED and line.decided_at is not None:
        return f"trả lại để bổ sung ngày {day(local_day(line.decided_at))}, chưa nộp lại"
    if line.state is State.OPEN and line.acknowledged_at is None and line.opened_at is not None:
        return f"giao ngày {day(local_day(line.opened_at))}, chưa xác nhận đã nhận văn bản"
    return ""


def _came_in(line: ObligationLine, at: datetime) -> str:
    if line.submitted_at is None:
        return ""
    again = f" (nộp lần {line.submissions})" if line.submissions > 1 else ""
    days = WorkingCalendar().count(local_day(line.submitted_at), local_day(at))
    waiting = f", đã chờ {days} ngày làm việc" if days > 0 else ""
    return f"{moment(line.submitted_at)}{again}{waiting}"


def _units(codes: Iterable[str], letter: Letter) -> str:
    return one_line("; ".join(letter.names.get(code, code) for code in codes))
