"""The form of an obligation as a whole, by the requirement's kind."""

from datetime import date
from typing import Any

from models.answer import Answer
from models.document import FileRef
from models.plan import RequirementKind
from models.register import ObligationLine
from rules import answers
from web.drafts import Draft
from web.forms import document, event, indicators, people, raised, selection

_PARTS = (document, people, event, selection, raised, indicators)


def answer_fields(line: ObligationLine) -> tuple[str, ...]:
    """The names of all fields that the form of an obligation has, files apart."""
    choice = ("choice",) if _one_choice(line) else ()
    silent = ("no_comment",) if line.kind is RequirementKind.CONSULTATION else ()
    return ("note", *choice, *silent, *(name for part in _PARTS for name in part.names(line)))


def draft_for(line: ObligationLine) -> Draft:
    """A fresh form: empty, or with the answer that was returned, so that only what is wrong needs typing."""
    values = {"note": line.note, "choice": line.choice, "no_comment": "yes" if line.no_comment else ""}
    for part in _PARTS:
        values |= part.values(line)
    return Draft(values=values, kept=line.files)


def read_answer(line: ObligationLine, draft: Draft, files: tuple[FileRef, ...], today: date) -> Answer:
    """The answer that a draft posted on a day means. Adds to `draft.errors` what cannot be read or is missing."""
    said: dict[str, Any] = {
        "note": draft.value("note"),
        "choice": draft.value("choice") if _one_choice(line) else "",
        "no_comment": line.kind is RequirementKind.CONSULTATION and bool(draft.value("no_comment")),
    }
    for part in _PARTS:
        said |= part.read(line, draft)
    answer = Answer(files=files, **said)
    for name, message in answers.problems(line, answer, today).items():
        if name != "held_name" or not draft.value(name):  # an event without its day is none, so its name is missed too
            draft.errors.setdefault(name, message)
    return answer


def _one_choice(line: ObligationLine) -> bool:
    """Whether the unit names one form for itself; the choices of a selection are made for each unit selected."""
    return bool(line.choices) and line.kind is not RequirementKind.SELECTION
