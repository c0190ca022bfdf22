"""What the pages of the reading room show."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from models.answer import Answer
from models.base import Instant, Wire
from models.delay import Delay
from models.plan import DirectiveHead
from models.register import ObligationLine
from models.reporting import IssuedReport
from models.tally import Tally
from models.unit import Unit


class Light(StrEnum):
    """How something stands at a glance: badly, to be watched, well, or not asked for."""

    RED = "red"
    AMBER = "amber"
    GREEN = "green"
    GREY = "grey"


@dataclass(frozen=True, slots=True)
class Counts:
    """Obligations by light, and how many of them are done; what coordinating units are asked for is in no count. A
    country has eleven thousand of these, so neither they nor nodes are checked values: they never travel."""

    red: int = 0
    amber: int = 0
    green: int = 0
    grey: int = 0
    done: int = 0

    @property
    def asked(self) -> int:
        return self.red + self.amber + self.green

    @property
    def light(self) -> Light:
        """The worst that there is."""
        if self.red:
            return Light.RED
        if self.amber:
            return Light.AMBER
        return Light.GREEN if self.green else Light.GREY

    @classmethod
    def added(cls, counts: Iterable["Counts"]) -> "Counts":
        """Those of several together."""
        red = amber = green = grey = done = 0
        for each in counts:
            red, amber, green = red + each.red, amber + each.amber, green + each.green
            grey, done = grey + each.grey, done + each.done
        return cls(red=red, amber=amber, green=green, grey=grey, done=done)


class DirectiveEntry(Wire):
    """A directive in the list, with what the reader may see of it counted."""

    head: DirectiveHead
    issuer_name: str
    closed: bool
    counts: Counts


@dataclass(frozen=True, slots=True)
class UnitNode:
    """A unit in the tree of a directive's registers: what it owes itself, and that with all that is owed below it.

    `register_id` is the register that it keeps, empty where it keeps none; `hidden` how many units of that are not in
    `below`, because the page would grow too long.
    """

    unit: str
    name: str
    register_id: str = ""
    own: Counts = Counts()
    whole: Counts = Counts()
    below: tuple["UnitNode", ...] = ()
    hidden: int = 0


class DirectiveSheet(Wire):
    """One directive: the tree of its registers as the reader may see it, at a business instant, and the reports that
    the first of them, or the chosen one, has issued, the latest first."""

    head: DirectiveHead
    issuer_name: str
    closed: bool
    counts: Counts
    tree: tuple[UnitNode, ...]
    reports: tuple[IssuedReport, ...] = ()
    at: Instant


class UnitPart(Wire):
    """What a unit owes in one directive, judged at a business instant."""

    head: DirectiveHead
    lines: tuple[ObligationLine, ...]
    tally: Tally
    at: Instant


class UnitSheet(Wire):
    """The record of a unit over all directives, the newest first."""

    unit: Unit
    superior_name: str
    parts: tuple[UnitPart, ...]
    tally: Tally


class HandedIn(Wire):
    """One answer as it was handed in: the how many-th, and when (business time)."""

    number: int
    at: Instant
    answer: Answer


class ObligationSheet(Wire):
    """One obligation with everything that was handed in for it, and what explains its delay where it is late. `names`
    are the short names of the units of which it gives the codes."""

    head: DirectiveHead
    line: ObligationLine
    delay: Delay | None
    answers: tuple[HandedIn, ...]
    names: dict[str, str]
    at: Instant


class Moment(Wire):
    """One entry of an obligation's story: the sentence, when (business time), and whether it tells of lateness."""

    at: Instant
    words: str
    late: bool
    hash: str


class Search(Wire):
    """What is looked for; empty fields ask nothing. All that are filled in must fit."""

    number: str = ""
    unit: str = ""
    requirement: str = ""
    text: str = ""
    light: Light | None = None


class Found(Wire):
    """Obligations of one directive that fit a search, judged at a business instant."""

    head: DirectiveHead
    lines: tuple[ObligationLine, ...]
    at: Instant


class Findings(Wire):
    """What a search found. `units` are those whose name fits, by code; `more` says that not all is listed; `unknown`
    names the fields of the search for which there is nothing at all."""

    found: tuple[Found, ...] = ()
    units: dict[str, str] = {}
    more: bool = False
    unknown: tuple[str, ...] = ()

    @property
    def count(self) -> int:
        return sum(len(item.lines) for item in self.found)


class TechnicalEntry(Wire):
    """How the machinery of one directive is doing: its registers, recorded events, mails by what became of them."""

    label: str
    directive_id: str
    closed: bool
    registers: int
    closed_registers: int
    archived: int
    events: int
    recorded_at: Instant | None
    mails: dict[str, int]
