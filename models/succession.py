"""Units that take over from others: what a reorganisation says, and how obligations get from one unit to another."""

import datetime as dt
from typing import Literal

from models.actor import BaseCommand
from models.answer import Answer
from models.base import Wire
from models.obligation import ObligationState
from models.plan import Duty, RequirementPlan
from models.recommendation import Recommendation
from models.request import Request


class Move(Wire):
    """Where one obligation goes: to `units` in the register `cascade_id`. None of them: it waits there."""

    obligation: str
    cascade_id: str
    units: tuple[str, ...] = ()


class Arrival(Wire):
    """An obligation that comes to a unit: as it stood under its old key, with the duty of the new unit, the answer at
    hand, and what waits for a decision. What was done already is `evidence`, and no obligation. One that is `waiting`
    keeps its old unit until somebody says who takes it over (chờ phân công lại)."""

    before: ObligationState
    duty: Duty
    answer: Answer | None = None
    requests: tuple[Request, ...] = ()
    recommendations: tuple[Recommendation, ...] = ()
    waiting: bool = False
    evidence: bool = False


class Handover(Wire):
    """What one register hands to another, or to other units of its own; `requirements` are those of what comes as an
    obligation."""

    cascade_id: str
    requirements: tuple[RequirementPlan, ...]
    arrivals: tuple[Arrival, ...]


class Succession(Wire):
    """Who takes over one obligation: the duties of those who do, in the register `cascade_id`. None of them: it waits
    there."""

    obligation: str
    cascade_id: str
    duties: tuple[Duty, ...] = ()


class Keeping(Wire):
    """What changes of the keeping of one register: who keeps it, under which one it stands, which ones stand below it
    (by the units with whose code they began), duties of units that stay whose further recipients, issuing bodies or
    candidates are others now, who decides in place of former recipients (by code), and whether it ends because all it
    held goes elsewhere."""

    issuer: str
    issuer_name: str
    parent: str | None = None
    children: tuple[str, ...] = ()
    kept_by: dict[str, str] = {}
    passes_down: tuple[str, ...] = ()
    duties: tuple[Duty, ...] = ()
    reviewers: dict[str, str] = {}
    ends: bool = False


class Reorganise(BaseCommand):
    """Units have been renamed, merged, split or dissolved on a day by `basis`: what that means for this register.
    `reason` is what who applies it adds."""

    kind: Literal["reorganise"] = "reorganise"
    on: dt.date
    basis: str
    reason: str = ""
    successions: tuple[Succession, ...] = ()
    keeping: Keeping | None = None


class TakeIn(BaseCommand):
    """Another register, `source`, hands over obligations."""

    kind: Literal["take_in"] = "take_in"
    source: str
    handover: Handover
    reason: str


class Transferred(Wire):
    """These obligations of the register have gone elsewhere; what goes to other registers is in the handovers. What was
    done keeps its old name, and is evidence for the units to which it is `bequeathed`."""

    kind: Literal["transferred"] = "transferred"
    moves: tuple[Move, ...]
    bequeathed: dict[str, tuple[str, ...]] = {}
    handovers: tuple[Handover, ...]
    reason: str


class TakenIn(Wire):
    """Obligations have come from units before, out of the register `source`; `merged` are those that became one with
    others, by their old keys."""

    kind: Literal["taken_in"] = "taken_in"
    source: str
    handover: Handover
    merged: tuple[str, ...] = ()
    reason: str


class KeepingChanged(Wire):
    """Another unit keeps the register than `before`, or it stands elsewhere among the registers."""

    kind: Literal["keeping_changed"] = "keeping_changed"
    keeping: Keeping
    before: str
    on: dt.date
    basis: str
