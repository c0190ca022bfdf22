"""Keys that the directive language does not have where they stand: which one was meant, or where it belongs."""

from dataclasses import dataclass

from models.directive import DirectiveFile, RecipientFile
from rules.places import NAMES, Part, homes, keys, part_at
from rules.source import Path
from rules.suggestions import nearest
from rules.synonyms import english_keys

_ALIKE = 0.8
"""So like a key of its place that it is a typing mistake, even where the word is a key of another place."""
_MOST_HOMES = 3
_EVERY_KEY = sorted({key for part in NAMES for key in keys(part)})


@dataclass(frozen=True)
class Unknown:
    """What to say of a key; `meant` is the key of its place that it stands for, empty where that is not known."""

    message: str
    meant: str = ""


def unknown_key(path: Path, value: object, *, hint: bool) -> Unknown:
    """What to say of the key at the end of a path. `hint`: whether to look for near words, which takes long."""
    key = str(path[-1]) if path else ""
    part = part_at(path[:-1])
    here = sorted(keys(part)) if part else []
    if written := _mistyped(key, here):
        return written
    if part is RecipientFile and _is_text(key, value):
        text = key if value is None else f"{key}: {value}"
        return Unknown(f'a text with a colon needs quotes: write `"{text}"`', "name")
    if part is DirectiveFile and isinstance(value, dict) and {"kind", "to"} & set(value):
        return Unknown(f"unknown key {key!r}; a requirement stands under `requirements`, indented")
    return _other_word(key, part, here, hint=hint)


def _mistyped(key: str, here: list[str]) -> Unknown | None:
    """What is wrong with the signs of a key rather than with its word."""
    if key != key.strip():
        meant = key.strip()
        message = f"a space that is no ordinary one stands beside {meant!r}: delete it, and indent with ordinary spaces"
        return Unknown(message, meant)
    for colon, name in (("：", "a full-width colon"), (":", "no space after the colon")):
        before, found, after = key.partition(colon)
        if found and (before.strip() in here or english_keys(before)):
            return Unknown(f"{name} in {key!r}: write `{before.strip()}: {after.strip()}`", before.strip())
    return None


def _is_text(key: str, value: object) -> bool:
    """Whether a key is the beginning of a text with a colon, like `Lưu: VT`."""
    return not english_keys(key) and key[:1].isupper() and (value is None or isinstance(value, str))


def _other_word(key: str, part: Part | None, here: list[str], *, hint: bool) -> Unknown:
    said = f"unknown key {key!r}"
    meant = english_keys(key)
    if found := next((word for word in meant if word in here), None):
        return Unknown(f"{said}; write {found!r}", found)
    if hint and (found := nearest(key, here, _ALIKE)):
        return Unknown(f"{said}; did you mean {found!r}?", found)
    if key in _EVERY_KEY:
        return Unknown(f"{said} here: it belongs {_homes(key, part)}")
    if meant:
        return Unknown(f"{said}; write {meant[0]!r}, which belongs {_homes(meant[0], part)}")
    if hint and (found := nearest(key, here)):
        return Unknown(f"{said}; did you mean {found!r}?", found)
    if hint and (found := nearest(key, _EVERY_KEY, _ALIKE)):
        return Unknown(f"{said}; did you mean {found!r}, which belongs {_homes(found, part)}?")
    return Unknown(said + (f"; there are {', '.join(here)}" if here else ""))


def _homes(key: str, near: Part | None) -> str:
    """Where a key belongs, nearest places first; in entries of lists only where nowhere else."""
    found = [NAMES[part] for part in homes(key, near)]
    single = [name for name in found if not name.startswith("in an entry")]
    return " or ".join((single or found)[:_MOST_HOMES])
