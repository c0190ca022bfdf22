"""Makes the units of a registry from territories and the organisations that stand on them (pure)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from models.registry import Organisation, RegistryFile
from models.unit import Level, Unit

_LEVELS = {"P": Level.PROVINCE, "D": Level.DISTRICT, "W": Level.COMMUNE}


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
    """All units, superiors before subordinates. `contacts` maps a unit's code to (focal, head) addresses."""
    inside = _within(registry, territories)
    units: dict[str, Unit] = {}
    for organisation in sorted(registry.organisations, key=lambda item: _height(item.level)):
        for place in inside.values():
            if place.level is organisation.level:
                unit = _unit(registry, organisation, place, units, contacts)
                units[unit.code] = unit
    return list(units.values())


def _height(level: Level) -> int:
    return list(Level).index(level)


def _within(registry: RegistryFile, territories: Iterable[Territory]) -> dict[str, Territory]:
    """The territories asked for; parents stand before what lies in them in the table."""
    inside: dict[str, Territory] = {}
    for place in sorted(territories, key=lambda item: _height(item.level)):
        if registry.within is None or place.code == registry.within or place.parent in inside:
            inside[place.code] = place
    return inside


def _unit(
    registry: RegistryFile,
    organisation: Organisation,
    place: Territory,
    above: Mapping[str, Unit],
    contacts: Mapping[str, tuple[str, str]],
) -> Unit:
    code = f"{place.code}-{organisation.line}"
    superior = f"{place.parent}-{organisation.superior_line}" if organisation.superior_line else None
    if superior is not None and superior not in above:
        superior = None
    name = registry.names.get(place.code, place.name[:1].lower() + place.name[1:])
    words = {"territory": name, "TERRITORY": name.upper(), "code": code}
    focal, head = contacts.get(code, ("", ""))
    if registry.mail:
        focal = focal or registry.mail.focal.format(**words)
        head = head or (registry.mail.head.format(**words) if registry.mail.head else "")
    return Unit(
        code=code,
        name=organisation.name.format(**words),
        short_name=organisation.short_name.format(**words),
        level=organisation.level,
        line=organisation.line,
        territory=place.code,
        superior=superior,
        parent_body=organisation.parent_body.format(**words),
        symbol=organisation.symbol,
        place=organisation.place or _place(place.name),
        head_title=organisation.head_title,
        tags=tuple(tag for tag, codes in organisation.tags.items() if place.code in codes),
        focal_email=focal or None,
        head_email=head or None,
        valid_from=registry.valid_from,
        valid_to=registry.valid_to,
    )


def _place(name: str) -> str:
    """The name without its type: `Huyện A Lưới` signs its documents in `A Lưới`, but `Quận 1` in `Quận 1`."""
    for kind in ("Thành phố ", "Thị xã ", "Thị trấn ", "Huyện ", "Quận ", "Phường ", "Xã ", "Tỉnh "):
        rest = name.removeprefix(kind)
        if rest != name and not rest.isdigit():
            return rest
    return name
