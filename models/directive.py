"""The directive file as a supervisor writes it. Descriptions here become the JSON Schema of `dondoc schema`."""

from datetime import date, time
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from models.plan import RequirementKind, Signer, StepKind
from models.unit import Level

EARLIEST, LATEST = date(1945, 9, 2), date(2099, 12, 31)
"""Days that a directive may name; anything else is a typing mistake."""

Day = Annotated[date, Field(ge=EARLIEST, le=LATEST)]


class _Written(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Citation(_Written):
    """A document that the directive is based on."""

    number: str = Field(description="Number and symbol, e.g. 25/KH-UBND")
    date: date
    issuer: str = Field(description="Issuing body, as the document names it")
    title: str = Field(default="", description="Trích yếu: what the document is about")


class Document(_Written):
    """The directive as a document."""

    number: str = Field(description="Number and symbol, e.g. 908/SLĐTBXH-BĐG")
    type: str = Field(default="Công văn", description="Name of the document's type, e.g. Công văn, Kế hoạch")
    title: str = Field(description="Trích yếu without V/v, e.g. hướng dẫn hoạt động bình đẳng giới năm 2020")
    issuer: str = Field(description="Code of the issuing unit in the registry; it keeps the first register")
    place: str = Field(default="", description="Địa danh; the issuing unit's place if left out")
    date: Day
    signer: Signer | None = None
    basis: tuple[Citation, ...] = Field(default=(), description="Căn cứ: documents this one follows from")
    recipients: tuple[str, ...] = Field(default=(), description="Nơi nhận, as written")


class Addressees(_Written):
    """Which units owe a requirement: all of a level below the issuer, or those listed."""

    level: Level | None = Field(default=None, description="All units of this level below the issuer")
    units: tuple[str, ...] = Field(default=(), description="Unit codes, instead of or besides a level")
    excluding: tuple[str, ...] = Field(default=(), alias="except", description="Unit codes left out")


class Opens(_Written):
    """When the obligations open, if not at the start."""

    when_accepted: str | None = Field(
        default=None, description="Key of a requirement of the level above: opens when that unit's document is accepted"
    )
    when_registered: str | None = Field(default=None, description="Key under `awaits`: opens when it is registered")
    at_latest: Day | None = Field(default=None, description="Opens on this day anyway")


class RequirementFile(_Written):
    """One thing the directive asks of a class of units."""

    title: str
    ref: str = Field(default="", description="Where the document says it, e.g. 1a")
    kind: RequirementKind
    to: Addressees
    due: str | Day | None = Field(
        default=None,
        description="As the document says it: `trước ngày 15/5/2020` (the 14th is the last day), `chậm nhất ngày "
        "15/5/2020`, `đến hết ngày …`, `trong tháng 11/2020`, `từ ngày … đến ngày …`, `thường xuyên`; left out: none",
    )
    opens: Opens | None = None
    only_tag: str | None = Field(default=None, description="Applies only to units with this tag; n/a to the others")
    if_not_issued: bool = Field(default=False, description="A document that exists already satisfies it")
    choices: dict[str, str] = Field(default={}, description="Alternative forms of which the unit names one")
    attendance: bool = Field(default=False, description="Asks for men, women and total of participants")
    guidance: str = Field(default="", description="What the officer should know, shown on the page")


class Rung(_Written):
    """One step of the follow-up ladder."""

    at: str = Field(pattern=r"^T[+-]\d{1,3}$", description="Working days from the due day, e.g. T-10 or T+5")
    do: StepKind


class Policy(_Written):
    """How the directive is followed up."""

    ladder: tuple[Rung, ...] | None = Field(default=None, description="Instead of T-10, T-5, T-1, T+1, T+5, T+15")
    send_at: time = Field(default=time(8), description="Time of day at which steps go out")


class DirectiveFile(_Written):
    """A directive: the document, what it asks of whom by when, and when its register closes."""

    document: Document
    closing: Day = Field(description="Last day of the register; what is open then is reported as not fulfilled")
    contact: str = Field(default="", description="Whom officers may ask; shown in every mail and page")
    awaits: dict[str, str] = Field(default={}, description="Documents that requirements wait for: key and title")
    policy: Policy = Policy()
    requirements: dict[str, RequirementFile] = Field(min_length=1, description="Requirements by key")
