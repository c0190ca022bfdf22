"""Units that only take part: whether they answered, apart from every tally (DOMAIN section 3: one lead)."""

from models.obligation import NOT_ASKED
from models.summary import Summary
from reports import findings
from reports.debts import item
from reports.draft import Block, headed, listing, paragraphs
from reports.plain import number, share
from rules.rollup_tally import answered


def coordination(summary: Summary) -> list[Block]:
    """One row per coordinating unit."""
    lines = [line for line in summary.coordinating if line.state not in NOT_ASKED]
    units = findings.by_unit(lines)
    rows = []
    for place, found in enumerate(units.values(), 1):
        spoke = [line for line in found if answered(line)]
        missing = "; ".join(item(line) for line in found if not answered(line))
        rows.append((str(place), found[0].unit_name, f"{len(spoke)}/{len(found)}", missing or "Đã có kết quả"))
    intro = (
        f"Có {number(len(units))} đơn vị phối hợp, đã có kết quả của "
        f"{share(sum(map(answered, lines)), len(lines), 'lượt nội dung đề nghị phối hợp')}; số liệu này không tính vào "
        "các số liệu nêu trên."
        if units
        else ""
    )
    head = ("TT", "Đơn vị phối hợp", "Đã có kết quả", "Nội dung chưa có kết quả")
    return headed(2, "Đơn vị phối hợp", [*paragraphs(intro), *listing("debts", "Đơn vị phối hợp", head, rows)])
