"""One obligation of A Lưới for every kind of requirement, empty and answered, and recommendations in every status."""

from datetime import UTC, date, datetime
from typing import Any

from models.answer import AttendanceRow, HeldEvent, Selected
from models.document import DocumentRef
from models.indicator import Comparator, Figure, Indicator, IndicatorKind
from models.obligation import Outcome, State, obligation_key
from models.plan import Advised, Period, ReportStage, RequirementKind, Reviewer, Window
from models.recommendation import OBSTACLE, Raised, Recommendation, RecommendationStatus
from models.register import ObligationLine
from models.unit import Unit
from rules.calendar import day_end, day_start
from tests.web import samples

DISTRICT = Reviewer(unit="481-ubnd", name="UBND huyện A Lưới")
COMMUNES = {
    "20044-ubnd": "UBND xã Hồng Thủy", "20047-ubnd": "UBND xã A Ngo", "20050-ubnd": "UBND xã Đông Sơn",
    "20053-ubnd": "UBND xã Hồng Vân", "20056-ubnd": "UBND thị trấn A Lưới",
}  # fmt: skip
GROUPS = {"jobs": "Lao động, việc làm", "loans": "Vay vốn khởi nghiệp", "violence": "Bạo lực gia đình"}
INDICATORS = (
    Indicator(
        key="trained", title="Số lượt người được tập huấn", kind=IndicatorKind.NUMBER, unit="lượt", target=100,
        by_sex=True,
    ),
    Indicator(
        key="leaders", code="1.1", title="Tỷ lệ cơ quan có lãnh đạo chủ chốt là nữ", kind=IndicatorKind.PERCENT,
        unit="%", comparator=Comparator.AT_LEAST, target=60,
    ),
    Indicator(key="shelter", title="Có nhà tạm lánh hoạt động", kind=IndicatorKind.YES_NO),
)  # fmt: skip
KINDS: dict[str, dict[str, Any]] = {
    "advised-plan": {
        "kind": RequirementKind.PLAN, "title": "Kế hoạch Tháng hành động vì bình đẳng giới năm 2020",
        "due": day_end(date(2020, 10, 30)), "advised": Advised(name="UBND huyện A Lưới", symbol="UBND"),
    },
    "year-report": {
        "kind": RequirementKind.REPORT, "stage": ReportStage.FINAL, "title": "Báo cáo tổng kết",
        "due": day_start(date(2020, 12, 18), datetime(2020, 1, 1, 17).time()), "reviewers": (DISTRICT,),  # noqa: DTZ001
        "period": Period(label="năm 2020", first=date(2019, 12, 15), last=date(2020, 12, 14)),
        "indicators": INDICATORS,
    },
    "draft-guidance": {
        "kind": RequirementKind.CONSULTATION, "title": "Góp ý dự thảo hướng dẫn xây dựng mô hình",
        "due": day_end(date(2020, 11, 6)), "outcomes": (Outcome.TAKEN_ON_BOARD, Outcome.EXPLAINED),
    },
    "pilot-communes": {
        "kind": RequirementKind.SELECTION, "title": "Lựa chọn xã xây dựng mô hình thí điểm",
        "due": day_end(date(2020, 11, 13)), "candidates": COMMUNES,
    },
    "pilot-models": {
        "kind": RequirementKind.SELECTION, "title": "Lựa chọn xã theo từng mô hình", "candidates": COMMUNES,
        "due": day_end(date(2020, 11, 13)), "choices": {"address": "Địa chỉ tin cậy", "club": "Câu lạc bộ"},
    },
    "questions": {
        "kind": RequirementKind.RECOMMENDATIONS, "title": "Tổng hợp kiến nghị trước đối thoại", "groups": GROUPS,
        "due": day_end(date(2020, 11, 20)),
    },
    "dialogue": {
        "kind": RequirementKind.EVENT, "title": "Tổ chức đối thoại chính sách", "attendance": True,
        "due": day_end(date(2020, 11, 30)), "window": Window(first=date(2020, 11, 1), last=date(2020, 11, 30)),
        "candidates": {"481-hlhpn": "Hội LHPN huyện A Lưới"},
    },
}  # fmt: skip
ANSWERS: dict[str, dict[str, Any]] = {
    "advised-plan": {
        "document": DocumentRef(
            number="45/KH-UBND", normal="45/KH-UBND", date=date(2020, 10, 22), issuer="UBND huyện A Lưới"
        ),
        "proposal": DocumentRef(number="12/TTr-LĐTBXH", normal="12/TTr-LĐTBXH", date=date(2020, 10, 15)),
        "files": (samples.PLAN_FILE,),
    },
    "year-report": {
        "files": (samples.PLAN_FILE,),
        "figures": {
            "trained": Figure(value=1250, men=500, women=750),
            "leaders": Figure(numerator=12, denominator=18),
            "shelter": Figure(yes=False),
        },
    },
    "draft-guidance": {"note": "Đề nghị làm rõ định mức kinh phí hỗ trợ mô hình."},
    "pilot-communes": {"selected": (Selected(unit="20047-ubnd"), Selected(unit="20053-ubnd"))},
    "pilot-models": {"selected": (Selected(unit="20047-ubnd", choice="club"),)},
    "questions": {
        "recommendations": (
            Raised(group="jobs", text="Mở lớp đào tạo nghề tại xã Hồng Thủy", by="Hội LHPN xã Hồng Thủy"),
            Raised(group="loans", text="Nâng mức vay khởi nghiệp"),
        )
    },
    "dialogue": {
        "held": HeldEvent(
            name="Đối thoại chính sách cấp huyện", date=date(2020, 11, 17), place="Hội trường UBND huyện",
            with_units=("481-hlhpn",),
        ),
        "attended": (AttendanceRow(role="Cán bộ cấp xã", total=40),),
        "total": 150,
        "note": "Trả lời 12 kiến nghị tại chỗ.",
    },
}  # fmt: skip


