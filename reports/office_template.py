"""The Word template of the summary report: opened, and looked at before it is needed."""

from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from zipfile import BadZipFile

from docx.opc.exceptions import OpcError
from docxtpl import DocxTemplate
from jinja2 import Environment, TemplateError

from reports.draft import Draft
from reports.forms import TemplateUnfit


def opened(template: Path) -> DocxTemplate:
    """A template, ready to be filled. Raises `TemplateUnfit` for what is no Word document, `OSError`."""
    document = DocxTemplate(BytesIO(template.read_bytes()))
    try:
        document.init_docx()
    except (OpcError, BadZipFile, SyntaxError, KeyError, ValueError) as error:  # lxml's faults are syntax errors
        raise TemplateUnfit(template, "this is no Word document (.docx)") from error
    return document


@contextmanager
def filling(template: Path) -> Iterator[None]:
    """While a template is filled or read. Raises `TemplateUnfit` where its tags are faulty."""
    try:
        yield
    except (TemplateError, SyntaxError) as error:
        raise TemplateUnfit(template, str(error)) from error


def check_template(template: Path) -> None:
    """Try a template as far as that goes without a report: it can be opened, its tags can be read, and all fields that
    it names are there. Raises `TemplateUnfit`, `OSError`."""
    document = opened(template)
    with filling(template):
        named = document.get_undeclared_template_variables(Environment(autoescape=True))
    if strangers := sorted(named - set(Draft.model_fields)):
        raise TemplateUnfit(template, f"there is no field {strangers[0]!r}; docs/report-template.md lists them")
