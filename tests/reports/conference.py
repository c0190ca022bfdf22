"""A summary of a directive without number that asks for everything: the conclusions of a conference (DOMAIN section 9,
seed 0), with events, recommendations and indicators as in seeds 3 and 4."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from functools import cache
from typing import Any

from models.answer import AttendanceRow, HeldEvent, Selected
from models.document import DocumentRef, Purpose, Recipient
from models.indicator import Comparator, Direction, Figure, Indicator, IndicatorKind, Trust
from models.obligation import Outcome, State, Timeliness
from models.plan import DirectiveHead, Period, RequirementKind, Reviewer
from models.recommendation import Raised, Recommendation, RecommendationStatus
from models.register import ObligationLine
from models.summary import Summary
from models.unit import Level, Unit
from rules.calendar import day_end, day_start
from tests.reports.factory import line, summary

STARTS = day_start(date(2012, 5, 8))
CLOSING = day_end(date(2012, 12, 31))
AS_OF = datetime(2012, 10, 1, 2, tzinfo=UTC)
MINISTRY = Unit(
    code="00-ldtbxh",
    name="Bộ Lao động - Thương binh và Xã hội",
    short_name="Bộ LĐTBXH",
    level=Level.MINISTRY,
    line="ldtbxh",
    territory="00",
    symbol="BLĐTBXH",
    place="Hà Nội",
    head_title="BỘ TRƯỞNG",
)
HEAD = DirectiveHead(
    directive_id="00-ldtbxh-2012-05-08",
    label="Kết luận hội nghị ngày 08/05/2012",
    document=DocumentRef(
        number="",
        normal="",
        date=date(2012, 5, 8),
        issuer=MINISTRY.name,
        title="triển khai Chương trình Quốc gia về bình đẳng giới giai đoạn 2011-2015 tại các tỉnh khu vực phía Bắc",
    ),
    type="Kết luận hội nghị",
    place="Hà Nội",
    issuer=MINISTRY.code,
    programme="Chương trình Quốc gia về bình đẳng giới giai đoạn 2011-2015",
    basis=(
        DocumentRef(
            number="1241/QĐ-TTg",
            normal="1241/QĐ-TTg",
            date=date(2011, 7, 22),
            issuer="Thủ tướng Chính phủ",
            title="phê duyệt Chương trình Quốc gia về bình đẳng giới giai đoạn 2011-2015",
        ),
    ),
    recipients=(
        Recipient(name="UBND các tỉnh khu vực phía Bắc", purpose=Purpose.ACTION),
        Recipient(name="Thủ tướng Chính phủ", purpose=Purpose.REPORT),
        Recipient(name="Trung ương Hội LHPN Việt Nam", purpose=Purpose.COORDINATION),
        Recipient(name="Lưu: VT, BĐG"),
    ),
    contact="Vụ Bình đẳng giới",
    starts=STARTS,
    closing=CLOSING,
)

DRAFTS = {
    "d1": "Dự thảo hướng dẫn mô hình hỗ trợ phụ nữ tạo việc làm, khởi sự và phát triển doanh nghiệp",
    "d2": "Dự thảo hướng dẫn mô hình dịch vụ tư vấn, hỗ trợ thực hiện hoạt động bình đẳng giới",
    "d3": "Dự thảo hướng dẫn mô hình ngăn ngừa và giảm thiểu tác hại của bạo lực trên cơ sở giới",
}
MODELS = {"work": "Hỗ trợ phụ nữ khởi sự doanh nghiệp", "violence": "Ngăn ngừa bạo lực trên cơ sở giới"}
GROUPS = {"jobs": "Đào tạo nghề, việc làm", "loans": "Vay vốn khởi nghiệp", "violence": "Bạo lực gia đình"}
PROVINCES = ("Lào Cai", "Yên Bái", "Phú Thọ", "Hòa Bình", "Thái Bình")
SEX_RATIO = Indicator(
    key="ratio", code="4.1", title="Tỷ số giới tính khi sinh", kind=IndicatorKind.NUMBER, unit="bé trai/100 bé gái",
    direction=Direction.DOWN, comparator=Comparator.AT_MOST, target=113, trust=Trust.MEMORY,
)  # fmt: skip
WOMEN_LED = Indicator(
    key="led", code="1.1", title="Cơ quan có lãnh đạo chủ chốt là nữ", kind=IndicatorKind.PERCENT, unit="%", target=60
)
TRAINED = Indicator(
    key="trained", title="Số lượt người được tập huấn", kind=IndicatorKind.NUMBER, unit="lượt người", target=1000,
    by_sex=True, parts=("officers", "others"),
)  # fmt: skip
OFFICERS = Indicator(
    key="officers", title="cán bộ làm công tác bình đẳng giới", kind=IndicatorKind.NUMBER, unit="lượt người"
)
OTHERS = Indicator(key="others", title="cộng tác viên, báo cáo viên", kind=IndicatorKind.NUMBER, unit="lượt người")
COLUMN = Indicator(key="column", code="6.4", title="Có chuyên mục trên đài tỉnh", kind=IndicatorKind.YES_NO, target=1)


@cache
def conference() -> Summary:
    """Five provinces and one coordinating body, with every kind of requirement, in the middle of its life."""
    return summary(
        *_lines(),
        head=HEAD,
        issuer=MINISTRY,
        final=False,
        as_of=AS_OF,
        mails=(84, 0),
        recommendations=tuple(_recommendations()),
    )


def department(place: int) -> dict[str, Any]:
    """What all lines of one province have in common."""
    return {
        "unit": f"{place + 1:02d}-ldtbxh",
        "unit_name": f"Sở Lao động - Thương binh và Xã hội tỉnh {PROVINCES[place]}",
        "level": Level.PROVINCE,
        "issuer": MINISTRY.code,
        "issuer_name": MINISTRY.name,
        "opened_at": STARTS,
        "acknowledged_at": STARTS + timedelta(days=1),
    }


def _done(when: date, due: date | None = None, state: State = State.ACCEPTED) -> dict[str, Any]:
    came_in = day_start(when) + timedelta(hours=9)
    in_time = due is None or came_in < day_end(due)
    timing = Timeliness.NO_DEADLINE if due is None else Timeliness.ON_TIME if in_time else Timeliness.LATE
    return {
        "state": state,
        "submissions": 1,
        "submitted_at": came_in,
        "decided_at": came_in + timedelta(days=1),
        "timeliness": timing,
        "due": day_end(due) if due else None,
    }


def _owing(due: date) -> dict[str, Any]:
    behind = day_end(due) <= AS_OF
    return {"due": day_end(due), "timeliness": Timeliness.OVERDUE if behind else Timeliness.IN_TIME}


def _of(requirement: str, kind: RequirementKind, title: str, place: int, **changed: Any) -> ObligationLine:
    common = department(place)
    return line(
        **common
        | {
            "key": f"{requirement}@{common['unit']}",
            "requirement": requirement,
            "ref": "",
            "title": title,
            "kind": kind,
        }
        | changed
    )


def _lines() -> Iterator[ObligationLine]:
    for place in range(len(PROVINCES)):
        yield from _comments(place)
        yield from _pilots(place)
        yield from _events(place)
        yield from _monthly(place)
        yield from _collected(place)
    yield from _coordinators()


def _comments(place: int) -> Iterator[ObligationLine]:
    due = date(2012, 6, 15)
    fates: tuple[dict[str, Any], ...] = (
        _done(date(2012, 6, 10), due) | {"outcome": Outcome.TAKEN_ON_BOARD},
        _done(date(2012, 6, 14), due) | {"outcome": Outcome.EXPLAINED},
        _done(date(2012, 6, 12), due) | {"no_comment": True},
        _owing(due),
        _done(date(2012, 6, 20), due, State.SUBMITTED),
    )
    for number, (key, title) in enumerate(DRAFTS.items(), 1):
        fate = fates[(place + number) % len(fates)]
        yield _of(key, RequirementKind.CONSULTATION, title, place, ref=f"1.{number}", **fate)


def _pilots(place: int) -> Iterator[ObligationLine]:
    candidates = {f"{place}-{n}": f"Ủy ban nhân dân xã số {n}, tỉnh {PROVINCES[place]}" for n in range(4)}
    selected = (
        Selected(unit=f"{place}-0", choice="work"),
        Selected(unit=f"{place}-1", choice="violence", origin="0-1" if place else ""),
    )
    due = date(2012, 7, 31)
    fate = _done(date(2012, 7, 20), due) | {"selected": selected} if place < 3 else _owing(due)
    title = "Lựa chọn xã thực hiện thí điểm các mô hình"
    yield _of("pilots", RequirementKind.SELECTION, title, place, ref="2", candidates=candidates, choices=MODELS, **fate)
    outcomes = (Outcome.ACCEPTED, Outcome.MERGED, Outcome.REJECTED)
    put = _done(date(2012, 8, 1)) | {"outcome": outcomes[place]} if place < 3 else {}
    title = "Đề xuất chương trình phù hợp với địa phương"
    yield _of("proposal", RequirementKind.PLAN, title, place, ref="3", outcomes=outcomes, **put)


def _events(place: int) -> Iterator[ObligationLine]:
    due = date(2012, 9, 28)
    rows = (
        AttendanceRow(role="Cán bộ cấp huyện", men=20, women=30, total=50),
        AttendanceRow(role="Cộng tác viên cấp xã", men=30, women=70, total=100),
    )
    together = HeldEvent(
        name="Tập huấn kỹ năng tuyên truyền", date=date(2012, 9, 14), place="Lào Cai", with_units=("02-ldtbxh",)
    )
    fates: tuple[dict[str, Any], ...] = (
        _done(date(2012, 9, 17), due) | {"held": together, "attended": rows, "men": 50, "women": 100, "total": 150},
        _done(date(2012, 9, 17), due, State.SATISFIED)
        | {"held": together, "total": 140, "submitted_at": AS_OF - timedelta(days=9), "shared_from": "event@01-ldtbxh"},
        _done(date(2012, 9, 20), due)
        | {"held": HeldEvent(name="Tập huấn cộng tác viên", date=date(2012, 9, 18)), "total": 150},
        {"state": State.WITHDRAWN},
        _owing(due),
    )  # fmt: skip
    title = "Tập huấn cho đội ngũ cộng tác viên, báo cáo viên, phóng viên, biên tập viên"
    yield _of("event", RequirementKind.EVENT, title, place, ref="4", attendance=True, **fates[place])


def _monthly(place: int) -> Iterator[ObligationLine]:
    asked = (WOMEN_LED, TRAINED, OFFICERS, OTHERS, SEX_RATIO, COLUMN)
    for month in (7, 8, 9, 10):
        due = date(2012, month, 25)
        period = Period(label=f"tháng {month}/2012", first=date(2012, month - 1, 15), last=date(2012, month, 14))
        figures = {
            "led": Figure(numerator=30 + 5 * place, denominator=60 + place),
            "trained": Figure(value=200, men=80, women=120),
            "officers": Figure(value=50),
            "others": Figure(value=150 if place else 140),
            "ratio": Figure(value=111 + place),
            "column": Figure(yes=place != 2),
        }
        fate = _done(date(2012, month, 20 + 2 * place), due) | {"figures": figures} if month < 10 and place < 4 else {}
        yield _of(
            f"monthly.2012-{month:02d}", RequirementKind.REPORT, "Báo cáo tình hình thực hiện", place, ref="5",
            series="monthly", period=period, due_phrase="trước ngày 26 hằng tháng",
            indicators=asked if month == 9 else (),
            reviewers=(Reviewer(unit=f"{place}-ubnd", name=f"Ủy ban nhân dân tỉnh {PROVINCES[place]}"),),
            **(fate or _owing(due)),
        )  # fmt: skip


def _collected(place: int) -> Iterator[ObligationLine]:
    raised = (Raised(group="jobs", text="Mở thêm lớp đào tạo nghề cho phụ nữ nông thôn"),)
    fate = _done(date(2012, 8, 10)) | {"recommendations": raised} if place < 4 else {}
    title = "Tổng hợp kiến nghị của cơ sở"
    yield _of("collected", RequirementKind.RECOMMENDATIONS, title, place, ref="6", groups=GROUPS, **fate)


def _coordinators() -> Iterator[ObligationLine]:
    union = {"unit": "00-hlhpn", "unit_name": "Trung ương Hội Liên hiệp Phụ nữ Việt Nam", "coordinating": True}
    for key, title, fate in (
        ("campaign", "Phối hợp chiến dịch truyền thông", _done(date(2012, 9, 1))),
        ("guide", "Phối hợp xây dựng hướng dẫn", _owing(date(2012, 9, 15))),
    ):
        yield _of(key, RequirementKind.ACTIVITY, title, 0, **union | fate)


def _recommendations() -> Iterator[Recommendation]:
    status = RecommendationStatus
    for number, (group, state, body, reply_by) in enumerate(
        (
            ("jobs", status.ANSWERED, "", None),
            ("jobs", status.TAKEN_ON_BOARD, "", None),
            ("loans", status.REFERRED, "Ngân hàng Chính sách xã hội", date(2012, 9, 15)),
            ("loans", status.REFERRED, "Bộ Tài chính", date(2012, 12, 1)),
            ("loans", status.REPLIED, "Bộ Tài chính", date(2012, 9, 1)),
            ("other", status.RAISED, "", None),
        )
    ):
        unit = department(number % 4)["unit"]
        yield Recommendation(
            id=f"collected@{unit}/1.{number}",
            obligation=f"collected@{unit}",
            unit=unit,
            group=group,
            text=f"Kiến nghị thứ {number + 1} của cơ sở",
            by="Hội Phụ nữ xã",
            status=state,
            raised_at=day_start(date(2012, 8, 10)),
            body=body,
            reply_by=reply_by,
        )
