"""Bundles of outbox rows as letters: what they say, about whom, and with a link of their own."""

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from itertools import groupby

from sqlmodel import Session, col, select

from models.chase_letter import ChaseLetter
from models.holder import Holder
from models.link import Purpose
from models.mail import Letter, Outgoing, Part
from models.notice import NoticeKind
from models.plan import CascadePlan, DirectiveHead
from models.recommendation import Recommendation
from models.register import ObligationLine
from models.request import Request
from models.tables import OutboxRow, RecommendationRow, RequestRow
from models.unit import Unit
from rules.calendar import local_day
from rules.dispatch import Contacts
from rules.holders import Receiver, named_by
from rules.posting import still_said
from store.directives import clock_of, plan_of
from store.holders import unreached
from store.lines import cascade_lines, spoken_of
from store.links import make_link
from store.mailbag import SENDING, Bundle
from store.read_tables import recommendation_of
from store.requests import request_of
from store.units import units_in

LINK_LIFE_AFTER_CLOSING = timedelta(days=90)

_PATHS = {Purpose.OFFICER: "v", Purpose.REGISTER: "s"}


class Composer:
    """Turns bundles of one register into mails at a business instant."""

    def __init__(
        self,
        session: Session,
        plan: CascadePlan,
        head: DirectiveHead,
        contacts: Contacts,
        now: datetime,
        base_url: str,
        domain: str,
    ) -> None:
        self._session = session
        self._plan = plan
        self._head = head
        self._contacts = contacts
        self._now = now
        self._base_url = base_url
        self._domain = domain
        self._expires_at = clock_of(session, plan.directive_id).real(plan.closing) + LINK_LIFE_AFTER_CLOSING

    def compose(self, bundles: Sequence[Bundle]) -> tuple[Outgoing, ...]:
        """The mails, ready to be written; their rows note address and Message-ID. A bundle that has nothing left to
        say is left out."""
        said = _Said(self._session, self._plan, self._contacts, self._now, bundles)
        found = ((bundle, said.parts(bundle)) for bundle in bundles)
        return tuple(self._mail(bundle, parts, said) for bundle, parts in found if parts)

    def _mail(self, bundle: Bundle, parts: tuple[Part, ...], said: "_Said") -> Outgoing:
        lead, receiver, rows = bundle.lead, bundle.receiver, bundle.rows
        resent = lead.status == SENDING
        if not resent:
            message_id = self._id(lead.cascade_id, lead.unit, lead.role, lead.holder, lead.kind, lead.step)
            for row in rows:
                row.message_id = message_id
        for row in rows:
            row.recipient = receiver.email
        return Outgoing(
            ids=tuple(row.id for row in rows if row.id is not None),
            to=receiver.email,
            message_id=lead.message_id,
            thread_id=self._id(self._plan.directive_id, lead.unit),
            resent=resent,
            letter=Letter(
                head=self._head,
                receiver=said.units[lead.unit],
                role=receiver.role,
                holder=self._named(lead.unit, receiver),
                issuer=said.units[self._plan.issuer],
                parts=parts,
                names=said.names(parts),
                unheard=said.unheard(parts),
                drafts=self._drafts(parts, said.units),
                purpose=bundle.purpose,
                url=self._url(bundle),
                at=max(row.send_at for row in rows),
            ),
        )

    def _drafts(self, parts: Iterable[Part], units: Mapping[str, Unit]) -> tuple[ChaseLetter, ...]:
        """A letter to each unit that is chased on paper too."""
        chased: dict[str, list[ObligationLine]] = defaultdict(list)
        for line in (line for part in parts if part.kind is NoticeKind.LETTER for line in part.lines):
            chased[line.unit].append(line)
        return tuple(
            ChaseLetter(
                head=self._head, issuer=units[self._plan.issuer], unit=units[unit], lines=tuple(lines), at=self._now
            )
            for unit, lines in chased.items()
        )

    def _url(self, bundle: Bundle) -> str:
        token = make_link(
            self._session,
            purpose=bundle.purpose,
            directive_id=self._plan.directive_id,
            cascade_id=self._plan.cascade_id,
            unit=bundle.lead.unit,
            receiver=bundle.receiver,
            expires_at=self._expires_at,
        )
        return f"{self._base_url}/{_PATHS[bundle.purpose]}/{token}"

    def _named(self, unit: str, receiver: Receiver) -> Holder | None:
        """The person it goes to, if somebody named him."""
        holder = named_by(self._contacts.of(unit)[1], receiver.holder)
        return holder if holder and holder.arrangement else None

    def _id(self, *parts: str) -> str:
        """A Message-ID that is the same whenever it is made of the same parts."""
        digest = hashlib.sha256("\n".join(parts).encode()).hexdigest()[:32]
        return f"<{digest}@{self._domain}>"


