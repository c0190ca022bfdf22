"""Naming who answers for a unit, as the unit that keeps the register chooses among the ways (read by
web/forms/holder.py)."""

from models.holder import Arrangement
from texts.language import gettext as _
from texts.language import mark

ARRANGEMENTS = {
    Arrangement.SUBSTITUTE: mark("Thay thế tạm thời, trong thời gian ghi dưới đây"),
    Arrangement.SUCCESSOR: mark("Phụ trách thay; người trước không còn phụ trách"),
    Arrangement.COLLEAGUE: mark("Cùng phụ trách với người hiện tại"),
}


def arrangements() -> dict[str, str]:
    """How somebody may be named, with its words."""
    return {arrangement.value: _(words) for arrangement, words in ARRANGEMENTS.items()}
