"""The port over which a whole directive is changed, as the tests want it: it remembers what it was asked."""

from collections.abc import Mapping
from datetime import date
from hashlib import sha256

from models.actor import Actor
from models.changing import CannotChange, Hindrance, LateAddressees, NewVersion, Told
from models.link import Link
from models.obligation import ObligationState, State
from rules.calendar import day_end
from rules.foreseeing import Foreseen, Redated
from rules.previewing import Preview, preview
from rules.unit_search import find_units
from tests import small
from tests.web import samples

_OFFICES = [samples.unit(district) for district in samples.DISTRICTS]
NAMES = {office.code: office.short_name for office in _OFFICES}
TITLES = {key: item["title"] for key, item in samples.REQUIREMENTS.items()} | {"new": "Báo cáo nhanh hằng tháng"}


def foreseen() -> Foreseen:
    """Something of everything: added for all, withdrawn, dated anew, kept."""

    def item(requirement: str, unit: str, state: State = State.OPEN, due: date | None = None) -> ObligationState:
        return ObligationState(requirement=requirement, unit=unit, state=state, due=day_end(due) if due else None)

    codes = list(NAMES)
    dated = [item("services", code, due=date(2020, 8, 31)) for code in codes[:3]]
    later = day_end(date(2020, 11, 30))
    return Foreseen(
        plan=small.slice_of(small.TOP),
        added=tuple(item("new", code, due=date(2020, 11, 16)) for code in codes),
        withdrawn=tuple(item("radio", code, State.SUBMITTED) for code in codes[:2]),
        redated=tuple(Redated(one, one.model_copy(update={"due": later})) for one in dated),
        done=(item("services", codes[4], State.ACCEPTED, date(2020, 8, 31)),),
        own_date=(item("services", codes[5], due=date(2020, 12, 4)),),
        answered=3,
        unchanged=74,
    )


class FakeChanges:
    """`answer` is raised by what changes something, `hindered` by what is looked at first, as long as they are set;
    `source` is the file that runs."""

    def __init__(self) -> None:
        self.answer: Exception | None = None
        self.hindered: Exception | None = None
        self.version = 1
        self.behind = 0
        self.going_on = False
        self.source = b"version 1"
        self.looked: list[NewVersion | LateAddressees] = []
        self.made: list[NewVersion | LateAddressees] = []
        self.completed = 0
        self.foreseen = foreseen()
        self.commands: dict[str, LateAddressees] = {}
        self.readers: list[str] = []
        self.actors: list[Actor] = []

    def told(self, link: Link) -> Told:
        self.readers.append(link.unit)
        return Told(
            version=self.version,
            registers=3,
            behind=self.behind,
            source=sha256(self.source).hexdigest(),
            going_on=self.going_on,
        )

    def amendment(self, link: Link, actor: Actor, version: NewVersion) -> Preview:
        self._asked(link, actor)
        self.looked.append(version)
        if self.hindered:
            raise self.hindered
        found = preview([self.foreseen], version.model_dump_json(), NAMES, TITLES, samples.AT)
        return Preview(**{**vars(found), "version": self.version + 1})

    async def amend(self, link: Link, actor: Actor, version: NewVersion, seal: str) -> Told:
        if self.answer:
            raise self.answer
        if version.source != self.source:
            if self.amendment(link, actor, version).seal != seal:
                raise CannotChange(Hindrance.SEEN_OTHERWISE)
            self.source, self.version = version.source, self.version + 1
            self.made.append(version)
        return self.told(link)

    async def complete(self, link: Link, actor: Actor) -> Told:
        self._asked(link, actor)
        if self.answer:
            raise self.answer
        self.completed += 1
        self.behind = 0
        return self.told(link)

    def askable(self, link: Link) -> Mapping[str, str]:
        self.readers.append(link.unit)
        return {key: TITLES[key] for key in ("annual-plan", "services", "training")}

    def candidates(self, link: Link, actor: Actor, words: str) -> Mapping[str, str]:
        self._asked(link, actor)
        return {office.code: office.short_name for office in find_units(_OFFICES, words)}

    def codes(self, typed: tuple[str, ...]) -> tuple[str, ...]:
        by_name = {name: code for code, name in NAMES.items()}
        return tuple(by_name.get(text, text) for text in typed)

    def names(self, codes: tuple[str, ...]) -> Mapping[str, str]:
        return {code: NAMES[code] for code in codes if code in NAMES}

    def enlistment(self, link: Link, actor: Actor, late: LateAddressees) -> Preview:
        self._asked(link, actor)
        self.looked.append(late)
        if self.hindered:
            raise self.hindered
        only = Foreseen(plan=self.foreseen.plan, added=self.foreseen.added)
        return preview([only], late.model_dump_json(), NAMES, TITLES, samples.AT)

    async def enlist(self, link: Link, actor: Actor, late: LateAddressees, seal: str, command: str) -> None:
        if self.answer:
            raise self.answer
        if command in self.commands:
            return
        if self.enlistment(link, actor, late).seal != seal:
            raise CannotChange(Hindrance.SEEN_OTHERWISE)
        self.made.append(late)
        self.commands[command] = late

    def listed(self, link: Link, command: str) -> tuple[tuple[str, str], ...]:
        self.readers.append(link.unit)
        late = self.commands.get(command)
        return tuple((TITLES[key], NAMES[code]) for key in late.requirements for code in late.units) if late else ()

    def _asked(self, link: Link, actor: Actor) -> None:
        self.readers.append(link.unit)
        self.actors.append(actor)
