"""Outbox rows sorted into mails: those for one person and one page go together."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session, col, select

from models.link import Purpose
from models.notice import NoticeKind
from models.plan import CascadePlan
from models.tables import OutboxRow
from models.unit import Role
from rules.dispatch import Contacts
from rules.holders import Receiver
from rules.posting import ALONE, Dropped, page, receiver_today
from rules.sending import BY_URGENCY

SENDING = "sending"
_RANK = {kind: rank for rank, kind in enumerate(BY_URGENCY)}


@dataclass(frozen=True)
class Bundle:
    """The rows of one mail, the most pressing first, and whom it goes to."""

    rows: tuple[OutboxRow, ...]
    receiver: Receiver
    purpose: Purpose

    @property
    def lead(self) -> OutboxRow:
        return self.rows[0]


class Mailbag:
    """Sorts rows of one register on a business day. `unreached` and `needless` are those that go to nobody."""

    def __init__(self, session: Session, plan: CascadePlan, contacts: Contacts, day: date) -> None:
        self._session = session
        self._contacts = contacts
        self._day = day
        reviewers = (reviewer.unit for duty in plan.duties for reviewer in duty.reviewers)
        self._deciding = {plan.issuer, *reviewers}
        self.unreached: list[OutboxRow] = []
        self.needless: list[OutboxRow] = []

    def bundles(self, rows: Iterable[OutboxRow]) -> tuple[Bundle, ...]:
        """The mails of rows, oldest first. What was cut off on its way stays together as it was, whatever has come
        since; all that waits is sorted anew."""
        cut_off: dict[str, list[OutboxRow]] = defaultdict(list)
        waiting: dict[tuple[str, str, Purpose, int | None], list[tuple[OutboxRow, Receiver]]] = defaultdict(list)
        for row in rows:
            if row.status == SENDING:
                cut_off[row.message_id].append(row)
                continue
            receiver = self._receiver(row)
            if receiver is not None:
                alone = row.id if NoticeKind(row.kind) in ALONE else None
                waiting[row.unit, receiver.email.casefold(), self._page(row), alone].append((row, receiver))
        found = [*map(self._again, cut_off.values()), *map(self._together, waiting.values())]
        return tuple(sorted((bundle for bundle in found if bundle), key=_age))

    def _again(self, rows: Sequence[OutboxRow]) -> Bundle | None:
        lead, *others = sorted(rows, key=_pressing)
        receiver = self._receiver(lead, others)
        return Bundle((lead, *others), receiver, self._page(lead)) if receiver else None

    def _together(self, rows: Sequence[tuple[OutboxRow, Receiver]]) -> Bundle:
        ordered = sorted(rows, key=lambda item: _pressing(item[0]))
        lead, receiver = ordered[0]
        return Bundle(tuple(row for row, _ in ordered), receiver, self._page(lead))

    def _page(self, row: OutboxRow) -> Purpose:
        return page(NoticeKind(row.kind), row.unit in self._deciding)

    def _receiver(self, row: OutboxRow, with_it: Iterable[OutboxRow] = ()) -> Receiver | None:
        """Who gets a row today; one that nobody gets is laid aside, with all that go with it."""
        unit, holders = self._contacts.of(row.unit)
        kind, role = NoticeKind(row.kind), Role(row.role)
        found = receiver_today(kind, role, row.holder, unit, holders, self._day, lambda: self._told(row))
        if isinstance(found, Receiver):
            return found
        (self.unreached if found is Dropped.UNREACHED else self.needless).extend((row, *with_it))
        return None

    def _told(self, row: OutboxRow) -> set[str]:
        """The other people whom the same wave told the same."""
        query = select(OutboxRow.holder).where(
            OutboxRow.cascade_id == row.cascade_id,
            OutboxRow.unit == row.unit,
            OutboxRow.kind == row.kind,
            OutboxRow.step == row.step,
            col(OutboxRow.id) != row.id,
        )
        return set(self._session.exec(query))


def _pressing(row: OutboxRow) -> tuple[int, int]:
    return (_RANK[NoticeKind(row.kind)], row.id or 0)


def _age(bundle: Bundle) -> int:
    return min(row.id or 0 for row in bundle.rows)
