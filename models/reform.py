"""A reform file: which units there are from a day on, and who takes over what from those that were before."""

from enum import StrEnum

from pydantic import Field

from models.plan import RequirementKind
from models.unit import Level
from models.written import Day, Written


class Way(StrEnum):
    """Where an obligation goes whose unit is dissolved: to the units that stand on its territory below, to the unit
    above, or nowhere until somebody decides (chờ phân công lại)."""

    DOWN = "down"
    UP = "up"
    WAIT = "wait"


class LineFile(Written):
    """Which line has what organisations of one line had: by level, because a dissolved district's duties go to another
    level; `functions` are exceptions by function."""

    to: dict[Level, str] = Field(default={}, description="Level: the line that has it there from the day on")
    functions: dict[str, dict[Level, str]] = Field(default={}, description="Function: level: line")


class UnitFile(Written):
    """What becomes of one unit, by hand: before all that follows from territories."""

    to: str | None = Field(default=None, description="Code of the unit that takes over; left out: nobody does")
    functions: dict[str, str] = Field(default={}, description="Function: code of the unit that takes it over")


class DissolvedFile(Written):
    """Where obligations of dissolved units go: by requirement, else for reports that consolidate, else by kind; what is
    not named waits."""

    kinds: dict[RequirementKind, Way] = Field(
        default={RequirementKind.PLAN: Way.DOWN}, description="Kind of requirement: down, up or wait"
    )
    consolidating: Way = Field(default=Way.UP, description="Reports that consolidate those of units below")
    requirements: dict[str, Way] = Field(default={}, description="Key of a requirement: down, up or wait")


class ReformFile(Written):
    """Units are renamed, merged, split or dissolved on a day. Paths are relative to the file."""

    on: Day = Field(description="The first day on which the new units are there; the old ones end the day before")
    basis: str = Field(min_length=1, description="The document that orders it, as people are told")
    registry: str | None = Field(default=None, description="Registry file of the units from that day on")
    territories: str | None = Field(
        default=None,
        description="Table of territories: old_ward,old_district,old_province,new_ward,new_province,kind,default",
    )
    lines: dict[str, LineFile] = Field(default={}, description="Line of authority before the day: what follows it")
    units: dict[str, UnitFile] = Field(default={}, description="Code of a unit before the day: what becomes of it")
    dissolved: DissolvedFile = Field(default=DissolvedFile(), description="What becomes of a dissolved unit's duties")
