"""Which fields a form has, and what was typed in them turned into an answer or a document."""

import re
from datetime import date, datetime

from models.command import Answer
from models.document import DocumentRef, FileRef
from models.plan import RequirementKind
from models.register import ObligationLine
from rules import answers
from rules.numbers import normalise
from web.drafts import Draft

ANSWER_FIELDS = ("number", "date", "signer", "note", "choice", "men", "women", "total", "existing")
DOCUMENT_FIELDS = ("number", "date", "issuer", "title")
REVIEW_FIELDS = ("comment",)

_EARLIEST_YEAR = 1945
_GROUPED = re.compile(r"\d{1,3}(?:[. ]\d{3})+")
_LONGEST_FIGURE = 9


def asks_document(line: ObligationLine) -> bool:
    """Whether the form asks for number, date and signer: always, except for plain activities."""
    return line.kind is not RequirementKind.ACTIVITY or line.accepts_existing


def draft_for(line: ObligationLine) -> Draft:
    """A fresh form: empty, or with the answer that was returned, so that only what is wrong needs typing."""
    document = line.document
    figures = {"men": line.men, "women": line.women, "total": line.total}
    values = {
        "number": document.number if document else "",
        "date": document.date.isoformat() if document and document.date else "",
        "signer": document.signer if document else "",
        "note": line.note,
        "choice": line.choice,
        "existing": "yes" if line.existing else "",
        **{name: "" if figure is None else str(figure) for name, figure in figures.items()},
    }
    return Draft(values=values, kept=line.files)


def read_answer(line: ObligationLine, draft: Draft, files: tuple[FileRef, ...]) -> Answer:
    """The answer that a posted draft means. Adds to `draft.errors`: what cannot be read, and what is missing."""
    document = _document(draft) if asks_document(line) else None
    answer = Answer(
        document=document,
        files=files,
        note=draft.value("note"),
        choice=draft.value("choice") if line.choices else "",
        men=_figure(draft, "men") if line.attendance else None,
        women=_figure(draft, "women") if line.attendance else None,
        total=_figure(draft, "total") if line.attendance else None,
        existing=line.accepts_existing and bool(draft.value("existing")),
    )
    _add_errors(draft, answers.problems(line, answer))
    return answer


def read_document(draft: Draft) -> DocumentRef:
    """The arrived document that a posted draft means; adds to `draft.errors`."""
    document = _document(draft) or DocumentRef(number="", normal="")
    missing = {}
    if not document.number:
        missing["number"] = "Ghi số và ký hiệu của văn bản."
    if document.date is None:
        missing["date"] = "Ghi ngày ban hành của văn bản."
    _add_errors(draft, missing)
    return document


def _add_errors(draft: Draft, found: dict[str, str]) -> None:
    for name, message in found.items():
        draft.errors.setdefault(name, message)


def _document(draft: Draft) -> DocumentRef | None:
    on = _date(draft)
    parts = {name: draft.value(name) for name in ("number", "signer", "issuer", "title")}
    if on is None and not any(parts.values()):
        return None
    return DocumentRef(normal=normalise(parts["number"]), date=on, **parts)


def _date(draft: Draft) -> date | None:
    """ISO as date fields send it, or dd/mm/yyyy as people type it where a phone has no date field."""
    text = draft.value("date")
    for form in ("%Y-%m-%d", "%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y"):
        try:
            found = datetime.strptime(text, form).date()  # noqa: DTZ007 - a calendar day has no zone
        except ValueError:
            continue
        if found.year >= _EARLIEST_YEAR:
            draft.values["date"] = found.isoformat()
            return found
    if text:
        draft.errors["date"] = f"“{text}” không phải là ngày; ghi theo dạng ngày/tháng/năm, ví dụ 15/05/2020."
    return None


def _figure(draft: Draft, name: str) -> int | None:
    text = draft.value(name)
    digits = re.sub(r"[. ]", "", text) if _GROUPED.fullmatch(text) else text
    if digits.isascii() and digits.isdigit() and len(digits) <= _LONGEST_FIGURE:
        return int(digits)
    if text:
        draft.errors[name] = f"“{text}” không phải là số người; chỉ ghi chữ số."
    return None
