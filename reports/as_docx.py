"""The report as a Word document, for the office to number, date and sign."""

from io import BytesIO
from pathlib import Path

from docxtpl import DocxTemplate
from jinja2 import Environment, StrictUndefined

from models.summary import Summary
from reports.text import draft

TEMPLATE = Path(__file__).parent / "templates" / "summary.docx"


def to_docx(summary: Summary, template: Path = TEMPLATE) -> bytes:
    """The bytes of a .docx made with an office's own template or ours; the fields are those of `reports.draft.Draft`.

    Raises `jinja2.TemplateError` where the template is faulty or names a field that does not exist.
    """
    content = draft(summary)
    document = DocxTemplate(template)
    document.render(content.model_dump(), Environment(undefined=StrictUndefined, autoescape=True))
    properties = document.docx.core_properties
    properties.title, properties.author, properties.language = content.subject, summary.issuer.name, "vi-VN"
    properties.created = properties.modified = summary.as_of.replace(tzinfo=None)
    file = BytesIO()
    document.save(file)
    return file.getvalue()
