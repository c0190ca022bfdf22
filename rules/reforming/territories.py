"""What follows the territories of before a reform, from a table of links between the two."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

COLUMNS = ("old_ward", "old_district", "old_province", "new_ward", "new_province", "kind", "default")


@dataclass(frozen=True)
class Territories:
    """By code of a territory of before: `parts` are the territories of its level that have something of it now, `whole`
    the one that follows it, by default where it was divided; `below` are the communes that lie on it now by default,
    `above` is the province in which it lies."""

    parts: Mapping[str, tuple[str, ...]]
    whole: Mapping[str, str]
    below: Mapping[str, tuple[str, ...]]
    above: Mapping[str, str]


NOTHING = Territories({}, {}, {}, {})


def territories(rows: Iterable[Mapping[str, str]]) -> Territories:
    """The links of a table with `COLUMNS`. A link is one of the whole or of a part; of several parts of a territory,
    one may be the default. A row without `old_ward` is a district that had no communes."""
    parts: dict[str, dict[str, None]] = {}
    whole: dict[str, str] = {}
    below: dict[str, dict[str, None]] = {}
    above: dict[str, str] = {}
    for row in rows:
        ward, district, province = row["old_ward"], row["old_district"], row["old_province"]
        default = row["default"] == "1"
        if ward:
            parts.setdefault(ward, {})[row["new_ward"]] = None
            above[ward] = row["new_province"]
            if default:
                whole[ward] = row["new_ward"]
        parts.setdefault(province, {})[row["new_province"]] = None
        whole.setdefault(province, row["new_province"])
        above[district] = row["new_province"]
        below.setdefault(district, {})
        if default:
            below[district][row["new_ward"]] = None
    divided = {code for code, found in parts.items() if len(found) > 1}
    provinces = {row for row in divided if row not in above}
    return Territories(
        parts={code: tuple(found) for code, found in parts.items()},
        whole={code: found for code, found in whole.items() if code not in provinces},
        below={code: tuple(found) for code, found in below.items()},
        above=above,
    )
