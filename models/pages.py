"""What a page shows: everything in one value, read in one go."""

from models.base import Instant, Wire
from models.clock import Clock
from models.holder import Holder
from models.obligation import State
from models.plan import DirectiveHead
from models.recommendation import Recommendation
from models.register import ObligationLine
from models.reporting import IssuedReport
from models.request import Request
from models.unit import Unit


class OfficerPage(Wire):
    """One page per unit and register: all that the unit owes in it, dormant obligations too.

    `requests` are those of the unit, `holders` those who answer for it or did beside the registry's contacts;
    `recommendations` are those that the unit raised and those that were referred to it; `groups` names their groups,
    and `names` gives the short names of the units that they and the answers give the codes of. `candidates` of an event
    are the other units of the register that owe it: who may have held it too.
    """

    head: DirectiveHead
    cascade_id: str
    unit: Unit
    issuer: Unit
    lines: tuple[ObligationLine, ...]
    recommendations: tuple[Recommendation, ...] = ()
    requests: tuple[Request, ...] = ()
    holders: tuple[Holder, ...] = ()
    groups: dict[str, str] = {}
    names: dict[str, str] = {}
    clock: Clock
    closed: bool


class Escalated(Wire):
    """What the register below that `keeper` keeps has escalated at an instant: its lines, as they stand now."""

    at: Instant
    keeper: str
    keeper_name: str
    lines: tuple[ObligationLine, ...]


class EndedEarly(Wire):
    """How a register ended before its time: with the directive that was cancelled, or closed early. `seq` is
    the number of the event in the register, `cause` the id of the command."""

    cancelled: bool
    at: Instant
    reason: str
    seq: int
    cause: str


class Standing(Wire):
    """How a whole directive stands: how many registers are open below its first one, and how many obligations there are
    in each state in all that are open."""

    below: int
    states: dict[State, int]


class RegisterPage(Wire):
    """The register of one issuing unit, as `reviewer` sees it: the issuer sees all of it; a further recipient of
    reports sees the lines that he decides on, and the recommendations made there or referred to him.

    `unreachable` says by unit why no mail reaches those who answer for it; `requests` and `holders` are those of the
    lines' units. `waiting_triggers` maps trigger keys to titles of documents not yet arrived, which only the issuer
    registers; `groups` and `names` as on the officer's page. `assignable` are the units, with their short names, to
    which the issuer may give what another one owes; `escalated` is what registers below told him, and `reports` what he
    issued, the latest first. `supervises` says whether he may change or end the whole directive, `ended` how the
    register ended early.
    """

    head: DirectiveHead
    cascade_id: str
    issuer: Unit
    reviewer: Unit
    lines: tuple[ObligationLine, ...]
    recommendations: tuple[Recommendation, ...] = ()
    requests: tuple[Request, ...] = ()
    holders: tuple[Holder, ...] = ()
    unreachable: dict[str, str] = {}
    groups: dict[str, str] = {}
    names: dict[str, str] = {}
    waiting_triggers: dict[str, str]
    assignable: dict[str, str] = {}
    escalated: tuple[Escalated, ...] = ()
    reports: tuple[IssuedReport, ...] = ()
    supervises: bool = False
    clock: Clock
    closed: bool
    ended: EndedEarly | None = None
