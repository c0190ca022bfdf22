"""Number and symbol of documents (Decree 30/2020, article 8 and appendix III; DOMAIN section 1.2)."""

import re
import unicodedata
from dataclasses import dataclass

from models.written import EARLIEST, LATEST

_DIGITS = "[0-9]{1,9}"
_WORD = r"[A-ZĐ][A-Za-zĐ0-9&]*"
_TYPE = (  # named types and copies (Decree 30/2020, appendix III)
    "NQ|QĐ|CT|QC|QyĐ|TC|TB|HD|CTr|KH|PA|ĐA|DA|BC|BB|TTr|HĐ|CĐ|BGN|BTT|GUQ|GM|GGT|GNP|PG|PC|PB|SY|TrS|SL"
)
_PATTERNS = (
    re.compile(
        rf"(?P<number>{_DIGITS})/(?P<year>[0-9]{{4}})/(?P<series>{_WORD}(?:-{_WORD})*)"
    ),  # normative: 30/2020/NĐ-CP
    re.compile(rf"(?P<number>{_DIGITS})/(?P<series>(?:{_TYPE})(?:-{_WORD})+)"),  # named type: 925/KH-UBND
    re.compile(rf"(?P<number>{_DIGITS})-(?P<series>{_WORD}/{_WORD})"),  # Party: 126-KL/TW
    re.compile(rf"(?P<number>{_DIGITS})/(?P<series>{_WORD}(?:-{_WORD})*)"),  # công văn: 908/SLĐTBXH-BĐG
)
_DASHES = re.compile("[‐‑‒–—−]")
_LEADING = re.compile(r"^\s*số\s*:?\s*", re.IGNORECASE)
_ETH = "\u00d0"  # looks like Đ
_TYPES = {code.casefold(): code for code in _TYPE.split("|")}
_NEVER_BODIES = {*_TYPES.values(), "CV", "VBHN", "HNVB"}
_PARLIAMENT = re.compile("(?:UBTV)?QH[0-9]*")
_LONGEST = 60  # characters; no number is longer


@dataclass(frozen=True)
class DocumentNumber:
    """A parsed number: within one issuing body, unique by (year, series, number)."""

    number: int
    series: str
    year: int | None
    normal: str


def normalise(text: str) -> str:
    """A number as written, in normal form: NFC, the right Đ, plain hyphens, no spaces, no leading `Số:`.

    Never raises: a malformed number comes back tidied, because incoming documents are not refused (DESIGN rule 8).
    """
    text = unicodedata.normalize("NFC", text).replace(_ETH, "Đ")
    return re.sub(r"\s+", "", _DASHES.sub("-", _LEADING.sub("", text)))


def parse(text: str) -> DocumentNumber | None:
    """The parts of a number, or None where it is malformed even in normal form."""
    normal = normalise(text)
    for pattern in _PATTERNS:
        if match := pattern.fullmatch(normal):
            year = match.groupdict().get("year")
            return DocumentNumber(int(match["number"]), match["series"], int(year) if year else None, normal)
    return None


def body_of(text: str) -> str:
    """The group that names the issuing body: `UBND` of 925/KH-UBND and of 1298/QĐ-UBND-HC, `SLĐTBXH` of
    908/SLĐTBXH-BĐG, `CP` of 30/2020/NĐ-CP, `TW` of 126-KL/TW; empty for a malformed number."""
    number = parse(text)
    if number is None:
        return ""
    groups = re.split("[-/]", number.series)
    has_type = number.year is not None or "/" in number.series or groups[0] in _NEVER_BODIES
    return groups[1] if has_type and len(groups) > 1 else groups[0]


def doubts(text: str) -> tuple[str, ...]:
    """What is to be looked at in a number, in English, with the form that is probably meant (DOMAIN section 1.2).

    Never a reason to refuse an incoming document (DESIGN rule 8); empty for a number as Decree 30/2020 has it.
    """
    number = parse(text)
    if number is None:
        near = _nearest(normalise(text))
        hint = f"; did you mean {near!r}?" if near else ", like 908/SLĐTBXH-BĐG or 25/KH-UBND"
        return (f"{text[:_LONGEST]!r} is no well-formed number and symbol{hint}",)
    found = (_read_differently(text, number), _no_type(number), _without_zero(number))
    return tuple(doubt for doubt in found if doubt)


def _read_differently(text: str, number: DocumentNumber) -> str:
    if unicodedata.normalize("NFC", text) == number.normal:
        return ""
    reason = ", whose Ð (U+00D0) is not the letter Đ," if _ETH in text else ""
    return f"read {text[:_LONGEST]!r}{reason} as {number.normal!r}"


def _no_type(number: DocumentNumber) -> str:
    """Codes that look like types of documents but are none; the Party's own numbers, which do use CV, are let be."""
    digits = number.normal.partition("/")[0]
    code, _, body = number.series.partition("-")
    if number.year is not None or not body:
        return ""
    match code:
        case "CV":
            meant = f"{digits}/{body}" if "-" in body else f"{digits}/{body}-… with the drafting unit or field"
            return f"`CV` is no type code, an official letter has none (Decree 30/2020): write {meant}"
        case "VBHN":
            return f"{number.normal!r} is a consolidated text, no administrative document: cite what it consolidates"
        case "HNVB":
            return f"a consolidated text is numbered VBHN; did you mean '{digits}/VBHN-{body}'?"
        case _:
            return ""


def _without_zero(number: DocumentNumber) -> str:
    """Administrative numbers below 10 get a leading 0; those of laws, Parliament and the Party do not."""
    administrative = number.year is None and "/" not in number.series
    if not administrative or _PARLIAMENT.fullmatch(body_of(number.normal)) or not re.match("[1-9]/", number.normal):
        return ""
    return f"numbers below 10 are written with a leading 0 (Decree 30/2020): '0{number.normal}'"


def _nearest(normal: str) -> str:
    """The well-formed number that a malformed one is probably meant to be: its figures and words in the right order,
    case and separation; empty where that is not clear."""
    if len(normal) > _LONGEST:
        return ""
    parts = re.findall(r"^[0-9]+|[^\W_][\w&]*", normal)
    figures = [part for part in parts if part.isascii() and part.isdigit()]
    words = [
        _spelled(part, first=not index) for index, part in enumerate(part for part in parts if part not in figures)
    ]
    if not words or words[-1] in _TYPES.values() or not 1 <= len(figures) <= 2:
        return ""
    if re.fullmatch("[0-9]+-[^-/]+/[^-/]+", normal):
        near = f"{figures[0]}-{'/'.join(words)}"
    elif len(figures) == 1:
        near = f"{figures[0]}/{'-'.join(words)}"
    else:
        near = f"{'/'.join(figures)}/{'-'.join(words)}"
    parsed = parse(near)
    year = parsed.year if parsed else None
    return near if parsed and (year is None or EARLIEST.year <= year <= LATEST.year) else ""


def _spelled(word: str, *, first: bool) -> str:
    """A group in its usual case: types as in the decree, the Prime Minister as TTg, others in capitals if they begin
    with a small letter."""
    if first and word.casefold() in _TYPES:
        return _TYPES[word.casefold()]
    if word.casefold() == "ttg":
        return "TTg"
    return word.upper() if word[0].islower() else word
