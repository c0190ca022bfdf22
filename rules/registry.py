"""Makes the units of a registry from territories, the organisations that stand on them, and single bodies (pure)."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from graphlib import CycleError, TopologicalSorter

from models.registry import Organisation, Region, RegistryFile, Single
from models.unit import Level, Unit

_LEVELS = {"P": Level.PROVINCE, "D": Level.DISTRICT, "W": Level.COMMUNE}


class RegistryError(ValueError):
    """The registry file contradicts itself; the message says where."""


@dataclass(frozen=True)
class Territory:
    level: Level
    code: str
    name: str
    parent: str


def territory(row: Mapping[str, str]) -> Territory:
    """One row of the table. Raises `KeyError` for a missing column or an unknown level."""
    return Territory(_LEVELS[row["level"]], row["code"], row["name"], row["parent_code"])


def make_units(
    registry: RegistryFile, territories: Iterable[Territory], contacts: Mapping[str, tuple[str, str]]
) -> list[Unit]:
    """All units, superiors before subordinates. `contacts` maps a unit's code to (focal, head) addresses.

    Raises `RegistryError` where the file contradicts itself, `KeyError` and the like for a wrong placeholder in it.
    """
    places = {place.code: place for place in sorted(territories, key=lambda item: _height(item.level))}
    desk = _Desk(registry, places, contacts, _regions(registry, places))
    posts = _posts(registry, places)
    known = {post.code: post for post in posts}
    if len(known) < len(posts):
        twice = next(post.code for at, post in enumerate(posts) if known[post.code] is not posts[at])
        raise RegistryError(f"two organisations make the unit {twice!r}")
    above = {post.code: _superiors(post, known, registry.suffix) for post in posts}
    return [desk.unit(known[code], above[code]) for code in _superiors_first(above)]


@dataclass(frozen=True)
class _Post:
    """One unit to be made: an organisation on a territory, or a single body with or without one."""

    code: str
    office: Organisation | Single
    place: Territory | None


@dataclass(frozen=True)
class _Desk:
    """What the units of one registry are made from."""

    registry: RegistryFile
    places: Mapping[str, Territory]
    contacts: Mapping[str, tuple[str, str]]
    regions: Mapping[str, tuple[str, Region]]

    def unit(self, post: _Post, superiors: tuple[str, ...]) -> Unit:
        office, place = post.office, post.place
        region = self.regions.get(self._province(place))
        words = self._words(post)
        focal, head = self._addresses(words)
        return Unit(
            code=post.code,
            name=office.name.format(**words),
            short_name=office.short_name.format(**words),
            level=office.level,
            line=office.line,
            territory=place.code if place else "",
            superior=superiors[0] if superiors else None,
            also_under=superiors[1:],
            region=region[0] if region else "",
            parent_body=office.parent_body.format(**words),
            symbol=office.symbol,
            place=office.place or (_place(place.name) if place else ""),
            head_title=office.head_title,
            tags=tuple(dict.fromkeys((*_tags(post), *(region[1].tags if region else ())))),
            focal_email=focal,
            head_email=head,
            valid_from=self.registry.valid_from,
            valid_to=self.registry.valid_to,
        )

    def _words(self, post: _Post) -> dict[str, str]:
        """What may stand in braces in names and addresses."""
        name = self._name(post.place)
        parent = self._name(self.places.get(post.place.parent) if post.place else None)
        return {
            "territory": name,
            "TERRITORY": name.upper(),
            "parent": parent,
            "PARENT": parent.upper(),
            "code": post.code,
        }

    def _name(self, place: Territory | None) -> str:
        """The territory's name as it stands within a sentence: `huyện Phú Lộc`."""
        if place is None:
            return ""
        return self.registry.names.get(place.code, place.name[:1].lower() + place.name[1:])

    def _addresses(self, words: Mapping[str, str]) -> tuple[str | None, str | None]:
        focal, head = self.contacts.get(words["code"], ("", ""))
        pattern = self.registry.mail
        if pattern:
            focal = focal or pattern.focal.format(**words)
            head = head or (pattern.head or "").format(**words)
        return focal or None, head or None

    def _province(self, place: Territory | None) -> str:
        while place is not None and place.level is not Level.PROVINCE:
            place = self.places.get(place.parent)
        return place.code if place else ""


