"""The floor of the workbook: what xlsxwriter alone takes for the same cells, with the same formats."""

import gc
from collections.abc import Callable
from io import BytesIO
from time import process_time
from typing import Any

import xlsxwriter

from models.summary import Summary
from reports.as_xlsx import OPTIONS, write_sheets


class _Part:
    """Stands in for a workbook, a sheet or a format, and writes down what is called on it."""

    def __init__(self, calls: list[tuple["_Part", str, tuple[Any, ...], Any]]) -> None:
        self.calls = calls

    def __getattr__(self, name: str) -> Callable[..., Any]:
        def note(*given: Any, **named: Any) -> Any:
            made = _Part(self.calls) if name.startswith("add_") else None
            self.calls.append((self, name, given, made or named))
            return made

        return note


def bare_seconds(summary: Summary) -> float:
    """Processor time of xlsxwriter for all that is written into the workbook of a report, when it is known."""
    tape = _Part([])
    write_sheets(tape, summary)
    book = xlsxwriter.Workbook(BytesIO(), OPTIONS)
    real: dict[_Part, Any] = {tape: book}
    for part, name, given, made in tape.calls:
        if isinstance(made, _Part):
            real[made] = getattr(real[part], name)(*given)
    calls = [
        (getattr(real[part], name), tuple(real[item] if isinstance(item, _Part) else item for item in given), named)
        for part, name, given, named in tape.calls
        if not isinstance(named, _Part)
    ]
    tape.calls.clear()
    gc.collect()
    began = process_time()
    for call, given, named in calls:
        call(*given, **named)
    book.close()
    return process_time() - began
