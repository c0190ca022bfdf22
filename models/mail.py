"""A mail on its way: what is needed to write it, and what is handed to the SMTP server."""

from models.base import Instant, Wire
from models.notice import NoticeKind
from models.plan import DirectiveHead
from models.recommendation import Recommendation
from models.register import ObligationLine
from models.unit import Role, Unit


class Letter(Wire):
    """Everything a mail template may quote. `at` is business time; `url` is the receiver's own link.

    `recommendations` are those that the mail is about (without a reply, raised just now, or answered), and `names` the
    short names of the units of which they give the codes.
    """

    kind: NoticeKind
    head: DirectiveHead
    receiver: Unit
    role: Role
    issuer: Unit
    lines: tuple[ObligationLine, ...]
    recommendations: tuple[Recommendation, ...] = ()
    names: dict[str, str] = {}
    url: str
    at: Instant


class Rendered(Wire):
    subject: str
    text: str
    html: str


class Outgoing(Wire):
    """A mail ready to be written: `id` is its outbox row; `resent` says that an earlier delivery is uncertain."""

    id: int
    to: str
    message_id: str
    thread_id: str
    resent: bool
    letter: Letter
