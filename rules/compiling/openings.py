"""When the obligations of a requirement open."""

from collections.abc import Iterator, Mapping

from models.directive import Opens
from models.due import DueFile
from models.plan import Opening, OpeningMode, RequirementKind
from models.unit import Level, Unit
from rules.addressing import Tree
from rules.calendar import day_start
from rules.compiling.desk import Desk
from rules.compiling.schedule import Schedule, Variant
from rules.compiling.scope import Scope
from rules.source import Path

OF_REQUIREMENTS = frozenset({OpeningMode.WHEN_ACCEPTED, OpeningMode.WHEN_SELECTED, OpeningMode.WHEN_HELD})
"""What opens when a requirement is answered."""
_MODES = ("when_accepted", "when_selected", "when_registered", "when_held")
_IN_DEADLINES = {"when_registered": "document", "when_held": "held"}
"""What `opens` would say, by what `due.after` says instead."""


def compile_opening(desk: Desk, key: str) -> Opening:
    """The opening of one requirement. A deadline counted from an event opens with that event, so `opens` may be left
    out then, but must not say something else."""
    item = desk.requirements[key]
    path: Path = ("requirements", key, "opens")
    implied = _implied(item.due)
    if item.opens is None:
        return _opening(desk, ("requirements", key, "due", "after"), implied, _IN_DEADLINES) if implied else Opening()
    if implied and any(getattr(item.opens, mode) != getattr(implied, mode) for mode in _MODES):
        desk.error("opens", path, "the deadline is counted from another event: leave `opens` out")
        return Opening()
    if isinstance(item.due, DueFile) and item.due.every and item.opens.on is None:
        desk.error("opens", path, "what recurs opens with each of its periods: `since` says from when on")
        return Opening()
    return _opening(desk, path, item.opens)


def _implied(due: object) -> Opens | None:
    if not isinstance(due, DueFile) or due.after is None or due.every:
        return None
    if due.after.document:
        return Opens(when_registered=due.after.document)
    return Opens(when_held=due.after.held) if due.after.held else None


def _opening(desk: Desk, path: Path, opens: Opens, written: Mapping[str, str] | None = None) -> Opening:
    """`written` says under which name a mode stands in the file, where that is not its own. What is at fault opens at
    the start, so that nothing else is said of it."""
    if not _makes_sense(desk, path, opens):
        return Opening()
    send_at = desk.written.policy.send_at
    if opens.on is not None:
        return Opening(mode=OpeningMode.ON_DAY, at_latest=day_start(opens.on, send_at))
    mode, key = next((OpeningMode(mode), found) for mode in _MODES if (found := getattr(opens, mode)) is not None)
    known = desk.knows_requirement if mode in OF_REQUIREMENTS else desk.knows_trigger
    if not known(key, (*path, (written or {}).get(mode, mode))):
        return Opening()
    if mode is OpeningMode.WHEN_REGISTERED and desk.requirements[str(path[1])].ends_with == key:
        message = f"opens when {key!r} is registered and ends with it, so there is no time in between"
        desk.error("unreachable", path, message)
    if mode in OF_REQUIREMENTS and not _may_open_others(desk, path, opens, mode, key):
        return Opening()
    at_latest = day_start(opens.at_latest, send_at) if opens.at_latest else None
    return Opening(mode=mode, key=key, choice=opens.choice or "", at_latest=at_latest)


def _makes_sense(desk: Desk, path: Path, opens: Opens) -> bool:
    """Whether one thing is waited for, on days in the life of the directive."""
    faults = len(desk.errors)
    if sum(getattr(opens, name) is not None for name in (*_MODES, "on")) != 1:
        desk.error("opens", path, f"name one of {', '.join(f'`{mode}`' for mode in _MODES)} and `on`")
    elif opens.on is not None and opens.at_latest is not None:
        desk.error("opens", (*path, "at_latest"), "`at_latest` is for what waits for something, not for `on`")
    elif opens.choice is not None and opens.when_selected is None:
        desk.error("opens", (*path, "choice"), "`choice` goes with `when_selected`")
    issued, closing = desk.written.document.date, desk.written.closing
    for place, value in (("on", opens.on), ("at_latest", opens.at_latest)):
        if value and not (issued <= value and (closing is None or value <= closing)):
            desk.error("outside_life", (*path, place), "the day lies outside the life of the directive")
    return len(desk.errors) == faults


