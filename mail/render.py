"""Writes a letter from the templates of its parts' kinds: `templates/<kind>/words.txt`, `body.txt`, `body.html`."""

import re
import textwrap
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape

from mail.digests import MOST_NAMED
from mail.plain import one_line
from mail.view import view
from models.mail import Letter, Rendered
from rules.words import capital

_WIDTH = 76
_SIGN_IN = "Đường dẫn đăng nhập trang tra cứu"
_BLANK_LINES = re.compile(r"\n{3,}")


def render(letter: Letter) -> Rendered:
    """Subject (one line), text (lines of at most 76 characters, addresses unbroken) and HTML, in Vietnamese."""
    shown = {"letter": view(letter)}
    subject, text, html = (
        _environment().get_template(layout).render(shown) for layout in ("subject.txt", "layout.txt", "layout.html")
    )
    return Rendered(subject=one_line(subject), text=_BLANK_LINES.sub("\n\n", text).strip() + "\n", html=html)


def render_sign_in(name: str, url: str, *, minutes: int) -> Rendered:
    """The mail with a link to sign in, which holds for so many minutes."""
    shown = {"subject": _SIGN_IN, "name": one_line(name), "url": url, "minutes": minutes}
    environment = _environment()
    paragraphs = environment.get_template("sign_in.txt").render(shown).split("\n\n")
    text = "\n\n".join(_wrap(paragraph) for paragraph in paragraphs)
    return Rendered(subject=_SIGN_IN, text=f"{text}\n", html=environment.get_template("sign_in.html").render(shown))


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent / "templates"),
        autoescape=select_autoescape(["html"]),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {"wrap": _wrap, "sentence": _sentence}
    environment.globals["most"] = MOST_NAMED
    return environment


def _sentence(text: str) -> str:
    """Words of a template as a sentence of their own."""
    return capital(one_line(text))


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
