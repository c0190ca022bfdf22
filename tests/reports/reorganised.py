"""A directive that crosses 01/7/2025: units that were renamed, merged, divided and dissolved while it ran."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

from models.obligation import State, Timeliness
from models.register import ObligationLine
from models.summary import Summary
from models.unit import Level
from rules.calendar import day_end, day_start
from tests.reports.factory import ISSUER, line, summary

STARTS = day_start(date(2025, 4, 14))
DUE = day_end(date(2025, 5, 30))
LATER = day_end(date(2025, 11, 28))
AS_OF = datetime(2025, 9, 15, 2, tzinfo=UTC)

LOC_DIEN, OLD_LOC_AN = "Ủy ban nhân dân xã Lộc Điền", "Ủy ban nhân dân xã Lộc An (trước 01/7/2025)"
DAU_TIENG, NEW_DAU_TIENG = "Ủy ban nhân dân thị trấn Dầu Tiếng", "Ủy ban nhân dân xã Dầu Tiếng"
HUONG_VAN, GIO_LINH = "Ủy ban nhân dân phường Hương Văn", "Phòng LĐTBXH huyện Gio Linh"
LOC_AN, HUONG_TRA, KIM_TRA = (
    "Ủy ban nhân dân xã Lộc An", "Ủy ban nhân dân phường Hương Trà", "Ủy ban nhân dân phường Kim Trà",
)  # fmt: skip


def reorganised() -> Summary:
    """Two communes merged, one renamed, one divided between two, a district dissolved whose matters wait."""
    return summary(
        _done("20143", LOC_DIEN, moved_to=("20140n",)),
        _gone("20143", LOC_DIEN, "20140n"),
        _done("20140", OLD_LOC_AN, moved_to=("20140n",)),
        _gone("20140", OLD_LOC_AN, "20140n"),
        _of("20140", OLD_LOC_AN, "1c", state=State.WAIVED),
        _gone("25777", DAU_TIENG, "25777n"),
        _done("20011", HUONG_VAN, moved_to=("19996", "19997")),
        _gone("20011", HUONG_VAN, "19996"),
        _gone("466", GIO_LINH, level=Level.DISTRICT),
        _of("466", GIO_LINH, "1b", level=Level.DISTRICT, cascade_id="908-upper", state=State.SUSPENDED),
        _open("20140n", LOC_AN),
        _open("25777n", NEW_DAU_TIENG),
        _open("19996", HUONG_TRA),
        _of("19997", KIM_TRA, "1a", state=State.ACCEPTED, due=DUE, timeliness=Timeliness.ON_TIME, submissions=1),
        final=False,
        as_of=AS_OF,
        ended={"20143", "20140", "25777", "20011", "466"},
        divided={"20011"},
    )


def _of(unit: str, name: str, ref: str, **changed: Any) -> ObligationLine:
    common = {
        "unit": unit, "unit_name": name, "level": Level.COMMUNE, "requirement": ref, "ref": ref,
        "key": f"{ref}@{unit}", "opened_at": STARTS, "issuer": ISSUER.code, "issuer_name": ISSUER.name,
    }  # fmt: skip
    return line(**common | changed)


def _done(unit: str, name: str, *, moved_to: tuple[str, ...]) -> ObligationLine:
    """Done before the day: it stays under the old name, and is evidence for whoever took over."""
    came_in = DUE - timedelta(days=9)
    return _of(
        unit, name, "1a", state=State.ACCEPTED, due=DUE, timeliness=Timeliness.ON_TIME, submissions=1,
        submitted_at=came_in, decided_at=came_in + timedelta(days=2), moved_to=moved_to,
    )  # fmt: skip


def _gone(unit: str, name: str, *moved_to: str, level: Level = Level.COMMUNE) -> ObligationLine:
    """Open on the day: it went on to others, or waits where nobody has taken it over."""
    return _of(unit, name, "1b", state=State.TRANSFERRED, moved_to=moved_to, level=level)


def _open(unit: str, name: str) -> ObligationLine:
    return _of(unit, name, "1b", due=LATER, timeliness=Timeliness.IN_TIME)
