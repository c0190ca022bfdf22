"""Makes summaries for tests: a realistic one for dispatch 908, and small ones at the edges."""

from collections.abc import Collection, Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from functools import cache
from typing import Any

from models.document import DocumentRef, Purpose, Recipient, Signer
from models.obligation import DONE, State, Timeliness
from models.plan import DirectiveHead, RequirementKind
from models.recommendation import Recommendation
from models.register import ObligationLine
from models.summary import Summary
from models.unit import Level, Unit
from rules.calendar import day_end, day_start
from rules.rollup import summarise
from tests.reports.places import COMMUNES

STARTS = day_start(date(2020, 4, 14))
CLOSING = day_end(date(2020, 12, 31))
MIDWAY = datetime(2020, 9, 15, 10, 30, tzinfo=UTC)

ISSUER = Unit(
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
    directive_id="908",
    label="908/SLĐTBXH-BĐG",
    document=DocumentRef(
        number="908/SLĐT BXH-BĐG",
        normal="908/SLĐTBXH-BĐG",
        date=date(2020, 4, 14),
        issuer="Sở Lao động - Thương binh và Xã hội tỉnh Thừa Thiên Huế",
        title="hướng dẫn hoạt động bình đẳng giới năm 2020",
    ),
    type="Công văn",
    place="Thừa Thiên Huế",
    issuer=ISSUER.code,
    signer=Signer(prefix="KT. GIÁM ĐỐC", title="PHÓ GIÁM ĐỐC", name="Phan Minh Nguyệt"),
    basis=(
        DocumentRef(
            number="25/KH-UBND",
            normal="25/KH-UBND",
            date=date(2020, 2, 12),
            issuer="Ủy ban nhân dân tỉnh Thừa Thiên Huế",
            title="thực hiện công tác bình đẳng giới và vì sự tiến bộ của phụ nữ tỉnh Thừa Thiên Huế năm 2020",
        ),
        DocumentRef(
            number="458/LĐTBXH-BĐG",
            normal="458/LĐTBXH-BĐG",
            date=date(2020, 2, 12),
            issuer="Bộ Lao động - Thương binh và Xã hội",
            title="hướng dẫn triển khai công tác bình đẳng giới năm 2020",
        ),
    ),
    recipients=(
        Recipient(name="Như trên"),
        Recipient(name="Giám đốc", purpose=Purpose.REPORT),
        Recipient(name="Lưu: VT, BĐG"),
    ),
    contact="Phòng Bảo vệ, chăm sóc trẻ em và Bình đẳng giới, Sở LĐTBXH tỉnh Thừa Thiên Huế",
    starts=STARTS,
    closing=CLOSING,
)

_FORMS = {
    "own": "Hội nghị tổng kết chuyên đề",
    "combined": "Kết hợp với hội nghị tổng kết khác",
    "report": "Tổng kết thông qua báo cáo",
}
_FOR_DISTRICTS: tuple[tuple[str, str, RequirementKind, date | None, str], ...] = (
    ("1a", "Kế hoạch thực hiện công tác bình đẳng giới và vì sự tiến bộ của phụ nữ năm 2020",
     RequirementKind.PLAN, date(2020, 5, 29), "chậm nhất ngày 29/5/2020"),
    ("1b", "Kế hoạch truyền thông về bình đẳng giới trong lĩnh vực chính trị",
     RequirementKind.PLAN, date(2020, 6, 30), "trước ngày 01/7/2020"),
    ("1c", "Kế hoạch Tháng hành động vì bình đẳng giới và phòng chống bạo lực trên cơ sở giới năm 2020",
     RequirementKind.PLAN, date(2020, 10, 30), "chậm nhất ngày 30/10/2020"),
    ("2a", "Tuyên truyền chính sách, pháp luật về bình đẳng giới, trọng tâm là lĩnh vực chính trị",
     RequirementKind.ACTIVITY, date(2020, 7, 31), "chậm nhất ngày 31/7/2020"),
    ("2d", "Tuyên truyền Tháng hành động; lễ phát động điểm hoặc hình thức thay thế phù hợp",
     RequirementKind.ACTIVITY, date(2020, 12, 15), "từ ngày 15/11/2020 đến ngày 15/12/2020"),
    ("2đ", "Phối hợp đài truyền thanh cấp huyện tuyên truyền về bình đẳng giới",
     RequirementKind.ACTIVITY, None, "thường xuyên"),
    ("3a", "Hội nghị, hội thảo, tập huấn kiến thức, kỹ năng về giới và bình đẳng giới",
     RequirementKind.ACTIVITY, date(2020, 9, 30), "chậm nhất ngày 30/9/2020"),
    ("3b", "Tổng kết Chiến lược 2011-2020, Chương trình hành động 2016-2020 và Đề án phòng ngừa bạo lực 2016-2020",
     RequirementKind.REPORT, date(2020, 11, 30), "chậm nhất ngày 30/11/2020"),
    ("4", "Duy trì, triển khai các mô hình thúc đẩy bình đẳng giới được hỗ trợ kinh phí",
     RequirementKind.REPORT, date(2020, 11, 30), "chậm nhất ngày 30/11/2020"),
)  # fmt: skip
_FOR_COMMUNES: tuple[tuple[str, str, RequirementKind, date | None, str], ...] = (
    ("1a-xã", "Kế hoạch của xã, phường, thị trấn về công tác bình đẳng giới năm 2020",
     RequirementKind.PLAN, date(2020, 8, 14), "chậm nhất ngày 14/8/2020"),
    ("3b-xã", "Báo cáo kết quả công tác bình đẳng giới năm 2020 của xã, phường, thị trấn",
     RequirementKind.REPORT, date(2020, 11, 13), "chậm nhất ngày 13/11/2020"),
)  # fmt: skip


