from datetime import UTC, datetime
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from typing import Any

import pytest

from mail.message import build
from mail.render import render
from models.mail import Rendered
from models.notice import NoticeKind
from tests.mail.test_render import letter

DATE = datetime(2020, 10, 28, 1, 5, tzinfo=UTC)


def message(rendered: Rendered | None = None, **changed: Any) -> bytes:
    values: dict[str, Any] = {
        "message_id": "<b@dondoc.example>",
        "sender": "dondoc@hue.example",
        "sender_name": "Sở LĐTBXH tỉnh Thừa Thiên Huế",
        "to": "aluoi@hue.example",
        "date": DATE,
        "directive_id": "46-ldtbxh.2020.SLĐTBXH-BĐG.908",
        "kind": NoticeKind.ASSIGNMENT,
        "thread_id": "<a@dondoc.example>",
    }
    return build(rendered or render(letter()), **values | changed)


def received(raw: bytes) -> EmailMessage:
    """The message as the other side reads it off the wire."""
    assert raw.isascii()
    assert all(len(line) <= 998 for line in raw.split(b"\r\n"))
    found = message_from_bytes(raw, policy=default)
    assert isinstance(found, EmailMessage)
    return found


def test_text_and_html_arrive_with_vietnamese_intact() -> None:
    rendered = render(letter())
    found = received(message(rendered))
    assert found["Subject"] == rendered.subject
    assert found["From"].addresses[0].display_name == "Sở LĐTBXH tỉnh Thừa Thiên Huế"
    text, html = (found.get_body((kind,)) for kind in ("plain", "html"))
    assert text is not None
    assert html is not None
    assert text.get_content().replace("\r\n", "\n") == rendered.text
    assert html.get_content().replace("\r\n", "\n").strip() == rendered.html.strip()
    assert [part.get_content_type() for part in found.iter_parts()] == ["text/plain", "text/html"]


def test_headers_keep_the_thread_and_say_that_a_machine_wrote() -> None:
    found = received(message())
    assert found["Message-ID"] == "<b@dondoc.example>"
    assert found["In-Reply-To"] == found["References"] == "<a@dondoc.example>"
    assert found["Auto-Submitted"] == "auto-generated"
    assert found["X-Dondoc-Kind"] == "assignment"
    assert found["X-Dondoc-Directive"] == "46-ldtbxh.2020.SLĐTBXH-BĐG.908"
    assert found["X-Dondoc-Resent"] is None
    assert found["Date"].datetime == DATE


def test_the_first_mail_of_a_thread_answers_nothing() -> None:
    found = received(message(thread_id="<b@dondoc.example>"))
    assert found["In-Reply-To"] is None
    assert found["References"] is None


def test_a_mail_sent_again_is_marked() -> None:
    assert received(message(resent=True))["X-Dondoc-Resent"] == "yes"


def test_no_text_can_add_a_header() -> None:
    evil = "x\r\nBcc: everyone@evil.example\n\nbody"
    found = received(message(Rendered(subject=evil, text="a\n", html="b"), sender_name=evil, directive_id=evil))
    assert found["Bcc"] is None
    assert found["Subject"] == "x Bcc: everyone@evil.example body"


@pytest.mark.parametrize(
    "to", ["a@hue.example\r\nBcc: b@evil.example", "no address", "a@b, c@d", "", "@x", "lan@", "nguyễn@x"]
)
def test_an_address_that_is_none_is_refused(to: str) -> None:
    with pytest.raises(ValueError, match="not an e-mail address"):
        message(to=to)


def test_long_subjects_survive_folding() -> None:
    subject = "[908/SLĐTBXH-BĐG] " + "Tuyên truyền về bình đẳng giới " * 12 + "hết"
    assert received(message(Rendered(subject=subject, text="a\n", html="b")))["Subject"] == subject
