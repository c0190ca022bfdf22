"""How the matrix shows one obligation: a short mark, its words and a colour that also differs in grey print."""

from models.base import Wire
from models.obligation import DONE, State, Timeliness
from models.register import ObligationLine
from rules.timeliness import paused


class Mark(Wire):
    """`name` identifies the mark; `short` goes into a cell; colours are `#rrggbb`."""

    name: str
    short: str
    words: str
    ground: str
    ink: str = "#000000"


DONE_IN_TIME = Mark(name="done", short="HT", words="Hoàn thành đúng hạn hoặc không thời hạn", ground="#c6e7c8")
DONE_LATE = Mark(name="late", short="HQ", words="Hoàn thành quá hạn", ground="#ffe699")
WAITING = Mark(name="waiting", short="CX", words="Đã nộp, chờ xác nhận", ground="#cfe2f7")
RETURNED = Mark(name="returned", short="TL", words="Trả lại để bổ sung", ground="#e3d3f2")
RUNNING = Mark(name="running", short="TH", words="Đang thực hiện", ground="#ffffff")
OVERDUE = Mark(name="overdue", short="QH", words="Quá hạn, chưa hoàn thành", ground="#c62828", ink="#ffffff")
UNFULFILLED = Mark(name="unfulfilled", short="KH", words="Không hoàn thành", ground="#8e1b1b", ink="#ffffff")
SUSPENDED = Mark(name="suspended", short="TD", words="Tạm dừng", ground="#d9d9d9")
DORMANT = Mark(name="dormant", short="CP", words="Chưa phát sinh", ground="#eeeeee", ink="#555555")
NOT_APPLICABLE = Mark(name="none", short="–", words="Không áp dụng", ground="#eeeeee", ink="#555555")
WAIVED = Mark(name="waived", short="MT", words="Được miễn thực hiện", ground="#eeeeee", ink="#555555")
WITHDRAWN = Mark(name="withdrawn", short="RT", words="Đã rút", ground="#eeeeee", ink="#555555")
TRANSFERRED = Mark(name="transferred", short="CG", words="Đã chuyển giao", ground="#eeeeee", ink="#555555")

MARKS = (
    DONE_IN_TIME, DONE_LATE, WAITING, RETURNED, RUNNING, OVERDUE, UNFULFILLED, SUSPENDED, DORMANT, NOT_APPLICABLE,
    WAIVED, WITHDRAWN, TRANSFERRED,
)  # fmt: skip
"""In the order of a legend."""

_BY_STATE = {
    State.DORMANT: DORMANT,
    State.NOT_APPLICABLE: NOT_APPLICABLE,
    State.WAIVED: WAIVED,
    State.WITHDRAWN: WITHDRAWN,
    State.TRANSFERRED: TRANSFERRED,
    State.SUBMITTED: WAITING,
    State.UNFULFILLED: UNFULFILLED,
    State.RETURNED: RETURNED,
}


def mark(line: ObligationLine) -> Mark:
    """The mark of a line; an overdue unit that was sent back is overdue first."""
    if paused(line):
        return SUSPENDED
    if line.state in DONE:
        return DONE_LATE if line.timeliness is Timeliness.LATE else DONE_IN_TIME
    if line.state in {State.OPEN, State.RETURNED} and line.timeliness is Timeliness.OVERDUE:
        return OVERDUE
    return _BY_STATE.get(line.state, RUNNING)
