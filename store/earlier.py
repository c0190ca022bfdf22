"""What a new directive may refer to: directives that were started before, and the answers that they got."""

from collections.abc import Collection

from sqlalchemy import Engine
from sqlmodel import Session, col, func, select

from models.answer import Answer
from models.catalogue import KnownDocument
from models.obligation import DONE, OWING, State
from models.plan import DirectiveHead, Earlier
from models.tables import CascadeRow, DirectiveRow, ObligationRow
from rules.compiling.desk import EarlierDirective
from store.engine import reading

_HANDED_IN = (State.SUBMITTED, *DONE)
_STILL_OWING = (State.DORMANT, State.SUSPENDED, *OWING)
_WITHDRAWN_UNDECIDED = (col(ObligationRow.state) == State.WITHDRAWN) & col(ObligationRow.decided_at).is_(None)
"""What was handed in and not decided on when the directive was replaced: it is decided on under the one after it."""


def known_documents(engine: Engine) -> tuple[KnownDocument, ...]:
    """The directives started here as documents that others may cite; those without a number cannot be cited by one."""
    with reading(engine) as session:
        heads = [DirectiveHead.model_validate(head) for head in session.exec(select(DirectiveRow.head))]
    return tuple(
        KnownDocument(
            number=head.document.number,
            issuer=head.document.issuer,
            title=head.document.title,
            date=head.document.date,
        )
        for head in heads
        if head.document.number
    )


def find_earlier(engine: Engine, directive_id: str) -> EarlierDirective | None:
    """A directive that was started here, with its requirements and the answers to them; None for an unknown id."""
    with reading(engine) as session:
        row = session.get(DirectiveRow, directive_id)
        if row is None:
            return None
        series = _series(session, directive_id)
        return EarlierDirective(
            directive_id=directive_id,
            label=row.number,
            requirements=frozenset(series) | frozenset(series.values()),
            answers=_answers(session, row, series),
        )


def still_owing(engine: Engine, directive_id: str, requirements: Collection[str] = ()) -> int:
    """How many obligations of these requirements (by key or series; of all where none is named) are owed or may still
    open: 0 once the registers of a directive that is replaced have withdrawn them."""
    query = (
        select(ObligationRow.requirement, func.count())
        .where(ObligationRow.directive_id == directive_id, col(ObligationRow.state).in_(_STILL_OWING))
        .group_by(ObligationRow.requirement)
    )
    with reading(engine) as session:
        found = dict(session.exec(query).all())
        if requirements and found:
            series = _series(session, directive_id)
            found = {key: count for key, count in found.items() if {key, series[key]} & set(requirements)}
    return sum(found.values())


def _series(session: Session, directive_id: str) -> dict[str, str]:
    """The series of every requirement by key: the key as written, which only recurring ones share."""
    plans = session.exec(select(CascadeRow.plan).where(CascadeRow.directive_id == directive_id))
    return {item["key"]: item["series"] or item["key"] for plan in plans for item in plan["requirements"]}


def _answers(session: Session, directive: DirectiveRow, series: dict[str, str]) -> dict[tuple[str, str], Earlier]:
    """What was handed in, by (requirement, unit) and by (series, unit): of a recurring one the latest answer."""
    query = select(ObligationRow).where(
        ObligationRow.directive_id == directive.id,
        col(ObligationRow.state).in_(_HANDED_IN) | _WITHDRAWN_UNDECIDED,
        col(ObligationRow.coordinating).is_(False),
        col(ObligationRow.submitted_at).is_not(None),
    )
    found: dict[tuple[str, str], Earlier] = {}
    for row in session.exec(query.order_by(col(ObligationRow.submitted_at))):
        earlier = Earlier(
            number=directive.number,
            state=State.SUBMITTED if row.state == State.WITHDRAWN else State(row.state),
            answer=Answer.model_validate(row.answer),
            submitted_at=row.submitted_at,
        )
        found[row.requirement, row.unit] = found[series[row.requirement], row.unit] = earlier
    return found
