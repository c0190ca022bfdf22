"""Who took part, and whether the figures add up (DESIGN rule 9)."""

from models.answer import Answer, AttendanceRow
from texts.language import gettext as _
from texts.language import mark

_NEGATIVE = mark("Số người không được âm.")


def attendance_problems(answer: Answer) -> dict[str, str]:
    """Faults of the figures of participants as field name -> what to do.

    men + women = total where all three are given, in all and in each row; a total without the split is let through,
    because real reports lack it (DOMAIN section 9, seed 4), and shows as a data-quality remark in the summary.
    """
    men, women, total = answer.men, answer.women, answer.total
    if any(figure is not None and figure < 0 for figure in (men, women, total)):
        return {"total": _(_NEGATIVE)}
    if total is None:
        return {"total": _("Ghi tổng số người tham gia.")}
    if (men is None) != (women is None):
        return {"men": _("Ghi cả số nam và số nữ, hoặc để trống cả hai.")}
    if men is not None and women is not None and men + women != total:
        return {
            "total": _(
                "Nam (%(men)s) + nữ (%(women)s) = %(sum)s, khác tổng số %(total)s.",
                men=men,
                women=women,
                sum=men + women,
                total=total,
            )
        }
    fault = _rows_fault(answer.attended, total, men)
    return {"attended": fault} if fault else {}


def lacks_split(answer: Answer) -> bool:
    """Whether an answer says how many took part, but not everywhere how many men and women."""
    if answer.total is None:
        return False
    rows = ((answer.men, answer.women), *((row.men, row.women) for row in answer.attended))
    return any(figure is None for row in rows for figure in row)


def _rows_fault(rows: tuple[AttendanceRow, ...], total: int, men: int | None) -> str:
    """What is wrong with the rows by role; empty where nothing is. Together they are the total and its split."""
    for row in rows:
        if not row.role.strip():
            return _("Ghi vai trò hoặc cấp của từng dòng có số người.")
        if any(figure is not None and figure < 0 for figure in (row.men, row.women, row.total)):
            return _(_NEGATIVE)
        if (row.men is None) != (row.women is None):
            return _("%(role)s: ghi cả số nam và số nữ, hoặc để trống cả hai.", role=row.role)
        if row.men is not None and row.women is not None and row.men + row.women != row.total:
            return _(
                "%(role)s: nam (%(men)s) + nữ (%(women)s) khác số người %(total)s.",
                role=row.role,
                men=row.men,
                women=row.women,
                total=row.total,
            )
    if rows and sum(row.total for row in rows) != total:
        people = sum(row.total for row in rows)
        return _("Cộng các dòng được %(sum)s người, khác tổng số %(total)s.", sum=people, total=total)
    counted = [row.men for row in rows if row.men is not None]
    if rows and men is not None and len(counted) == len(rows) and sum(counted) != men:
        return _("Cộng các dòng được %(sum)s nam, khác tổng số nam %(total)s.", sum=sum(counted), total=men)
    return ""
