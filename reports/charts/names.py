"""Names of units, made short for the narrow columns of a chart; reports give them in full."""

from collections.abc import Sequence

_ABBREVIATIONS = {
    "Ủy ban nhân dân": "UBND",
    "Hội đồng nhân dân": "HĐND",
    "Lao động - Thương binh và Xã hội": "LĐTBXH",
    "Hội Liên hiệp Phụ nữ": "Hội LHPN",
}
"""As official papers have them (DOMAIN section 1.3)."""
_KINDS = {"tỉnh", "thành", "huyện", "quận", "thị", "xã", "phường", "đặc"}
"""The first word of each kind of place: with it the name of the place begins."""


def abbreviated(name: str) -> str:
    """The name with its common parts abbreviated."""
    for whole, short in _ABBREVIATIONS.items():
        name = name.replace(whole, short)
    return name


def told_apart(names: Sequence[str]) -> tuple[str, list[str]]:
    """What all are, and the place of each: `Sở LĐTBXH`, and `tỉnh An Giang`, `tỉnh Bắc Giang`; where they are not all
    the same office, nothing and the whole names."""
    short = [abbreviated(name) for name in names]
    parts = [_office(name) for name in short]
    offices = {office for office, _ in parts}
    return (offices.pop(), [place for _, place in parts]) if len(offices) == 1 else ("", short)


def _office(name: str) -> tuple[str, str]:
    """What stands before the place, and the place; nothing before a name that has no place."""
    words = name.split()
    begin = next((at for at, word in enumerate(words) if word in _KINDS), 0)
    return " ".join(words[:begin]), " ".join(words[begin:])
