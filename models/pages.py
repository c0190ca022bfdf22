"""What a page shows: everything in one value, read in one go."""

from models.base import Wire
from models.clock import Clock
from models.plan import DirectiveHead
from models.register import ObligationLine
from models.unit import Unit


class OfficerPage(Wire):
    """One page per unit and directive: all its obligations in one cascade. Dormant ones are left out."""

    head: DirectiveHead
    cascade_id: str
    unit: Unit
    issuer: Unit
    lines: tuple[ObligationLine, ...]
    clock: Clock
    closed: bool


class RegisterPage(Wire):
    """The register of one issuing unit. `waiting_triggers` maps trigger keys to titles of documents not yet arrived."""

    head: DirectiveHead
    cascade_id: str
    issuer: Unit
    lines: tuple[ObligationLine, ...]
    waiting_triggers: dict[str, str]
    clock: Clock
    closed: bool
