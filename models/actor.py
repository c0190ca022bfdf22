"""Who acts on a register, and what every command has."""

from enum import StrEnum

from pydantic import Field

from models.base import Instant, Wire


class ActorKind(StrEnum):
    OFFICER = "officer"
    REVIEWER = "reviewer"
    SUPERVISOR = "supervisor"
    CASCADE = "cascade"
    TIMER = "timer"
    POSTMAN = "postman"
    READER = "reader"
    """Somebody who only looks: an auditor, or whoever uses the reading room."""
    OPERATOR = "operator"
    """Who runs the installation."""


class Identified(StrEnum):
    """How it is known who acted. PROGRAM: dondoc itself did, or nobody who is known; LINK: whoever had a person's link;
    SIGN_IN: whoever read the mail to a listed address; COMMAND_LINE: a user of the machine."""

    PROGRAM = "program"
    LINK = "link"
    SIGN_IN = "sign_in"
    COMMAND_LINE = "command_line"


class Actor(Wire):
    """Who acts, for which unit, and how that is known. `holder` is whose link was used: the registry's contact by its
    role, another by the id under which the register knows him; `name` is that one's, or that of the user at the command
    line."""

    kind: ActorKind
    unit: str
    name: str = ""
    holder: str = ""
    identified: Identified = Identified.PROGRAM


class BaseCommand(Wire):
    """Something asked of a register; its id makes repeating it harmless. `at` is business time."""

    id: str = Field(min_length=1, max_length=200)
    at: Instant
    actor: Actor
