"""Who took part: the total with men and women, and rows by role or level."""

from typing import Any

from models.answer import Answer, AttendanceRow
from models.register import ObligationLine
from rules.attendance import attendance_problems
from texts.language import gettext as _
from web.drafts import Draft
from web.forms.fields import shown, typed_people

MAX_ROWS = 20
_PREPARED_ROWS = 3
_TOTALS = ("men", "women", "total")
_ROW = ("role", "row_men", "row_women", "row_total")


def names(line: ObligationLine) -> tuple[str, ...]:
    return (*_TOTALS, *(f"{part}.{n}" for n in range(MAX_ROWS) for part in _ROW)) if line.attendance else ()


def values(line: ObligationLine) -> dict[str, str]:
    found = {name: shown(getattr(line, name)) for name in _TOTALS}
    for n, row in enumerate(line.attended):
        figures = (row.men, row.women, row.total)
        found |= {f"{part}.{n}": shown(value) for part, value in zip(_ROW, (row.role, *figures), strict=True)}
    return found


def read(line: ObligationLine, draft: Draft) -> dict[str, Any]:
    if not line.attendance:
        return {}
    rows = (_row(draft, n) for n in range(MAX_ROWS))
    return {name: typed_people(draft, name) for name in _TOTALS} | {"attended": tuple(row for row in rows if row)}


def rows(draft: Draft) -> tuple[int, ...]:
    """Numbers of the rows to show: those with something typed in, and at least one blank one."""
    typed = [n for n in range(MAX_ROWS) if any(draft.value(f"{part}.{n}") for part in _ROW)]
    return tuple(range(min(MAX_ROWS, max(_PREPARED_ROWS, max(typed, default=-1) + 2))))


def unsplit(line: ObligationLine) -> bool:
    """Whether an answer says how many took part, but not everywhere how many men and women (DOMAIN 9, seed 4)."""
    return line.total is not None and (line.men is None or line.women is None or bool(unsplit_rows(line)))


def unsplit_rows(line: ObligationLine) -> tuple[int, ...]:
    return tuple(n for n, row in enumerate(line.attended) if row.men is None or row.women is None)


def completing_names(line: ObligationLine) -> tuple[str, ...]:
    """Fields of the form that completes the split: men and women, in all and for each row that lacks them."""
    return ("men", "women", *(f"{part}.{n}" for n in unsplit_rows(line) for part in ("row_men", "row_women")))


def completing_draft(line: ObligationLine) -> Draft:
    return Draft(values={"men": shown(line.men), "women": shown(line.women)})


def read_completion(line: ObligationLine, draft: Draft) -> tuple[int, int, tuple[AttendanceRow, ...]]:
    """Men, women and all rows with their split, as far as it was typed; adds to `draft.errors` what does not add up."""
    men, women = typed_people(draft, "men"), typed_people(draft, "women")
    for name, figure, words in (("men", men, _("Ghi số nam.")), ("women", women, _("Ghi số nữ."))):
        if figure is None:
            draft.errors.setdefault(name, words)
    attended = list(line.attended)
    for n in unsplit_rows(line):
        typed = {part: typed_people(draft, f"row_{part}.{n}", error_at="attended") for part in ("men", "women")}
        attended[n] = attended[n].model_copy(update=typed)
    faults = attendance_problems(Answer(men=men, women=women, total=line.total, attended=tuple(attended)))
    for name, message in faults.items():
        draft.errors.setdefault("men" if name == "total" else name, message)
    return men or 0, women or 0, tuple(attended)


def _row(draft: Draft, n: int) -> AttendanceRow | None:
    """One row; its total follows from men and women where it was not typed."""
    role = draft.value(f"role.{n}")
    men, women, total = (typed_people(draft, f"{part}.{n}", error_at="attended") for part in _ROW[1:])
    if total is None and men is not None and women is not None:
        total = men + women
    if total is None:
        if role or men is not None or women is not None:
            draft.errors.setdefault("attended", _("Ghi số người của dòng “%(row)s”.", row=role or n + 1))
        return None
    return AttendanceRow(role=role, men=men, women=women, total=total)
