"""The receipt (biên nhận) for something that was handed in: what came in when, and where it stands in the register."""

from models.actor import Actor
from models.answer import Answer
from models.base import Instant, Wire
from models.holder import Arrangement
from models.plan import DirectiveHead
from models.register import ObligationLine
from models.unit import Unit


class SubmissionReceipt(Wire):
    """Everything that the receipt for one submission says.

    `issuer` keeps the register, `unit` handed in. `line` is the obligation as it stands now, `answer` what was handed
    in then, as submission number `submission`, at the business instant `received_at`. `actor` is who did so, and
    `arrangement` how he came to answer for the unit where somebody named him. `taken_from` names the earlier directive
    to which the answer was given, if it was; then it was not the actor who handed in.

    `cascade_id` is the register, `seq` the number of the event in it; `event_hash` and `previous_hash` (SHA-256,
    hex) are its place in the chain. `printed_at` is business time.
    """

    head: DirectiveHead
    issuer: Unit
    unit: Unit
    line: ObligationLine
    submission: int
    answer: Answer
    received_at: Instant
    actor: Actor
    arrangement: Arrangement | None = None
    taken_from: str = ""
    cascade_id: str
    seq: int
    event_hash: str
    previous_hash: str
    printed_at: Instant
