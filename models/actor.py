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


class Actor(Wire):
    """Who acts, and for which unit. `holder` is whose link was used: the registry's contact by its role, another by the
    id under which the register knows him; `name` is that one's, or that of the user at the command line."""

    kind: ActorKind
    unit: str
    name: str = ""
    holder: str = ""


class BaseCommand(Wire):
    """Something asked of a register; its id makes repeating it harmless. `at` is business time."""

    id: str = Field(min_length=1, max_length=200)
    at: Instant
    actor: Actor
