"""By when: the deadline of each requirement, one for each occurrence or level where it has several."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime

from models.directive import RequirementFile
from models.due import DueFile, Every, Roll
from models.plan import Period, Term, Window
from models.unit import Level
from rules.calendar import day_end, day_start, last_day
from rules.compiling.desk import Desk
from rules.compiling.ways import counted_from, is_one_way
from rules.deadline import Deadline, Office, derived, read_days, read_deadline, read_window, rolled, term_due
from rules.deadline_advice import advice
from rules.periods import last_month_day, periods, read_period, slug_of
from rules.source import Path
from rules.words import day as day_words

MOST_OCCURRENCES = 400
_MOST_YEARS = 40
_SHORT = DueFile()


@dataclass(frozen=True)
class Variant:
    """One requirement as it is followed up: all of it, one occurrence, or the units of one level. `since` is the first
    day of an occurrence, on which it opens."""

    key: str
    series: str
    due: datetime | None = None
    phrase: str = ""
    term: Term | None = None
    window: Window | None = None
    period: Period | None = None
    level: Level | None = None
    since: date | None = None


class Schedule:
    """Works out deadlines in the order in which they depend on each other; the desk has checked that there is no
    circle."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        policy = desk.written.policy
        self._office = Office(cut_off=policy.cut_off, before_day=policy.before_day)
        self._found: dict[str, tuple[Variant, ...]] = {}
        self._faulty: set[str] = set()

    def of(self, key: str) -> tuple[Variant, ...]:
        """The variants of one requirement; at least one, whatever is wrong with its deadline."""
        if key not in self._found:
            faults = len(self._desk.errors)
            self._found[key] = self._compile(key, self._desk.requirements[key])
            sources = counted_from(self._desk.requirements[key].due)
            lost = any(source in self._faulty or source not in self._found for source in sources)
            if lost or len(self._desk.errors) > faults:
                self._faulty.add(key)
        return self._found[key]

    @property
    def complete(self) -> bool:
        """Whether all deadlines could be worked out."""
        return not self._faulty

    def _compile(self, key: str, item: RequirementFile) -> tuple[Variant, ...]:
        plain = Variant(key=key, series=key, window=self._window(key, item), period=self._period(key, item))
        path: Path = ("requirements", key, "due")
        due = item.due
        if not isinstance(due, DueFile):
            return (self._phrase(path, plain, due, self._desk.written.policy.roll),)
        if not is_one_way(self._desk, path, due):
            return (plain,)
        roll = due.roll or self._desk.written.policy.roll
        if due.every:
            issued = self._desk.written.document.date
            begins = max(issued, (item.opens and item.opens.on) or issued)
            return self._recurring(path, replace(plain, since=begins), due, due.every, roll)
        if due.by_level:
            each = ((replace(plain, key=f"{key}.{level}", level=level), on) for level, on in due.by_level.items())
            return tuple(
                self._phrase((*path, "by_level", str(variant.level)), variant, on, roll, due) for variant, on in each
            )
        if due.before is not None:
            return (self._before(path, plain, due),)
        if due.within is not None:
            return (self._within(path, plain, due, roll),)
        return (self._phrase((*path, "on"), plain, due.on, roll, due),)

    def _window(self, key: str, item: RequirementFile) -> Window | None:
        window = read_window(item.window) if item.window else None
        if item.window and window is None:
            message = f"no window can be read from {item.window!r}; write `từ ngày 15/11/2020 đến ngày 15/12/2020`"
            self._desk.error("window", ("requirements", key, "window"), message)
        return window

    def _period(self, key: str, item: RequirementFile) -> Period | None:
        period = read_period(item.period) if item.period else None
        if item.period and period is None:
            message = f"no period can be read from {item.period!r}; write `tháng 5/2020`, `quý II/2020` or `năm 2020`"
            self._desk.error("period", ("requirements", key, "period"), message)
        return period

    def _phrase(
        self, path: Path, plain: Variant, written: str | date | None, roll: Roll, due: DueFile = _SHORT
    ) -> Variant:
        """What a phrase or day means; `due` are the settings beside it, none in the short form."""
        deadline = read_deadline(written, replace(self._office, cut_off=due.at or self._office.cut_off))
        if deadline is None:
            message = f"no deadline can be read from {str(written)!r}: {advice(str(written))}"
            self._desk.error("deadline", path, message)
            return plain
        if deadline.doubt:
            self._desk.warn("deadline_contradictory", path, deadline.doubt)
        window = plain.window or deadline.window
        moved = deadline.due if deadline.window else self._rolled(path, deadline, roll)
        return replace(plain, due=moved, phrase=due.phrase or deadline.phrase, term=deadline.term, window=window)

    def _rolled(self, path: Path, deadline: Deadline, roll: Roll) -> datetime | None:
        if deadline.due is None:
            return None
        beyond = deadline.strict and roll is Roll.NEXT  # `trước ngày X` moved on would fall on X or after
        moved = deadline.due if beyond else rolled(deadline.due, roll, self._desk.calendar)
        if not self._desk.calendar.is_working_day(last_day(moved)):
            why = ", because moved on it would not be `trước` any more" if beyond else ""
            message = f"{last_day(moved):%d/%m/%Y} is a day off; it stays the last day{why}"
            self._desk.warn("due_on_day_off", path, message)
        return moved

    def _days(self, path: Path, due: DueFile) -> Term | None:
        term = read_days(due.within or "")
        if term is None:
            message = f"no number of days can be read from {due.within!r}; write `5 ngày làm việc` or `10 ngày`"
            self._desk.error("deadline", (*path, "within"), message)
            return None
        return term.model_copy(update={"at": due.at or self._office.cut_off})

    def _within(self, path: Path, plain: Variant, due: DueFile, roll: Roll) -> Variant:
        term = self._days(path, due)
        named = [name for name, value in due.after.model_dump().items() if value] if due.after else ["received"]
        if len(named) != 1:
            message = "name one of `received`, `cut_off`, `document`, `held`, `due` and `window`"
            self._desk.error("deadline", (*path, "after"), message)
            return plain
        if term is None:
            return plain
        phrase = due.phrase or f"trong {due.within} kể từ {self._event_words(due, named[0])}"
        if named[0] in {"received", "document", "held"}:
            return replace(plain, term=term, phrase=phrase)
        day = self._counted_from(path, plain, due, named[0])
        if day is None:
            return plain
        counted = rolled(term_due(term, day, self._desk.calendar), roll, self._desk.calendar)
        return replace(plain, due=counted, phrase=phrase)

    def _counted_from(self, path: Path, plain: Variant, due: DueFile, name: str) -> date | None:
        """The day of an event that is known beforehand."""
        place = (*path, "after", name)
        if name == "cut_off":
            if plain.period is None:
                self._desk.error("deadline", place, "there is no cut-off: say under `period` what the report covers")
            return plain.period.last if plain.period else None
        key = getattr(due.after, name)
        other = self._only(key, place)
        if other is None:
            return None
        if name == "window":
            if other.window is None:
                self._desk.error("deadline", place, f"{key!r} has no window")
            return other.window.last if other.window else None
        if other.due is None:
            self._desk.error("deadline", place, f"{key!r} has no fixed due date to count from")
        return last_day(other.due) if other.due else None

    def _only(self, key: str, place: Path) -> Variant | None:
        """The one variant of another requirement; None with an error where there is none to count from."""
        if not self._desk.knows_requirement(key, place):
            return None
        variants = self.of(key)
        if key in self._faulty:
            return None
        if len(variants) > 1:
            self._desk.error("deadline", place, f"{key!r} has {len(variants)} dates, so it is not clear which is meant")
            return None
        return variants[0]

    def _before(self, path: Path, plain: Variant, due: DueFile) -> Variant:
        place = (*path, "before")
        other = self._only(due.before or "", place)
        return self._earlier_than(place, plain, due, other) if other else plain

    def _earlier_than(self, place: Path, plain: Variant, due: DueFile, other: Variant) -> Variant:
        if other.due is None:
            self._desk.error("deadline", place, f"{other.series!r} has no fixed due date to count back from")
            return plain
        days = self._desk.written.policy.review_days if due.days is None else due.days
        calendar = self._desk.calendar
        whole = rolled(other.due, Roll.PREVIOUS, calendar) if days else other.due  # nobody reviews on a day off
        moved = derived(whole, days, calendar)
        moved = day_start(last_day(moved), due.at) if due.at else moved
        return replace(plain, due=moved, phrase=due.phrase or "")

    def _event_words(self, due: DueFile, name: str) -> str:
        after = due.after
        match name:
            case "received":
                return "ngày nhận được văn bản"
            case "cut_off":
                return "ngày chốt số liệu"
            case "document" if after and after.document:
                return f"ngày có {self._desk.written.awaits.get(after.document, 'văn bản')}"
            case "held":
                return "ngày tổ chức"
            case "window":
                return "ngày kết thúc đợt hoạt động"
            case _:
                return "thời hạn của nhiệm vụ liên quan"

    def _recurring(self, path: Path, plain: Variant, due: DueFile, every: Every, roll: Roll) -> tuple[Variant, ...]:
        issued, closing = self._desk.written.document.date, self._desk.written.closing
        begins, until = plain.since or issued, due.until or closing
        if until is None:
            if not self._desk.is_aside("closing"):
                message = "what recurs needs an end: `until` here, or the directive's `closing`"
                self._desk.error("no_end", (*path, "every"), message)
            return (plain,)
        if (until - issued).days > _MOST_YEARS * 366:
            message = f"it would recur for more than {_MOST_YEARS} years after the issue"
            self._desk.error("too_often", (*path, "until" if due.until else "every"), message)
            return (plain,)
        occurrences = []
        for period in periods(every, max(begins, due.since or begins), until):
            slug = slug_of(every, period)
            variant = replace(plain, key=f"{plain.key}.{slug}", period=period, since=max(begins, period.first))
            occurrences.append(self._occurrence(path, variant, due, every, roll, slug))
            if len(occurrences) > MOST_OCCURRENCES:
                message = f"it would recur more than {MOST_OCCURRENCES} times"
                self._desk.error("too_often", (*path, "every"), message)
                return (plain,)
        fitting = tuple(_fitting(occurrences, begins, closing))
        if not fitting:
            message = f"it would never be due between {day_words(begins)} and {day_words(closing or until)}"
            self._desk.error("never_due", (*path, "every"), message)
        return fitting or (plain,)

    def _occurrence(self, path: Path, variant: Variant, due: DueFile, every: Every, roll: Roll, slug: str) -> Variant:
        period = variant.period
        if period is None:
            return variant
        if due.before is not None:
            return self._occurrence_before(path, variant, due, slug)
        if due.within is not None:
            term = self._days(path, due)
            instant = term_due(term, period.last, self._desk.calendar) if term else None
            phrase = due.phrase or f"trong {due.within} kể từ ngày chốt số liệu"
        else:
            day = period.last if every in {Every.DAY, Every.WEEK} else last_month_day(period, every, due.by_day or 25)
            at = due.at or self._office.cut_off
            instant = rolled(day_start(day, at) if at else day_end(day), roll, self._desk.calendar)
            phrase = due.phrase or ""
        return replace(variant, due=instant, phrase=phrase)

    def _occurrence_before(self, path: Path, variant: Variant, due: DueFile, slug: str) -> Variant:
        """An occurrence that goes into one of the same period above."""
        place = (*path, "before")
        key = due.before or ""
        others = self.of(key) if self._desk.knows_requirement(key, place) else ()
        other = next((item for item in others if item.key == f"{key}.{slug}"), None)
        if not others or key in self._faulty:
            return variant
        if other is None:
            self._desk.error("deadline", place, f"{key!r} does not recur for the same periods")
            return variant
        return self._earlier_than(place, variant, due, other)


def _fitting(occurrences: Iterable[Variant], begins: date, closing: date | None) -> Iterable[Variant]:
    """Without those whose due date lies before the beginning, or beyond the closing: nobody would follow them up."""
    for item in occurrences:
        last = last_day(item.due) if item.due else begins
        if begins <= last and (closing is None or last <= closing):
            yield item
