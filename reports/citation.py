"""How an official text names a document: type, number, date, issuer, subject (DOMAIN sections 1.1 and 1.3)."""

from models.document import DocumentRef
from models.plan import DirectiveHead
from models.summary import IssuedDocument
from reports.plain import lower_first
from rules import citation
from rules.citation import subject
from rules.numbers import parse
from rules.words import capital, long_day

_TYPES = {
    "BB": "Biên bản",
    "BC": "Báo cáo",
    "CT": "Chỉ thị",
    "CTr": "Chương trình",
    "CĐ": "Công điện",
    "DA": "Dự án",
    "HD": "Hướng dẫn",
    "KH": "Kế hoạch",
    "KL": "Kết luận",
    "NQ": "Nghị quyết",
    "NĐ": "Nghị định",
    "PA": "Phương án",
    "QC": "Quy chế",
    "QyĐ": "Quy định",
    "QĐ": "Quyết định",
    "TB": "Thông báo",
    "TT": "Thông tư",
    "TTr": "Tờ trình",
    "ĐA": "Đề án",
}


def type_of(reference: str) -> str:
    """The kind of document that a number's symbol tells, `Văn bản` where it tells nothing.

    A công văn is the one without a type code: its symbol names the body and the drafting unit (DOMAIN section 1.2).
    """
    parsed = parse(reference)
    if parsed is None:
        return "Văn bản"
    code = parsed.series.replace("/", "-").split("-")[0]
    is_letter = parsed.year is None and "/" not in parsed.series
    return _TYPES.get(code, "Công văn" if is_letter else "Văn bản")


def directive(head: DirectiveHead) -> str:
    """Later mentions of the directive: type and number, or what it is called by where it has none."""
    return short(head.document, head.type) if head.document.number else capital(head.label)


def whole_directive(head: DirectiveHead) -> str:
    """First mention of the directive: as of any document, or what it is called by, issuer and subject."""
    return full(head.document, head.type) if head.document.number else capital(citation.full(head))


def short(document: DocumentRef, kind: str = "") -> str:
    """Later mentions: type and number, like `Công văn số 908/SLĐTBXH-BĐG`; without a number, type and subject."""
    reference = document.normal or document.number
    kind = capital(kind or type_of(reference))
    if reference:
        return f"{kind} số {reference}"
    names_itself = document.title.casefold().startswith(kind.casefold())
    return capital(document.title) if names_itself else f"{kind} {_about(document)}".strip()


def full(document: DocumentRef, kind: str = "") -> str:
    """First mention: type, number, date, issuer and subject, as far as they are known."""
    has_number = bool(document.normal or document.number)
    parts = (
        short(document, kind),
        long_day(document.date) if document.date else "",
        f"của {document.issuer}" if document.issuer else "",
        _about(document) if has_number else "",
    )
    return " ".join(filter(None, parts))


def _about(document: DocumentRef) -> str:
    return subject(lower_first(document.title.strip().rstrip(".;")))


def kept(item: IssuedDocument) -> str:
    """What is said of a document of a unit before, which another one keeps; empty for all others."""
    return f"tài liệu của đơn vị trước sắp xếp, {item.kept_by} tiếp nhận" if item.kept_by else ""
