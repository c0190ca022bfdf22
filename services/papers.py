"""Papers made on demand for the pages: receipts, letters that chase, and the summary report of a directive that is
closed. They are Vietnamese, whatever language the pages are read in."""

from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Lock

import naming
from models.link import Link
from models.saved import Printed
from models.summary import Summary
from reports.chase_letter import chase_letters
from reports.forms import forms
from reports.receipt import receipt_pdf
from store.papers import PaperData
from texts.language import Language, speaking

_MEDIA_TYPES = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "html": "text/html",
}


class Papers:
    """The port `web.ports.Papers`. `summaries` gives the summary of a directive; reports that were issued lie in
    `reports`, one folder a directive; `template` is the office's own of what is made anew.

    One paper is made at a time: the first takes a second or two, a receipt after that a tenth, a national report up to
    a minute of one processor.
    """

    def __init__(
        self, data: PaperData, summaries: Callable[[str], Summary], reports: Path, template: Path | None = None
    ) -> None:
        self._data = data
        self._summaries = summaries
        self._reports = reports
        self._forms = forms(template)
        self._making = Lock()

    def receipt(self, link: Link, obligation: str) -> Printed | None:
        """The receipt (PDF) for the latest submission of an obligation of the link's unit; None where there is none."""
        receipt = self._data.receipt(link, obligation)
        if receipt is None:
            return None
        name = naming.slug(f"biên nhận {receipt.head.label} {receipt.line.requirement} lần {receipt.submission}")
        with self._making, speaking(Language.VIETNAMESE):
            return Printed(name=f"{name}.pdf", media_type=_MEDIA_TYPES["pdf"], content=receipt_pdf(receipt))

    def letter(self, link: Link, unit: str) -> Printed | None:
        """The letter (.docx) that presses a unit for what it owes, to be numbered and signed, for the unit that keeps
        the link's register; None for others, and where there is nothing to press for."""
        letter = self._data.chase_letter(link.cascade_id, link.unit, unit)
        if letter is None:
            return None
        name = naming.slug(f"công văn đôn đốc {letter.head.label} {letter.unit.short_name}")
        with self._making, speaking(Language.VIETNAMESE):
            return Printed(name=f"{name}.docx", media_type=_MEDIA_TYPES["docx"], content=chase_letters([letter]))

    def report(self, link: Link, form: str) -> Printed | None:
        """The summary report in a form, for the unit that issued the directive and once that is closed.

        It is the file that was issued at the closing, whose hash stands in the register; where that is not at hand, it
        is made anew.
        """
        head = self._data.closed_directive(link) if form in _MEDIA_TYPES else None
        if head is None:
            return None
        name = naming.slug(f"báo cáo tổng kết {head.label}")
        issued = self._reports / head.directive_id / f"report.{form}"
        content = issued.read_bytes() if issued.is_file() else self._made(head.directive_id, form)
        return Printed(name=f"{name}.{form}", media_type=_MEDIA_TYPES[form], content=content)

    def issued(self, link: Link, key: str, form: str) -> Printed | None:
        """A report that the link's register issued while it ran, as it was written then, for the unit that keeps the
        register; None for others, and where it is not at hand."""
        report = self._data.issued_report(link, key) if key and form in _MEDIA_TYPES else None
        places = (Path(place) for place in report.files) if report else ()
        place = next((place for place in places if place.suffix == f".{form}"), None)
        path = self._reports / link.directive_id / place if place else None
        if report is None or path is None or not path.is_file():
            return None
        name = naming.slug(report.title)
        return Printed(name=f"{name}.{form}", media_type=_MEDIA_TYPES[form], content=path.read_bytes())

    def _made(self, directive_id: str, form: str) -> bytes:
        with self._making, speaking(Language.VIETNAMESE), TemporaryDirectory(prefix="dondoc-") as folder:
            path = Path(folder) / f"report.{form}"
            self._forms[form](self._summaries(directive_id), path)
            return path.read_bytes()
