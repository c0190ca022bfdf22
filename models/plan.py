"""The compiled directive: who owes what by which instant. Frozen before anything starts (DESIGN rule 5)."""

from enum import StrEnum

from models.base import Instant, Wire
from models.document import DocumentRef
from models.unit import Role


class RequirementKind(StrEnum):
    PLAN = "plan"
    ACTIVITY = "activity"
    REPORT = "report"


class OpeningMode(StrEnum):
    AT_START = "at_start"
    WHEN_ACCEPTED = "when_accepted"
    WHEN_REGISTERED = "when_registered"


class Opening(Wire):
    """When a requirement's obligations open.

    `key` names the requirement of the unit above (WHEN_ACCEPTED) or the trigger document (WHEN_REGISTERED);
    `at_latest` is the instant at which they open anyway.
    """

    mode: OpeningMode = OpeningMode.AT_START
    key: str = ""
    at_latest: Instant | None = None


class StepKind(StrEnum):
    REMINDER = "reminder"
    OVERDUE = "overdue"
    CHASE = "chase"
    ESCALATION = "escalation"


class LadderStep(Wire):
    """One rung of the ladder for one requirement, at a frozen instant. `name` is as written, like `T-10` or `T+5`."""

    name: str
    kind: StepKind
    at: Instant


class RequirementPlan(Wire):
    key: str
    ref: str = ""
    title: str
    kind: RequirementKind
    due: Instant | None = None
    due_phrase: str = ""
    opening: Opening = Opening()
    steps: tuple[LadderStep, ...] = ()
    accepts_existing: bool = False
    choices: dict[str, str] = {}
    attendance: bool = False
    guidance: str = ""


class Duty(Wire):
    """One requirement x one unit. `applicable` is False where the directive's condition leaves the unit out."""

    requirement: str
    unit: str
    applicable: bool = True


class CascadePlan(Wire):
    """The slice of the plan that one issuing unit follows up: one register, one workflow."""

    cascade_id: str
    directive_id: str
    number: str
    title: str
    issuer: str
    issuer_name: str
    parent: str | None = None
    children: tuple[str, ...] = ()
    requirements: tuple[RequirementPlan, ...] = ()
    duties: tuple[Duty, ...] = ()
    triggers: dict[str, str] = {}
    starts: Instant
    closing: Instant


class Signer(Wire):
    prefix: str = ""
    title: str
    name: str


class DirectiveHead(Wire):
    """What stands on the document itself, and what mails, pages and reports quote of it."""

    directive_id: str
    document: DocumentRef
    type: str
    place: str
    issuer: str
    signer: Signer | None = None
    basis: tuple[DocumentRef, ...] = ()
    recipients: tuple[str, ...] = ()
    contact: str = ""
    starts: Instant
    closing: Instant


class Plan(Wire):
    """A whole directive, compiled: the head and one slice per issuing unit, the root first."""

    head: DirectiveHead
    cascades: tuple[CascadePlan, ...]


RECEIVERS: dict[StepKind, tuple[Role, ...]] = {
    StepKind.REMINDER: (Role.FOCAL,),
    StepKind.OVERDUE: (Role.HEAD,),
    StepKind.CHASE: (Role.FOCAL, Role.HEAD),
    StepKind.ESCALATION: (Role.HEAD,),
}
"""Who is written to at each kind of step; an escalation goes to the head of the unit above (DOMAIN section 3)."""
