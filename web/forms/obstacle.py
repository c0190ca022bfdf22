"""Telling what stands in the way of an obligation."""

from models.register import ObligationLine
from texts.language import gettext as _
from web.drafts import Draft

OBSTACLE_FIELDS = ("text",)


def obstacle_form(line: ObligationLine) -> str:
    """The name of the form of an obligation, also the beginning of its fields' ids."""
    return f"{line.requirement}-obstacle"


def read_obstacle(draft: Draft) -> str:
    """What the posted form tells; adds to `draft.errors` where that is nothing."""
    if not draft.value("text"):
        draft.errors.setdefault("text", _("Ghi nội dung khó khăn, vướng mắc."))
    return draft.value("text")
