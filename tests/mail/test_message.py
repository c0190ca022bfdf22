"""The mail as it goes over the wire: parts, threads, and headers that no text can add to."""

from collections.abc import Sequence
from datetime import UTC, datetime
from email import message_from_bytes
from email.header import decode_header, make_header
from email.message import EmailMessage
from email.policy import default
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mail.calendar import attached
from mail.message import build
from mail.plain import one_line
from mail.postmark import Postmark
from mail.render import render
from mail.samples import sample, several
from models.chase_letter import ChaseLetter
from models.delivery import GiveUp
from models.mail import Letter, Outgoing, Rendered
from models.notice import NoticeKind

DATE = datetime(2020, 10, 28, 1, 5, tzinfo=UTC)
EVIL = "x\r\nBcc: everyone@evil.example\n\nbody"
HEADERS = [
    "Content-Type", "MIME-Version", "Subject", "From", "To", "Date", "Message-ID", "In-Reply-To", "References",
    "List-Id", "Auto-Submitted", "X-Auto-Response-Suppress", "Content-Language", "X-Dondoc-Kind", "X-Dondoc-Parts",
    "X-Dondoc-Directive",
]  # fmt: skip
PIECES = st.one_of(
    st.characters(),
    st.sampled_from('\r\n\t\0\x0b\x0c\x1c\x85\u2028\u2029\u200b\u202a\u202e\u2066\u2069\ufeff\ud800:;<>"\\()@,=?'),
    st.sampled_from(["\r\nBcc: a@evil.example", "\n\n", "\n ", "=?utf-8?q?x?=", "ăâđêôơư ỮỴ", "x" * 1200]),
)
FOREIGN = st.lists(PIECES, max_size=30).map("".join)


def message(rendered: Rendered | None = None, **changed: Any) -> bytes:
    values: dict[str, Any] = {
        "message_id": "<b@dondoc.example>",
        "sender": "dondoc@hue.example",
        "sender_name": "Sở LĐTBXH tỉnh Thừa Thiên Huế",
        "to": "aluoi@hue.example",
        "date": DATE,
        "directive_id": "46-ldtbxh.2020.SLĐTBXH-BĐG.908",
        "label": "908/SLĐTBXH-BĐG",
        "parts": [(NoticeKind.ASSIGNMENT, ["annual-plan"])],
        "thread_id": "<a@dondoc.example>",
    }
    return build(rendered or render(sample(NoticeKind.ASSIGNMENT)), **values | changed)


def received(raw: bytes) -> EmailMessage:
    """The message as the other side reads it off the wire."""
    assert raw.isascii()
    assert all(len(line) <= 998 for line in raw.split(b"\r\n"))
    found = message_from_bytes(raw, policy=default)
    assert isinstance(found, EmailMessage)
    return found


def test_text_and_html_arrive_with_vietnamese_intact() -> None:
    rendered = render(sample(NoticeKind.ASSIGNMENT))
    found = received(message(rendered))
    assert found["Subject"] == rendered.subject
    assert found["From"].addresses[0].display_name == "Sở LĐTBXH tỉnh Thừa Thiên Huế"
    text, html = (found.get_body((kind,)) for kind in ("plain", "html"))
    assert text is not None
    assert html is not None
    assert text.get_content().replace("\r\n", "\n") == rendered.text
    assert html.get_content().replace("\r\n", "\n").strip() == rendered.html.strip()
    assert [part.get_content_type() for part in found.iter_parts()] == ["text/plain", "text/html"]


def test_due_dates_come_beside_the_text_as_a_calendar_file() -> None:
    dates = attached(sample(NoticeKind.ASSIGNMENT))
    found = received(message(calendar=dates))
    assert found.get_content_type() == "multipart/mixed"
    alternatives, calendar = found.iter_parts()
    assert alternatives.get_content_type() == "multipart/alternative"
    assert calendar.get_content_type() == "text/calendar"
    assert calendar["Content-Type"].params["method"] == "PUBLISH"
    assert calendar.get_filename() == "han-nop.ics"
    assert calendar.get_content_disposition() == "attachment"
    assert calendar.get_payload(decode=True) == dates
    body = found.get_body(("plain",))
    assert body is not None
    assert body.get_content().startswith("Kính gửi: ")


def test_headers_keep_the_thread_and_say_that_a_machine_wrote() -> None:
    found = received(message(parts=[(NoticeKind.CHASE, ["year", "month"]), (NoticeKind.ASSIGNMENT, [])]))
    assert found["Message-ID"] == "<b@dondoc.example>"
    assert found["In-Reply-To"] == found["References"] == "<a@dondoc.example>"
    assert found["Auto-Submitted"] == "auto-generated"
    assert found["Content-Language"] == "vi"
    assert found["List-Id"] == "908/SLĐTBXH-BĐG <46-ldtbxh.2020.sldtbxh-bdg.908.hue.example>"
    assert found["X-Dondoc-Kind"] == "chase"
    assert found["X-Dondoc-Parts"] == "chase year month; assignment"
    assert found["X-Dondoc-Directive"] == "46-ldtbxh.2020.SLĐTBXH-BĐG.908"
    assert found["X-Dondoc-Resent"] is None
    assert found["Date"].datetime == DATE


