"""A registry file: which organisations stand on which territories."""

from datetime import date

from pydantic import BaseModel, ConfigDict, Field

from models.unit import Level


class _Written(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Organisation(_Written):
    """One organisation on each territory of a level. `superior_line` is the line of the organisation above it."""

    level: Level
    line: str
    superior_line: str | None = None
    name: str
    short_name: str
    parent_body: str = ""
    symbol: str = ""
    place: str = ""
    head_title: str = ""
    tags: dict[str, tuple[str, ...]] = Field(default={}, description="Tag and the territories whose unit has it")


class MailPattern(_Written):
    """How addresses are made where no contact table gives them; `{code}` is the unit's code."""

    focal: str
    head: str | None = None


class RegistryFile(_Written):
    """Organisations over a table of territories (level,code,name,parent_code,type).

    `contacts` is a table (code,focal_email,head_email) whose addresses win over the mail pattern. Paths are relative to
    the registry file.
    """

    territories: str
    within: str | None = Field(default=None, description="Only this territory and what lies in it")
    valid_from: date | None = None
    valid_to: date | None = None
    names: dict[str, str] = Field(default={}, description="Names that differ from the table, by territory code")
    organisations: tuple[Organisation, ...]
    mail: MailPattern | None = None
    contacts: str | None = None
