"""What all handlers share: the ports, the clock, and the writing of a page."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.concurrency import run_in_threadpool
from starlette.responses import HTMLResponse

from rules import citation, standing, urgency, words
from rules.figures import figure
from web.ports import Cascades, Files, Pages

_TEMPLATES = Path(__file__).parent / "templates"
CSS = (_TEMPLATES / "pages.css").read_text(encoding="utf-8")


def size_words(size: int) -> str:
    """A file size for people, with the decimal comma: `1,2 MB`; a size in bytes is given."""
    if size < 1024 * 1024:
        return f"{max(1, round(size / 1024))} KB"
    return f"{size / 1024 / 1024:.1f} MB".replace(".", ",").replace(",0 ", " ")


def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(_TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals.update(
        css=CSS,
        citation=citation,
        standing=standing,
        urgency=urgency,
        words=words,
        size_words=size_words,
        number=figure,
    )
    return environment


@dataclass(frozen=True)
class Site:
    """Ports by constructor; `max_upload` is the size of one file in bytes, `now` the real UTC time."""

    pages: Pages
    files: Files
    cascades: Cascades
    max_upload: int
    now: Callable[[], datetime]
    _templates: Environment = field(default_factory=_environment)

    async def respond(self, template: str, status: int = 200, **shown: Any) -> HTMLResponse:
        """A page from a template; written in a thread, because a large register takes a while."""
        html = await run_in_threadpool(self._templates.get_template(template).render, **shown)
        return HTMLResponse(html, status)
