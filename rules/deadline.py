"""Deadlines as people write them, turned into the first instant that is too late (DOMAIN section 7)."""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from models.due import Roll
from models.plan import Term, Window
from rules.calendar import Calendar, day_end, day_start, last_day
from rules.dates import (
    DATE,
    FIRST_DATE,
    MOMENT,
    SPAN,
    date_of,
    first_date_of,
    moment_of,
    plain,
    span_of,
)

EXAMPLES = (
    "`trước ngày 15/5/2020`, `chậm nhất 17 giờ ngày 15/5/2020`, `trong tháng 11/2020`, `trong quý II/2020`, "
    "`từ ngày 15/11/2020 đến ngày 15/12/2020`, `trong 10 ngày làm việc kể từ ngày nhận`, "
    "`thường xuyên`, or parts like `{every: month}`"
)
_LONGEST = 300  # characters; longer texts are no phrases, and are not searched
NUMBERS = ("một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín", "mười")

_LEAD = r"(?:(?P<lead>[^0-9]*?) ?[:,; ] ?)??"
"""Words before the operator: `gửi về Sở trước ngày …` is standard wording."""
_TAIL = r"(?:,? để [^0-9]*)?"
"""What it is wanted for: `… để tổng hợp, báo cáo`."""
_TURNS = re.compile(r"\b(?:không|chưa|đã|nếu|tính)\b")
"""Words before the operator that turn its meaning: `số liệu tính đến hết ngày …` is no deadline."""
_AT_LATEST = r"(?:chậm|muộn) nhất "
_UP_TO = rf"(?:{_AT_LATEST}(?:(?:là|vào|trong|đến|hết) )*|(?:đến )?hết )"
_DAYS = (
    rf"(?P<n>[0-9]{{1,3}}|{'|'.join(NUMBERS)})(?: ?\([^()0-9]*\))? "  # 05 (năm) ngày
    r"(?:ngày(?P<working> làm việc)?|(?P<weeks>tuần))"
)
_DOCUMENT = r"(?:văn bản|công văn|công điện|chỉ thị|kế hoạch|quyết định|thông báo|nhiệm vụ|yêu cầu)(?: này)?"
_ENDLESS = "(?:thường xuyên|liên tục|kịp thời|không (?:có |xác định )?thời hạn|khi có (?:văn bản )?hướng dẫn[^0-9]*)"

_ONLY_DAYS = re.compile(_DAYS)


@dataclass(frozen=True)
class Office:
    """How an office reads deadlines: the time of day at which a last day ends (None: 24:00, as by law), and whether
    `trước ngày X` includes X (by law and strictly it does not)."""

    cut_off: time | None = None
    before_day: bool = False


@dataclass(frozen=True)
class Deadline:
    """`due` is exclusive (UTC), None for no date that is known beforehand; `doubt` says what is contradictory in the
    phrase. `window` is set where the phrase names one, which is never moved for a day off; `term` where it counts from
    the day on which the document is received; `strict` where the phrase names the day before which it ends."""

    due: datetime | None
    phrase: str
    doubt: str = ""
    window: Window | None = None
    term: Term | None = None
    strict: bool = False


def read_deadline(written: str | date | None, office: Office = Office()) -> Deadline | None:
    """The deadline a phrase means; None where it gives no computable date and is no known way to say `none`.

    `trước ngày X` is read strictly: the last moment is the end of the day before X. A plain date is its own last day.
    Days outside `EARLIEST` to `LATEST` are typing mistakes.
    """
    if written is None:
        return Deadline(None, "")
    if isinstance(written, date):
        return Deadline(_end(written, office.cut_off), "")
    phrase = plain(written)
    for pattern, meaning in _MEANINGS:
        if len(phrase) <= _LONGEST and (match := pattern.fullmatch(phrase.lower())):
            try:
                return None if _TURNS.search(match["lead"] or "") else replace(meaning(match, office), phrase=phrase)
            except ValueError:
                return None
    return None


def read_days(text: str) -> Term | None:
    """A number of days: `5 ngày làm việc`, `05 (năm) ngày`, `một tuần` (calendar days)."""
    match = _ONLY_DAYS.fullmatch(plain(text).lower())
    try:
        return _term(match) if match else None
    except ValueError:
        return None


def read_window(text: str) -> Window | None:
    """Days from which to which something takes place: `từ ngày … đến (hết) ngày …`, or a month, quarter or year."""
    deadline = read_deadline(text)
    return deadline.window if deadline else None


