"""A register's history, from the server or the archive, replayed: what it proves of the chain."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from audit.archive.archive import Archive
from audit.histories.broken import HistoryBroken
from audit.histories.chained import before as run_before
from audit.histories.chained import joined
from audit.histories.replayed import Replayed
from audit.histories.runs import Run
from audit.verify.archived import Archived
from audit.verify.finding import Finding, Part, Tampering, Unchecked, finding
from audit.verify.proof import Anchor, Proof
from audit.verify.server import Server
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
    wrong with it. `joined`: what the server has, after runs that only the archive has. `reach` is the last event that
    the register had for certain when this was read first."""

    replayed: Replayed | None = None
    live: bool = False
    joined: bool = False
    broken: Finding | None = None
    reach: int = 0

    @property
    def last(self) -> int:
        """The last event that it tells of."""
        done = self.replayed
        return max((event.seq for event in done.events), default=done.after) if done else 0


async def told_by(cascade_id: str, live: Sequence[Run], archive: Archive, archived: Archived, replay: Replay) -> Told:
    """What the runs say that the server has (`live`), after those of the archive that they continue; what the archive
    says, where the server has none."""
    try:
        alone = bool(live) and not run_before(live[0])
        runs = live if alone else joined(live, archive.runs_that_are_whole(archived.listed))
        if not runs:
            return Told()
        done = await replay(runs)
    except HistoryBroken as error:
        row, kind = _("lần chạy %(run)s", run=error.run_id), Tampering.HISTORY_EDITED
        return Told(live=bool(live), broken=finding(Part.HISTORY, cascade_id, row, kind, found=error.why))
    told = Told(done, bool(live), bool(live) and len(runs) > len(live))
    return replace(told, reach=told.last)


async def caught_up(ask: Callable[[], Awaitable[Told]], before: Told, last: int) -> Told:
    """The same history once it tells of a register's last event, which may have come since it was read. `ask` reads it
    anew; where the server has gone meanwhile, what it said before stands."""
    told = before
    for _attempt in range(_ASKED_AGAIN if before.live and before.replayed else 0):
        if told.last >= last or told.replayed is None:
            break
        latest = await ask()
        if not latest.live:
            break
        told = latest
        if told.last < last:
            await asyncio.sleep(_PAUSE_SECONDS)
    return replace(told, reach=before.reach)


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
        archived=archived.events,
        anchors=tuple(heads),
        reach=reach,
    )


def beyond(
    cascade_id: str, told: Told, newest: Event | None, server: Server, archived: Archived
) -> Finding | Unchecked | None:
    """What to say of events that a register has and its history does not (`newest` is the last of them): that they are
    forged, or about to be noted, or that the history goes on where it cannot be had."""
    done = told.replayed
    if done is None or newest is None or newest.seq <= told.last:
        return None
    if not told.live and archived.manifest is None:  # the archive has ended runs of a register that goes on
        why = _("kho lưu trữ chỉ có lịch sử Temporal đến hết sự kiện số %(seq)s", seq=told.last)
        return Unchecked(part=Part.HISTORY, cascade_id=cascade_id, why=_without(server, why))
    recorded = newest.recorded_at
    if told.live and not done.closed and recorded and datetime.now(UTC) - recorded < _ABOUT_TO_BE_NOTED:
        why = _("máy chủ Temporal chưa kịp ghi các sự kiện sau số %(seq)s, hãy kiểm tra lại sau", seq=told.last)
        return Unchecked(part=Part.HISTORY, cascade_id=cascade_id, why=why)
    if done.interrupted and not done.closed:
        why = _("một lần ghi bị ngắt giữa chừng, sổ sẽ nhận lại các sự kiện sau số %(seq)s", seq=told.last)
        return Unchecked(part=Part.HISTORY, cascade_id=cascade_id, why=why)
    row = _("sự kiện số %(seq)s", seq=told.last + 1)
    ends = _("lịch sử dừng ở sự kiện số %(seq)s", seq=told.last)
    inserted, seq = Tampering.INSERTED, told.last + 1
    return finding(Part.CHAIN, cascade_id, row, inserted, expected=ends, found=newest.seq, seq=seq)


def taken_over(cascade_id: str, told: Told) -> Finding | None:
    """The first event that the register took over from the record as left there by an interrupted try (decision 0018),
    while its history knows of no interruption: somebody may have put it there."""
    untraced = told.replayed.untraced if told.replayed else frozenset()
    if not untraced:
        return None
    seq = min(untraced)
    row = _("sự kiện số %(seq)s", seq=seq)
    expected = _("sự kiện mà lịch sử ghi trước khi vào bảng")
    found = _("sự kiện lấy lại từ bảng, không thấy lần ghi nào bị ngắt")
    inserted, count = Tampering.INSERTED, len(untraced)
    return finding(Part.HISTORY, cascade_id, row, inserted, expected=expected, found=found, seq=seq, count=count)


def not_proven(cascade_id: str, told: Told, server: Server, archived: Archived) -> Unchecked | None:
    """What of a register no history proves, and why."""
    done = told.replayed
    if done is not None and not done.after:
        return None
    if done is not None:
        why = _("không còn lịch sử Temporal đến hết sự kiện số %(seq)s", seq=done.after)
    elif told.broken is not None:
        return None
    elif archived.listed is not None and not archived.histories:
        why = _("lịch sử Temporal trong kho lưu trữ không còn nguyên vẹn")
    else:
        why = _("kho lưu trữ không có lịch sử Temporal của sổ này")
    return Unchecked(part=Part.HISTORY, cascade_id=cascade_id, why=_without(server, why))


def _without(server: Server, why: str) -> str:
    """Why something is lacking, after what became of asking the server for it."""
    if server.away:
        return f"{server.away}; {why}"
    if not server.asked:
        return _("không hỏi máy chủ Temporal; %(why)s", why=why)
    return _("máy chủ Temporal không còn lịch sử; %(why)s", why=why)
