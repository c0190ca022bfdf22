"""What somebody asks of the search: checked, and compared with what is there (pure)."""

import re
import unicodedata
from collections.abc import Callable, Mapping
from typing import Final

from models.reading import Light, Search
from texts.language import gettext as _

LONGEST: Final = 200
"""Characters of one field."""
SHORTEST: Final = 2
MOST: Final = 200
"""Obligations that one search lists."""
_MARKS = re.compile("[\u0300-\u036f]")
FIELDS: Final = ("number", "unit", "requirement", "text")


def search_of(typed: Mapping[str, str]) -> tuple[Search, dict[str, str]]:
    """What is looked for, from the fields as they were typed; and by field, what is wrong with it."""
    words = {name: " ".join(typed.get(name, "").split()) for name in FIELDS}
    faults = {name: fault for name, text in words.items() if (fault := _fault(text))}
    light = typed.get("light", "")
    if light and light not in set(Light):
        faults["light"] = _("Không có tình trạng “%(light)s”; chọn một tình trạng trong danh sách.", light=light[:20])
    if strangers := [name for name in typed if name not in {*FIELDS, "light"}]:
        faults["form"] = _("Không có điều kiện tìm kiếm “%(name)s”.", name=strangers[0][:40])
    if not faults and not any(words.values()) and not light:
        faults["form"] = _("Nhập ít nhất một điều kiện tìm kiếm.")
    fine = {name: text for name, text in words.items() if name not in faults}
    return Search(**fine, light=Light(light) if light and "light" not in faults else None), faults


def finder(wanted: str) -> Callable[[str], bool]:
    """Says of texts whether what is looked for stands in them, in capitals or not; words typed without Vietnamese marks
    also find those with them."""
    if wanted.isascii():
        plain = bare(wanted)
        return lambda text: plain in bare(text)
    sought = unicodedata.normalize("NFC", wanted).casefold()
    return lambda text: sought in unicodedata.normalize("NFC", text).casefold()


def bare(text: str) -> str:
    """A text in small letters without marks: `Kế hoạch` and `ke hoach` are the same."""
    small = text.casefold()
    return small if small.isascii() else _MARKS.sub("", unicodedata.normalize("NFD", small.replace("đ", "d")))


def _fault(text: str) -> str:
    if len(text) > LONGEST:
        return _("Dài quá %(most)s ký tự.", most=LONGEST)
    if text and len(text) < SHORTEST:
        return _("Nhập ít nhất %(least)s ký tự.", least=SHORTEST)
    if any(unicodedata.category(letter) in {"Cc", "Cs", "Co", "Cn"} for letter in text):
        return _("Có ký tự không hợp lệ.")
    return ""
