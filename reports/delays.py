"""Why obligations are late: in whose hands their time was, by level and by unit (DOMAIN section 3)."""

from collections.abc import Iterable

from models.delay import DelayTally
from models.obligation import Shares
from models.summary import Summary
from reports.draft import Block, headed, listing, paragraphs
from reports.pictures import picture
from reports.plain import number, percent_of_days
from rules.delay import in_days, whole_days
from rules.figures import figure
from rules.words import HANDS

_FIGURES = (
    "Nhiệm vụ chậm",
    "Ngày làm việc chậm",
    "Tổng số ngày",
    "Cấp trên",
    "Đơn vị",
    "Lùi, giãn",
    "Xác nhận",
    "Tạm dừng",
)


def delays(summary: Summary) -> list[Block]:
    """A sentence with the shares of all, a table by level, and one of the units, the latest first."""
    found = summary.delays
    if found.overall is None:
        return []
    units = sorted(found.units, key=lambda unit: -unit.late_days)
    return headed(
        2,
        "Nguyên nhân chậm",
        [
            *paragraphs(
                f"Thời gian của {number(found.overall.obligations)} nhiệm vụ chậm được tính từ khi phát sinh đến khi "
                "hoàn thành, hoặc đến thời điểm báo cáo, và chia theo nơi giữ việc; số ngày ở từng nơi cộng lại bằng "
                "tổng số ngày (làm tròn đến 0,1 ngày).",
                f"Tổng số {figure(whole_days(found.overall.held))} ngày, gồm: {_shares(found.overall.held)}.",
            ),
            *picture(summary, "delays"),
            *_table("Nhiệm vụ chậm theo cấp và nơi giữ việc (ngày)", "Cấp", found.levels, found.overall),
            *_table("Nhiệm vụ chậm theo đơn vị và nơi giữ việc (ngày)", "Đơn vị", units, found.overall),
        ],
    )


def _shares(held: Shares) -> str:
    """Each share in days, and what part of the whole it is."""
    whole = whole_days(held)
    return "; ".join(
        f"{HANDS[name].lower()} {figure(days)} ngày ({percent_of_days(days, whole)})"
        for name, days in in_days(held).items()
    )


def _table(caption: str, head: str, tallies: Iterable[DelayTally], overall: DelayTally) -> list[Block]:
    rows = [(item.name, *_figures(item)) for item in tallies]
    total = ("Cộng", *_figures(overall)) if len(rows) > 1 else ()
    return listing("delays", caption, (head, *_FIGURES), rows, total)


def _figures(item: DelayTally) -> tuple[str, ...]:
    days = in_days(item.held)
    return (
        number(item.obligations),
        number(item.late_days),
        figure(whole_days(item.held)),
        *(figure(days.get(name, 0)) for name in HANDS),
    )
