"""The words of a mail are kept for those who ask later; the ways in are not."""

import secrets

from mail.kept import CUT, without_links
from mail.postmark import Postmark
from mail.samples import sample
from models.notice import NoticeKind
from tests.mail.test_message import on_paper, outgoing

URL = f"https://dondoc.example/v/{secrets.token_urlsafe(32)}"


def test_the_words_stay_and_the_secret_of_the_link_goes() -> None:
    text = f"Kính gửi đồng chí\n\nMở trang nhiệm vụ:\n{URL}\n\nHạn: 31/3/2020\n"
    assert without_links(text, URL) == (
        f"Kính gửi đồng chí\n\nMở trang nhiệm vụ:\nhttps://dondoc.example/v/{CUT}\n\nHạn: 31/3/2020\n"
    )


def test_a_link_that_somebody_copied_into_his_words_is_cut_too() -> None:
    other = f"http://127.0.0.1:8080/s/{secrets.token_urlsafe(32)}"
    kept = without_links(f"Xem {other}/report/pdf và {URL}.", URL)
    assert kept == f"Xem http://127.0.0.1:8080/s/{CUT}/report/pdf và https://dondoc.example/v/{CUT}."


def test_other_addresses_and_numbers_stay() -> None:
    text = "Công văn 15/SO-BĐG, https://thuvienphapluat.vn/van-ban/binh-dang-gioi/nghi-quyet-28.aspx"
    assert without_links(text, URL) == text


def test_every_kind_of_mail_is_sealed_with_its_words_and_without_its_secret() -> None:
    for kind in NoticeKind:
        letter = sample(kind)
        token = letter.url.rpartition("/")[2]
        sealed = Postmark("dondoc@hue.example", on_paper).write(outgoing(letter=letter))
        assert CUT in sealed.words
        assert token not in sealed.words
        assert "Kính gửi" in sealed.words
