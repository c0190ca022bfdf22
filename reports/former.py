"""Units that have ended: what stays under their names, and with whom the rest counts now. A report that crosses a
reorganisation shows both layouts (DOMAIN section 5); here stands what the tables of units leave out."""

from models.former import FormerUnit
from models.summary import Summary
from reports.debts import named
from reports.draft import Block, headed, listing, paragraphs
from reports.plain import number
from reports.results import done

_DIVIDED = "Được chia; số liệu không phân bổ"
_WAITS = "Chờ phân công lại"
_HEAD = (
    "TT",
    "Đơn vị trước sắp xếp",
    "Ghi theo tên cũ",
    "Đã hoàn thành",
    "Chờ phân công lại",
    "Đã chuyển đi",
    "Đơn vị tiếp nhận",
    "Ghi chú",
)


def former(summary: Summary) -> list[Block]:
    """What the counts mean, then one row per unit, its counts as they were left."""
    units = summary.former_units
    if not units:
        return []
    divided = sum(unit.divided for unit in units)
    waiting = sum(unit.waiting for unit in units)
    return headed(
        2,
        "Đơn vị trước sắp xếp",
        [
            *paragraphs(
                f"Trong thời gian thực hiện, có {number(len(units))} đơn vị kết thúc hoạt động do sắp xếp tổ chức. "
                "Nhiệm vụ đã kết thúc giữ nguyên tên đơn vị cũ; nhiệm vụ đã chuyển đi được tính tại đơn vị tiếp nhận.",
                "Nhiệm vụ ghi theo tên cũ được tính trong số liệu chung, số liệu theo nội dung và theo cấp của báo cáo "
                "này; bảng kết quả theo đơn vị chỉ nêu các đơn vị hiện nay.",
                f"Còn {number(waiting)} nhiệm vụ chờ phân công lại cho đơn vị tiếp nhận." if waiting else "",
                f"Trong các đơn vị nêu trên, có {number(divided)} đơn vị được chia cho nhiều đơn vị; số liệu không "
                "phân bổ cho từng đơn vị tiếp nhận."
                if divided
                else "",
            ),
            *listing(
                "former",
                "Nhiệm vụ theo đơn vị trước sắp xếp",
                _HEAD,
                [_row(place, unit) for place, unit in enumerate(units, 1)],
                ("", "Cộng", *_counts(*units), "", "") if len(units) > 1 else (),
            ),
        ],
    )


def note(unit: FormerUnit) -> str:
    """What has to be known about the figures of a unit before; mostly nothing."""
    return _DIVIDED if unit.divided else ""


def taking_over(unit: FormerUnit) -> str:
    """The names of all that took over; where there is nobody yet, that is said."""
    return "; ".join(unit.heirs) or _nobody(unit)


def _row(place: int, unit: FormerUnit) -> tuple[str, ...]:
    return (str(place), unit.name, *_counts(unit), named(unit.heirs) or _nobody(unit), note(unit))


def _nobody(unit: FormerUnit) -> str:
    return _WAITS if unit.waiting else ""


def _counts(*units: FormerUnit) -> tuple[str, ...]:
    """Of all units together: what is recorded under their names, how much of it is done or waits, and what went on."""
    return (
        number(sum(unit.tally.obligations for unit in units)),
        number(sum(done(unit.tally) for unit in units)),
        number(sum(unit.waiting for unit in units)),
        number(sum(unit.moved for unit in units)),
    )