def line(**changed: Any) -> ObligationLine:
    """One obligation, open and without deadline unless told otherwise."""
    values: dict[str, Any] = {
        "cascade_id": "908",
        "key": "1a@u1",
        "requirement": "1a",
        "ref": "1a",
        "title": "Kế hoạch năm 2020",
        "kind": RequirementKind.PLAN,
        "unit": "u1",
        "unit_name": "Phòng LĐTBXH huyện Phú Lộc",
        "level": Level.DISTRICT,
        "issuer": ISSUER.code,
        "issuer_name": ISSUER.name,
        "state": State.OPEN,
        "timeliness": Timeliness.NO_DEADLINE,
        "opened_at": STARTS,
    }
    return ObligationLine(**values | changed)


def summary(
    *lines: ObligationLine, final: bool = True, as_of: datetime | None = None, issuer: Unit = ISSUER,
    head: DirectiveHead = HEAD, mails: tuple[int, int] = (0, 0), recommendations: Sequence[Recommendation] = (),
    ended: Collection[str] = (), divided: Collection[str] = (),
) -> Summary:  # fmt: skip
    """Rolled up by the rules, as in production; `mails` are (sent, failed), `ended` and `divided` codes of units."""
    return summarise(
        head,
        issuer,
        lines,
        as_of=as_of or (CLOSING if final else MIDWAY),
        final=final,
        mails_sent=mails[0],
        mails_failed=mails[1],
        recommendations=recommendations,
        ended=ended,
        divided=divided,
    )


@cache
def dispatch_908(*, final: bool = True) -> Summary:
    """9 districts and 133 communes, with every state and timeliness that occurs by then."""
    as_of = CLOSING if final else MIDWAY
    return summary(*_lines(as_of, final=final), final=final, mails=(1834, 3))


def _lines(as_of: datetime, *, final: bool) -> Iterator[ObligationLine]:
    count = 0
    for number, (district, communes) in enumerate(COMMUNES.items(), 1):
        office = (f"{number}-ldtbxh", f"Phòng Lao động - Thương binh và Xã hội {district}")
        for asked in _FOR_DISTRICTS:
            count += 1
            skipped = asked[0] == "4" and number % 4
            yield _answered(
                asked, office, (ISSUER.code, ISSUER.name), Level.DISTRICT, count, as_of, final, bool(skipped)
            )
        for place, commune in enumerate(communes.split(", ")):
            unit = (f"{number}-{place}-ubnd", f"Ủy ban nhân dân {_kind(district, place)} {commune}")
            for asked in _FOR_COMMUNES:
                count += 1
                yield _answered(asked, unit, office, Level.COMMUNE, count, as_of, final, False)


def _kind(district: str, place: int) -> str:
    if district.startswith("thành phố"):
        return "phường"
    return "thị trấn" if place == 0 and district.startswith("huyện") else "xã"


def _answered(
    asked: tuple[str, str, RequirementKind, date | None, str], unit: tuple[str, str], issuer: tuple[str, str],
    level: Level, seed: int, as_of: datetime, final: bool, skipped: bool,
) -> ObligationLine:  # fmt: skip
    ref, title, kind, last, phrase = asked
    due = day_end(last) if last else None
    fate = 99 if unit[0].endswith("-7-ubnd") else (seed * 7919) % 100  # a spread that is the same in every run
    common = {
        "key": f"{ref}@{unit[0]}", "requirement": ref, "ref": ref, "title": title, "kind": kind, "unit": unit[0],
        "unit_name": unit[1], "issuer": issuer[0], "issuer_name": issuer[1], "level": level, "due": due,
        "due_phrase": phrase, "attendance": ref in {"2d", "3a"}, "choices": _FORMS if ref == "3b" else {},
        "acknowledged_at": STARTS + timedelta(hours=fate) if fate < 95 else None,
    }  # fmt: skip
    if skipped:
        return line(**common, state=State.NOT_APPLICABLE, opened_at=None)
    if ref == "2d" and not final:
        return line(**common, state=State.DORMANT, opened_at=None)
    came_in = (due or CLOSING) + timedelta(days=fate - 78)
    if came_in > as_of or fate >= 92:
        return line(**common, **_unanswered(due, as_of, final=final), escalations=int(fate >= 96))
    state = State.SUBMITTED if fate >= 88 else State.SATISFIED if ref == "1a" and fate % 5 == 0 else State.ACCEPTED
    late = due is not None and came_in >= due
    timing = Timeliness.LATE if late else Timeliness.ON_TIME if due else Timeliness.NO_DEADLINE
    document = DocumentRef(
        number=f"{seed}/KH-UBND", normal=f"{seed}/KH-UBND", date=came_in.date(), issuer=unit[1], title=title
    )
    women = 20 + fate if fate % 3 else None
    held = {"men": women and 30, "women": women, "total": (women or 70) + 30} if ref in {"2d", "3a"} else {}
    return line(
        **common, **held, state=state, timeliness=timing, submissions=1 + fate % 2, submitted_at=came_in,
        decided_at=came_in + timedelta(days=2) if state in DONE else None, returned=fate % 2,
        document=document if kind is not RequirementKind.ACTIVITY else None,
        choice=("own", "combined", "report")[fate % 3] if ref == "3b" else "",
    )  # fmt: skip


def _unanswered(due: datetime | None, as_of: datetime, *, final: bool) -> dict[str, Any]:
    if final:
        return {
            "state": State.UNFULFILLED,
            "timeliness": Timeliness.OVERDUE if due else Timeliness.NO_DEADLINE,
        }
    timing = Timeliness.NO_DEADLINE if due is None else Timeliness.OVERDUE if due <= as_of else Timeliness.IN_TIME
    return {"state": State.OPEN, "timeliness": timing}
