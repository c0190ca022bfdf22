"""Writes a letter from the templates of its kind: `templates/<kind>/subject.txt`, `body.txt`, `body.html`."""

import re
import textwrap
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape

from mail.view import one_line, view
from models.mail import Letter, Rendered

_WIDTH = 76
_BLANK_LINES = re.compile(r"\n{3,}")


def render(letter: Letter) -> Rendered:
    """Subject (one line), text (lines of at most 76 characters, addresses unbroken) and HTML, in Vietnamese."""
    shown = {"letter": view(letter)}
    subject, text, html = (
        _environment().get_template(f"{letter.kind}/{part}").render(shown)
        for part in ("subject.txt", "body.txt", "body.html")
    )
    return Rendered(subject=one_line(subject), text=_BLANK_LINES.sub("\n\n", text).strip() + "\n", html=html)


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent / "templates"),
        autoescape=select_autoescape(["html"]),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["wrap"] = _wrap
    return environment


def _wrap(text: str, hanging: int = 0, first: int = 0) -> str:
    """A paragraph in lines that any mail program shows unbroken, the first and the other lines indented as told."""
    return textwrap.fill(
        one_line(text),
        _WIDTH,
        initial_indent=" " * first,
        subsequent_indent=" " * hanging,
        break_long_words=False,
        break_on_hyphens=False,
    )
