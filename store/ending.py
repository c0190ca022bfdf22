"""How registers ended before their time, and how a directive stands in all that are still open."""

from sqlmodel import Session, col, func, select

from models.event import Event
from models.obligation import State
from models.pages import EndedEarly, Standing
from models.stepped_in import Ended
from models.tables import CascadeRow, EventRow, ObligationRow


def ended_early(session: Session, cascade_id: str) -> EndedEarly | None:
    """How a register ended before its time; None where it did not."""
    kind = Ended.model_fields["kind"].default
    query = select(EventRow.body).where(EventRow.cascade_id == cascade_id, EventRow.kind == kind)
    for event in map(Event.model_validate_json, session.exec(query)):
        if isinstance(event.fact, Ended):
            said = event.fact.model_dump(include={"cancelled", "reason"})
            return EndedEarly(at=event.at, seq=event.seq, cause=event.cause, **said)
    return None


def standing(session: Session, directive_id: str, cascade_id: str) -> Standing:
    """How a directive stands in its registers that are open; those beside its first one, `cascade_id`, are below it."""
    is_open = (CascadeRow.directive_id == directive_id, col(CascadeRow.closed).is_(False))
    below = select(func.count()).select_from(CascadeRow).where(*is_open, CascadeRow.id != cascade_id)
    query = (
        select(ObligationRow.state, func.count()).join(CascadeRow).where(*is_open).group_by(col(ObligationRow.state))
    )
    states = {State(state): count for state, count in session.exec(query)}
    return Standing(below=session.exec(below).one(), states=states)
