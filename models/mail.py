"""A mail on its way: what is needed to write it, and what is handed to the SMTP server."""

from models.base import Instant, Wire
from models.chase_letter import ChaseLetter
from models.holder import Holder
from models.link import Purpose
from models.notice import NoticeKind
from models.plan import DirectiveHead
from models.recommendation import Recommendation
from models.register import ObligationLine
from models.request import Request
from models.unit import Role, Unit


class Part(Wire):
    """What a letter says of one kind. `at` is business time; `words` are the sender's own."""

    kind: NoticeKind
    at: Instant
    lines: tuple[ObligationLine, ...] = ()
    recommendations: tuple[Recommendation, ...] = ()
    requests: tuple[Request, ...] = ()
    words: str = ""


class Letter(Wire):
    """Everything a mail template may quote: one part or several, the most pressing one first, which names the letter.

    `at` is business time; `url` is the receiver's own link, `purpose` the page that it opens; `names` are the short
    names of the units of which the parts give the codes. `holder` is the person it goes to, where that is not the
    registry's contact. `unheard` says by unit why no mail reaches it. `drafts` are letters that go along, to be
    signed.
    """

    head: DirectiveHead
    receiver: Unit
    role: Role
    holder: Holder | None = None
    issuer: Unit
    parts: tuple[Part, ...]
    names: dict[str, str] = {}
    unheard: dict[str, str] = {}
    drafts: tuple[ChaseLetter, ...] = ()
    purpose: Purpose
    url: str
    at: Instant

    @property
    def kind(self) -> NoticeKind:
        return self.parts[0].kind


class Rendered(Wire):
    subject: str
    text: str
    html: str


class Outgoing(Wire):
    """A mail ready to be written: `ids` are its outbox rows; `resent` says that an earlier delivery is uncertain."""

    ids: tuple[int, ...]
    to: str
    message_id: str
    thread_id: str
    resent: bool
    letter: Letter
