"""A directive into which its supervisor stepped in every way, in the middle of a reorganisation."""

from datetime import date, datetime, timedelta
from typing import Any

from models.document import DocumentRef
from models.obligation import Hands, Inherited, State, Timeliness
from models.register import ObligationLine
from models.summary import Summary
from models.unit import Level
from rules.calendar import day_end
from tests.reports.factory import MIDWAY, STARTS, line, summary

DUE = day_end(date(2020, 5, 29))
BASIS = "Nghị quyết số 1675/NQ-UBTVQH15 về sắp xếp đơn vị hành chính"
A_LUOI, PHU_LOC, NAM_DONG = "Phòng LĐTBXH huyện A Lưới", "Phòng LĐTBXH huyện Phú Lộc", "Phòng LĐTBXH huyện Nam Đông"
PLAN = DocumentRef(
    number="12/KH-UBND", normal="12/KH-UBND", date=date(2020, 5, 4), issuer="Ủy ban nhân dân huyện Nam Đông",
    title="Kế hoạch thực hiện công tác bình đẳng giới năm 2020",
)  # fmt: skip


def hands(until: datetime = MIDWAY, **days: float) -> Hands:
    """The account of a late obligation; what the days do not name is the unit's."""
    named = {name: int(share * 86_400_000_000) for name, share in days.items()}
    whole = (until - STARTS) // timedelta(microseconds=1)
    return Hands(until=until, unit=whole - sum(named.values()), **named)


def of(unit: str, name: str, state: State, **changed: Any) -> ObligationLine:
    ref = changed.pop("ref", "1a")
    due = changed.pop("due", DUE)
    common = {"unit": unit, "unit_name": name, "requirement": ref, "ref": ref, "key": f"{ref}@{unit}", "due": due}
    return line(**common | {"state": state, "promised": due} | changed)


def stepped_in() -> Summary:
    """Late by the document above, the review, an extension and a pause; waived, suspended, transferred, taken over."""
    overdue, late, undated = Timeliness.OVERDUE, Timeliness.LATE, Timeliness.NO_DEADLINE
    extended = day_end(date(2020, 6, 30))
    came_in = datetime(2020, 7, 10, 3, tzinfo=STARTS.tzinfo)
    brought = Inherited(unit="nam-dong", document=PLAN, submitted_at=came_in, accepted=False)
    commune: dict[str, Any] = {
        "level": Level.COMMUNE, "issuer": "phu-loc", "issuer_name": PHU_LOC, "ref": "1a-xã",
    }  # fmt: skip
    return summary(
        of("a-luoi", A_LUOI, State.OPEN, timeliness=overdue, unheeded=True, escalations=3, hands=hands(above=12.25)),
        of(
            "a-luoi", A_LUOI, State.ACCEPTED, ref="1b", timeliness=late, due=extended, promised=DUE, original_due=DUE,
            extensions=1, reason="mưa lũ kéo dài", submissions=2, returned=1, submitted_at=came_in,
            hands=hands(came_in + timedelta(days=6), extension=32, reviewer=9),
        ),
        of("a-luoi", A_LUOI, State.WAIVED, ref="1c", timeliness=undated, reason="không có đối tượng trên địa bàn"),
        of(
            "phu-loc", PHU_LOC, State.SUSPENDED, timeliness=overdue, suspended_at=DUE + timedelta(days=20),
            laid_aside=State.OPEN, reason="chờ hướng dẫn của tỉnh", hands=hands(suspended=88.5),
        ),
        of(
            "phu-loc", PHU_LOC, State.SUSPENDED, ref="1b", timeliness=Timeliness.IN_TIME, due=day_end(date(2020, 9, 1)),
            suspended_at=DUE, reason="chờ hướng dẫn của tỉnh", hands=hands(suspended=108),
        ),
        of("nam-dong", NAM_DONG, State.TRANSFERRED, timeliness=undated, moved_to=("phu-loc",), reason=BASIS),
        of(
            "phu-loc", PHU_LOC, State.OPEN, ref="1c", timeliness=Timeliness.IN_TIME, due=day_end(date(2020, 10, 30)),
            inherited=(brought,), reason=BASIS, hands=hands(),
        ),
        of("loc-an", "UBND xã Lộc An", State.OPEN, timeliness=overdue, hands=hands(above=100), **commune),
        of("loc-bon", "UBND xã Lộc Bổn", State.SUBMITTED, timeliness=late, submissions=1, submitted_at=came_in,
           hands=hands(above=60, reviewer=67), **commune),
        final=False,
    )  # fmt: skip
