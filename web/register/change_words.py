"""What becomes of obligations when a directive changes, in words (pure)."""

from datetime import datetime
from typing import Any

from rules.previewing import Becomes, Becoming
from rules.words import STATES, due_day
from texts.language import gettext as _
from texts.language import ngettext

MOST = 30
"""Obligations of a requirement that are listed by name."""


def becoming_words(becomes: Becomes, count: int) -> str:
    """How many obligations become what."""
    match becomes:
        case Becomes.ADDED:
            return ngettext("%(num)s nhiệm vụ được bổ sung", "%(num)s nhiệm vụ được bổ sung", count)
        case Becomes.REDATED:
            return ngettext("%(num)s nhiệm vụ đổi thời hạn", "%(num)s nhiệm vụ đổi thời hạn", count)
        case Becomes.WITHDRAWN:
            return ngettext("%(num)s nhiệm vụ được rút", "%(num)s nhiệm vụ được rút", count)
        case Becomes.AGAIN:
            return ngettext("%(num)s nhiệm vụ được giao lại", "%(num)s nhiệm vụ được giao lại", count)
        case Becomes.DONE:
            return ngettext(
                "%(num)s nhiệm vụ đã hoàn thành, giữ nguyên", "%(num)s nhiệm vụ đã hoàn thành, giữ nguyên", count
            )
        case Becomes.OWN_DATE:
            return ngettext(
                "%(num)s nhiệm vụ có thời hạn riêng, giữ nguyên",
                "%(num)s nhiệm vụ có thời hạn riêng, giữ nguyên",
                count,
            )


def line_words(item: Becoming) -> str:
    """What becomes of one obligation."""
    match item.becomes:
        case Becomes.ADDED:
            return _("bổ sung, %(due)s", due=_due(item.due))
        case Becomes.REDATED:
            return _("%(due)s (trước đây: %(before)s)", due=_due(item.due), before=_due(item.item.due))
        case Becomes.WITHDRAWN:
            return _("rút; hiện %(state)s", state=_(STATES[item.item.state]).lower())
        case Becomes.AGAIN:
            return _("giao lại, %(due)s", due=_due(item.due))
        case Becomes.DONE:
            return _("giữ nguyên: %(state)s", state=_(STATES[item.item.state]).lower())
        case Becomes.OWN_DATE:
            return _("giữ thời hạn riêng: %(due)s", due=_due(item.due))


def _due(due: datetime | None) -> str:
    return _("hạn %(day)s", day=due_day(due)) if due else _("không có thời hạn")


PREVIEW: dict[str, Any] = {"most": MOST, "becoming_words": becoming_words, "line_words": line_words}
"""What the templates of previews say it with."""
