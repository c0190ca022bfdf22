"""Number and symbol of documents (Decree 30/2020, article 8 and appendix III; DOMAIN section 1.2)."""

import re
import unicodedata
from dataclasses import dataclass

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
    text = unicodedata.normalize("NFC", text).replace("\u00d0", "Đ")
    return re.sub(r"\s+", "", _DASHES.sub("-", _LEADING.sub("", text)))


def parse(text: str) -> DocumentNumber | None:
    """The parts of a number, or None where it is malformed even in normal form."""
    normal = normalise(text)
    for pattern in _PATTERNS:
        if match := pattern.fullmatch(normal):
            year = match.groupdict().get("year")
            return DocumentNumber(int(match["number"]), match["series"], int(year) if year else None, normal)
    return None
