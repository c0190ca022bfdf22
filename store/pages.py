"""What the pages show, read in one go."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime

from sqlalchemy import Engine, bindparam
from sqlmodel import Session, col, select

from models.actor import Actor, ActorKind
from models.document import FileRef
from models.event import DocumentRegistered, Event
from models.link import Link, Purpose
from models.obligation import obligation_key
from models.pages import OfficerPage, RegisterPage, Standing
from models.plan import CascadePlan
from models.recommendation import Recommendation
from models.register import ObligationLine
from models.tables import CascadeRow, EventRow, ObligationRow, SubmissionRow
from models.unit import Unit
from rules.calendar import local_day
from rules.holders import link_holds
from rules.hosts import possible_hosts
from rules.ledger import awaited
from rules.supervising import supervises
from store.directives import FixedParts, clock_of
from store.ending import ended_early, standing
from store.engine import connected, reading
from store.escalated import escalated_to
from store.holders import cascade_holders, unreached
from store.lines import cascade_lines, spoken_of
from store.links import find_link
from store.recommendations import cascade_recommendations
from store.reporting import issued_reports
from store.requests import cascade_requests
from store.units import unit_names, units_in, units_under

_CLOSED = select(CascadeRow.closed).where(col(CascadeRow.id) == bindparam("register"))


class Pages:
    """Reads for the pages on SQL."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._fixed = FixedParts()

    def link(self, token: str) -> Link | None:
        """The link a token stands for, revoked and expired ones too; `dead` where its holder does not answer today."""
        with reading(self._engine) as session:
            found = find_link(session, token)
            if found is None:
                return None
            day = local_day(clock_of(session, found.directive_id).business(datetime.now(UTC)))
            unit = units_in(session, {found.unit})[found.unit]
            holders = cascade_holders(session, found.cascade_id, {found.unit}).get(found.unit, ())
            return found.model_copy(update={"dead": not link_holds(found, unit, holders, day)})

    def officer_page(self, link: Link) -> OfficerPage:
        """All that the holder's unit owes in one register, and the recommendations it raised or should reply to."""
        with reading(self._engine) as session:
            plan, head = self._fixed.of(session, link.cascade_id)
            clock = clock_of(session, link.directive_id)
            units = units_in(session, {plan.issuer, link.unit})
            lines = cascade_lines(session, plan, clock.business(datetime.now(UTC)), unit=link.unit)
            recommendations = cascade_recommendations(session, plan, link.unit)
            return OfficerPage(
                head=head,
                cascade_id=link.cascade_id,
                unit=units[link.unit],
                issuer=units[plan.issuer],
                lines=_with_hosts(session, plan, lines),
                recommendations=recommendations,
                requests=cascade_requests(session, plan.cascade_id, unit=link.unit),
                holders=cascade_holders(session, plan.cascade_id, {link.unit}).get(link.unit, ()),
                groups=_groups(plan),
                names=_names(session, lines, recommendations),
                clock=clock,
                closed=_closed(session, link.cascade_id),
            )

    def register_page(self, link: Link) -> RegisterPage:
        """The register of one issuing unit: all of it for the issuer, else the part that the holder decides on."""
        with reading(self._engine) as session:
            plan, head = self._fixed.of(session, link.cascade_id)
            clock = clock_of(session, link.directive_id)
            now = clock.business(datetime.now(UTC))
            keeps = link.unit == plan.issuer
            reviewed = None if keeps else _reviewed(plan, link.unit)
            lines = cascade_lines(session, plan, now, keys=reviewed)
            owing = {line.unit for line in lines}
            units = units_in(session, {plan.issuer, link.unit, *owing})
            holders = cascade_holders(session, plan.cascade_id, None if keeps else owing)
            recommendations = tuple(
                item
                for item in cascade_recommendations(session, plan)
                if reviewed is None or item.obligation in reviewed or item.body == link.unit
            )
            closed = _closed(session, link.cascade_id)
            return RegisterPage(
                head=head,
                cascade_id=link.cascade_id,
                issuer=units[plan.issuer],
                reviewer=units[link.unit],
                lines=lines,
                recommendations=recommendations,
                requests=cascade_requests(session, plan.cascade_id, obligations=reviewed),
                holders=tuple(holder for unit, known in holders.items() if unit in owing for holder in known),
                unreachable=unreached((units[code] for code in sorted(owing)), holders, local_day(now)),
                groups=_groups(plan),
                names=_names(session, lines, recommendations),
                waiting_triggers=awaited(plan, _registered(session, plan.cascade_id)) if keeps else {},
                assignable=_assignable(session, plan, units, local_day(now)) if keeps else {},
                escalated=escalated_to(session, self._fixed, plan.cascade_id, now) if keeps else (),
                reports=issued_reports(session, plan.directive_id, plan.cascade_id) if keeps else (),
                supervises=supervises(plan, Actor(kind=ActorKind.REVIEWER, unit=link.unit)),
                clock=clock,
                closed=closed,
                ended=ended_early(session, plan.cascade_id) if closed else None,
            )

    def standing(self, link: Link) -> Standing:
        """How the directive of a link to its first register stands in all its registers that are open."""
        with reading(self._engine) as session:
            return standing(session, link.directive_id, link.cascade_id)

    def file(self, link: Link, sha256: str) -> FileRef | None:
        """A file of the directive itself; or one handed in to this register: by the holder's unit, or by any unit on
        whose lines the holder decides.

        What stands beside an obligation may come from elsewhere: the evidence of an event that others held too.
        """
        with reading(self._engine) as session:
            plan, head = self._fixed.of(session, link.cascade_id)
            if own := next((file for file in head.files if file.sha256 == sha256), None):
                return own
            for table in (SubmissionRow, ObligationRow):
                query = select(table.answer).where(table.cascade_id == link.cascade_id)
                if link.purpose is Purpose.OFFICER:
                    query = query.where(table.unit == link.unit)
                elif link.unit != plan.issuer:
                    query = query.where(col(table.key).in_(_reviewed(plan, link.unit)))
                for answer in session.exec(query):
                    for file in answer["files"] if answer else ():
                        if file["sha256"] == sha256:
                            return FileRef.model_validate(file)
        return None


