"""What to write instead of a deadline that cannot be read."""

import re

from models.due import Every
from models.written import EARLIEST, LATEST
from rules import meant
from rules.dates import plain
from rules.deadline import EXAMPLES, NUMBERS, read_deadline
from rules.synonyms import folded

_OFTEN = {
    "ngày": Every.DAY,
    "tuần": Every.WEEK,
    "tháng": Every.MONTH,
    "quý": Every.QUARTER,
    "6 tháng": Every.HALF_YEAR,
    "sáu tháng": Every.HALF_YEAR,
    "nửa năm": Every.HALF_YEAR,
    "năm": Every.YEAR,
}
_PERIOD = "6 tháng|sáu tháng|nửa năm|ngày|tuần|tháng|quý|năm"
_RECURS = re.compile(
    rf"\b(?:hằng|hàng|mỗi|từng|định kỳ|các) (?P<each>{_PERIOD})\b|\b(?P<once>{_PERIOD}) (?:một|1|/) ?lần\b"
)
_BY_DAY = re.compile(r"(?P<before>trước )?(?:ngày|mùng) (?P<day>[0-9]{1,2})\b(?! ?[/.-])")
_CLOCK = re.compile(r"\b(?P<hour>[0-9]{1,2}) ?(?:giờ|[hg](?![^\W0-9])|:(?=[0-9])) ?(?P<minute>[0-9]{2})?")
_FROM_ISSUE = re.compile(r"\btừ (?:ngày|khi) (?:ký|ban hành|có hiệu lực|ra văn bản)\b")
_FROM_EVENT = re.compile(
    rf"(?P<days>(?:[0-9]{{1,3}}|{'|'.join(NUMBERS)}) (?:ngày(?: làm việc)?|tuần)) (?:kể |tính )?(?:từ|sau) "
)
_ISO = re.compile(r"\b([0-9]{4})-([0-9]{2})-([0-9]{2})\b")
_NO_YEAR = re.compile(r"(?<![0-9/.-])(?P<d>[0-9]{1,2})/(?P<m>[0-9]{1,2})(?![0-9/])|ngày [0-9]{1,2} tháng [0-9]{1,2}\b")
_YEAR = re.compile(r"(?:[/.-] ?|năm )([0-9]{4})(?![0-9])")
_SHORT_YEAR = re.compile(r"(?<![0-9])[0-9]{1,2}[/.-][0-9]{1,2}[/.-][0-9]{2}(?![0-9])")
_MONTH = re.compile(r"\btháng (?P<m>[0-9]{1,2})\b")
_WITHOUT_ACCENTS = re.compile(r"\b(?:truoc|ngay|thang|quy|cham nhat|het)\b")


def advice(written: str) -> str:
    """What is wrong with a deadline that `read_deadline` cannot read, and what to write; a clause that goes on after
    `no deadline can be read from '…': `."""
    phrase = plain(written).lower()
    bare = written.strip().strip(meant.QUOTES)
    if bare != written.strip() and read_deadline(bare) is not None:
        return f"“ and ” are no quotes in YAML, write `{bare}`"
    if lost := meant.impossible_day(phrase):
        return f"there is no such day as {lost}"
    return _impossible(phrase) or _recurring(phrase) or _counted(phrase) or _misspelt(phrase) or f"write {EXAMPLES}"


def _impossible(phrase: str) -> str:
    if any(not 1 <= int(match["m"]) <= 12 for match in _MONTH.finditer(phrase)):
        return "there are months 1 to 12"
    for match in _YEAR.finditer(phrase):
        if not EARLIEST.year <= int(match[1]) <= LATEST.year:
            return f"days are from {EARLIEST:%d/%m/%Y} to {LATEST:%d/%m/%Y}: look at the year {match[1]}"
    clock = _CLOCK.search(phrase)
    if clock and (int(clock["hour"]) > 24 or int(clock["minute"] or 0) > 59):
        return f"there is no such time of day as {clock[0].strip()}"
    return ""


def _recurring(phrase: str) -> str:
    """How to write what recurs: with parts, by its period, day of the month and time of day."""
    match = _RECURS.search(phrase)
    if not match:
        return ""
    every = _OFTEN[match["each"] or match["once"]]
    parts = [f"every: {every}"]
    if every not in {Every.DAY, Every.WEEK} and (day := _by_day(phrase)):
        parts.append(f"by_day: {day}")
    if (clock := _CLOCK.search(phrase)) and (at := meant.time_of_day(clock[0])):
        parts.append(f'at: "{at:%H:%M}"')
    return f"what recurs is written in parts, `{{{', '.join(parts)}}}`"


def _by_day(phrase: str) -> int:
    """The last day in time within a month; 0 where the phrase names none. `Trước ngày 20` ends with the 19th."""
    match = _BY_DAY.search(phrase)
    if not match:
        return 0
    day = int(match["day"]) - bool(match["before"])
    return day if 1 <= day <= 31 else 0


def _counted(phrase: str) -> str:
    if _FROM_ISSUE.search(phrase):
        return (
            "the day of issue is known: count from it and write the last day, `chậm nhất ngày 15/5/2020`; or write "
            "`trong 10 ngày làm việc kể từ ngày nhận`"
        )
    if match := _FROM_EVENT.search(phrase):
        return f"what counts from an event is written in parts, `{{within: {match['days']}, after: {{held: meeting}}}}`"
    return ""


def _misspelt(phrase: str) -> str:
    if match := _ISO.search(phrase):
        year, month, day = map(int, match.groups())
        return f"in a phrase the day is written {day}/{month}/{year}, and alone {match[0]}"
    if match := _SHORT_YEAR.search(phrase):
        return f"write the year of {match[0]} with four digits"
    if match := _NO_YEAR.search(phrase):
        return (
            f"the year is missing, write `{match[0]}{' năm ' if 'tháng' in match[0] else '/'}2020` with the year meant"
        )
    if folded(phrase) == phrase.replace("-", " ") and _WITHOUT_ACCENTS.search(phrase):
        return "write it with its accents, like `trước ngày 15/5/2020`"
    return ""
