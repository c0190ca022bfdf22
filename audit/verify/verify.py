"""Verifies the record: register by register, each against all that proves it."""

import asyncio
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from audit.verify.chains import check_journal, read
from audit.verify.directive import check_directive
from audit.verify.finding import Finding, Looked, Part, Report, Tampering, Unchecked, finding
from audit.verify.register import Heads, Register, compare, gathered, look_beside, reports_missing, result
from audit.verify.server import Server
from audit.verify.sheets import check_sheets
from audit.verify.sources import Progress, Sources
from models.journal import INSTALLATION
from store.rebuild import Folding
from store.snapshot import Snapshot, closings
from texts.language import gettext as _
from texts.language import ngettext


async def verify(sources: Sources, progress: Progress, directive_ids: Sequence[str] | None = None) -> Report:
    """Verify some directives, or everything there is, also the installation's journal and the daily sheets. What is
    recorded meanwhile is no finding. Where the Temporal server does not answer (any more), everything is verified that
    needs it not. Raises `Unreachable` where database or a disk is away."""
    rows = await asyncio.to_thread(sources.snapshots.journal)
    installation = read(rows)
    values = [entry.value for entry in installation]
    heads, wrong, sheets = await asyncio.to_thread(check_sheets, sources.sheets, values)
    findings = check_journal(INSTALLATION, rows, installation, (), heads.get((INSTALLATION, True), ()))
    report = Report(findings=(*findings, *wrong), looked=Looked(entries=len(installation), anchors=sheets))
    chosen = await asyncio.to_thread(sources.snapshots.directives) if directive_ids is None else directive_ids
    groups = [(each, group) for each in chosen for group in await asyncio.to_thread(sources.snapshots.groups, each)]
    server = Server(sources.live)
    of, done = sum(len(group) for _, group in groups), 0
    folding = await asyncio.to_thread(sources.folding)
    for directive_id, group in groups:
        progress(done, of)
        report = report.plus(await _group(sources, server, folding, directive_id, group, heads))
        done += len(group)
    progress(done, of)
    if directive_ids is None:
        report = report.plus(Report(findings=tuple(_gone(heads, {each for _, group in groups for each in group}))))
    return report.plus(Report(notes=_notes(report, server), away=server.away))


async def _group(
    sources: Sources, server: Server, folding: Folding, directive_id: str, group: Sequence[str], heads: Heads
) -> Report:
    """Some registers that belong together. Histories are read first: what they tell of is on record by then."""
    live = {each: await server.runs(each) for each in group}
    moment = await asyncio.to_thread(sources.snapshots.take, directive_id, group)
    registers = [await gathered(sources, server, each, moment.registers[each], live[each], heads) for each in group]
    await asyncio.to_thread(_compare, sources, folding, moment, registers)
    report = Report()
    for register in registers:
        report = report.plus(result(register))
    return report


def _compare(sources: Sources, folding: Folding, moment: Snapshot, registers: Sequence[Register]) -> None:
    """Compare tables, files and what one register says of another, and note what is found with each."""
    for register in registers:
        first = register.rows.cascade["parent"] is None
        if first:
            register.findings += check_directive(moment, register.rows.cascade, register.archived.directive)
        register.findings += look_beside(sources, register, [moment.directive["head"]] if first else [])
        if (missing := reports_missing(sources, register)) is not None:
            register.unchecked.append(missing)
        register.findings += _below(moment, register)
    origins = {register.cascade_id: register.origin() for register in registers}
    whole = [origin for origin in origins.values() if origin is not None]
    why = _("các sự kiện của sổ không đọc được đầy đủ, nên không lập lại được bảng")
    if len(whole) == len(registers):
        try:
            folded = folding.fold(moment.directive, whole)
        except Exception as error:  # noqa: BLE001 - events that were tampered with fit no plan; the rest is still said
            why = _("các sự kiện của sổ không khớp nhau, nên không lập lại được bảng (%(error)s)", error=repr(error))
        else:
            for register in registers:
                register.findings += compare(register, folded[register.cascade_id])
            return
    for register in registers:
        register.unchecked.append(Unchecked(part=Part.TABLE, cascade_id=register.cascade_id, why=why))


def _below(moment: Snapshot, register: Register) -> Iterator[Finding]:
    """Registers below whose chains are other than this one says: it noted the last event of each when that closed."""
    noted = closings(moment.directive["id"], register.rows.events)
    for (cascade_id, seq), (above, expected) in sorted(noted.items()):
        found = moment.below.get((cascade_id, seq))
        if found != expected:
            kind = Tampering.RE_HASHED if found else Tampering.TRUNCATED
            row = _(
                "sự kiện số %(seq)s, theo sự kiện số %(above)s của %(register)s",
                seq=seq,
                above=above,
                register=register.cascade_id,
            )
            yield finding(Part.ANCHOR, cascade_id, row, kind, expected=expected, found=found, seq=seq)


def _gone(heads: Heads, known: set[str]) -> Iterable[Finding]:
    """Registers that a daily sheet names and that are not there any more."""
    for chain in sorted({chain for chain, _journal in heads} - known - {INSTALLATION}):
        anchor: Any = next(iter(heads.get((chain, False), ()) or heads[chain, True]))
        yield finding(Part.ANCHOR, chain, anchor.where, Tampering.DELETED, expected=anchor.hash, seq=anchor.seq)


def _notes(report: Report, server: Server) -> tuple[str, ...]:
    """What stood in for what, and why."""
    notes = [server.away] if server.away else []
    if count := report.looked.archived:
        about = {"registers": ngettext("%(num)s sổ", "%(num)s sổ", count), "why": _why(server)}
        notes.append(_("lịch sử của %(registers)s lấy từ kho lưu trữ vì %(why)s", **about))
    if count := report.looked.joined:
        about = {"registers": ngettext("%(num)s sổ", "%(num)s sổ", count), "why": _("máy chủ Temporal không còn giữ")}
        notes.append(_("các lần chạy đầu của %(registers)s lấy từ kho lưu trữ vì %(why)s", **about))
    return tuple(notes)


def _why(server: Server) -> str:
    if server.away:
        return _("máy chủ Temporal không trả lời")
    return _("máy chủ Temporal không còn giữ") if server.asked else _("không hỏi máy chủ Temporal")
