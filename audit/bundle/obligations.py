"""How the obligations of a directive stand, for people (a table), for programs, and for the printed index."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from models.bundle import IndexLine
from models.delay import Delay
from models.register import ObligationLine
from rules.delay import explained, in_days, late_days, shares_in_words
from rules.standing import state_words, title
from rules.words import LEVELS, TIMELINESS, due_day, stamp

HEAD = (
    "Sổ của",
    "Mã đơn vị",
    "Đơn vị",
    "Cấp",
    "Mục",
    "Nội dung",
    "Mã nhiệm vụ",
    "Vai trò",
    "Tình trạng",
    "Thời hạn được đánh giá",
    "Thời hạn",
    "Thời hạn ban đầu",
    "Số lần lùi hạn",
    "Phát sinh lúc",
    "Xác nhận đã nhận lúc",
    "Nộp lúc",
    "Kết luận lúc",
    "Số lần nộp",
    "Số lần trả lại",
    "Chậm (ngày làm việc)",
    "Chậm so với thời hạn ban đầu",
    "Thời gian ở từng khâu",
    "Văn bản",
    "Tệp",
    "Lý do, ý kiến",
)
Cell = str | int | float | None


@dataclass(frozen=True)
class Judged:
    """A line with what explains its delay: working days after the due date that holds and after the first one, and in
    whose hands its time was, as far as that is known."""

    line: ObligationLine
    late_days: int
    first_late_days: int
    delay: Delay | None


def judged(line: ObligationLine, as_of: datetime) -> Judged:
    """A line as it stands at a business instant."""
    return Judged(line, *late_days(line, as_of), explained(line, as_of))


def cells(found: Judged) -> tuple[Cell, ...]:
    """A row under `HEAD`, in the language that is spoken."""
    line, delay = found.line, found.delay
    times = (line.opened_at, line.acknowledged_at, line.submitted_at, line.decided_at)
    opened, acknowledged, submitted, decided = (stamp(at) if at else "" for at in times)
    return (
        line.issuer_name,
        line.unit,
        line.unit_name,
        LEVELS[line.level],
        line.ref,
        title(line),
        line.key,
        "phối hợp" if line.coordinating else "chủ trì",
        state_words(line),
        TIMELINESS[line.timeliness],
        due_day(line.due),
        due_day(line.original_due or line.due),
        line.extensions,
        opened,
        acknowledged,
        submitted,
        decided,
        line.submissions,
        line.returned,
        found.late_days or None,
        found.first_late_days or None,
        shares_in_words(delay.held) if delay else "",
        line.document.number if line.document else "",
        "; ".join(file.name for file in line.files),
        "; ".join(filter(None, (line.reason, line.comment))),
    )


def described(found: Judged) -> dict[str, Any]:
    """For other programs: the line, and what explains its delay."""
    late = {
        "late_days": found.late_days,
        "first_late_days": found.first_late_days,
        "held_days": in_days(found.delay.held) if found.delay else {},
    }
    return found.line.model_dump(mode="json") | late


def index_line(found: Judged) -> IndexLine:
    """For the printed index, in the language that is spoken."""
    line, delay = found.line, found.delay
    return IndexLine(
        keeper=line.issuer_name,
        unit=line.unit_name,
        title=" ".join(filter(None, (f"{line.ref}." if line.ref else "", title(line)))),
        due=due_day(line.due),
        state=state_words(line),
        submitted=stamp(line.submitted_at) if line.submitted_at else "",
        late_days=found.late_days,
        first_late_days=found.first_late_days,
        held=shares_in_words(delay.held) if delay else "",
    )