def line(name: str, office: Unit = samples.A_LUOI, state: State = State.OPEN, **changed: Any) -> ObligationLine:
    """An obligation of one of the kinds above, not yet answered."""
    key = obligation_key(name, office.code)
    fields = {"ref": "", "due_phrase": "", "key": key}
    made = samples.line("radio", office, state, **fields | KINDS[name] | changed)
    return made.model_copy(update={"requirement": name})


def answered(
    name: str, office: Unit = samples.A_LUOI, state: State = State.SUBMITTED, **changed: Any
) -> ObligationLine:
    """The same with the answer above."""
    answer = {"submissions": 1, "submitted_at": datetime(2020, 10, 26, 2, 30, tzinfo=UTC), **ANSWERS[name]}
    return line(name, office, state, **answer | changed)


def recommendation(
    number: int = 1, status: RecommendationStatus = RecommendationStatus.RAISED, **changed: Any
) -> Recommendation:
    """One recommendation of A Lưới's."""
    key = obligation_key("questions", samples.A_LUOI.code)
    values: dict[str, Any] = {
        "id": f"{key}/1.{number}",
        "obligation": key,
        "unit": samples.A_LUOI.code,
        "group": "jobs",
        "text": "Mở lớp đào tạo nghề cho lao động nữ tại xã Hồng Thủy",
        "by": "Hội LHPN xã Hồng Thủy",
        "status": status,
        "raised_at": datetime(2020, 10, 26, 2, 30, tzinfo=UTC),
    }
    return Recommendation(**values | changed)


def referred(number: int = 2, body: str = "46-snv", **changed: Any) -> Recommendation:
    """One that was referred to a body, which was to reply by 27/10/2020 (the day before `samples.AT`)."""
    handled = {"body": body, "reply_by": date(2020, 10, 27), "handled_at": datetime(2020, 10, 26, 7, tzinfo=UTC)}
    return recommendation(number, RecommendationStatus.REFERRED, **handled | changed)


def obstacle(status: RecommendationStatus = RecommendationStatus.RAISED, **changed: Any) -> Recommendation:
    """What stands in the way of A Lưới's training."""
    key = obligation_key("training", samples.A_LUOI.code)
    text = "Chưa bố trí được kinh phí tập huấn"
    values = {"id": f"{key}/0.45", "obligation": key, "group": OBSTACLE, "text": text, "by": ""}
    return recommendation(1, status, **values | changed)
