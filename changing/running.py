"""A running directive at a business instant, and who changes it."""

from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Any

from models.actor import Actor, ActorKind, Identified
from models.plan import DirectiveHead
from models.tables import DirectiveRow
from rules.calendar import local_day


@dataclass(frozen=True, kw_only=True)
class Running:
    """`by` is the name of who changes it, `holder` whose link he came with; empty at the command line. `identified`
    is how he is known."""

    row: DirectiveRow
    at: datetime
    by: str
    holder: str = ""
    identified: Identified = Identified.COMMAND_LINE

    @property
    def said(self) -> dict[str, str]:
        """Which directive it is, as answers say it."""
        return {"directive": self.row.id, "number": self.row.number}

    @property
    def today(self) -> date:
        return local_day(self.at)

    @property
    def actor(self) -> Actor:
        """Who acts, as all registers of the directive know him."""
        return Actor(
            kind=ActorKind.SUPERVISOR,
            unit=self.row.issuer,
            name=self.by,
            holder=self.holder,
            identified=self.identified,
        )

    @cached_property
    def head(self) -> DirectiveHead:
        return DirectiveHead.model_validate(self.row.head)

    def stamp(self, command_id: str) -> dict[str, Any]:
        """What every command of a supervisor has."""
        return {"id": command_id, "at": self.at, "actor": self.actor}
