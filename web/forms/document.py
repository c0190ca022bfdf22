"""Documents with number, date and signer: the unit's own, that of the body it advises, and one that has arrived."""

from typing import Any

from models.document import DocumentRef
from models.plan import RequirementKind
from models.register import ObligationLine
from rules.numbers import normalise
from rules.words import day
from texts.language import gettext as _
from web.drafts import Draft
from web.forms.fields import typed_day

ARRIVED = ("number", "date", "issuer", "title")
_WITHOUT = frozenset(
    {
        RequirementKind.ACTIVITY,
        RequirementKind.CONSULTATION,
        RequirementKind.EVENT,
        RequirementKind.RECOMMENDATIONS,
    }
)


def asks_document(line: ObligationLine) -> bool:
    """Whether the form asks for number, date and signer: for all that is a document, or may be one issued before."""
    return line.kind not in _WITHOUT or line.accepts_existing


def names(line: ObligationLine) -> tuple[str, ...]:
    existing = ("existing",) if line.accepts_existing else ()
    proposal = ("proposal_number", "proposal_date") if line.advised else ()
    return (*existing, "number", "date", "signer", *proposal) if asks_document(line) else ()


def values(line: ObligationLine) -> dict[str, str]:
    return {
        **_values("", line.document),
        "signer": line.document.signer if line.document else "",
        **_values("proposal_", line.proposal),
        "existing": "yes" if line.existing else "",
    }


def read(line: ObligationLine, draft: Draft) -> dict[str, Any]:
    """An advised document is one of the body that issues it."""
    if not asks_document(line):
        return {}
    issuer = line.advised.name if line.advised else ""
    return {
        "document": typed_document(draft, "", signer=draft.value("signer"), issuer=issuer),
        "proposal": typed_document(draft, "proposal_") if line.advised else None,
        "existing": line.accepts_existing and bool(draft.value("existing")),
    }


def read_arrived(draft: Draft) -> DocumentRef:
    """The arrived document that a posted draft means; adds to `draft.errors`."""
    said = {name: draft.value(name) for name in ("issuer", "title")}
    document = typed_document(draft, "", **said) or DocumentRef(number="", normal="")
    if not document.number:
        draft.errors.setdefault("number", _("Ghi số và ký hiệu của văn bản."))
    if document.date is None:
        draft.errors.setdefault("date", _("Ghi ngày ban hành của văn bản."))
    return document


def _values(prefix: str, document: DocumentRef | None) -> dict[str, str]:
    on = document.date if document else None
    return {
        f"{prefix}number": document.number if document else "",
        f"{prefix}date": day(on) if on else "",
    }


def typed_document(draft: Draft, prefix: str, *, issuer: str = "", **said: str) -> DocumentRef | None:
    """The document whose number and date stand in the fields with a prefix, None where nothing does."""
    on, number = typed_day(draft, f"{prefix}date"), draft.value(f"{prefix}number")
    if on is None and not any((number, *said.values())):
        return None
    return DocumentRef(number=number, normal=normalise(number), date=on, issuer=issuer, **said)
