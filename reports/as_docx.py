"""The report as a Word document, for the office to number, date and sign."""

from io import BytesIO
from pathlib import Path
from typing import Any

from docx.shared import Mm
from docxtpl import DocxTemplate, InlineImage
from jinja2 import Environment, StrictUndefined

from models.summary import Summary
from reports.charts import Chart, chart
from reports.draft import Draft
from reports.office_template import filling, opened
from reports.plain import plain
from reports.text import draft

MOST_OF_PROPERTY = 255
TEMPLATE = Path(__file__).parent / "templates" / "summary.docx"


def to_docx(summary: Summary, template: Path = TEMPLATE) -> bytes:
    """The bytes of a .docx made with an office's own template or ours; the fields are those of `reports.draft.Draft`,
    and `image` of a picture, which stands for the picture itself.

    Raises `TemplateUnfit` where the template is no Word document, is faulty, or names a field that does not exist.
    """
    content = draft(summary)
    document = opened(template)
    with filling(template):
        document.render(_fields(content, summary, document), Environment(undefined=StrictUndefined, autoescape=True))
    properties = document.docx.core_properties
    properties.title, properties.author = _short(content.subject), _short(plain(summary.issuer.name))
    properties.language = "vi-VN"
    properties.created = properties.modified = summary.as_of.replace(tzinfo=None)
    file = BytesIO()
    document.save(file)
    return file.getvalue()


def _short(text: str) -> str:
    """Word holds at most 255 characters of a property."""
    return text if len(text) <= MOST_OF_PROPERTY else f"{text[: MOST_OF_PROPERTY - 1]}…"


def _fields(content: Draft, summary: Summary, document: DocxTemplate) -> dict[str, Any]:
    fields = content.model_dump()
    for block in fields["blocks"]:
        if block["kind"] == "picture" and (found := chart(summary, block["chart"])):
            block["image"] = _Drawn(document, found)
    return fields


class _Drawn(InlineImage):  # type: ignore[misc]  # docxtpl has no types
    """A chart in the text, drawn where the template prints it, with its words for those who do not see it."""

    def __init__(self, document: DocxTemplate, chart: Chart) -> None:
        super().__init__(document, None, width=Mm(chart.width_mm))
        self._chart = chart

    def _insert_image(self) -> str:
        """As docxtpl does, and the text alternative, which it leaves out."""
        inline = self.tpl.current_rendering_part.new_pic_inline(BytesIO(self._chart.png()), self.width, None)
        inline.docPr.set("title", self._chart.title)
        inline.docPr.set("descr", self._chart.alt)
        drawing = f"<w:r><w:drawing>{inline.xml}</w:drawing></w:r>"
        return f'</w:t></w:r>{drawing}<w:r><w:t xml:space="preserve">'
