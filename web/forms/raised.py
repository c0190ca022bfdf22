"""Recommendations: a row for each, with its group, its words and who raised it."""

from typing import Any

from models.plan import RequirementKind
from models.recommendation import Raised
from models.register import ObligationLine
from web.drafts import Draft

MAX_ROWS = 60
_BLANK_ROWS = 5
NONE_RAISED = "Không có kiến nghị."


def names(line: ObligationLine) -> tuple[str, ...]:
    if line.kind is not RequirementKind.RECOMMENDATIONS:
        return ()
    groups = ("group",) if line.groups else ()
    return ("no_comment", *(f"{part}.{n}" for n in range(MAX_ROWS) for part in (*groups, "text", "by")))


def values(line: ObligationLine) -> dict[str, str]:
    found: dict[str, str] = {}
    for n, item in enumerate(line.recommendations):
        found |= {f"group.{n}": item.group, f"text.{n}": item.text, f"by.{n}": item.by}
    return found


def read(line: ObligationLine, draft: Draft) -> dict[str, Any]:
    """The rows with something typed in; an answer that there are none says so in its note."""
    if line.kind is not RequirementKind.RECOMMENDATIONS:
        return {}
    rows = tuple(
        Raised(group=draft.value(f"group.{n}"), text=draft.value(f"text.{n}"), by=draft.value(f"by.{n}"))
        for n in range(MAX_ROWS)
        if draft.value(f"text.{n}") or draft.value(f"by.{n}")
    )
    if not draft.value("no_comment"):
        return {"recommendations": rows}
    return {"recommendations": rows, "no_comment": True, "note": draft.value("note") or NONE_RAISED}


def rows(draft: Draft) -> tuple[int, ...]:
    """Numbers of the rows to show: up to the last one with something typed in, and some blank ones after it."""
    typed = [n for n in range(MAX_ROWS) if draft.value(f"text.{n}") or draft.value(f"by.{n}")]
    return tuple(range(min(MAX_ROWS, max(typed, default=-1) + 1 + _BLANK_ROWS)))
