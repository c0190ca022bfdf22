"""Officers at their pages: the links in their mails, the forms behind them, and the pressed button."""

import email
import os
import re
from collections.abc import Awaitable, Callable
from datetime import date
from pathlib import Path

import httpx

from demo.forms import Form, forms

_LINK = re.compile(r"https?://\S+/v/[\w-]+")
_PDF = b"%PDF-1.4\n", b"\n%%EOF"


def links(maildir: Path, directive: str) -> list[str]:
    """The links in the mails that officers got about a directive."""
    mails = (email.message_from_bytes(path.read_bytes()) for path in (maildir / "new").glob("*"))
    found = []
    for mail in mails:
        if mail["X-Dondoc-Directive"] == directive and mail["X-Dondoc-Kind"] == "assignment":
            texts = (part.get_payload(decode=True) for part in mail.walk() if part.get_content_type() == "text/plain")
            found += [match[0] for text in texts if isinstance(text, bytes) and (match := _LINK.search(text.decode()))]
    return found


async def submit_forms(browser: httpx.AsyncClient, link: str) -> list[Form]:
    """The forms by which a unit hands in, in the order of its page."""
    page = (await browser.get(link)).raise_for_status()
    return [form for form in forms(page.text) if form.action.endswith("/submit")]


def press(browser: httpx.AsyncClient, link: str, form: Form, day: date, size: int) -> Callable[[], Awaitable[None]]:
    """The button of an officer who has filled in the form and chosen a file of so many bytes that nobody else has. The
    request is made beforehand; raises `RuntimeError` where it is not answered with what was received."""
    data = form.fields | {"number": "12/KH-UBND", "date": day.isoformat(), "signer": "Nguyễn Văn Minh"}
    paper = _PDF[0] + os.urandom(size - len(_PDF[0] + _PDF[1])) + _PDF[1]
    files = {"files": ("Kế hoạch.pdf", paper, "application/pdf")}
    request = browser.build_request("POST", httpx.URL(link).join(form.action), data=data, files=files)
    content, headers = request.read(), request.headers

    async def pressed() -> None:
        answer = await browser.post(request.url, content=content, headers=headers)
        if answer.status_code != httpx.codes.SEE_OTHER:
            raise RuntimeError(f"an officer got {answer.status_code}: {answer.text}")

    return pressed
