"""Who is missing, by name: the sentences of the report name some, the page all that it has room for."""

from models.base import Wire
from models.summary import Summary
from reports.plain import WORKBOOK, Text, number

MOST_NAMES = 1_000
"""Names on one page; the workbook has all."""


class Missing(Wire):
    """`heading` says how many there are, `more` how many are left out, if any."""

    heading: Text
    names: tuple[Text, ...]
    more: Text = ""


def missing(summary: Summary) -> Missing | None:
    """Units that owe something and handed in nothing; None where there are none."""
    names = summary.silent_units
    if not names:
        return None
    more = len(names) - MOST_NAMES
    return Missing(
        heading=f"{number(len(names))} đơn vị chưa nộp kết quả nào",
        names=names[:MOST_NAMES],
        more=f"Còn {number(more)} đơn vị nêu tại {WORKBOOK}." if more > 0 else "",
    )
