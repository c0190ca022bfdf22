"""Who is meant: the units that a requirement addresses, those that take part, decide, issue, or may be selected."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from models.directive import Addressees, RequirementFile
from models.plan import Advised, RequirementKind, Reviewer
from models.unit import Unit
from rules.addressing import Tree, addressed, anywhere
from rules.compiling.desk import Desk
from rules.source import Path
from rules.suggestions import did_you_mean
from rules.words import day

_FEW = 12
"""Words that can be listed in one message."""


@dataclass(frozen=True)
class Scope:
    """Everybody who has to do with one requirement; mappings go by the code of the unit that owes it."""

    units: tuple[Unit, ...] = ()
    coordinators: tuple[Unit, ...] = ()
    reviewers: Mapping[str, tuple[Reviewer, ...]] = field(default_factory=dict)
    advised: Mapping[str, Advised] = field(default_factory=dict)
    candidates: Mapping[str, dict[str, str]] = field(default_factory=dict)

    def answering(self, tree: Tree, units: Iterable[Unit]) -> dict[str, Unit]:
        """The unit of these that answers, by the unit whose document the answer is: its own, or that of the body right
        above it which issues what it prepares."""
        found = {unit.code: unit for unit in units}
        for unit in tuple(found.values()):
            advised = self.advised.get(unit.code)
            if advised is not None and advised.unit and tree.parent.get(unit.code) == advised.unit:
                found.setdefault(advised.unit, unit)
        return found


def compile_scope(desk: Desk, tree: Tree, key: str, item: RequirementFile) -> Scope:
    """The scope of one requirement; what is wrong with it is said on the desk."""
    path: Path = ("requirements", key)
    units = _addressees(desk, tree, item.to, (*path, "to"))
    coordinators: tuple[Unit, ...] = ()
    if item.coordinators is not None:
        _check_listed(desk, item.coordinators, (*path, "coordinators"))
        coordinators = anywhere(desk.registry, item.coordinators, desk.written.document.date)
        if not coordinators:
            desk.error("addresses_nobody", (*path, "coordinators"), "there are no such units on that date")
        if item.kind is RequirementKind.SELECTION:
            message = "a selection is made by the unit that leads; who takes part has nothing to select"
            desk.error("coordinates_selection", (*path, "coordinators"), message)
    leading = {unit.code for unit in units}
    both = [unit.code for unit in coordinators if unit.code in leading]
    if both:
        more = f" and {len(both) - 1} more lead" if both[1:] else " leads"
        message = f"{both[0]}{more} here and cannot take part as well: leave out with `except`"
        desk.error("leads_and_coordinates", (*path, "coordinators"), message)
    keeper = desk.written.document.issuer
    if keeper in {unit.code for unit in coordinators}:
        message = f"{keeper} follows this up and would review itself: leave it out with `except`"
        desk.error("reviews_itself", (*path, "coordinators"), message)
    if item.only_tag is not None and units and not any(item.only_tag in unit.tags for unit in units):
        hint = did_you_mean(item.only_tag, {tag for unit in units for tag in unit.tags})
        message = f"none of the units asked has the tag {item.only_tag!r}, so this applies to nobody{hint}"
        desk.warn("applies_to_nobody", (*path, "only_tag"), message)
    reviewers = _reviewers(desk, item, units, path)
    issuer = desk.written.document.issuer
    if issuer in leading and not reviewers.get(issuer):
        message = f"{issuer} issues the directive and would review itself: name recipients under `report_to`"
        desk.error("reviews_itself", (*path, "to"), message)
    return Scope(
        units=units,
        coordinators=coordinators,
        reviewers=reviewers,
        advised=_advised(desk, item, units, path),
        candidates=_candidates(desk, tree, item, units, path),
    )


def _addressees(desk: Desk, tree: Tree, to: Addressees, path: Path) -> tuple[Unit, ...]:
    _check_listed(desk, to, path)
    found = addressed(tree, desk.registry, to, desk.written.document.date)
    for code in found.outside:
        message = f"{code} is not below {tree.issuer}, so nobody in this directive follows it up"
        desk.error("not_below_issuer", path, message)
    if not found.units and not found.outside:
        message = f"addresses nobody: {tree.issuer} has no such units below it on {day(desk.written.document.date)}"
        desk.error("addresses_nobody", path, f"{message}{_seen(tree, to)}")
    return found.units


def _seen(tree: Tree, to: Addressees) -> str:
    """What there is instead, for the first condition that no unit meets."""
    for name, wanted, there in (
        ("level", to.level, {str(unit.level) for unit in tree.units}),
        ("line", to.line, {unit.line for unit in tree.units}),
        ("region", to.region, {unit.region for unit in tree.units}),
        ("territory", to.within, {unit.territory for unit in tree.units}),
        ("tag", to.tag, {tag for unit in tree.units for tag in unit.tags}),
    ):
        if wanted is not None and wanted not in there:
            known = sorted(there - {""})
            listed = f", there are: {', '.join(known) or 'none'}" if len(known) <= _FEW else ""
            return f"; no unit has the {name} {str(wanted)!r}{listed or did_you_mean(str(wanted), known)}"
    return ""


def _check_listed(desk: Desk, to: Addressees, path: Path) -> None:
    on = desk.written.document.date
    for place, codes in (("units", to.units), ("except", to.excluding)):
        for index, code in enumerate(codes):
            unit = desk.registry.find(code)
            if unit is None:
                message = f"no unit {code!r} in the registry"
                desk.unknown("unknown_unit", (*path, place, index), message, code, desk.registry.units)
            elif place == "units" and not unit.valid_on(on) and code not in desk.references.joined:
                desk.error("unit_not_valid", (*path, place, index), f"{unit.name} does not exist on {day(on)}")


def _in_line(desk: Desk, unit: Unit, line: str) -> Unit | None:
    """The unit of a line of authority nearest above a unit, through any of those above it."""
    seen = {unit.code}
    waiting = list(unit.superiors)
    while waiting:
        code = waiting.pop(0)
        above = desk.registry.find(code)
        if above is None or code in seen:
            continue
        if above.line == line:
            return above
        seen.add(code)
        waiting += above.superiors
    return None


def _reviewers(
    desk: Desk, item: RequirementFile, units: tuple[Unit, ...], path: Path
) -> dict[str, tuple[Reviewer, ...]]:
    found: dict[str, list[Unit]] = {unit.code: [] for unit in units} if item.report_to else {}
    lines = {unit.line for unit in desk.registry.units.values()} if item.report_to else set()
    for index, word in enumerate(item.report_to):
        place = (*path, "report_to", index)
        named = desk.registry.find(word)
        if named is None and word not in lines:
            message = f"{word!r} is neither a unit's code nor a line of authority"
            desk.unknown("unknown_unit", place, message, word, [*lines, *desk.registry.units])
            continue
        if named is not None and not named.valid_on(desk.written.document.date):
            desk.error("unit_not_valid", place, f"{named.name} does not exist on {day(desk.written.document.date)}")
            continue
        for unit in units:
            recipient = named or _in_line(desk, unit, word)
            if recipient is None:
                desk.error("no_recipient", place, f"{unit.code} has no unit of the line {word!r} above it")
                break
            if recipient.code == unit.code:
                desk.error("reviews_itself", place, f"{unit.code} would review itself")
            elif recipient not in found[unit.code]:
                found[unit.code].append(recipient)
    return {
        code: tuple(Reviewer(unit=reviewer.code, name=reviewer.short_name) for reviewer in reviewers)
        for code, reviewers in found.items()
    }


def _advised(desk: Desk, item: RequirementFile, units: tuple[Unit, ...], path: Path) -> dict[str, Advised]:
    """Who issues what the units prepare: the unit of a line above each, or a body that the registry does not hold, by
    its symbol in capitals."""
    written = item.issued_by
    if written is None:
        return {}
    if written.isupper():
        return {unit.code: Advised(name=unit.parent_body or written, symbol=written) for unit in units}
    found: dict[str, Advised] = {}
    for unit in units:
        issuer = _in_line(desk, unit, written)
        if issuer is None:
            lines = sorted({other.line for other in desk.registry.units.values()})
            message = (
                f"{unit.code} has no unit of the line {written!r} above it; a body that is not in the registry goes by "
                "its symbol in capitals, like UBND"
            )
            desk.unknown("unknown_line", (*path, "issued_by"), message, written, lines)
            return {}
        found[unit.code] = Advised(name=issuer.name, symbol=issuer.symbol, unit=issuer.code)
    return found


def _candidates(
    desk: Desk, tree: Tree, item: RequirementFile, units: tuple[Unit, ...], path: Path
) -> dict[str, dict[str, str]]:
    if item.kind is not RequirementKind.SELECTION:
        if item.among is not None:
            desk.error("not_a_selection", (*path, "among"), f"`among` is for selections, this is a {item.kind}")
        return {}
    if item.among is None:
        desk.error("missing", path, "'among' is missing: a selection chooses among units below")
        return {}
    owing = {unit.code for unit in units}
    found: dict[str, dict[str, str]] = {code: {} for code in owing}
    for unit in _addressees(desk, tree, item.among, (*path, "among")):
        chooser = next((code for code in tree.path(unit.code)[1:] if code in owing), None)
        if chooser is not None:
            found[chooser][unit.code] = unit.short_name
    for code in sorted(code for code, below in found.items() if not below)[:1]:
        desk.error("addresses_nobody", (*path, "among"), f"there is nothing below {code} that it could select")
    return found
