"""The body that issues a paper, as it stands at the top of it and signs (Decree 30/2020, DOMAIN section 1.3)."""

from datetime import datetime
from itertools import takewhile

from models.unit import Unit
from reports.plain import BLANK
from rules.calendar import local_day

_COMMITTEE = "ỦY BAN NHÂN DÂN"
_NO_BREAK = "\u00a0"


def parent_body(issuer: Unit) -> str:
    """The body above the issuing one, in capitals; empty where the registry names none."""
    return issuer.parent_body.upper().replace(_COMMITTEE, "UBND")


def body(issuer: Unit) -> str:
    """The issuing body in capitals, without the territory that the line above it already names. The territory of a
    People's Committee stays together where the line breaks."""
    own, above = issuer.name.upper().split(), issuer.parent_body.upper().split()
    pairs = zip(reversed(own), reversed(above), strict=False)
    shared = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))
    name = " ".join(own[: len(own) - shared] or own)
    committee, found, territory = name.partition(f"{_COMMITTEE} ")
    return f"{found}{territory.replace(' ', _NO_BREAK)}" if found and not committee else name


def place_and_date(place: str, at: datetime) -> str:
    """Place, and the date with day and month left open; without a place only the date."""
    blank = f"ngày{BLANK}tháng{BLANK}năm {local_day(at).year}"
    return f"{place}, {blank}" if place else blank


def signature(issuer: Unit) -> tuple[str, ...]:
    """A People's Committee signs as a body: `TM.` stands before its chair's title."""
    title = issuer.head_title.upper() or "THỦ TRƯỞNG ĐƠN VỊ"
    if issuer.name.casefold().startswith(("ủy ban nhân dân", "uỷ ban nhân dân", "ubnd")):
        return (f"TM. {_COMMITTEE}", title)
    return (title,)
