"""Which units were chosen for pilots, for which models, and which replicate others (DOMAIN section 9, seed 0)."""

from collections import Counter

from models.summary import SelectedUnit, Summary
from reports.draft import Block, headed, listing, paragraphs
from reports.plain import number


def selections(summary: Summary) -> list[Block]:
    """Counts by model, then every unit chosen."""
    selected = summary.selected
    if not selected:
        return []
    models = Counter(item.choice for item in selected if item.choice)
    by_model = "; ".join(f"{model}: {number(count)} đơn vị" for model, count in models.items())
    copies = sum(bool(item.origin) for item in selected)
    head = ("TT", "Đơn vị được chọn", "Mô hình", "Đơn vị lựa chọn", "Nhân rộng từ")
    return headed(
        2,
        "Lựa chọn đơn vị thực hiện thí điểm",
        [
            *paragraphs(
                f"Đã lựa chọn {number(len({item.unit for item in selected}))} đơn vị thực hiện thí điểm, tương ứng "
                f"{number(len(selected))} lượt chọn theo mô hình; đơn vị không được chọn không phải thực hiện.",
                f"Phân theo mô hình: {by_model}." if by_model else "",
                f"Trong đó có {number(copies)} lượt nhân rộng từ đơn vị đã thực hiện thí điểm." if copies else "",
            ),
            *listing(
                "selected",
                "Đơn vị được chọn thực hiện thí điểm",
                head,
                list(map(_row, range(1, len(selected) + 1), selected)),
            ),
        ],
    )


def _row(place: int, item: SelectedUnit) -> tuple[str, ...]:
    return (str(place), item.name, item.choice, item.selected_by, item.origin)