class _Said:
    """What bundles are about, read in one go: lines, recommendations, requests, and the units that they speak of."""

    def __init__(
        self, session: Session, plan: CascadePlan, contacts: Contacts, now: datetime, bundles: Iterable[Bundle]
    ) -> None:
        rows = [row for bundle in bundles for row in bundle.rows]
        cascade_id = plan.cascade_id
        self._plan = plan
        self._lines = _lines(session, plan, now, rows)
        self._recommendations = _recommendations(session, cascade_id, rows)
        self._requests = _requests(session, cascade_id, rows)
        self._contacts = contacts
        self._day = local_day(now)
        codes = _codes(self._lines.values(), self._recommendations.values(), self._requests.values())
        self.units: dict[str, Unit] = units_in(session, {plan.issuer, *(row.unit for row in rows), *codes})

    def parts(self, bundle: Bundle) -> tuple[Part, ...]:
        """One part a kind, the most pressing first; where nothing is left to say of a kind, there is none."""
        kinds = groupby(bundle.rows, key=lambda row: NoticeKind(row.kind))
        found = (self._part(kind, tuple(rows)) for kind, rows in kinds)
        return tuple(part for part in found if part is not None)

    def names(self, parts: Iterable[Part]) -> dict[str, str]:
        """The short names of all units that parts speak of."""
        codes = {code for part in parts for code in _codes(part.lines, part.recommendations, part.requests)}
        return {code: self.units[code].short_name for code in sorted(codes) if code in self.units}

    def unheard(self, parts: Iterable[Part]) -> dict[str, str]:
        """Why no mail reaches the units of which that is told."""
        return self._unreached(
            line.unit for part in parts if part.kind is NoticeKind.UNREACHABLE for line in part.lines
        )

    def _part(self, kind: NoticeKind, rows: Sequence[OutboxRow]) -> Part | None:
        """Rows of one kind as one part: everything once, in order; None where all that they spoke of is over."""
        lines: dict[tuple[str, str], ObligationLine] = {}
        requests: dict[str, Request] = {}
        words: list[str] = []
        for row in rows:
            told, asked = still_said(
                kind,
                row.unit,
                row.at,
                self._lines_of(row),
                [self._requests[key] for key in row.requests if key in self._requests],
            )
            if kind is NoticeKind.UNREACHABLE:
                still = self._unreached(line.unit for line in told)
                told = tuple(line for line in told if line.unit in still)
            lines |= {(line.cascade_id, line.key): line for line in told}
            requests |= {request.id: request for request in asked}
            if row.words and (told or not row.obligations):
                words.append(row.words)
        if any(row.obligations for row in rows) and not lines:
            return None
        recommendations = _once(key for row in rows for key in row.recommendations)
        return Part(
            kind=kind,
            at=max(row.at for row in rows),
            lines=tuple(lines.values()),
            recommendations=tuple(
                self._recommendations[key] for key in recommendations if key in self._recommendations
            ),
            requests=tuple(requests.values()),
            words="\n".join(_once(words)),
        )

    def _lines_of(self, row: OutboxRow) -> list[ObligationLine]:
        return [self._lines[_register(row, self._plan), key] for key in _once(row.obligations)]

    def _unreached(self, codes: Iterable[str]) -> dict[str, str]:
        """Why no mail reaches units, of those that it still does not reach."""
        return unreached((self._contacts.units[code] for code in set(codes)), self._contacts.holders, self._day)


def _lines(
    session: Session, plan: CascadePlan, now: datetime, rows: Iterable[OutboxRow]
) -> dict[tuple[str, str], ObligationLine]:
    """What rows are about, by register and key: an escalation from below is about lines of another register."""
    wanted: dict[str, set[str]] = defaultdict(set)
    for row in rows:
        wanted[_register(row, plan)].update(row.obligations)
    found: dict[tuple[str, str], ObligationLine] = {}
    for register, keys in wanted.items():
        if keys:
            there = plan if register == plan.cascade_id else plan_of(session, register)
            found |= {(register, line.key): line for line in cascade_lines(session, there, now, keys=keys)}
    return found


def _register(row: OutboxRow, plan: CascadePlan) -> str:
    """The register in which the obligations of a row stand."""
    return row.register_id or plan.cascade_id


def _recommendations(session: Session, cascade_id: str, rows: Iterable[OutboxRow]) -> dict[str, Recommendation]:
    ids = {key for row in rows for key in row.recommendations}
    table = RecommendationRow
    query = select(table).where(table.cascade_id == cascade_id, col(table.id).in_(ids))
    return {row.id: recommendation_of(row) for row in session.exec(query)} if ids else {}


def _requests(session: Session, cascade_id: str, rows: Iterable[OutboxRow]) -> dict[str, Request]:
    ids = {key for row in rows for key in row.requests}
    query = select(RequestRow).where(RequestRow.cascade_id == cascade_id, col(RequestRow.id).in_(ids))
    return {row.id: request_of(row) for row in session.exec(query)} if ids else {}


def _codes(
    lines: Iterable[ObligationLine], recommendations: Iterable[Recommendation], requests: Iterable[Request]
) -> set[str]:
    """The units of which lines, recommendations and requests give the codes."""
    codes = {code for line in lines for code in (line.unit, *spoken_of(line), *_succession(line))}
    codes.update(code for item in recommendations for code in (item.unit, item.body))
    codes.update(item.unit for item in requests)
    return codes


def _succession(line: ObligationLine) -> tuple[str, ...]:
    """The units that owed a line before, and those that owe it now."""
    return (*(before.unit for before in line.inherited), *line.moved_to)


def _once(items: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(items))
