"""A register's history, from the server or the archive, replayed: what it proves of the chain."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from audit.archive.archive import Archive
from audit.histories.broken import HistoryBroken
from audit.histories.replayed import Replayed
from audit.histories.runs import Histories, Run
from audit.verify.archived import Archived
from audit.verify.finding import Finding, Part, Tampering, Unchecked, finding
from audit.verify.proof import Anchor, Proof
from models.event import Event
from texts.language import gettext as _

Replay = Callable[[Sequence[Run]], Awaitable[Replayed]]
_ASKED_AGAIN = 5
_PAUSE_SECONDS = 1.0
_ABOUT_TO_BE_NOTED = timedelta(minutes=10)
"""So long an event may be on record of which the server does not know yet: a worker that died in between records it
again when it is back."""


@dataclass(frozen=True)
class Told:
    """What a register's history says, replayed (None: there is none, or it is broken), where it comes from, and what is
    wrong with it. `reach` is the last event that the register had for certain when this was read first."""

    replayed: Replayed | None = None
    live: bool = False
    broken: Finding | None = None
    reach: int = 0

    @property
    def last(self) -> int:
        """The last event that it tells of."""
        done = self.replayed
        return max((event.seq for event in done.events), default=done.after) if done else 0


async def from_server(cascade_id: str, live: Histories | None, replay: Replay) -> Told:
    """What the server says of a register now. Raises `Unreachable`."""
    runs = await live.runs(cascade_id) if live else ()
    return await _told(cascade_id, runs, replay, live=True) if runs else Told()


async def from_archive(cascade_id: str, archive: Archive, archived: Archived, replay: Replay) -> Told:
    """What the archive says, where the server has forgotten it."""
    runs = archive.runs_that_are_whole(archived.manifest) if archived.manifest and archived.histories else ()
    return await _told(cascade_id, runs, replay, live=False) if runs else Told()


async def caught_up(cascade_id: str, live: Histories | None, replay: Replay, before: Told, last: int) -> Told:
    """The same history once it tells of a register's last event, which may have come since it was read."""
    told = before
    for _attempt in range(_ASKED_AGAIN if before.live and before.replayed else 0):
        if told.last >= last or told.replayed is None:
            break
        told = await from_server(cascade_id, live, replay)
        if told.last < last:
            await asyncio.sleep(_PAUSE_SECONDS)
    return Told(told.replayed, told.live, told.broken, before.reach)


def proof(told: Told, archived: Archived, anchors: Sequence[Anchor], last: int) -> Proof:
    """What all there is proves of a register whose last event has the number `last`."""
    done, heads = told.replayed, list(anchors)
    if archived.manifest and archived.events:
        manifest = archived.manifest
        heads.append(Anchor(manifest.last_seq, manifest.chain_head, Part.ARCHIVE, _("danh mục lưu trữ")))
    reach = max(told.reach, len(archived.events))
    if done is None:
        return Proof(archived.first_plan, archived=archived.events, anchors=tuple(heads), reach=reach)
    heads += (
        Anchor(seq, hash_, Part.HISTORY, _("lịch sử Temporal"))
        for seq, hash_ in done.heads.items()
        if 0 < seq <= max(last, reach)
    )
    return Proof(
        first_plan=archived.first_plan if done.after else done.first_plan,
        events={event.seq: event for event in done.events},
        loose=done.tried_again,
        archived=archived.events,
        anchors=tuple(heads),
        reach=reach,
    )


def beyond(cascade_id: str, told: Told, newest: Event | None) -> Finding | Unchecked | None:
    """What to say of events that a register has and its history does not (`newest` is the last of them): that they are
    forged, or about to be noted."""
    done = told.replayed
    if done is None or newest is None or newest.seq <= told.last:
        return None
    recorded = newest.recorded_at
    if told.live and not done.closed and recorded and datetime.now(UTC) - recorded < _ABOUT_TO_BE_NOTED:
        why = _("máy chủ Temporal chưa kịp ghi các sự kiện sau số %(seq)s, hãy kiểm tra lại sau", seq=told.last)
        return Unchecked(part=Part.HISTORY, cascade_id=cascade_id, why=why)
    row = _("sự kiện số %(seq)s", seq=told.last + 1)
    ends = _("lịch sử dừng ở sự kiện số %(seq)s", seq=told.last)
    inserted, seq = Tampering.INSERTED, told.last + 1
    return finding(Part.CHAIN, cascade_id, row, inserted, expected=ends, found=newest.seq, seq=seq)


def not_proven(cascade_id: str, told: Told, live: Histories | None, archived: Archived) -> Unchecked | None:
    """What of a register no history proves, and why."""
    done = told.replayed
    if done is not None and not done.after:
        return None
    if done is not None:
        why = _("không còn lịch sử Temporal đến hết sự kiện số %(seq)s", seq=done.after)
    elif told.broken is not None:
        return None
    elif archived.manifest is not None and not archived.histories:
        why = _("lịch sử Temporal trong kho lưu trữ không còn nguyên vẹn")
    elif live is None:
        why = _("không hỏi máy chủ Temporal, và kho lưu trữ không có lịch sử của sổ này")
    else:
        why = _("máy chủ Temporal không còn lịch sử, và kho lưu trữ cũng không có")
    return Unchecked(part=Part.HISTORY, cascade_id=cascade_id, why=why)


async def _told(cascade_id: str, runs: Sequence[Run], replay: Replay, *, live: bool) -> Told:
    try:
        done = await replay(runs)
    except HistoryBroken as error:
        row, kind = _("lần chạy %(run)s", run=error.run_id), Tampering.HISTORY_EDITED
        return Told(live=live, broken=finding(Part.HISTORY, cascade_id, row, kind, found=error.why))
    told = Told(done, live)
    return Told(done, live, reach=told.last)
