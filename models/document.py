"""Documents with number and symbol, as Decree 30/2020 has them (DOMAIN section 1)."""

import datetime as dt
from enum import StrEnum

from pydantic import Field

from models.base import Wire


class DocumentRef(Wire):
    """A document that is cited, issued or handed in. `number` is kept as written, `normal` in normal form."""

    number: str
    normal: str
    date: dt.date | None = None
    issuer: str = ""
    title: str = ""
    signer: str = ""


class Purpose(StrEnum):
    """What a recipient is sent a document for (DOMAIN section 8)."""

    ACTION = "để thực hiện"
    REPORT = "để b/c"
    INFORMATION = "để biết"
    COORDINATION = "để phối hợp"


class Recipient(Wire):
    """One line of `Nơi nhận`; `purpose` is left out where the document names none."""

    name: str
    purpose: Purpose | None = None


class FileRef(Wire):
    """A stored file: content-addressed by SHA-256 (hex), size in bytes."""

    sha256: str
    name: str
    size: int
    media_type: str


class Signer(Wire):
    """Who signed a document."""

    prefix: str = Field(default="", description="On whose behalf, e.g. TM. ỦY BAN NHÂN DÂN or KT. GIÁM ĐỐC")
    title: str = Field(description="Office, e.g. PHÓ GIÁM ĐỐC")
    name: str = Field(description="Full name")
