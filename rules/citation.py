"""How a document is cited on first mention: type, number, date, issuer, subject (DOMAIN section 1.3)."""

from models.document import DocumentRef
from models.plan import DirectiveHead
from rules.words import capital, day
from texts.language import gettext as _


def subject(title: str) -> str:
    """A title as it continues a sentence: `về việc ...`, once."""
    text = title.strip()
    for opening in ("về việc", "v/v"):
        if text.lower().startswith(opening):
            text = text[len(opening) :].strip()
    return _("về việc %(subject)s", subject=text) if text else ""


def name(head: DirectiveHead) -> str:
    """Type and number: `Công văn số 908/SLĐTBXH-BĐG`; what it is called by where there is no number."""
    return _joined(head.type, _number(head.document)) if head.document.number else head.label


def about(head: DirectiveHead) -> str:
    """What follows the name: date, issuer and subject; the name of one without number has the date already."""
    document = head.document
    origin = _origin(document) if document.number else _issuer(document)
    return _joined(origin, subject(document.title.strip()[len(head.type) :] if _names_itself(head) else document.title))


def full(head: DirectiveHead) -> str:
    """The directive with date, issuer and subject; a title that begins with the type stands for type and subject."""
    title = head.document.title.strip()
    if head.document.number or not _names_itself(head):
        return _joined(name(head), about(head))
    return _joined(capital(title), _issuer(head.document) if "ngày" in title else _origin(head.document))


def _names_itself(head: DirectiveHead) -> bool:
    return head.document.title.strip().casefold().startswith(f"{head.type} ".casefold())


def handed_in(document: DocumentRef) -> str:
    """A unit's own document: number, date and signer, as far as they are known."""
    signer = _("người ký: %(name)s", name=document.signer) if document.signer else ""
    return ", ".join(filter(None, (_joined(_number(document), _origin(document)), signer)))


def _number(document: DocumentRef) -> str:
    return _("số %(number)s", number=document.number) if document.number else ""


def _origin(document: DocumentRef) -> str:
    on = _("ngày %(day)s", day=day(document.date)) if document.date else ""
    return _joined(on, _issuer(document))


def _issuer(document: DocumentRef) -> str:
    return _("của %(issuer)s", issuer=document.issuer) if document.issuer else ""


def _joined(*parts: str) -> str:
    return " ".join(filter(None, parts))