def test_the_first_mail_of_a_thread_answers_nothing() -> None:
    found = received(message(thread_id="<b@dondoc.example>"))
    assert found["In-Reply-To"] is None
    assert found["References"] is None


def test_a_mail_sent_again_is_marked() -> None:
    assert received(message(resent=True))["X-Dondoc-Resent"] == "yes"


@given(subject=FOREIGN, name=FOREIGN, number=FOREIGN, directive=FOREIGN, body=FOREIGN)
def test_no_text_can_add_a_header_or_change_another(
    subject: str, name: str, number: str, directive: str, body: str
) -> None:
    rendered = Rendered(subject=one_line(subject), text=one_line(body) + "\n", html=one_line(body))
    found = received(message(rendered, sender_name=name, label=number, directive_id=directive))
    assert found.keys() == HEADERS
    assert not found.defects
    assert found["To"].addresses[0].addr_spec == "aluoi@hue.example"
    assert [address.addr_spec for address in found["From"].addresses] == ["dondoc@hue.example"]
    for shown in (found["Subject"], found["X-Dondoc-Directive"], found["List-Id"], str(found["From"])):
        assert shown == one_line(shown) or shown.split() == one_line(shown).split()
    content = found.get_body(("plain",))
    assert content is not None
    assert content.get_content().strip() == one_line(body)


def test_what_was_not_made_harmless_before_is_when_it_gets_into_a_header() -> None:
    found = received(
        message(Rendered(subject=EVIL, text="a\n", html="b"), sender_name=EVIL, directive_id=EVIL, label=EVIL)
    )
    assert found.keys() == HEADERS
    assert found["Subject"] == "x Bcc: everyone@evil.example body"


@pytest.mark.parametrize(
    "to", ["a@hue.example\r\nBcc: b@evil.example", "no address", "a@b, c@d", "", "@x", "lan@", "nguyễn@x", "a@b\n"]
)
@pytest.mark.parametrize("field", ["to", "sender"])
def test_an_address_that_is_none_is_refused(field: str, to: str) -> None:
    with pytest.raises(ValueError, match="not an e-mail address"):
        message(None, **{field: to})


@pytest.mark.parametrize("name", ["<a@b>\r\nBcc: c@d", "a@b", "<a b@c>", "<a@b\u202e>", "<@>", "<a@b\n>"])
@pytest.mark.parametrize("field", ["message_id", "thread_id"])
def test_a_message_id_that_is_none_is_refused(field: str, name: str) -> None:
    with pytest.raises(ValueError, match="not a message id"):
        message(None, **{field: name})


@pytest.mark.parametrize(
    "name", ["Sở Lao động - Thương binh và Xã hội tỉnh Thừa Thiên Huế " * 3, 'Office, of "A" ' * 12]
)
def test_long_words_survive_folding(name: str) -> None:
    subject = "[908/SLĐTBXH-BĐG] " + "Tuyên truyền về bình đẳng giới " * 12 + "hết"
    raw = message(Rendered(subject=subject, text="a\n", html="b"), sender_name=name)
    assert all(len(line) <= 78 for line in raw.partition(b"\r\n\r\n")[0].split(b"\r\n"))
    assert received(raw)["Subject"] == subject
    *shown, (address, _) = decode_header(message_from_bytes(raw)["From"])
    assert str(make_header(shown)) == name.strip()
    assert address.strip() == b"<dondoc@hue.example>"


def on_paper(letters: Sequence[ChaseLetter]) -> bytes:
    return "; ".join(letter.unit.short_name for letter in letters).encode()


def outgoing(to: str = "aluoi@hue.example", letter: Letter | None = None) -> Outgoing:
    return Outgoing(
        ids=(1, 2),
        to=to,
        message_id="<b@dondoc.example>",
        thread_id="<a@dondoc.example>",
        resent=False,
        letter=letter or several(),
    )


def test_a_letter_of_several_parts_is_one_mail_with_its_dates() -> None:
    sealed = Postmark("dondoc@hue.example", on_paper).write(outgoing())
    found = received(sealed.content)
    assert (sealed.sender, sealed.to) == ("dondoc@hue.example", "aluoi@hue.example")
    kinds = [part.partition(" ")[0] for part in found["X-Dondoc-Parts"].split("; ")]
    assert kinds == ["chase", "returned", "decided", "reminder", "assignment", "accepted"]
    assert [part.get_filename() for part in found.iter_attachments()] == ["han-nop.ics"]


def test_drafts_of_letters_come_as_one_word_document() -> None:
    sealed = Postmark("dondoc@hue.example", on_paper).write(outgoing(letter=sample(NoticeKind.LETTER)))
    (paper,) = received(sealed.content).iter_attachments()
    assert paper.get_filename() == "cong-van-don-doc.docx"
    assert paper.get_content_type().endswith("wordprocessingml.document")
    assert paper.get_content().decode() == "Phòng LĐTBXH huyện A Lưới; Phòng LĐTBXH huyện Phú Lộc"


def test_a_mail_to_an_address_that_is_none_is_given_up() -> None:
    with pytest.raises(GiveUp, match="not an e-mail address"):
        Postmark("dondoc@hue.example", on_paper).write(outgoing(to="lan@"))
