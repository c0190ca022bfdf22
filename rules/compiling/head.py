"""The directive as a document: its number and key, issuer, legal basis, recipients, and what it replaces."""

import re
from collections.abc import Iterator

import naming
from models.directive import Citation, RecipientFile, Replaces
from models.document import DocumentRef, FileRef, Purpose, Recipient
from models.plan import DirectiveHead, Replaced
from models.unit import Unit
from rules import numbers
from rules.calendar import day_end, day_start
from rules.catalogue import date_doubt, match, programme_doubt
from rules.compiling.desk import Desk
from rules.source import Path
from rules.suggestions import nearest
from rules.words import capital, day

_PURPOSE = re.compile(rf"(?P<name>.+?)\s*\((?P<purpose>{'|'.join(Purpose)})\)")
_NUMBERED = ("công văn", "kế hoạch", "chỉ thị", "quyết định", "chương trình", "hướng dẫn", "công điện", "nghị quyết")
"""Types that always carry a number (Decree 30/2020, article 7): without one it was forgotten."""


def find_issuer(desk: Desk) -> Unit | None:
    """The unit that issues. An unknown one is an error; the unit that was probably meant stands in for it, so that the
    rest of the file is checked in the same go, and None where there is no guess."""
    document = desk.written.document
    issuer = desk.registry.find(document.issuer)
    path = ("document", "issuer")
    if issuer is None:
        message = f"no unit {document.issuer!r} in the registry (`dondoc units tree` lists them)"
        desk.unknown("unknown_unit", path, message, document.issuer, desk.registry.units)
        return desk.registry.find(nearest(document.issuer, desk.registry.units) or "")
    if not issuer.valid_on(document.date):
        desk.error("unit_not_valid", path, f"{issuer.name} does not exist on {day(document.date)}")
    return issuer


def compile_head(desk: Desk, issuer: Unit) -> DirectiveHead:
    """The head of the plan; its closing is the day that the file names, or the day of issue until one is computed."""
    document = desk.written.document
    number = _number(desk)
    normal = number.normal if number else ""
    directive_id = (
        naming.directive_id(issuer.code, number.year or document.date.year, number.series, number.number)
        if number
        else naming.unnumbered_id(issuer.code, document.date, document.type, document.title)
    )
    known = desk.references.documents
    if document.programme and (doubt := programme_doubt(document.programme, known)):
        desk.warn("programme_unknown", ("document", "programme"), doubt)
    return DirectiveHead(
        directive_id=directive_id,
        label=normal or f"{capital(document.type)} ngày {day(document.date)}",
        document=DocumentRef(
            number=normal,
            normal=normal,
            date=document.date,
            issuer=issuer.name,
            title=document.title,
            signer=document.signer.name if document.signer else "",
        ),
        type=document.type,
        place=document.place or issuer.place,
        issuer=issuer.code,
        signer=document.signer,
        programme=document.programme,
        basis=tuple(_cited(desk, index, cited) for index, cited in enumerate(document.basis)),
        recipients=tuple(_recipient(item) for item in document.recipients),
        files=tuple(_files(desk)),
        replaces=tuple(
            found
            for index, item in enumerate(desk.written.replaces)
            if (found := _replaced(desk, index, item, directive_id))
        ),
        contact=desk.written.contact,
        line=desk.written.line,
        function=desk.written.function,
        extension_ask_before=desk.written.policy.extension.ask_before,
        starts=day_start(document.date),
        closing=day_end(desk.written.closing or document.date),
    )


def _number(desk: Desk) -> numbers.DocumentNumber | None:
    document = desk.written.document
    path = ("document", "number")
    if not document.number.strip():
        if document.type.lower().startswith(_NUMBERED) and not desk.is_aside(*path):
            desk.warn("no_number", path, f"a {document.type} has a number; without it this one goes by type and day")
        return None
    number = numbers.parse(document.number)
    doubts = numbers.doubts(document.number)
    if number is None:
        desk.error("number", path, "; ".join(doubts))
    else:
        for doubt in doubts:
            desk.warn("number_doubtful", path, doubt)
    return number


def _cited(desk: Desk, index: int, cited: Citation) -> DocumentRef:
    """A citation; incoming documents are never refused, whatever their number looks like (DESIGN rule 8)."""
    path: Path = ("document", "basis", index)
    for doubt in numbers.doubts(cited.number):
        desk.warn("citation_number", (*path, "number"), doubt)
    if cited.date > desk.written.document.date:
        message = f"{cited.number} is dated {day(cited.date)}, after this document ({day(desk.written.document.date)})"
        desk.warn("citation_date", (*path, "date"), message)
    reference = DocumentRef(
        number=cited.number,
        normal=numbers.normalise(cited.number),
        date=cited.date,
        issuer=cited.issuer,
        title=cited.title,
    )
    known = match(reference, desk.references.documents)
    if known and (doubt := date_doubt(reference, known)):
        desk.warn("citation_date", (*path, "date"), doubt)
    return reference


def _recipient(item: str | RecipientFile) -> Recipient:
    if isinstance(item, RecipientFile):
        return Recipient(name=item.name, purpose=item.purpose)
    if found := _PURPOSE.fullmatch(item.strip()):
        return Recipient(name=found["name"], purpose=Purpose(found["purpose"]))
    return Recipient(name=item)


def _files(desk: Desk) -> Iterator[FileRef]:
    """The files of the document, each content once."""
    seen: set[str] = set()
    for index, path in enumerate(desk.written.document.files):
        file = desk.references.file(path)
        if isinstance(file, str):
            desk.error("file", ("document", "files", index), file)
        elif file.sha256 not in seen:
            seen.add(file.sha256)
            yield file


def _replaced(desk: Desk, index: int, item: Replaces, own_id: str) -> Replaced | None:
    path: Path = ("replaces", index)
    number = numbers.parse(item.number)
    issuer = item.issuer or desk.written.document.issuer
    if number is None:
        desk.error("number", (*path, "number"), f"{item.number!r} is not a number and symbol")
        return None
    year = number.year or item.year or desk.written.document.date.year
    directive_id = naming.directive_id(issuer, year, number.series, number.number)
    earlier = desk.references.earlier(directive_id)
    if directive_id == own_id:
        desk.error("replaces_itself", path, f"{item.number} of {year} is this directive itself")
        return None
    if earlier is None:
        message = f"no directive {number.normal} of {issuer} from {year} was started here (`dondoc list` shows them)"
        desk.error("unknown_directive", path, message)
        return None
    for old, new in item.keeps.items():
        if old not in earlier.requirements:
            message = f"{earlier.label} has no requirement {old!r}"
            desk.unknown("unknown_requirement", (*path, "keeps", old), message, old, earlier.requirements)
        desk.knows_requirement(new, (*path, "keeps", old))
    return Replaced(directive_id=directive_id, number=earlier.label, effect=item.effect, keeps=item.keeps)
