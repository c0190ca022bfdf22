from datetime import date

import pytest

from models.document import DocumentRef
from models.plan import DirectiveHead
from rules import citation
from rules.calendar import day_start


def head(
    number: str = "908/SLĐTBXH-BĐG", issuer: str = "Sở LĐTBXH", title: str = "hướng dẫn", kind: str = "Công văn"
) -> DirectiveHead:
    return DirectiveHead(
        directive_id="d",
        label=number or f"{kind} ngày 14/04/2020",
        document=DocumentRef(number=number, normal=number, date=date(2020, 4, 14), issuer=issuer, title=title),
        type=kind,
        place="Huế",
        issuer="s",
        starts=day_start(date(2020, 4, 14)),
        closing=day_start(date(2020, 12, 31)),
    )


def test_first_mention_has_type_number_date_issuer_and_subject() -> None:
    assert citation.full(head()) == "Công văn số 908/SLĐTBXH-BĐG ngày 14/04/2020 của Sở LĐTBXH về việc hướng dẫn"


def test_what_is_unknown_is_left_out() -> None:
    assert citation.full(head(number="", issuer="", title="")) == "Công văn ngày 14/04/2020"


def test_one_without_number_goes_by_type_and_day_once() -> None:
    conference = head(number="", kind="Kết luận hội nghị", title="triển khai Chương trình")
    assert citation.name(conference) == "Kết luận hội nghị ngày 14/04/2020"
    assert citation.about(conference) == "của Sở LĐTBXH về việc triển khai Chương trình"
    assert citation.full(conference) == (
        "Kết luận hội nghị ngày 14/04/2020 của Sở LĐTBXH về việc triển khai Chương trình"
    )


@pytest.mark.parametrize(
    ("title", "whole"),
    [
        ("kết luận hội nghị bàn về mô hình", "Kết luận hội nghị bàn về mô hình ngày 14/04/2020 của Sở LĐTBXH"),
        ("Kết luận hội nghị ngày 14/4/2020", "Kết luận hội nghị ngày 14/4/2020 của Sở LĐTBXH"),
    ],
)
def test_a_title_that_names_the_type_is_the_name(title: str, whole: str) -> None:
    assert citation.full(head(number="", kind="Kết luận", title=title)) == whole


@pytest.mark.parametrize("title", ["hướng dẫn", "Về việc hướng dẫn", "V/v hướng dẫn", " về việc  hướng dẫn"])
def test_the_subject_is_introduced_once(title: str) -> None:
    assert citation.subject(title) == "về việc hướng dẫn"


def test_a_document_handed_in_names_its_signer() -> None:
    document = DocumentRef(number="45/KH-UBND", normal="45/KH-UBND", date=date(2020, 5, 22), signer="Hồ Văn Ngưm")
    assert citation.handed_in(document) == "số 45/KH-UBND ngày 22/05/2020, người ký: Hồ Văn Ngưm"
    assert citation.handed_in(DocumentRef(number="", normal="", signer="Hồ Văn Ngưm")) == "người ký: Hồ Văn Ngưm"
