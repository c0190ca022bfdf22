"""The letter (công văn đôn đốc) by which a unit is pressed on paper for what it owes."""

from models.base import Instant, Wire
from models.plan import DirectiveHead
from models.register import ObligationLine
from models.unit import Unit


class ChaseLetter(Wire):
    """Everything that one letter says. `issuer` keeps the register and signs, `unit` is written to about `lines`, as
    they stand at the business instant `at`."""

    head: DirectiveHead
    issuer: Unit
    unit: Unit
    lines: tuple[ObligationLine, ...]
    at: Instant
