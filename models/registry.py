"""A registry file: which organisations stand on which territories."""

from datetime import date

from pydantic import BaseModel, ConfigDict, Field

from models.unit import Level


class _Written(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Office(_Written):
    """What is said of organisations and of single bodies alike."""

    level: Level
    line: str = Field(description="Line of authority, e.g. ubnd, ldtbxh, hoi-lhpn")
    name: str
    short_name: str
    parent_body: str = ""
    symbol: str = ""
    place: str = ""
    head_title: str = ""


class Organisation(Office):
    """One organisation on each territory of a level. Its units' codes are `<territory>-<line>`, with the registry's
    `suffix`.

    `superior_lines` are the lines of the organisations above it, that of its first line of authority first. A word of
    them means the single body of that code; or else the organisation of that line, which stands on the territory above,
    if it is the organisation's own line, and otherwise on the same territory, or on the one above where the same has
    none. Where there is no such organisation the word is passed over.
    """

    superior_lines: tuple[str, ...] = ()
    tags: dict[str, tuple[str, ...]] = Field(default={}, description="Tag and the territories whose unit has it")


class Single(Office):
    """A body that exists once: a ministry, a department of one province. `superiors` are codes of other units."""

    code: str
    territory: str = ""
    superiors: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()


class Region(_Written):
    """Provinces that go together. Every unit in them belongs to the region and has its `tags`."""

    name: str
    provinces: tuple[str, ...] = Field(description="Territory codes")
    tags: tuple[str, ...] = ()


class MailPattern(_Written):
    """How addresses are made where no contact table gives them; `{code}` is the unit's code."""

    focal: str
    head: str | None = None


class RegistryFile(_Written):
    """Organisations over a table of territories (level,code,name,parent_code,type), and single bodies beside them.

    `contacts` is a table (code,focal_email,head_email) whose addresses win over the mail pattern. Paths are relative to
    the registry file.
    """

    territories: str
    within: str | None = Field(default=None, description="Only this territory and what lies in it")
    valid_from: date | None = None
    valid_to: date | None = None
    suffix: str = Field(
        default="",
        pattern=r"^([.-][A-Za-z0-9]+)?$",
        description="Ends the codes of organisations, where territories have their codes from others before them",
    )
    names: dict[str, str] = Field(default={}, description="Names that differ from the table, by territory code")
    regions: dict[str, Region] = {}
    singles: tuple[Single, ...] = ()
    organisations: tuple[Organisation, ...]
    mail: MailPattern | None = None
    contacts: str | None = None
