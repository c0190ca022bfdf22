"""A history that is not what the register's own code did."""

import re

from temporalio.workflow import NondeterminismError

from texts.language import gettext as _

_MESSAGE = re.compile(r'message: "((?:[^"\\]|\\.)*)"')
_EVENT = re.compile(r"(?:HistoryEvent\(id: |event_id: |event id: )(\d+)")
_LONGEST = 300


class HistoryBroken(Exception):
    """Where a history does not replay: the run, Temporal's number of the event (None: the history as a whole), and why,
    in words. `following`: it is one of those that follow the event."""

    def __init__(self, run_id: str, why: str, event: int | None = None, *, following: bool = False) -> None:
        where = _("lịch sử của lần chạy %(run)s", run=run_id)
        if following:
            where = _("%(history)s, sau sự kiện Temporal số %(event)s", history=where, event=event)
        elif event is not None:
            where = _("%(history)s, sự kiện Temporal số %(event)s", history=where, event=event)
        super().__init__(f"{where}: {why}")
        self.run_id = run_id
        self.why = why
        self.event = event


def explained(run_id: str, failure: Exception, reached: int) -> HistoryBroken:
    """What the SDK says of a failed replay, which came up to an event, in words with its own behind them."""
    told = str(failure)
    found = _MESSAGE.search(told)
    detail = (found[1] if found else told).replace('\\"', '"')[:_LONGEST]
    named = _EVENT.search(told)
    if isinstance(failure, NondeterminismError):
        why = _("diễn biến ghi trong lịch sử khác với việc sổ theo dõi phải làm (%(detail)s)", detail=detail)
    else:
        why = _("không đọc được dữ liệu (%(detail)s)", detail=detail)
    if named:
        return HistoryBroken(run_id, why, int(named[1]))
    return HistoryBroken(run_id, why, reached or None, following=reached > 0)
