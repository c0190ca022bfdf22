"""Late addressees: which units are to owe which requirements, until when, and why."""

from models.changing import LateAddressees
from rules.refusals import WORDS, Reason
from texts.language import gettext as _
from web.drafts import Draft
from web.forms.fields import typed_day

FORM = "enlisting"
"""The beginning of the ids of the form's fields."""
FIELDS = ("words", "typed", "until", "why")


def typed_units(draft: Draft) -> tuple[str, ...]:
    """The units that were typed, one a line or with semicolons between, by code or by name."""
    lines = draft.value("typed").replace(";", "\n").split("\n")
    return tuple(filter(None, (line.strip() for line in lines)))


def read_late(draft: Draft) -> LateAddressees | None:
    """Who is to owe what; None where something is missing, which stands in `draft.errors`."""
    requirements, units = (tuple(filter(None, draft.value(name).split("\n"))) for name in ("requirement", "unit"))
    until = typed_day(draft, "until")
    if not requirements:
        draft.errors.setdefault("requirement", _("Chọn ít nhất một yêu cầu."))
    if not units:
        draft.errors.setdefault("typed", _("Chọn hoặc ghi ít nhất một đơn vị."))
    if not draft.value("why"):
        draft.errors.setdefault("why", _(WORDS[Reason.REASON_NEEDED]))
    if draft.errors:
        return None
    return LateAddressees(requirements=requirements, units=units, until=until, reason=draft.value("why"))
