"""Who may use the reading room."""

from enum import StrEnum

from models.base import Wire


class ReaderRole(StrEnum):
    """An auditor sees everything; a supervisor of a unit what it and those below it owe; an operator how the
    installation is doing, and nothing of what units answered."""

    AUDITOR = "auditor"
    SUPERVISOR = "supervisor"
    OPERATOR = "operator"


class Reader(Wire):
    """Somebody who may sign in: by the mail address, in small letters. `unit` is the code of whose branch a supervisor
    sees, empty for others."""

    address: str
    name: str
    role: ReaderRole
    unit: str = ""
