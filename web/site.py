"""What all handlers share: the ports, the clock, and the writing of a page."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.concurrency import run_in_threadpool
from starlette.responses import HTMLResponse

from rules import citation, delay, standing, urgency, words
from rules.figures import figure
from texts.language import raw_gettext, raw_ngettext, spoken
from web.language import switch
from web.noting import Noting
from web.ports import Ports

_TEMPLATES = Path(__file__).parent / "templates"
CSS = (_TEMPLATES / "pages.css").read_text(encoding="utf-8")


def size_words(size: int) -> str:
    """A file size for people, with the decimal comma: `1,2 MB`; a size in bytes is given."""
    if size < 1024 * 1024:
        return f"{max(1, round(size / 1024))} KB"
    return f"{size / 1024 / 1024:.1f} MB".replace(".", ",").replace(",0 ", " ")


@cache
def _environment() -> Environment:
    """The templates, compiled once a process."""
    environment = Environment(
        loader=FileSystemLoader(_TEMPLATES),
        extensions=["jinja2.ext.i18n"],
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.policies["ext.i18n.trimmed"] = True
    environment.install_gettext_callables(  # type: ignore[attr-defined]  # the extension adds it
        raw_gettext, raw_ngettext, newstyle=True
    )
    environment.globals.update(
        spoken=spoken,
        switch=switch,
        css=CSS,
        citation=citation,
        delay=delay,
        standing=standing,
        urgency=urgency,
        words=words,
        size_words=size_words,
        number=figure,
    )
    return environment


@dataclass(frozen=True)
class Site:
    """Ports by constructor; `max_upload` is the size of one file in bytes, `now` the real UTC time. `noting` keeps what
    comes to nothing."""

    ports: Ports
    max_upload: int
    now: Callable[[], datetime]
    noting: Noting
    _templates: Environment = field(default_factory=_environment)

    async def respond(self, template: str, status: int = 200, **shown: Any) -> HTMLResponse:
        """A page from a template in the reader's language; in a thread, because a large register takes a while."""
        html = await run_in_threadpool(self._templates.get_template(template).render, **shown)
        return HTMLResponse(html, status, {"Content-Language": spoken().value})