def _height(level: Level) -> int:
    return list(Level).index(level)


def _within(registry: RegistryFile, places: Mapping[str, Territory]) -> list[Territory]:
    """The territories asked for; parents stand before what lies in them."""
    inside: dict[str, Territory] = {}
    for place in places.values():
        if registry.within is None or place.code == registry.within or place.parent in inside:
            inside[place.code] = place
    return list(inside.values())


def _regions(registry: RegistryFile, places: Mapping[str, Territory]) -> dict[str, tuple[str, Region]]:
    """The region of each province, with its key."""
    found: dict[str, tuple[str, Region]] = {}
    for key, region in registry.regions.items():
        for code in region.provinces:
            if code not in places or places[code].level is not Level.PROVINCE:
                raise RegistryError(f"the region {key!r} names {code!r}, which is no province of the table")
            if code in found:
                raise RegistryError(f"the province {code!r} is in two regions, {found[code][0]!r} and {key!r}")
            found[code] = (key, region)
    return found


def _posts(registry: RegistryFile, places: Mapping[str, Territory]) -> list[_Post]:
    """All units to be made: by level, single bodies first, else in the order of the file and of the territories."""
    posts = []
    for single in registry.singles:
        if single.territory and single.territory not in places:
            raise RegistryError(f"{single.code!r} stands on {single.territory!r}, which is no territory of the table")
        posts.append(_Post(single.code, single, places.get(single.territory)))
    inside = _within(registry, places)
    for organisation in registry.organisations:
        stands_on = (place for place in inside if place.level is organisation.level)
        posts += [_Post(_code(registry, place, organisation), organisation, place) for place in stands_on]
    return sorted(posts, key=lambda post: _height(post.office.level))


def _code(registry: RegistryFile, place: Territory, organisation: Organisation) -> str:
    return f"{place.code}-{organisation.line}{registry.suffix}"


def _superiors(post: _Post, known: Mapping[str, _Post], suffix: str) -> tuple[str, ...]:
    """The codes of the units above one, each once, that of its first line of authority first."""
    if isinstance(post.office, Single):
        for code in post.office.superiors:
            if code not in known:
                raise RegistryError(f"{post.code!r} stands under {code!r}, which no organisation or single body makes")
        return tuple(dict.fromkeys(post.office.superiors))
    words = post.office.superior_lines
    found = (next((code for code in _above(post, word, suffix) if code in known), None) for word in words)
    return tuple(dict.fromkeys(code for code in found if code is not None))


def _above(post: _Post, word: str, suffix: str) -> Iterator[str]:
    """The codes that a word of `superior_lines` may mean, the likeliest first (models/registry.py)."""
    yield word
    if post.place is not None:
        if word != post.office.line:
            yield f"{post.place.code}-{word}{suffix}"
        yield f"{post.place.parent}-{word}{suffix}"


def _superiors_first(above: Mapping[str, tuple[str, ...]]) -> list[str]:
    """The codes in such an order that all who stand above a unit come before it, and else as they come."""
    position = {code: at for at, code in enumerate(above)}
    sorter = TopologicalSorter(above)
    try:
        sorter.prepare()
    except CycleError as error:
        raise RegistryError(f"these stand above each other in a circle: {', '.join(error.args[1][:-1])}") from error
    codes: list[str] = []
    while sorter.is_active():
        ready = sorted(sorter.get_ready(), key=position.__getitem__)
        codes += ready
        sorter.done(*ready)
    return codes


def _tags(post: _Post) -> tuple[str, ...]:
    if isinstance(post.office, Single):
        return post.office.tags
    return tuple(tag for tag, codes in post.office.tags.items() if post.place and post.place.code in codes)


def _place(name: str) -> str:
    """The name without its type: `Huyện A Lưới` signs its documents in `A Lưới`, but `Quận 1` in `Quận 1`."""
    for kind in ("Thành phố ", "Thị xã ", "Thị trấn ", "Huyện ", "Quận ", "Phường ", "Xã ", "Đặc khu ", "Tỉnh "):
        rest = name.removeprefix(kind)
        if rest != name and not rest.isdigit():
            return rest
    return name
