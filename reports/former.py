"""Units as they were before a reorganisation: what stays under their names, and with whom the rest counts now. A report
that crosses the day shows both layouts (DOMAIN section 5)."""

from models.former import FormerUnit
from models.summary import Summary
from reports.debts import named
from reports.draft import Block, headed, listing, paragraphs
from reports.plain import number

_DIVIDED = "Được chia; số liệu không phân bổ"
_WAITS = "Chờ phân công lại"
_HEAD = (
    "TT",
    "Đơn vị trước sắp xếp",
    "Ghi theo tên cũ",
    "Trong đó đã hoàn thành",
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
    return headed(
        2,
        "Đơn vị trước sắp xếp",
        [
            *paragraphs(
                f"Trong thời gian thực hiện, có {number(len(units))} đơn vị chuyển giao nhiệm vụ hoặc kết quả cho đơn "
                "vị khác do sắp xếp tổ chức hoặc phân công lại. Nhiệm vụ đã kết thúc giữ nguyên tên đơn vị cũ; nhiệm "
                "vụ đã chuyển đi được tính tại đơn vị tiếp nhận.",
                "Số nhiệm vụ ghi theo tên cũ đã được tính trong số liệu chung của báo cáo này, không cộng thêm.",
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
    return "; ".join(unit.heirs) or _WAITS


def _row(place: int, unit: FormerUnit) -> tuple[str, ...]:
    return (str(place), unit.name, *_counts(unit), named(unit.heirs) or _WAITS, note(unit))


def _counts(*units: FormerUnit) -> tuple[str, ...]:
    """Of all units together: what is recorded under their names, how much of it was done, what went on."""
    return (
        number(sum(unit.kept for unit in units)),
        number(sum(unit.done for unit in units)),
        number(sum(unit.moved for unit in units)),
    )
