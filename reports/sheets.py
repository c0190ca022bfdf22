"""All sheets of the workbook, in their order; those on which nothing would stand are left out."""

from collections.abc import Callable

from models.summary import Summary
from reports.sheet import Sheet
from reports.sheets_course import comparison, periods, progress
from reports.sheets_further import (
    consultations,
    delays,
    events,
    former,
    indicators,
    proposals,
    recommendations,
    remarks,
    selected,
)
from reports.sheets_register import documents, matrix, register
from reports.sheets_tallies import ageing, branches, ranking, requirements, units

SHEETS: tuple[Callable[[Sheet, Summary], None], ...] = (
    register, matrix, requirements, branches, units, ranking, ageing, delays, periods, progress, comparison, indicators,
    events, documents, consultations, proposals, selected, recommendations, former, remarks,
)  # fmt: skip
