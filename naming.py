"""Ids, queues and search attributes, and their inverses: named here and nowhere else.

No personal data and no secrets go into ids or search attributes (DESIGN rule 3).
"""

import hashlib
import re
import unicodedata
from datetime import date

CASCADE_QUEUE = "dondoc-cascades"
MAIL_QUEUE = "dondoc-mail"
REPORT_QUEUE = "dondoc-reports"
UPKEEP = "dondoc-upkeep"
"""The schedule by which the installation is looked after, and what its workflow is called by."""
UPKEEP_WORKFLOW = "Upkeep"

ATTRIBUTE_DIRECTIVE = "DondocDirective"
ATTRIBUTE_UNIT = "DondocUnit"
ATTRIBUTE_STATE = "DondocState"
ATTRIBUTE_OVERDUE = "DondocOverdue"


_TOLD_APART = 8


def slug(text: str) -> str:
    """A text in lower-case ASCII letters, digits and single hyphens: `SLĐTBXH-BĐG` becomes `sldtbxh-bdg`."""
    plain = unicodedata.normalize("NFD", text.replace("Đ", "D").replace("đ", "d"))
    return re.sub(r"[^a-z0-9]+", "-", plain.encode("ascii", "ignore").decode().lower()).strip("-")


def file_name(name: str) -> str:
    """What a file about something is called: people recognise it, and nothing else has it."""
    return f"{slug(name)}-{hashlib.sha256(name.encode()).hexdigest()[:_TOLD_APART]}"


def directive_id(issuer: str, year: int, series: str, number: int) -> str:
    """The natural key of a directive: the printed number alone is not unique (DOMAIN section 1.2)."""
    return f"{issuer}.{year}.{slug(series)}.{number}"


def unnumbered_id(issuer: str, day: date, kind: str, title: str) -> str:
    """The key of a directive without a number, such as a conference's conclusions: body, day, type and title."""
    return f"{issuer}.{day.year}.{slug(kind)}.{day:%m%d}-{slug(title)[:40].strip('-')}"


def cascade_id(directive: str, unit: str) -> str:
    """The id of a register and of the workflow that keeps it."""
    return f"cascade:{directive}:{unit}"


def cascade_parts(cascade: str) -> tuple[str, str]:
    """The directive id and the unit code of a cascade id."""
    _, directive, unit = cascade.split(":")
    return directive, unit
