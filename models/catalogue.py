"""What the program knows of the field beforehand: the documents that directives cite (DOMAIN section 4.1)."""

import datetime as dt

from models.base import Wire


class KnownDocument(Wire):
    """A document that exists. `date` is left out where no source was read for it; `year` is then what is known of it.

    `programme` is the name of the strategy, programme or scheme that the document adopts, without `phê duyệt`.
    """

    number: str
    issuer: str
    title: str
    date: dt.date | None = None
    year: int | None = None
    programme: str = ""


class BrokenCatalogue(Exception):
    """A catalogue that is shipped cannot be read; the message names the file and what is wrong in it."""
