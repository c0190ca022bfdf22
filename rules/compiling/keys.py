"""The keys of a file, and settings that have no effect where they stand."""

import re

from models.plan import Effect, RequirementKind
from models.recommendation import OBSTACLE
from rules.compiling.desk import Desk

_KEY = re.compile(r"[\w-]{1,60}")
_OF_KINDS = {
    "groups": (RequirementKind.RECOMMENDATIONS,),
    "ends_with": (RequirementKind.CONSULTATION,),
    "at_most": (RequirementKind.SELECTION,),
    "stage": (RequirementKind.REPORT,),
    "consolidates": (RequirementKind.REPORT,),
}
"""Settings that only some kinds of requirement heed."""


def check_keys(desk: Desk) -> None:
    """Keys stand in addresses and commands, and a full stop parts them from the period or level."""
    for key in desk.requirements:
        if not _KEY.fullmatch(key):
            message = f"the key {key[:40]!r} needs 1 to 60 letters, digits, hyphens and underlines, like 'year-plan'"
            desk.error("key", ("requirements", key), message)
    for key, item in desk.requirements.items():
        if OBSTACLE in item.groups:
            message = f"{OBSTACLE!r} is what obstacles go by: give the group another key"
            desk.error("key", ("requirements", key, "groups", OBSTACLE), message)
        for setting, kinds in _OF_KINDS.items():
            if getattr(item, setting) and item.kind not in kinds:
                message = f"`{setting}` has no effect on a {item.kind}; it is for: {', '.join(kinds)}"
                desk.warn("no_effect", ("requirements", key, setting), message)
    annuls = any(item.effect is Effect.ANNULS for item in desk.written.replaces) or desk.is_aside("replaces")
    if not desk.requirements and not desk.lost_requirements() and not annuls:
        desk.error("missing", ("requirements",), "'requirements' is missing: the directive asks nothing of anybody")
    lines = {unit.line for unit in desk.registry.units.values()}
    if desk.written.line is not None and desk.written.line not in lines:
        message = f"no unit has the line of authority {desk.written.line!r}"
        desk.unknown("unknown_line", ("line",), message, desk.written.line, lines)
