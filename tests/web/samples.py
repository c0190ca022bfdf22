"""Dispatch 908 as pages and mails show it: district A Lưới in all states, and the register of nine districts."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

from models.clock import Clock
from models.document import DocumentRef, FileRef, Signer
from models.obligation import ObligationState, State, obligation_key
from models.pages import OfficerPage, RegisterPage
from models.plan import DirectiveHead, RequirementKind
from models.register import ObligationLine
from models.reporting import IssuedReport
from models.unit import Level, Unit
from rules.calendar import day_end, day_start
from rules.timeliness import timeliness

CASCADE = "908-46-ldtbxh"
AT = datetime(2020, 10, 28, 1, 5, tzinfo=UTC)
REAL_NOW = datetime(2026, 11, 20, 3, 0, tzinfo=UTC)
CLOCK = Clock(origin_real=REAL_NOW, origin_business=AT)
STARTS = day_start(date(2020, 4, 14))

ISSUER = Unit(
    code="46-ldtbxh",
    name="Sở Lao động - Thương binh và Xã hội tỉnh Thừa Thiên Huế",
    short_name="Sở LĐTBXH tỉnh Thừa Thiên Huế",
    level=Level.PROVINCE,
    line="ldtbxh",
    territory="46",
    focal_email="so@hue.example",
)
DISTRICTS = (
    "thành phố Huế", "huyện Phong Điền", "huyện Quảng Điền", "huyện Phú Vang", "thị xã Hương Thủy",
    "thị xã Hương Trà", "huyện A Lưới", "huyện Phú Lộc", "huyện Nam Đông",
)  # fmt: skip
HEAD = DirectiveHead(
    directive_id="908",
    label="908/SLĐTBXH-BĐG",
    document=DocumentRef(
        number="908/SLĐTBXH-BĐG",
        normal="908/SLĐTBXH-BĐG",
        date=date(2020, 4, 14),
        issuer=ISSUER.name,
        title="hướng dẫn hoạt động bình đẳng giới năm 2020",
    ),
    type="Công văn",
    place="Thừa Thiên Huế",
    issuer=ISSUER.code,
    signer=Signer(prefix="KT. GIÁM ĐỐC", title="PHÓ GIÁM ĐỐC", name="Phan Minh Nguyệt"),
    contact="Phòng Bảo vệ, chăm sóc trẻ em và Bình đẳng giới, Sở LĐTBXH tỉnh Thừa Thiên Huế",
    starts=STARTS,
    closing=day_end(date(2020, 12, 31)),
)
_REVIEW_FORMS = {
    "own": "Hội nghị tổng kết chuyên đề",
    "combined": "Kết hợp với hội nghị tổng kết khác",
    "report": "Tổng kết thông qua báo cáo",
}
_LAUNCH_FORMS = {"launch": "Lễ phát động điểm", "alternative": "Hình thức thay thế phù hợp"}
_PLAN, _ACTIVITY, _REPORT = RequirementKind.PLAN, RequirementKind.ACTIVITY, RequirementKind.REPORT
REQUIREMENTS: dict[str, dict[str, Any]] = {
    "annual-plan": {
        "ref": "1a", "kind": _PLAN, "due": date(2020, 5, 29), "accepts_existing": True,
        "title": "Kế hoạch thực hiện công tác bình đẳng giới và vì sự tiến bộ của phụ nữ năm 2020",
        "guidance": "Tham mưu UBND cấp huyện ban hành; nếu đã ban hành thì khai báo văn bản đã có.",
    },
    "politics-plan": {
        "ref": "1b", "kind": _PLAN, "due": date(2020, 6, 30), "due_phrase": "trước ngày 01/7/2020",
        "title": "Kế hoạch truyền thông về bình đẳng giới trong lĩnh vực chính trị",
    },
    "action-month-plan": {
        "ref": "1c", "kind": _PLAN, "due": date(2020, 10, 30), "due_phrase": "chậm nhất ngày 30/10/2020",
        "title": "Kế hoạch Tháng hành động vì bình đẳng giới và phòng chống bạo lực trên cơ sở giới năm 2020",
    },
    "politics-communication": {
        "ref": "2a", "kind": _ACTIVITY, "due": date(2020, 7, 31),
        "title": "Tuyên truyền chính sách, pháp luật về bình đẳng giới, trọng tâm là lĩnh vực chính trị",
    },
    "labour-code": {
        "ref": "2b", "kind": _ACTIVITY, "due": date(2020, 7, 31),
        "title": "Tuyên truyền nội dung mới về bình đẳng giới trong Bộ luật Lao động năm 2019",
    },
    "services": {
        "ref": "2c", "kind": _ACTIVITY, "due": date(2020, 8, 31),
        "title": "Công khai các mô hình, địa chỉ tin cậy, nhà tạm lánh hỗ trợ nạn nhân bạo lực tại địa phương",
    },
    "action-month": {
        "ref": "2d", "kind": _ACTIVITY, "due": date(2020, 12, 15), "attendance": True, "choices": _LAUNCH_FORMS,
        "due_phrase": "từ ngày 15/11/2020 đến ngày 15/12/2020",
        "title": "Tuyên truyền Tháng hành động; lễ phát động điểm hoặc hình thức thay thế phù hợp",
    },
    "radio": {
        "ref": "2đ", "kind": _ACTIVITY, "due": None, "due_phrase": "thường xuyên",
        "title": "Phối hợp đài truyền thanh cấp huyện tuyên truyền về bình đẳng giới",
    },
    "training": {
        "ref": "3a", "kind": _ACTIVITY, "due": date(2020, 9, 30), "attendance": True,
        "title": "Hội nghị, hội thảo, tập huấn kiến thức, kỹ năng về giới và bình đẳng giới",
    },
    "review-programmes": {
        "ref": "3b", "kind": _REPORT, "due": date(2020, 11, 30), "choices": _REVIEW_FORMS,
        "title": "Tổng kết Chiến lược 2011-2020, Chương trình hành động 2016-2020 và Đề án phòng ngừa bạo lực "
        "2016-2020",
    },
    "inspection": {
        "ref": "3c", "kind": _ACTIVITY, "due": None, "due_phrase": "thường xuyên",
        "title": "Kiểm tra, xử lý vi phạm về bình đẳng giới; chủ động đề xuất giải pháp",
    },
    "models": {
        "ref": "4", "kind": _REPORT, "due": date(2020, 11, 30),
        "title": "Duy trì, triển khai các mô hình thúc đẩy bình đẳng giới được hỗ trợ kinh phí",
    },
}  # fmt: skip
PLAN_FILE = FileRef(sha256="a" * 64, name="Kế hoạch 45-KH-UBND.pdf", size=1_258_291, media_type="application/pdf")
PHOTO = FileRef(sha256="b" * 64, name="Ảnh hội nghị.jpg", size=421_000, media_type="image/jpeg")


def unit(district: str) -> Unit:
    """The labour office of a district."""
    return Unit(
        code=f"{DISTRICTS.index(district) + 474}-ldtbxh",
        name=f"Phòng Lao động - Thương binh và Xã hội {district}",
        short_name=f"Phòng LĐTBXH {district}",
        level=Level.DISTRICT,
        line="ldtbxh",
        territory=str(DISTRICTS.index(district) + 474),
        superior=ISSUER.code,
        head_title="TRƯỞNG PHÒNG",
    )


A_LUOI = unit("huyện A Lưới")


def line(
    requirement: str = "annual-plan", office: Unit = A_LUOI, state: State = State.OPEN, **changed: Any
) -> ObligationLine:
    """One obligation of dispatch 908 at `AT`; its timeliness follows from the rules unless given."""
    asked = REQUIREMENTS[requirement]
    due = day_end(asked["due"]) if asked["due"] else None
    fields: dict[str, Any] = {
        "cascade_id": CASCADE,
        "key": obligation_key(requirement, office.code),
        "requirement": requirement,
        "unit": office.code,
        "unit_name": office.short_name,
        "level": office.level,
        "issuer": ISSUER.code,
        "issuer_name": ISSUER.short_name,
        "state": state,
        "opened_at": STARTS,
        "acknowledged_at": STARTS + timedelta(hours=9),
        **asked,
        "due": due,
    } | changed
    judged = {name: fields.get(name) for name in ("due", "submitted_at", "suspended_at", "laid_aside")}
    facts = ObligationState.model_validate({"requirement": requirement, "unit": office.code, "state": state} | judged)
    return ObligationLine(**({"timeliness": timeliness(facts, AT)} | fields))


def submitted(requirement: str = "politics-plan", office: Unit = A_LUOI, **changed: Any) -> ObligationLine:
    """An obligation whose answer waits for a decision."""
    answer: dict[str, Any] = {
        "submissions": 1,
        "submitted_at": datetime(2020, 6, 24, 2, 30, tzinfo=UTC),
        "document": plan_document(),
        "files": (PLAN_FILE,),
    }
    return line(requirement, office, **{"state": State.SUBMITTED} | answer | changed)


def returned(requirement: str = "labour-code", office: Unit = A_LUOI, **changed: Any) -> ObligationLine:
    """An obligation whose answer came back."""
    decided = {
        "returned": 1,
        "decided_at": datetime(2020, 7, 29, 7, 15, tzinfo=UTC),
        "comment": "Đề nghị bổ sung số lượt tuyên truyền và địa bàn các xã đã thực hiện.",
    }
    return submitted(requirement, office, **{"state": State.RETURNED} | decided | changed)


def plan_document() -> DocumentRef:
    number = "45/KH-UBND"
    return DocumentRef(number=number, normal=number, date=date(2020, 6, 22), signer="Hồ Văn Ngưm")


def a_luoi_lines() -> tuple[ObligationLine, ...]:
    """Twelve obligations in every state that a unit can see."""
    decided = datetime(2020, 6, 2, 8, 0, tzinfo=UTC)
    in_may = datetime(2020, 5, 28, 8, 40, tzinfo=UTC)
    note = "Tổ chức 06 hội nghị lồng ghép tại các xã Hồng Hạ, A Ngo, Sơn Thủy; 12 tin, bài trên đài truyền thanh."
    activity: dict[str, Any] = {"document": None, "note": note, "files": (PHOTO,)}
    return (
        line("models", state=State.NOT_APPLICABLE, opened_at=None, acknowledged_at=None),
        submitted("annual-plan", state=State.SATISFIED, submitted_at=in_may, decided_at=decided, existing=True),
        submitted("politics-plan", submitted_at=datetime(2020, 7, 3, 2, 30, tzinfo=UTC), submissions=2, returned=1),
        line("action-month-plan", acknowledged_at=None),
        submitted("politics-communication", state=State.ACCEPTED, decided_at=AT, **activity),
        returned("labour-code", **activity),
        line("services", escalations=2),
        line("action-month", acknowledged_at=None),
        line("radio"),
        submitted(
            "training", state=State.ACCEPTED, decided_at=AT, submitted_at=datetime(2020, 10, 6, 2, 30, tzinfo=UTC),
            **activity, men=62, women=88, total=150,
        ),
        line("review-programmes"),
        line("inspection", state=State.UNFULFILLED),
    )  # fmt: skip


def officer_page(*lines: ObligationLine, closed: bool = False) -> OfficerPage:
    """A Lưới's page with these lines, or all twelve."""
    return OfficerPage(
        head=HEAD,
        cascade_id=CASCADE,
        unit=A_LUOI,
        issuer=ISSUER,
        lines=lines or a_luoi_lines(),
        clock=CLOCK,
        closed=closed,
    )