def rolled(due: datetime, roll: Roll, calendar: Calendar) -> datetime:
    """A due instant whose last day, if it is a day off, is moved as the policy says; its time of day stays."""
    day = last_day(due)
    if roll is Roll.NONE or calendar.is_working_day(day):
        return due
    return due + (calendar.add(day, 1 if roll is Roll.NEXT else -1) - day)


def term_due(term: Term, day: date, calendar: Calendar) -> datetime:
    """The first instant that is too late for a term counted from a day, which is not counted itself (Civil Code 2015,
    article 147); calendar days that end on a day off run on to the next working day (article 148)."""
    if term.working:
        return _end(calendar.add(day, term.days), term.at)
    last = day + timedelta(days=term.days)
    return _end(last if calendar.is_working_day(last) else calendar.add(last, 1), term.at)


def derived(due: datetime, working_days: int, calendar: Calendar) -> datetime:
    """The due instant so many working days earlier, at the same time of day."""
    day = last_day(due)
    return due + (calendar.add(day, -working_days) - day)


def _end(day: date, at: time | None) -> datetime:
    return day_end(day) if at is None else day_start(day, at)


def _before(match: re.Match[str], office: Office) -> Deadline:
    day, at = moment_of(match)
    if at is not None:
        return Deadline(day_start(day, at), "")
    last = day if office.before_day else day - timedelta(days=1)
    doubt = "`chậm nhất` includes the day and `trước` does not: read as `trước`" if match["both"] else ""
    return Deadline(_end(last, office.cut_off), "", doubt, strict=not office.before_day)


def _until(match: re.Match[str], office: Office) -> Deadline:
    day, at = moment_of(match)
    return Deadline(_end(day, office.cut_off if at is None else at), "")


def _from_to(match: re.Match[str], office: Office) -> Deadline:
    first, last = first_date_of(match), date_of(match)
    due = _end(last, office.cut_off)
    if last < first:
        return Deadline(due, "", "the window ends before it begins")
    return Deadline(due, "", window=Window(first=first, last=last))


def _within(match: re.Match[str], office: Office) -> Deadline:
    window = span_of(match)
    return Deadline(_end(window.last, office.cut_off), "", window=window)


def _until_span(match: re.Match[str], office: Office) -> Deadline:
    return replace(_within(match, office), window=None)


def _after_receipt(match: re.Match[str], office: Office) -> Deadline:
    return Deadline(None, "", term=_term(match, office.cut_off))


def _none(_match: re.Match[str], _office: Office) -> Deadline:
    return Deadline(None, "")


def _term(match: re.Match[str], at: time | None = None) -> Term:
    number = NUMBERS.index(match["n"]) + 1 if match["n"] in NUMBERS else int(match["n"])
    if number == 0:
        raise ValueError(match["n"])
    return Term(days=number * 7 if match["weeks"] else number, working=bool(match["working"]), at=at)


_MEANINGS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str], Office], Deadline]], ...] = tuple(
    (re.compile(pattern), meaning)
    for pattern, meaning in (
        (rf"{_LEAD}(?P<both>{_AT_LATEST}(?:(?:là|vào) )?)?trước {MOMENT}{_TAIL}", _before),
        (rf"{_LEAD}{_UP_TO}{MOMENT}{_TAIL}", _until),
        (rf"(?P<lead>)(?:(?:trong|vào) )?{MOMENT}{_TAIL}", _until),
        (rf"{_LEAD}từ {FIRST_DATE} (?:đến|tới) (?:hết )?{DATE}{_TAIL}", _from_to),
        (rf"{_LEAD}{_UP_TO}{SPAN}{_TAIL}", _until_span),
        (rf"{_LEAD}trong {SPAN}{_TAIL}", _within),
        (rf"(?P<lead>)(?=tháng|quý){SPAN}{_TAIL}", _within),
        (
            rf"{_LEAD}(?:{_AT_LATEST}(?:(?:là|sau) )?)?(?:trong )?(?:(?:thời hạn|thời gian|vòng) )?{_DAYS},? "
            rf"(?:(?:kể|tính) )?từ (?:ngày|khi) nhận(?: được)?(?: {_DOCUMENT})?{_TAIL}",
            _after_receipt,
        ),
        (rf"(?P<lead>){_ENDLESS}(?:(?:, | và ){_ENDLESS})*", _none),
    )
)
