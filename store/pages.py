"""What the pages show, read in one go."""

from datetime import UTC, datetime

from sqlalchemy import Engine
from sqlmodel import Session, select

from models.command import Answer
from models.document import FileRef
from models.event import DocumentRegistered, Event
from models.link import Link, Purpose
from models.pages import OfficerPage, RegisterPage
from models.tables import CascadeRow, EventRow, SubmissionRow
from rules.ledger import awaited
from store.directives import FixedParts, clock_of
from store.engine import reading
from store.lines import cascade_lines
from store.links import find_link
from store.units import units_in


class Pages:
    """Reads for the pages on SQL."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._fixed = FixedParts()

    def link(self, token: str) -> Link | None:
        """The link a token stands for, revoked and expired ones too."""
        with reading(self._engine) as session:
            return find_link(session, token)

    def officer_page(self, link: Link) -> OfficerPage:
        """All obligations of the holder's unit in one register."""
        with reading(self._engine) as session:
            plan, head = self._fixed.of(session, link.cascade_id)
            clock = clock_of(session, link.directive_id)
            units = units_in(session, {plan.issuer, link.unit})
            return OfficerPage(
                head=head,
                cascade_id=link.cascade_id,
                unit=units[link.unit],
                issuer=units[plan.issuer],
                lines=cascade_lines(session, plan, clock.business(datetime.now(UTC)), unit=link.unit),
                clock=clock,
                closed=_closed(session, link.cascade_id),
            )

    def register_page(self, link: Link) -> RegisterPage:
        """The whole register of one issuing unit."""
        with reading(self._engine) as session:
            plan, head = self._fixed.of(session, link.cascade_id)
            clock = clock_of(session, link.directive_id)
            return RegisterPage(
                head=head,
                cascade_id=link.cascade_id,
                issuer=units_in(session, [plan.issuer])[plan.issuer],
                lines=cascade_lines(session, plan, clock.business(datetime.now(UTC))),
                waiting_triggers=awaited(plan, _registered(session, plan.cascade_id)),
                clock=clock,
                closed=_closed(session, link.cascade_id),
            )

    def file(self, link: Link, sha256: str) -> FileRef | None:
        """A file handed in to this register: by the holder's unit, or by any unit where the link is the register's."""
        query = select(SubmissionRow).where(SubmissionRow.cascade_id == link.cascade_id)
        if link.purpose is Purpose.OFFICER:
            query = query.where(SubmissionRow.unit == link.unit)
        with reading(self._engine) as session:
            for row in session.exec(query):
                for file in Answer.model_validate(row.answer).files:
                    if file.sha256 == sha256:
                        return file
        return None


def _closed(session: Session, cascade_id: str) -> bool:
    return session.exec(select(CascadeRow.closed).where(CascadeRow.id == cascade_id)).one()


def _registered(session: Session, cascade_id: str) -> set[str]:
    kind = DocumentRegistered.model_fields["kind"].default
    query = select(EventRow.body).where(EventRow.cascade_id == cascade_id, EventRow.kind == kind)
    facts = (Event.model_validate_json(body).fact for body in session.exec(query))
    return {fact.trigger for fact in facts if isinstance(fact, DocumentRegistered)}
