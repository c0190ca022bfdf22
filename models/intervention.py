"""How a supervisor steps in, beside chasing and naming people: commands, each with its reason."""

import datetime as dt
from enum import StrEnum
from typing import Literal

from pydantic import Field

from models.actor import BaseCommand
from models.answer import Answer
from models.base import Wire
from models.document import DocumentRef
from models.obligation import Outcome
from models.plan import Amendment, Duty, RequirementPlan


class Release(StrEnum):
    """Why a unit need not do something: it is excused (miễn), it never applied to it, or it is withdrawn (rút)."""

    WAIVED = "waived"
    NOT_APPLICABLE = "not_applicable"
    WITHDRAWN = "withdrawn"


class Target(Wire):
    """An obligation as it was looked at: with so many submissions. One that was answered since is left alone, and who
    stepped in is told."""

    obligation: str
    submissions: int


class _Intervention(BaseCommand):
    reason: str = Field(max_length=2000)


class _OfTargets(_Intervention):
    """What can be done is done; what cannot is left as it is. Refused only where nothing can."""

    targets: tuple[Target, ...]


class SetDue(_OfTargets):
    """A new last day, later or earlier than the one that holds, or the first one."""

    kind: Literal["set_due"] = "set_due"
    until: dt.date


class ReleaseUnit(_OfTargets):
    """Units need not do something (any more)."""

    kind: Literal["release"] = "release"
    release: Release


class Reinstate(_OfTargets):
    """What was waived, not applicable or withdrawn is owed again; what was accepted is returned to be done again."""

    kind: Literal["reinstate"] = "reinstate"


class Suspend(_OfTargets):
    """Pause what is owed: its clock stands still."""

    kind: Literal["suspend"] = "suspend"


class Resume(_OfTargets):
    """Let what was suspended go on, with the working days that were left."""

    kind: Literal["resume"] = "resume"


class AcceptPaper(_Intervention):
    """Accept on behalf of a unit what it gave on paper on a day; lateness goes by that day."""

    kind: Literal["accept_paper"] = "accept_paper"
    target: Target
    answer: Answer
    received_on: dt.date
    outcome: Outcome | None = None


class Reassign(_OfTargets):
    """Another unit owes it from now on, as it stands."""

    kind: Literal["reassign"] = "reassign"
    unit: str


class Enlist(_Intervention):
    """Units that were left out owe something from now on; `until` is their own last day, needed where that of the
    requirement has passed. `children` are those that begin to keep a register for it, `passes_down` what they wait
    for."""

    kind: Literal["enlist"] = "enlist"
    duties: tuple[Duty, ...]
    requirements: tuple[RequirementPlan, ...] = ()
    children: tuple[str, ...] = ()
    passes_down: tuple[str, ...] | None = None
    until: dt.date | None = None


class Amend(_Intervention):
    """A new version of the directive: what it changes in this register. `document` is the one that ordered it."""

    kind: Literal["amend"] = "amend"
    amendment: Amendment
    document: DocumentRef | None = None


class EndRegister(_Intervention):
    """Close the register and those below before their time: where it is cancelled, everything not done is withdrawn;
    else it stays unfulfilled."""

    kind: Literal["end"] = "end"
    cancelled: bool
