"""Outbox rows as letters: to whom, about which lines, and with a link of their own."""

import hashlib
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from sqlmodel import Session

from models.link import Purpose
from models.mail import Letter, Outgoing
from models.notice import NoticeKind
from models.plan import CascadePlan, DirectiveHead
from models.recommendation import OBSTACLE, Recommendation, RecommendationStatus
from models.register import ObligationLine
from models.tables import OutboxRow
from models.unit import Role, Unit
from store.directives import clock_of, head_of, plan_of
from store.lines import cascade_lines
from store.links import make_link
from store.recommendations import cascade_recommendations
from store.units import units_in

LINK_LIFE_AFTER_CLOSING = timedelta(days=90)

_ABOUT_THE_REGISTER = frozenset(
    {
        NoticeKind.REGISTER,
        NoticeKind.RECEIVED,
        NoticeKind.ESCALATION,
        NoticeKind.REPLY_OVERDUE,
        NoticeKind.OBSTACLE,
    }
)
_ABOUT_RECOMMENDATIONS = frozenset({NoticeKind.REPLY_OVERDUE, NoticeKind.OBSTACLE, NoticeKind.ANSWERED})
_PATHS = {Purpose.OFFICER: "v", Purpose.REGISTER: "s"}


def fail(row: OutboxRow, error: str) -> None:
    """Note that a mail cannot be delivered and why."""
    row.status, row.error, row.finished_at = "failed", error, datetime.now(UTC)


class Composer:
    """Turns outbox rows of one cascade into letters."""

    def __init__(self, session: Session, cascade_id: str, base_url: str, domain: str) -> None:
        self._session = session
        self._plan: CascadePlan = plan_of(session, cascade_id)
        self._head: DirectiveHead = head_of(session, self._plan.directive_id)
        self._clock = clock_of(session, self._plan.directive_id)
        reviewers = (reviewer.unit for duty in self._plan.duties for reviewer in duty.reviewers)
        self._deciding = {self._plan.issuer, *reviewers}
        self._base_url = base_url
        self._domain = domain

    def compose(self, rows: Sequence[OutboxRow]) -> tuple[Outgoing, ...]:
        """The rows as mails, ready to be written; one to a unit without an address is noted as failed and left out."""
        asked = self._asked(rows)
        spoken_of = (code for items in asked for item in items for code in _units(item))
        units = units_in(self._session, {self._plan.issuer, *(row.unit for row in rows), *spoken_of})
        now = self._clock.business(datetime.now(UTC))
        keys = {key for row in rows for key in row.obligations}
        lines = {line.key: line for line in cascade_lines(self._session, self._plan, now, keys=keys)} if keys else {}
        found = []
        for row, about in zip(rows, asked, strict=True):
            mail = self._mail(row, units, lines, about)
            if mail is None:
                fail(row, "đơn vị chưa có địa chỉ thư điện tử")
            else:
                found.append(mail)
        return tuple(found)

    def _asked(self, rows: Sequence[OutboxRow]) -> list[tuple[Recommendation, ...]]:
        """For each row the recommendations and obstacles that the mail is about."""
        if all(row.kind not in _ABOUT_RECOMMENDATIONS for row in rows):
            return [() for _ in rows]
        known = cascade_recommendations(self._session, self._plan)
        return [tuple(item for item in known if self._concerns(row, item)) for row in rows]

    def _mail(
        self,
        row: OutboxRow,
        units: dict[str, Unit],
        lines: dict[str, ObligationLine],
        about: tuple[Recommendation, ...],
    ) -> Outgoing | None:
        unit = units[row.unit]
        role, kind = Role(row.role), NoticeKind(row.kind)
        address = unit.email(role)
        if address is None or row.id is None:
            return None
        purpose = self._purpose(kind, row.unit)
        token = make_link(
            self._session,
            purpose=purpose,
            directive_id=self._plan.directive_id,
            cascade_id=self._plan.cascade_id,
            unit=row.unit,
            role=role,
            expires_at=self._clock.real(self._plan.closing) + LINK_LIFE_AFTER_CLOSING,
        )
        row.recipient = address
        row.message_id = self._id(row.cascade_id, row.unit, row.role, row.kind, row.step)
        return Outgoing(
            id=row.id,
            to=address,
            message_id=row.message_id,
            thread_id=self._id(self._plan.directive_id, row.unit, row.role),
            resent=row.status == "sending",
            letter=Letter(
                kind=kind,
                head=self._head,
                receiver=unit,
                role=role,
                issuer=units[self._plan.issuer],
                lines=tuple(lines[key] for key in row.obligations),
                recommendations=about,
                names={code: units[code].short_name for item in about for code in _units(item) if code in units},
                url=f"{self._base_url}/{_PATHS[purpose]}/{token}",
                at=row.at,
            ),
        )

    def _purpose(self, kind: NoticeKind, unit: str) -> Purpose:
        """The page that a mail leads to: the register for those who decide in it, else the unit's own."""
        return Purpose.REGISTER if kind in _ABOUT_THE_REGISTER and unit in self._deciding else Purpose.OFFICER

    def _concerns(self, row: OutboxRow, item: Recommendation) -> bool:
        """A body without reply is told only of what was referred to it; else a mail is about what just happened."""
        if item.obligation not in row.obligations:
            return False
        match NoticeKind(row.kind):
            case NoticeKind.REPLY_OVERDUE:
                waits = item.status is RecommendationStatus.REFERRED and item.reminded
                return waits and row.unit in {self._plan.issuer, item.body}
            case NoticeKind.OBSTACLE:
                return item.group == OBSTACLE and item.raised_at == row.at
            case NoticeKind.ANSWERED:
                return item.unit == row.unit and item.handled_at == row.at
            case _:
                return False

    def _id(self, *parts: str) -> str:
        """A Message-ID that is the same whenever the same mail is composed again."""
        digest = hashlib.sha256("\n".join(parts).encode()).hexdigest()[:32]
        return f"<{digest}@{self._domain}>"


def _units(item: Recommendation) -> tuple[str, ...]:
    return (item.unit, item.body)
