"""Puts a rendered letter into an e-mail with the headers that keep it in its thread."""

import re
from datetime import datetime
from email.header import Header
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText
from email.policy import compat32
from email.utils import format_datetime, formataddr

from mail.view import one_line
from models.mail import Rendered
from models.notice import NoticeKind

_ADDRESS = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*")
_ON_THE_WIRE = compat32.clone(linesep="\r\n")
"""The older policy: the newer one parses every header it writes, which took 10 of the 13 ms that a mail cost."""


def build(
    rendered: Rendered,
    *,
    message_id: str,
    sender: str,
    sender_name: str,
    to: str,
    date: datetime,
    directive_id: str,
    kind: NoticeKind,
    thread_id: str,
    resent: bool = False,
) -> bytes:
    """A mail with text and HTML alternatives, as it goes over the wire (ASCII, CRLF).

    `message_id` and `thread_id` stand in angle brackets; one thread for each directive and unit. `resent` marks
    a mail whose first delivery is uncertain (DESIGN rule 4). Raises `ValueError` for an address that is none.
    """
    message = MIMEMultipart("alternative", policy=_ON_THE_WIRE)
    _add(message, "Subject", rendered.subject)
    message["From"] = formataddr((one_line(sender_name), _address(sender)))
    message["To"] = _address(to)
    message["Date"] = format_datetime(date)
    message["Message-ID"] = message_id
    if thread_id != message_id:
        message["In-Reply-To"] = thread_id
        message["References"] = thread_id
    message["Auto-Submitted"] = "auto-generated"
    message["Content-Language"] = "vi"
    message["X-Dondoc-Kind"] = kind.value
    _add(message, "X-Dondoc-Directive", directive_id)
    if resent:
        message["X-Dondoc-Resent"] = "yes"
    message.attach(MIMEText(_crlf(rendered.text), "plain", "utf-8"))
    message.attach(MIMEText(_crlf(rendered.html), "html", "utf-8"))
    return message.as_bytes(policy=_ON_THE_WIRE)


def _add(message: MIMEMultipart, name: str, text: str) -> None:
    """A header of any words: on one line, encoded and folded as its name's length allows."""
    charset = None if text.isascii() else "utf-8"
    header = Header(one_line(text), charset, header_name=name)
    message[name] = header  # type: ignore[assignment]  # typeshed knows only text, the generator folds Header objects


def _crlf(text: str) -> str:
    return "\r\n".join(text.splitlines()) + "\r\n"


def _address(written: str) -> str:
    if not _ADDRESS.fullmatch(written):
        raise ValueError(f"not an e-mail address: {written!r}")
    return written
