"""The summary of a directive from SQL, of the whole or of a branch, as things stand or stood."""

from collections.abc import Collection, Sequence
from contextlib import nullcontext
from datetime import UTC, datetime

from sqlalchemy import Engine, func
from sqlmodel import Session, col, select

from models.event import CascadeClosed, Event, SummaryIssued
from models.plan import DirectiveHead, Period
from models.reported import Before
from models.summary import Summary
from models.tables import CascadeRow, EventRow, SubmissionRow
from rules.calendar import day_end, last_day
from rules.register_tree import RegisterFace
from rules.reportable import NotReportable, UnknownUnit, as_of_period, branch_of, end_of, reported_before
from rules.rollup import stood_before, summarise
from rules.rollup_figures import branch_of_each
from rules.suggestions import did_you_mean
from store.as_of import stood
from store.directives import clock_of, head_of
from store.engine import one_moment, reading
from store.figures import load_figures
from store.lines import directive_lines
from store.outbox import mail_counts
from store.recommendations import recommendations_in
from store.units import divided_units, ended_units, units_in

_CLOSED = CascadeClosed.model_fields["kind"].default
_ISSUED = SummaryIssued.model_fields["kind"].default


def load_summary(
    engine: Engine,
    directive_id: str,
    at: datetime | None = None,
    unit: str | None = None,
    period: Period | None = None,
) -> Summary:
    """The summary as it stood before a business instant (as it stands now if left out), or at the end of the directive
    if that has passed; of the whole, or of the branch of a `unit` that keeps a register. On a `period` it has the data
    up to the end of that, beside those of the period before; the one at the end stands beside the one issued last.

    Raises `NotReportable` where there is no such report, with words for whoever asked for it.
    """
    with reading(engine) as session:
        head = head_of(session, directive_id)
        closed = _closed_at(session, directive_id)
        now = at or clock_of(session, directive_id).business(datetime.now(UTC))
    if at is None and closed:
        now = max(now, closed)  # the clock of another machine may be a little behind
    end = end_of(head, closed)
    wanted = as_of_period(head, period, now) if period else now
    as_of, final = min(wanted, end), wanted >= end
    pinned = not final and (at is not None or period is not None)
    source_of = stood(engine, directive_id, as_of) if pinned else nullcontext(engine)
    with source_of as source, reading(engine) as today, one_moment(source) as session:
        registers, above = _registers(session, today, head, unit)
        ids, branches = {register.id for register in registers}, branch_of_each(registers)
        own = [register_id for register_id, branch in branches.items() if not branch]
        before = _period_before(head, period) if period else _issued_before(today, own, as_of) if final else None
        keepers = units_in(session, {unit or head.issuer, *(register.issuer for register in registers), *above})
        mails = mail_counts(today, directive_id, ids, as_of if pinned else None)
        return summarise(
            head,
            keepers[unit or head.issuer],
            directive_lines(session, directive_id, as_of, ids),
            recommendations=recommendations_in(session, ids),
            as_of=as_of,
            final=final,
            mails_sent=mails.get("sent", 0),
            mails_failed=mails.get("failed", 0),
            ended=ended_units(today, last_day(as_of)),
            divided=divided_units(today),
            above=keepers[above[0]] if above else None,
            period=period,
            registers=registers,
            keepers=keepers,
            first_answers=_first_answers(session, directive_id),
            figures=load_figures(session, directive_id, as_of, branches, ids),
            before=_before(engine, head, unit, *before) if before else None,
        )


def _closed_at(session: Session, directive_id: str) -> datetime | None:
    """When the first register of a directive was closed, perhaps before its time (business time)."""
    query = (
        select(EventRow.at)
        .join(CascadeRow, col(CascadeRow.id) == EventRow.cascade_id)
        .where(CascadeRow.directive_id == directive_id, col(CascadeRow.parent).is_(None), EventRow.kind == _CLOSED)
    )
    return session.exec(query).first()


def _period_before(head: DirectiveHead, period: Period) -> tuple[datetime, Period | None] | None:
    before = reported_before(head, period)
    return (day_end(before.last), before) if before else None


def _issued_before(
    session: Session, registers: Collection[str], as_of: datetime
) -> tuple[datetime, Period | None] | None:
    """Up to when, and on which period, the last report had its data that was issued while these registers ran."""
    query = select(EventRow.body).where(col(EventRow.cascade_id).in_(registers), EventRow.kind == _ISSUED)
    facts = [Event.model_validate_json(body).fact for body in session.exec(query)]
    issued = [
        (fact.as_of, fact.period)
        for fact in facts
        if isinstance(fact, SummaryIssued) and fact.as_of is not None and fact.as_of < as_of
    ]
    return max(issued, key=lambda found: found[0], default=None)


def _before(
    engine: Engine, head: DirectiveHead, unit: str | None, as_of: datetime, period: Period | None
) -> Before | None:
    """How the same registers stood before an instant; nothing where the unit kept none yet."""
    with stood(engine, head.directive_id, as_of) as source, reading(engine) as today, one_moment(source) as session:
        try:
            registers, _ = _registers(session, today, head, unit)
        except NotReportable:
            return None
        ids = {register.id for register in registers}
        lines = directive_lines(session, head.directive_id, as_of, ids)
        figures = load_figures(session, head.directive_id, as_of, {}, ids)
        return stood_before(lines, figures, as_of=as_of, period=period, ended=ended_units(session, last_day(as_of)))


def _registers(
    session: Session, today: Session, head: DirectiveHead, unit: str | None
) -> tuple[Sequence[RegisterFace], Sequence[str]]:
    """The registers that a report is on, with the units that keep those above: as of then, and as they are `today`."""
    registers = _faces(session, head.directive_id)
    if unit is None:
        return registers, ()
    if not units_in(today, [unit]):
        raise UnknownUnit(f"no unit {unit!r}{did_you_mean(unit, {register.issuer for register in registers})}")
    kept_now = {register.id for register in _faces(today, head.directive_id) if register.issuer == unit}
    return branch_of(registers, unit, kept_now)


def _faces(session: Session, directive_id: str) -> list[RegisterFace]:
    columns = col(CascadeRow.id), col(CascadeRow.issuer), col(CascadeRow.parent)
    query = select(*columns).where(CascadeRow.directive_id == directive_id).order_by(*columns[:1])
    return [RegisterFace(*found) for found in session.connection().execute(query)]


def _first_answers(session: Session, directive_id: str) -> dict[tuple[str, str], datetime]:
    """When something was first handed in that was so more than once, by register and obligation."""
    register, key = col(SubmissionRow.cascade_id), col(SubmissionRow.key)
    query = (
        select(register, key, func.min(SubmissionRow.at))
        .join(CascadeRow, col(CascadeRow.id) == register)
        .where(CascadeRow.directive_id == directive_id)
        .group_by(register, key)
        .having(func.count() > 1)
    )
    return {(found[0], found[1]): found[2] for found in session.exec(query)}