def register_lines() -> tuple[ObligationLine, ...]:
    """Nine districts by twelve requirements, spread over the states the same way in every run."""
    return tuple(
        _spread(requirement, unit(district), (7 * row + 5 * column) % 12)
        for column, requirement in enumerate(REQUIREMENTS)
        for row, district in enumerate(DISTRICTS)
    )


def _spread(requirement: str, office: Unit, fate: int) -> ObligationLine:
    acknowledged = None if office.code.startswith(("478", "482")) else STARTS + timedelta(hours=fate)
    if requirement == "models" and fate < 9:
        return line(requirement, office, State.NOT_APPLICABLE, opened_at=None)
    if requirement == "action-month":
        return line(requirement, office, State.DORMANT, opened_at=None)
    came_in = datetime(2020, 5, 20, 2, 0, tzinfo=UTC) + timedelta(days=13 * fate, hours=fate)
    answer = {"submitted_at": came_in, "submissions": 1 + fate % 2, "acknowledged_at": acknowledged or STARTS}
    if fate < 7:
        state = State.SATISFIED if requirement == "annual-plan" and fate % 3 == 0 else State.ACCEPTED
        return submitted(requirement, office, state=state, decided_at=came_in + timedelta(days=3), **answer)
    if fate == 7:
        return submitted(requirement, office, **answer)
    if fate == 8:
        return returned(requirement, office, **answer)
    return line(requirement, office, acknowledged_at=acknowledged, escalations=fate - 8)


def register_page(*lines: ObligationLine, closed: bool = False) -> RegisterPage:
    """The register of the province's office with these lines, or all of them."""
    return RegisterPage(
        head=HEAD,
        cascade_id=CASCADE,
        issuer=ISSUER,
        reviewer=ISSUER,
        lines=lines or register_lines(),
        waiting_triggers={"provincial-guidance": "Hướng dẫn của tỉnh về Tháng hành động vì bình đẳng giới năm 2020"},
        clock=CLOCK,
        closed=closed,
    )


INTERIM = IssuedReport(
    register_id=CASCADE,
    keeper_name=ISSUER.short_name,
    key="2020-06-14",
    title="Sơ kết 6 tháng đầu năm",
    issued_at=AT,
    as_of=day_end(date(2020, 6, 14)),
    files={f"{ISSUER.code}/2020-06-14/report.{form}": digest * 32 for form, digest in (("docx", "ab"), ("json", "cd"))},
)
"""A report that the register has issued while it runs."""
