"""What papers are made of: a submission with its place in the chain, what a unit is pressed for, and the head of a
directive that is closed."""

from datetime import UTC, datetime

from sqlalchemy import Engine
from sqlmodel import Session, col, select

from models.chase_letter import ChaseLetter
from models.event import Event, TakenOver
from models.holder import Arrangement
from models.link import Link
from models.plan import DirectiveHead
from models.receipt import SubmissionReceipt
from models.reporting import IssuedReport
from models.tables import DirectiveRow, EventRow, HolderRow, SubmissionRow
from rules.chain import GENESIS
from rules.chasing import is_pressed_on_paper
from store.directives import FixedParts, clock_of, head_of
from store.engine import reading
from store.lines import cascade_lines
from store.reporting import issued_reports
from store.units import units_in


class PaperData:
    """Reads for papers on SQL. Each raises `Unreachable` when the database is away."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._fixed = FixedParts()

    def receipt(self, link: Link, obligation: str) -> SubmissionReceipt | None:
        """What the receipt for the latest submission of an obligation of the link's unit says; None without one."""
        with reading(self._engine) as session:
            query = select(SubmissionRow).where(
                SubmissionRow.cascade_id == link.cascade_id,
                SubmissionRow.key == obligation,
                SubmissionRow.unit == link.unit,
            )
            latest = session.exec(query.order_by(col(SubmissionRow.number).desc())).first()
            return self._receipt(session, link, latest) if latest else None

    def chase_letter(self, cascade_id: str, keeper: str, unit: str) -> ChaseLetter | None:
        """What a letter that presses a unit says now, from the unit that keeps the register; None for others, and where
        there is nothing to press for."""
        with reading(self._engine) as session:
            plan, head = self._fixed.of(session, cascade_id)
            now = clock_of(session, plan.directive_id).business(datetime.now(UTC))
            lines = cascade_lines(session, plan, now, unit=unit)
            pressed = tuple(line for line in lines if is_pressed_on_paper(line, plan.issuer, now))
            if plan.issuer != keeper or not pressed:
                return None
            units = units_in(session, {plan.issuer, unit})
            return ChaseLetter(head=head, issuer=units[plan.issuer], unit=units[unit], lines=pressed, at=now)

    def closed_directive(self, link: Link) -> DirectiveHead | None:
        """The head of the link's directive, for the unit that issued it and once all its registers are closed."""
        with reading(self._engine) as session:
            row = session.get_one(DirectiveRow, link.directive_id)
            return head_of(session, row.id) if row.closed_at and row.issuer == link.unit else None

    def issued_report(self, link: Link, key: str) -> IssuedReport | None:
        """A report that the link's register has issued, for the unit that keeps that; None for others."""
        with reading(self._engine) as session:
            plan, _ = self._fixed.of(session, link.cascade_id)
            found = issued_reports(session, plan.directive_id, plan.cascade_id) if plan.issuer == link.unit else ()
            return next((report for report in found if report.key == key), None)

    def _receipt(self, session: Session, link: Link, latest: SubmissionRow) -> SubmissionReceipt:
        plan, head = self._fixed.of(session, link.cascade_id)
        recorded = session.get_one(EventRow, (link.cascade_id, latest.seq))
        before = session.get(EventRow, (link.cascade_id, latest.seq - 1))
        event = Event.model_validate_json(recorded.body)
        now = clock_of(session, link.directive_id).business(datetime.now(UTC))
        (line,) = cascade_lines(session, plan, now, keys=[latest.key])
        units = units_in(session, {plan.issuer, link.unit})
        holder = session.get(HolderRow, (link.cascade_id, link.unit, event.actor.holder))
        return SubmissionReceipt.model_validate(
            {
                "head": head,
                "issuer": units[plan.issuer],
                "unit": units[link.unit],
                "line": line,
                "submission": latest.number,
                "answer": latest.answer,
                "received_at": latest.at,
                "actor": event.actor,
                "arrangement": Arrangement(holder.arrangement) if holder and holder.arrangement else None,
                "taken_from": event.fact.number if isinstance(event.fact, TakenOver) else "",
                "cascade_id": link.cascade_id,
                "seq": latest.seq,
                "event_hash": recorded.hash,
                "previous_hash": before.hash if before else GENESIS,
                "printed_at": now,
            }
        )
