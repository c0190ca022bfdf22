"""How a document is cited on first mention: type, number, date, issuer, subject (DOMAIN section 1.3)."""

from models.document import DocumentRef
from models.plan import DirectiveHead
from rules.words import day


def subject(title: str) -> str:
    """A title as it continues a sentence: `về việc ...`, once."""
    text = title.strip()
    for opening in ("về việc", "v/v"):
        if text.lower().startswith(opening):
            text = text[len(opening) :].strip()
    return f"về việc {text}" if text else ""


def name(head: DirectiveHead) -> str:
    """Type and number: `Công văn số 908/SLĐTBXH-BĐG`; the type alone where there is no number."""
    return _joined(head.type, f"số {head.document.number}" if head.document.number else "")


def about(head: DirectiveHead) -> str:
    """What follows the name: date, issuer and subject."""
    return _joined(_origin(head.document), subject(head.document.title))


def full(head: DirectiveHead) -> str:
    """The directive with date, issuer and subject."""
    return _joined(name(head), about(head))


def handed_in(document: DocumentRef) -> str:
    """A unit's own document: number, date and signer, as far as they are known."""
    number = f"số {document.number}" if document.number else ""
    signer = f"người ký: {document.signer}" if document.signer else ""
    return ", ".join(filter(None, (_joined(number, _origin(document)), signer)))


def _origin(document: DocumentRef) -> str:
    on = f"ngày {day(document.date)}" if document.date else ""
    return _joined(on, f"của {document.issuer}" if document.issuer else "")


def _joined(*parts: str) -> str:
    return " ".join(filter(None, parts))
