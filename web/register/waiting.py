"""What waits for the reader's decision: submissions, requests and obstacles, the oldest first (pure)."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from models.command import Decision
from models.obligation import State, requirement_of
from models.pages import RegisterPage
from models.register import ObligationLine
from models.request import Request, RequestKind
from rules import requests
from rules.collation import vietnamese
from rules.recommendations import waits_for
from rules.standing import decides
from rules.words import day
from web.drafts import Draft
from web.forms.deciding import outcome_choices
from web.recommendations import Group, Item
from web.register.places import OVERVIEW, Place

FEW = 20
"""How many decisions stand open on a page; what is younger is folded away under them. As many answers of the same kind
can be accepted from the overview, more from the requirement's sheet."""

MOST = 60
"""How many decisions the overview shows at all, so that it stays readable; a sheet shows all of its own."""


@dataclass(frozen=True)
class Submission:
    """An answer with its two forms; `place` is the unit and the requirement it is about, here and below."""

    kind: ClassVar = "submission"
    line: ObligationLine
    since: datetime
    accepting: Draft
    returning: Draft

    @property
    def place(self) -> tuple[str, str]:
        return self.line.unit, self.line.requirement

    @property
    def shown(self) -> bool:
        return self.accepting.shown or self.returning.shown


@dataclass(frozen=True)
class Asked:
    """A request of a unit with its two forms."""

    kind: ClassVar = "request"
    request: Request
    line: ObligationLine
    granting: Draft
    refusing: Draft

    @property
    def since(self) -> datetime:
        return self.request.asked_at

    @property
    def place(self) -> tuple[str, str]:
        return self.line.unit, self.line.requirement

    @property
    def shown(self) -> bool:
        return self.granting.shown or self.refusing.shown


@dataclass(frozen=True)
class Obstructed:
    """An obstacle that waits for the reader's word."""

    kind: ClassVar = "obstacle"
    item: Item

    @property
    def since(self) -> datetime:
        return self.item.asked.raised_at

    @property
    def place(self) -> tuple[str, str]:
        return self.item.asked.unit, requirement_of(self.item.asked.obligation)

    @property
    def shown(self) -> bool:
        return self.item.draft is not None and self.item.draft.shown


@dataclass(frozen=True)
class Alike:
    """Answers to one requirement that may be accepted together, units in Vietnamese order, with the form to do so."""

    first: ObligationLine
    lines: tuple[ObligationLine, ...]
    draft: Draft

    def ticked(self, line: ObligationLine) -> bool:
        """Everything is, until somebody has posted another choice."""
        return not self.draft.shown or item_value(line) in self.draft.value("item").split("\n")


Decidable = Submission | Asked | Obstructed


@dataclass(frozen=True)
class Queue:
    """What waits, the oldest first: what a page shows, and how much more there is, by requirement."""

    items: tuple[Decidable, ...]
    count: int
    later: dict[str, int]


def decisions(
    page: RegisterPage, place: Place, groups: Iterable[Group], drafts: Mapping[str, Draft], at: datetime
) -> Queue:
    """Everything that waits for the reader in a place. `groups` are what was raised, `drafts` posted forms by name."""
    found: list[Decidable] = [*_submissions(page, drafts, at), *_asked(page, drafts)]
    found += [Obstructed(item) for group in groups for item in group.items if waits(page, item)]
    items = sorted((item for item in found if place.holds(*item.place)), key=lambda item: item.since)
    if place != OVERVIEW:
        return Queue(tuple(items), len(items), {})
    shown = tuple(item for number, item in enumerate(items) if number < MOST or item.shown)
    return Queue(shown, len(items), Counter(item.place[1] for item in items if item not in shown))


def waits(page: RegisterPage, item: Item) -> bool:
    """Whether an obstacle waits for the reader's word, as long as the register is open."""
    return item.obstacle and not page.closed and waits_for(item.asked, page.reviewer.code, page.issuer.code)


def alike(page: RegisterPage, place: Place, drafts: Mapping[str, Draft]) -> tuple[Alike, ...]:
    """Requirements shown in a place of which two answers or more wait for the reader and need no outcome."""
    grouped: dict[str, list[ObligationLine]] = {}
    for line in page.lines:
        shown = place.holds(line.unit, line.requirement)
        if shown and decides(line, page.reviewer.code) and not outcome_choices(line):
            grouped.setdefault(line.requirement, []).append(line)
    return tuple(
        Alike(
            lines[0],
            tuple(sorted(lines, key=lambda line: vietnamese(line.unit_name))),
            drafts.get(all_form(requirement)) or Draft(),
        )
        for requirement, lines in grouped.items()
        if len(lines) > 1
    )


def undecided(page: RegisterPage) -> tuple[ObligationLine, ...]:
    """Submissions on which only others still have to decide."""
    submitted = (line for line in page.lines if line.state is State.SUBMITTED)
    return tuple(line for line in submitted if not decides(line, page.reviewer.code))


def review_form(obligation: str, decision: Decision) -> str:
    """The name of one of the two forms of a submission, also the beginning of its fields' ids."""
    return f"{obligation}-{decision}"


def request_form(request: str, *, granted: bool) -> str:
    """The name of one of the two forms of a request."""
    return f"{request}-grant" if granted else f"{request}-refuse"


def all_form(requirement: str) -> str:
    """The name of the form that accepts the answers to one requirement together."""
    return f"all-{requirement}"


def item_value(line: ObligationLine) -> str:
    """What a tick box says: the submission that is looked at, and the obligation."""
    return f"{line.submissions}:{line.key}"


def _submissions(page: RegisterPage, drafts: Mapping[str, Draft], at: datetime) -> Iterable[Submission]:
    for line in page.lines:
        if decides(line, page.reviewer.code):
            forms = (drafts.get(review_form(line.key, decision)) or Draft() for decision in Decision)
            yield Submission(line, line.submitted_at or at, *forms)


def _asked(page: RegisterPage, drafts: Mapping[str, Draft]) -> Iterable[Asked]:
    lines = {line.key: line for line in page.lines}
    for request in requests.waiting(page.requests, page.lines):
        line = lines[request.obligation]
        if requests.answers_requests(line, page.reviewer.code):
            granting = drafts.get(request_form(request.id, granted=True)) or Draft(values=_prefilled(request))
            yield Asked(request, line, granting, drafts.get(request_form(request.id, granted=False)) or Draft())


def _prefilled(request: Request) -> dict[str, str]:
    more_time = request.kind is RequestKind.MORE_TIME and request.until is not None
    return {"until": day(request.until)} if more_time and request.until else {}
