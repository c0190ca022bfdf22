"""What sample letters are about: dispatch 908 of Thừa Thiên Huế and what two districts owe by it (pure)."""

from datetime import UTC, date, datetime
from typing import Any

from models.document import DocumentRef, Signer
from models.obligation import ObligationState, State
from models.plan import DirectiveHead, RequirementKind
from models.register import ObligationLine
from models.unit import Level, Unit
from rules.calendar import day_end
from rules.timeliness import timeliness

STARTS = datetime(2020, 4, 14, 1, 30, tzinfo=UTC)
AT = datetime(2020, 10, 28, 1, 5, tzinfo=UTC)
SO = Unit(
    code="46-ldtbxh",
    name="Sở Lao động - Thương binh và Xã hội tỉnh Thừa Thiên Huế",
    short_name="Sở LĐTBXH tỉnh Thừa Thiên Huế",
    level=Level.PROVINCE,
    line="ldtbxh",
    territory="46",
    parent_body="ỦY BAN NHÂN DÂN TỈNH THỪA THIÊN HUẾ",
    symbol="SLĐTBXH",
    place="Thừa Thiên Huế",
    head_title="GIÁM ĐỐC",
)
HEAD = DirectiveHead(
    directive_id="46-ldtbxh.2020.sldtbxh-bdg.908",
    label="908/SLĐTBXH-BĐG",
    document=DocumentRef(
        number="908/SLĐTBXH-BĐG",
        normal="908/SLĐTBXH-BĐG",
        date=date(2020, 4, 14),
        issuer=SO.name,
        title="hướng dẫn hoạt động bình đẳng giới năm 2020",
    ),
    type="Công văn",
    place="Thừa Thiên Huế",
    issuer=SO.code,
    signer=Signer(prefix="KT. GIÁM ĐỐC", title="PHÓ GIÁM ĐỐC", name="Phan Minh Nguyệt"),
    contact="Phòng Bảo vệ, chăm sóc trẻ em và Bình đẳng giới, Sở LĐTBXH tỉnh Thừa Thiên Huế",
    starts=STARTS,
    closing=day_end(date(2020, 12, 31)),
)
ASKED: dict[str, tuple[str, RequirementKind, date | None, str, str]] = {
    "annual-plan": (
        "1a", RequirementKind.PLAN, date(2020, 6, 12), "chậm nhất ngày 12/6/2020",
        "Kế hoạch thực hiện công tác bình đẳng giới và vì sự tiến bộ của phụ nữ năm 2020",
    ),
    "action-month-plan": (
        "1c", RequirementKind.PLAN, date(2020, 10, 30), "chậm nhất ngày 30/10/2020",
        "Kế hoạch Tháng hành động vì bình đẳng giới và phòng chống bạo lực trên cơ sở giới năm 2020",
    ),
    "labour-code": (
        "2b", RequirementKind.ACTIVITY, date(2020, 7, 31), "",
        "Tuyên truyền nội dung mới về bình đẳng giới trong Bộ luật Lao động năm 2019",
    ),
    "services": (
        "2c", RequirementKind.ACTIVITY, date(2020, 8, 31), "",
        "Công khai các mô hình, địa chỉ tin cậy, nhà tạm lánh hỗ trợ nạn nhân bạo lực tại địa phương",
    ),
    "action-month": (
        "2d", RequirementKind.ACTIVITY, date(2020, 12, 15), "từ ngày 15/11/2020 đến ngày 15/12/2020",
        "Tuyên truyền Tháng hành động; lễ phát động điểm hoặc hình thức thay thế phù hợp",
    ),
    "radio": (
        "2e", RequirementKind.ACTIVITY, None, "thường xuyên",
        "Phối hợp đài truyền thanh cấp huyện tuyên truyền về bình đẳng giới",
    ),
    "training": (
        "3a", RequirementKind.ACTIVITY, date(2020, 9, 30), "",
        "Hội nghị, hội thảo, tập huấn kiến thức, kỹ năng về giới và bình đẳng giới",
    ),
    "review-programmes": (
        "3b", RequirementKind.REPORT, date(2020, 11, 16), "chậm nhất ngày 16/11/2020",
        "Tổng kết Chiến lược 2011-2020, Chương trình hành động 2016-2020 và Đề án phòng ngừa bạo lực 2016-2020",
    ),
}  # fmt: skip


def _district(code: str, territory: str) -> Unit:
    return Unit(
        code=f"{code}-ldtbxh",
        name=f"Phòng Lao động - Thương binh và Xã hội {territory}",
        short_name=f"Phòng LĐTBXH {territory}",
        level=Level.DISTRICT,
        line="ldtbxh",
        territory=code,
        superior=SO.code,
    )


A_LUOI, PHU_LOC = _district("481", "huyện A Lưới"), _district("482", "huyện Phú Lộc")


def line(key: str, unit: Unit = A_LUOI, state: State = State.OPEN, **changed: Any) -> ObligationLine:
    """What a district owes, not handed in yet unless changed."""
    ref, kind, last, phrase, title = ASKED[key]
    due = changed.get("due", day_end(last) if last else None)
    facts = ObligationState(
        requirement=key, unit=unit.code, state=state, due=due, submitted_at=changed.get("submitted_at")
    )
    fields = {
        "cascade_id": f"{HEAD.directive_id}/{SO.code}", "key": facts.key, "requirement": key, "ref": ref,
        "title": title, "kind": kind, "unit": unit.code, "unit_name": unit.short_name, "level": unit.level,
        "issuer": SO.code, "issuer_name": SO.short_name, "state": state, "due": due, "due_phrase": phrase,
        "timeliness": timeliness(facts, AT), "opened_at": STARTS,
    }  # fmt: skip
    return ObligationLine(**fields | changed)


def answered(key: str, unit: Unit = A_LUOI, state: State = State.SUBMITTED, **changed: Any) -> ObligationLine:
    """What a district has handed in, waiting for a decision unless changed."""
    came_in = {"submissions": 1, "submitted_at": datetime(2020, 10, 22, 2, 30, tzinfo=UTC)}
    return line(key, unit, state, **came_in | changed)
