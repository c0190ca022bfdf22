"""Holds what a directive cites against the documents that are known: number and issuer decide, dates are only doubted
(DOMAIN section 4.1)."""

import re
import unicodedata
from collections.abc import Iterable

from models.catalogue import KnownDocument
from models.document import DocumentRef
from rules.numbers import normalise
from rules.words import day

_NEAR = 0.6
"""From this likeness on (0 to 1) a programme's name is taken for a known one that is misquoted."""

_OFFICES = {"": "", "b": "bộ ", "s": "sở ", "p": "phòng "}
_FIELDS = {
    r"lđ\W*t\s?b\W*(?:và)?\W*xh": "lao động thương binh xã hội",
    r"gd\W*(?:và)?\W*đt": "giáo dục đào tạo",
    r"kh\W*(?:và)?\W*đt": "kế hoạch đầu tư",
    r"nn\W*(?:và)?\W*ptnt": "nông nghiệp phát triển nông thôn",
    r"vh\W*tt\W*(?:và)?\W*dl": "văn hóa thể thao du lịch",
    r"nv": "nội vụ",
}
_NAMES = {
    "ubnd": "ủy ban nhân dân",
    "hđnd": "hội đồng nhân dân",
    "vpcp": "văn phòng chính phủ",
    "ttg|thủ tướng chính phủ": "thủ tướng",
    "bhxh": "bảo hiểm xã hội",
    "lhpn": "liên hiệp phụ nữ",
    "bđg": "bình đẳng giới",
    "tw": "trung ương",
    "tp": "thành phố",
    "vn": "việt nam",
}
_SPELT_OUT = [
    *(
        (re.compile(rf"\b{letter}{short}\b"), office + long)
        for short, long in _FIELDS.items()
        for letter, office in _OFFICES.items()
    ),
    *((re.compile(rf"\b(?:{short})\b"), long) for short, long in _NAMES.items()),
]
"""Abbreviations in small letters, and what they stand for: LĐTBXH, LĐ-TB&XH, SLĐTBXH, UBND …"""

_LEFT_OUT = {"và", "về", "của", "tỉnh", "giai", "đoạn"}
"""Words that one writer has where another has none: Sở LĐTBXH (tỉnh) Quảng Trị, giai đoạn 2011-2020."""

_TONES = "\u0300\u0301\u0303\u0309\u0323"


def same_issuer(one: str, other: str) -> bool:
    """Whether two names mean the same body, however it is abbreviated, hyphenated, capitalised or spelt.

    A `tỉnh` may be left out; `huyện`, `thị xã` and `thành phố` may not: there are two Quảng Trị.
    """
    return _words(one) == _words(other) != ()


def match(citation: DocumentRef, known: Iterable[KnownDocument]) -> KnownDocument | None:
    """The known document with the number and issuer of a citation; of several the one nearest in date.

    A body uses a number again every year, so that a citation of another year may mean another document: `date_doubt`
    says so.
    """
    number = normalise(citation.number).casefold()
    found = [
        document
        for document in known
        if normalise(document.number).casefold() == number and same_issuer(document.issuer, citation.issuer)
    ]
    return min(found, key=lambda document: _days_apart(citation, document), default=None)


def date_doubt(citation: DocumentRef, known: KnownDocument) -> str:
    """What is doubtful about the date of a citation that `match` found; empty if nothing is.

    It is for a warning, never an error: wrong dates in citations are normal.
    """
    year = known.date.year if known.date else known.year
    if citation.date is None or year is None or citation.date == known.date:
        return ""
    if known.date is None and citation.date.year == year:
        return ""
    is_of = day(known.date) if known.date else str(year)
    unless = "" if citation.date.year == year else ", unless another document of that year is meant"
    return f"{known.number} ({known.title}) is of {is_of}, not of {day(citation.date)}{unless}"


def programme_doubt(programme: str, known: Iterable[KnownDocument]) -> str:
    """What is doubtful about the name of a parent programme; empty if it is known, or near to none that is.

    `Chương trình hành động quốc gia … giai đoạn 2011-2020` mixes the action programme 2016-2020 with the strategy
    2011-2020 (DOMAIN section 9, seed 1): the nearest is named, and the nearest of the same years.
    """
    words = _words(programme)
    names = {document: _words(document.programme) for document in known if document.programme}
    if any(_holds(words, name) for name in names.values()):
        return ""
    likeness = {document: _likeness(words, name) for document, name in names.items()}
    near = sorted((document for document in names if likeness[document] >= _NEAR), key=lambda item: -likeness[item])
    if not near:
        return ""
    nearest = [document for document in near if likeness[document] == likeness[near[0]]]
    same_years = [document for document in near if _years(names[document]) == _years(words)]
    meant = dict.fromkeys([*nearest, *same_years[:1]])
    choice = " or ".join(f"'{document.programme}' ({document.number})" for document in meant)
    return f"no programme is known as {programme!r}; is it {choice}?"


def _days_apart(citation: DocumentRef, document: KnownDocument) -> int:
    if citation.date is None:
        return 0
    if document.date is not None:
        return abs((citation.date - document.date).days)
    return 366 * abs(citation.date.year - (document.year or 0))


def _words(name: str) -> tuple[str, ...]:
    """The words of a name in one spelling: abbreviations spelt out, small letters, tone marks at the end of the word
    (so that `uỷ` is `ủy`), without those that are often left out."""
    text = unicodedata.normalize("NFC", name).replace("\u00d0", "Đ").casefold()
    for short, long in _SPELT_OUT:
        text = short.sub(long, text)
    words = re.findall(r"\w+", text.replace("việt nam", " "))
    return tuple(_tones_last(word) for word in words if word not in _LEFT_OUT)


def _tones_last(word: str) -> str:
    letters = unicodedata.normalize("NFD", word)
    return "".join(sorted(letters, key=lambda letter: letter in _TONES))


def _holds(words: tuple[str, ...], name: tuple[str, ...]) -> bool:
    return any(words[start : start + len(name)] == name for start in range(len(words) - len(name) + 1))


def _years(words: tuple[str, ...]) -> set[str]:
    return {word for word in words if re.fullmatch(r"[12]\d{3}", word)}


def _likeness(one: tuple[str, ...], other: tuple[str, ...]) -> float:
    """Twice the words in common over the words of both, from 0 to 1."""
    return 2 * len({*one} & {*other}) / (len({*one}) + len({*other}) or 1)
