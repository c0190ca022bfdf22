"""Stepping in, as the sheets of a register show it: what may be chosen, and what a chosen way will touch (pure)."""

from collections.abc import Iterable
from dataclasses import dataclass

from models.intervention import Target
from models.pages import RegisterPage
from models.register import ObligationLine
from rules.refusals import WORDS
from rules.ways import Way, fault, ways
from texts.language import gettext as _
from web.drafts import Draft
from web.forms.stepping_in import paper_outcomes, receivers, way_of
from web.register.places import OVERVIEW, Place
from web.register.progress import of_requirement, of_unit
from web.register.said import Said
from web.register.way_words import SAID, called

ALL = "all"
"""What the tick box says that stands for all obligations of a sheet."""


@dataclass(frozen=True)
class Choice:
    """What may be done on a sheet: the ways that fit at least one of its lines, and those lines."""

    lines: tuple[ObligationLine, ...]
    ways: dict[str, str]
    draft: Draft

    def ticked(self, value: str) -> bool:
        return value in self.draft.value("item").split("\n")


@dataclass(frozen=True)
class Step:
    """A chosen way: the lines that it will touch, and those it will leave with why; the form says how and for which
    reason. `units` are those that may take over, by what is typed to name them."""

    way: Way
    words: Said
    touched: tuple[ObligationLine, ...]
    left: tuple[tuple[ObligationLine, str], ...]
    draft: Draft
    units: dict[str, str]
    outcomes: dict[str, str]

    @property
    def paper(self) -> bool:
        return self.way is Way.ACCEPT_PAPER


def choice(page: RegisterPage, place: Place, draft: Draft) -> Choice | None:
    """What the reader may do on a sheet; None where he may only read, or nothing fits."""
    if page.closed or page.reviewer.code != page.issuer.code or place == OVERVIEW:
        return None
    shown = of_unit(page, place.unit) if place.unit else of_requirement(page, place.requirement).lines
    fitting = {line.key: ways(line) for line in shown}
    found = {way for own in fitting.values() for way in own}
    lines = tuple(line for line in shown if fitting[line.key])
    return Choice(lines, called(way for way in Way if way in found), draft) if lines else None


def step(page: RegisterPage, place: Place, draft: Draft) -> Step | None:
    """What a posted form means on the register as it stands; None where it names no way."""
    way = way_of(draft.value("way"))
    if way is None:
        return None
    lines = {line.key: line for line in _lines(page, place)}
    chosen = [(lines[target.obligation], target.submissions) for target in targets(page, place, draft)]
    judged = [(line, fault(way, line, submissions)) for line, submissions in chosen]
    touched = tuple(line for line, why in judged if why is None)
    left = tuple((line, _(WORDS[why])) for line, why in judged if why is not None)
    return Step(
        way,
        SAID[way].here(),
        touched,
        left,
        draft,
        units=receivers(page.assignable, place.unit) if way is Way.REASSIGN else {},
        outcomes=paper_outcomes(touched[0]) if way is Way.ACCEPT_PAPER and touched else {},
    )


def targets(page: RegisterPage, place: Place, draft: Draft) -> tuple[Target, ...]:
    """The obligations of a sheet that a posted form names, as its reader saw them."""
    keys = {line.key for line in _lines(page, place)}
    found: dict[str, Target] = {}
    for text in draft.value("item").split("\n"):
        number, _colon, key = text.partition(":")
        if key in keys and number.isascii() and number.isdigit() and len(number) < 10:
            found[key] = Target(obligation=key, submissions=int(number))
    return tuple(found.values())


def of_all(page: RegisterPage, place: Place, way: Way) -> Iterable[ObligationLine]:
    """The lines of a sheet that a way fits."""
    return (line for line in _lines(page, place) if way in ways(line))


def _lines(page: RegisterPage, place: Place) -> list[ObligationLine]:
    return [line for line in page.lines if place.holds(line.unit, line.requirement)]
