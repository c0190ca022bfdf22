"""What people and other cascades ask of a ledger. A command's id makes repeating it harmless."""

from enum import StrEnum
from typing import Annotated, Literal

from pydantic import Field

from models.base import Instant, Wire
from models.document import DocumentRef, FileRef


class ActorKind(StrEnum):
    OFFICER = "officer"
    REVIEWER = "reviewer"
    CASCADE = "cascade"
    TIMER = "timer"


class Actor(Wire):
    """Who acts, and for which unit."""

    kind: ActorKind
    unit: str
    name: str = ""


class Answer(Wire):
    """What an officer hands in. `existing` declares a document that was issued before the directive asked for it."""

    document: DocumentRef | None = None
    files: tuple[FileRef, ...] = ()
    note: str = ""
    choice: str = ""
    men: int | None = None
    women: int | None = None
    total: int | None = None
    existing: bool = False


class _Command(Wire):
    id: str = Field(min_length=1, max_length=200)
    at: Instant
    actor: Actor


class Acknowledge(_Command):
    """The unit has received the directive."""

    kind: Literal["acknowledge"] = "acknowledge"


class Submit(_Command):
    """A unit answers one of its obligations."""

    kind: Literal["submit"] = "submit"
    obligation: str
    answer: Answer


class Decision(StrEnum):
    ACCEPT = "accept"
    RETURN = "return"


class Review(_Command):
    """The unit above decides on submission number `submission`, and on no later one."""

    kind: Literal["review"] = "review"
    obligation: str
    submission: int
    decision: Decision
    comment: str = ""


class RegisterDocument(_Command):
    """A document that some requirements wait for has arrived ("khi có hướng dẫn của tỉnh")."""

    kind: Literal["register_document"] = "register_document"
    trigger: str
    document: DocumentRef


class OpenBelow(_Command):
    """The cascade above tells that this unit's own document was accepted, which opens obligations below it."""

    kind: Literal["open_below"] = "open_below"
    requirement: str
    document: DocumentRef | None = None


class ChildClosed(_Command):
    """A child cascade tells that it has closed, with the head of its hash chain."""

    kind: Literal["child_closed"] = "child_closed"
    chain_head: str
    events: int


Command = Annotated[
    Acknowledge | Submit | Review | RegisterDocument | OpenBelow | ChildClosed, Field(discriminator="kind")
]


class Receipt(Wire):
    """What the ledger answers to a command that it took: the number of the event that proves it."""

    cascade_id: str
    seq: int
    at: Instant