def _may_open_others(desk: Desk, path: Path, opens: Opens, mode: OpeningMode, key: str) -> bool:
    """Whether the answer to a requirement may open another in this way."""
    above, faults = desk.requirements[key], len(desk.errors)
    if isinstance(above.due, DueFile) and above.due.every:
        desk.error("opens", path, f"{key!r} recurs, so it is not clear which occurrence is meant")
    if mode is OpeningMode.WHEN_SELECTED:
        if above.kind is not RequirementKind.SELECTION:
            desk.error("not_a_selection", (*path, "when_selected"), f"{key!r} is a {above.kind}, not a selection")
        elif opens.choice and opens.choice not in above.choices:
            message = f"{key!r} has no choice {opens.choice!r}"
            desk.unknown("unknown_choice", (*path, "choice"), message, opens.choice, above.choices)
        if opens.at_latest:
            message = "who is not selected owes nothing, so these cannot open anyway"
            desk.error("opens", (*path, "at_latest"), message)
    return len(desk.errors) == faults


def openings_of_variants(
    desk: Desk, tree: Tree, schedule: Schedule, scopes: Mapping[str, Scope], openings: Mapping[str, Opening]
) -> dict[str, Opening]:
    """The opening of each variant by its key, after a check that its units are not left waiting for ever: what they
    wait for must be asked of somebody above them, or of themselves, and of one level where each has a date of its
    own."""
    found: dict[str, Opening] = {}
    for key, opening in openings.items():
        if opening.mode in OF_REQUIREMENTS:
            _check_reach(desk, tree, key, scopes, opening)
            _check_coordinators(desk, key, scopes, opening)
        for variant in schedule.of(key):
            found[variant.key] = opening
            if opening.mode in OF_REQUIREMENTS and any(other.level for other in schedule.of(opening.key)):
                levels = {unit.level for _, unit in _sources(tree, scopes, opening, scopes[key], variant) if unit}
                if len(levels) > 1:
                    message = f"{opening.key!r} has a date for each level, so these units must wait for one level only"
                    desk.error("opens", _place(desk, key, opening), message)
                for level in levels:
                    found[variant.key] = opening.model_copy(update={"key": f"{opening.key}.{level}"})
    return found


def _check_reach(desk: Desk, tree: Tree, key: str, scopes: Mapping[str, Scope], opening: Opening) -> None:
    orphans = [waiting.code for waiting, unit in _sources(tree, scopes, opening, scopes[key]) if unit is None]
    if orphans:
        whom = "those units themselves" if opening.mode is OpeningMode.WHEN_HELD else "a unit above"
        message = (
            f"{opening.key!r} is not asked of {whom} for {len(orphans)} of the units that wait for it "
            f"(first: {orphans[0]}), so it would never open for them"
        )
        desk.error("unreachable", _place(desk, key, opening), message)


def _check_coordinators(desk: Desk, key: str, scopes: Mapping[str, Scope], opening: Opening) -> None:
    """Whether those who take part are told to begin: they stand in the issuer's register, which hears of what they
    themselves or the issuer hand in."""
    source = scopes[opening.key]
    heard = {desk.written.document.issuer}
    if opening.mode is OpeningMode.WHEN_HELD:
        heard = {unit.code for unit in (*source.units, *source.coordinators)}
        waiting = [unit for unit in scopes[key].coordinators if unit.code not in heard]
    else:
        waiting = [] if heard & {unit.code for unit in source.units} else [*scopes[key].coordinators]
    if waiting and opening.at_latest is None:
        message = f"{waiting[0].code} takes part, but would never be told that {opening.key!r} is done"
        desk.warn("coordinators_wait", ("requirements", key, "coordinators"), f"{message}: ask it separately")


def _sources(
    tree: Tree, scopes: Mapping[str, Scope], opening: Opening, scope: Scope, variant: Variant | None = None
) -> Iterator[tuple[Unit, Unit | None]]:
    """Each unit that waits, and the one whose answer it waits for: itself or the nearest above that owes it."""
    owing = scopes[opening.key].answering(tree, scopes[opening.key].units)
    same = opening.mode is OpeningMode.WHEN_HELD
    level: Level | None = variant.level if variant else None
    for unit in scope.units:
        if level is None or unit.level is level:
            path = [unit.code] if same else tree.path(unit.code)[1:]
            yield unit, next((owing[code] for code in path if code in owing), None)


def _place(desk: Desk, key: str, opening: Opening) -> Path:
    if desk.requirements[key].opens:
        return ("requirements", key, "opens", opening.mode)
    return ("requirements", key, "due", "after", _IN_DEADLINES[opening.mode])
