"""Sơ kết, định kỳ and tổng kết each say what they are; a branch reports in its own name to the register above."""

import re

import pytest

from models.summary import Summary
from reports.draft import Paragraph
from reports.text import draft
from tests.reports.factory import HEAD, dispatch_908
from tests.reports.told import OFFICE, branch, periodic


@pytest.mark.parametrize(
    ("told", "subject", "introduction", "closing"),
    [
        (
            dispatch_908(),
            "Tổng kết kết quả thực hiện Công văn số 908/SLĐTBXH-BĐG ngày 14 tháng 4 năm 2020",
            "báo cáo tổng kết kết quả thực hiện Công văn số 908/SLĐTBXH-BĐG như sau (số liệu tính đến hết ngày 31 "
            "tháng 12 năm 2020):",
            "Trên đây là báo cáo tổng kết kết quả thực hiện Công văn số 908/SLĐTBXH-BĐG. Sở Lao động",
        ),
        (
            dispatch_908(final=False),
            "Sơ kết tình hình thực hiện Công văn số 908/SLĐTBXH-BĐG ngày 14 tháng 4 năm 2020",
            "báo cáo sơ kết tình hình thực hiện Công văn số 908/SLĐTBXH-BĐG như sau (số liệu tính đến 17 giờ 30 phút",
            "Trên đây là báo cáo sơ kết tình hình thực hiện Công văn số 908/SLĐTBXH-BĐG. Sở Lao động",
        ),
        (
            periodic(),
            "Định kỳ quý III năm 2020 về tình hình thực hiện Công văn số 908/SLĐTBXH-BĐG ngày 14 tháng 4 năm 2020",
            "báo cáo định kỳ quý III năm 2020 tình hình thực hiện Công văn số 908/SLĐTBXH-BĐG như sau (kỳ báo cáo từ "
            "ngày 15 tháng 6 năm 2020 đến hết ngày 14 tháng 9 năm 2020; số liệu tính đến hết ngày 14 tháng 9 năm 2020, "
            "cộng dồn từ khi giao nhiệm vụ):",
            "Trên đây là báo cáo định kỳ quý III năm 2020 tình hình thực hiện Công văn số 908/SLĐTBXH-BĐG. Sở Lao động",
        ),
    ],
    ids=["final", "interim", "periodic"],
)
def test_each_kind_has_its_own_words(told: Summary, subject: str, introduction: str, closing: str) -> None:
    content = draft(told)
    assert content.subject.startswith(subject)
    assert introduction in content.introduction
    assert content.closing.startswith(closing)
    assert content.closing.endswith("kính báo cáo./.")


def test_the_period_stands_in_the_subject_with_its_days() -> None:
    assert draft(periodic()).subject.endswith(
        "(từ ngày 15 tháng 6 năm 2020 đến hết ngày 14 tháng 9 năm 2020)",
    )


def test_a_branch_reports_in_its_own_name_and_to_the_register_above() -> None:
    content = draft(branch())
    assert (content.parent_body, content.body) == ("UBND HUYỆN PHÚ LỘC", "PHÒNG LAO ĐỘNG - THƯƠNG BINH VÀ XÃ HỘI")
    assert re.fullmatch(r"Số:\s+/BC-PLĐTBXH", content.number)
    assert content.place_and_date.startswith("Phú Lộc, ngày")
    assert content.signature == ("TRƯỞNG PHÒNG",)
    assert content.basis == (
        "Căn cứ Công văn số 908/SLĐTBXH-BĐG ngày 14 tháng 4 năm 2020 của Sở Lao động - Thương binh và Xã hội tỉnh Thừa "
        "Thiên Huế về việc hướng dẫn hoạt động bình đẳng giới năm 2020.",
    )
    assert content.recipients == (
        "- Sở Lao động - Thương binh và Xã hội tỉnh Thừa Thiên Huế (để b/c);",
        "- Các đơn vị được giao nhiệm vụ (để thực hiện);",
        "- Lưu: VT.",
    )
    assert content.introduction.startswith(f"{OFFICE.name} báo cáo sơ kết")
    assert content.closing.endswith(f"{OFFICE.name} kính báo cáo./.")
    told = content.blocks[1].text  # type: ignore[union-attr]
    assert told.startswith(f"Trong phạm vi theo dõi của {OFFICE.name}, Công văn số 908/SLĐTBXH-BĐG giao 1 nội dung")


def test_a_branch_does_not_send_its_units_to_the_contact_of_the_directive() -> None:
    texts = [block.text for block in draft(branch()).blocks if isinstance(block, Paragraph)]
    assert any(text.startswith("Đề nghị 1 đơn vị còn nhiệm vụ quá hạn") for text in texts)
    assert not [text for text in texts if HEAD.contact in text]


def test_a_branch_without_a_place_does_not_borrow_that_of_the_directive() -> None:
    told = branch().model_copy(update={"issuer": OFFICE.model_copy(update={"place": ""})})
    assert draft(told).place_and_date.startswith("ngày")