def _reviewed(plan: CascadePlan, unit: str) -> set[str]:
    """The obligations on which a unit decides beside the issuer of the register."""
    return {
        obligation_key(duty.requirement, duty.unit)
        for duty in plan.duties
        if unit in {reviewer.unit for reviewer in duty.reviewers}
    }


def _with_hosts(session: Session, plan: CascadePlan, lines: Sequence[ObligationLine]) -> tuple[ObligationLine, ...]:
    """Lines with the short names of those who may have held an event together with the line's unit."""
    hosts = {line.key: possible_hosts(plan, line) for line in lines}
    names = unit_names(session, {code for codes in hosts.values() for code in codes})
    return tuple(
        line.model_copy(update={"candidates": {code: names[code] for code in hosts[line.key]}}) for line in lines
    )


def _assignable(session: Session, plan: CascadePlan, known: Mapping[str, Unit], day: date) -> dict[str, str]:
    """The units of a register and those that stand under its keeper, as far as they exist on a day."""
    units = {**known, **units_under(session, plan.issuer)}
    return {code: unit.short_name for code, unit in units.items() if unit.valid_on(day)}


def _groups(plan: CascadePlan) -> dict[str, str]:
    return {key: title for item in plan.requirements for key, title in item.groups.items()}


def _names(
    session: Session, lines: Iterable[ObligationLine], recommendations: Iterable[Recommendation]
) -> dict[str, str]:
    """The short names of all units that the page speaks of by code; a body outside the registry has its own words."""
    codes = {code for item in recommendations for code in (item.unit, item.body)}
    codes.update(code for line in lines for code in spoken_of(line))
    return unit_names(session, codes)


def _closed(session: Session, cascade_id: str) -> bool:
    return bool(connected(session).execute(_CLOSED, {"register": cascade_id}).scalar_one())


def _registered(session: Session, cascade_id: str) -> set[str]:
    kind = DocumentRegistered.model_fields["kind"].default
    query = select(EventRow.body).where(EventRow.cascade_id == cascade_id, EventRow.kind == kind)
    facts = (Event.model_validate_json(body).fact for body in session.exec(query))
    return {fact.trigger for fact in facts if isinstance(fact, DocumentRegistered)}
