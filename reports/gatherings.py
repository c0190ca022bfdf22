"""What was held, each event once, and who took part (DOMAIN section 9, seeds 3 and 4)."""

from models.summary import Attendance, HeldOnce, Summary
from reports.debts import named
from reports.draft import Block, headed, listing, paragraphs
from reports.plain import number, percent, share
from rules.words import day


def gatherings(summary: Summary) -> list[Block]:
    """Participants of all that was held, then the events one by one."""
    events = summary.events
    counted = f"Đã tổ chức {number(len(events))} sự kiện; sự kiện do nhiều đơn vị cùng báo cáo chỉ tính một lần."
    rows = [_row(place, event) for place, event in enumerate(events, 1)]
    head = ("TT", "Sự kiện", "Ngày tổ chức", "Đơn vị tổ chức", "Số người tham gia")
    body = [
        *paragraphs(*attendance(summary.attendance), counted if events else ""),
        *listing("events", "Sự kiện đã tổ chức", head, rows),
    ]
    return headed(2, "Hoạt động, sự kiện và người tham gia", body)


def attendance(figures: Attendance) -> list[str]:
    """Sums with the split by sex, and what is missing of it: a total without the split enters no sex figures."""
    if not figures.events:
        return []
    split = figures.men + figures.women
    sexes = (
        f", trong đó nam {number(figures.men)} lượt người ({percent(figures.men, split)}), nữ {number(figures.women)} "
        f"lượt người ({percent(figures.women, split)})"
    )
    base = f" tính trên {number(split)} lượt người có số liệu tách biệt giới" if figures.without_split else ""
    texts = [
        f"Đã tổ chức {number(figures.events)} hoạt động có số liệu người tham gia, với {number(figures.total)} lượt "
        f"người{sexes + base if split else ''}."
    ]
    if figures.roles:
        roles = "; ".join(f"{row.role}: {people(row.total, row.men, row.women)}" for row in figures.roles)
        texts.append(f"Phân theo thành phần tham gia: {roles}.")
    if figures.without_split:
        texts.append(
            f"Có {share(figures.without_split, figures.events, 'hoạt động')} chỉ báo cáo tổng số người tham gia, chưa "
            "tách nam, nữ; vì vậy số liệu tách biệt giới chưa đầy đủ."
        )
    return texts


def people(total: int | None, men: int | None, women: int | None) -> str:
    """`150 (nam 60, nữ 90)`, as far as it is known."""
    if total is None:
        return "chưa có số liệu"
    return number(total) if men is None or women is None else f"{number(total)} (nam {number(men)}, nữ {number(women)})"


def _row(place: int, event: HeldOnce) -> tuple[str, ...]:
    where = f"{event.name} ({event.place})" if event.place else event.name
    return (str(place), where, day(event.date), named(event.hosts), people(event.total, event.men, event.women))
