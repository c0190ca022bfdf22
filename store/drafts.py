"""What people typed into forms and did not send: kept for all who answer for the unit in that register."""

from collections.abc import Callable, Iterable, Mapping

from sqlalchemy import Engine, delete, tuple_
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session, col, select

from models.event import Event, Submitted
from models.link import Link
from models.obligation import requirement_of, unit_of
from models.saved import SavedDraft
from models.tables import DraftRow
from store.engine import reading, writing

_INSERTS: Mapping[str, Callable[[type[DraftRow]], sqlite.Insert | postgresql.Insert]] = {
    "sqlite": sqlite.insert,
    "postgresql": postgresql.insert,
}
_KEY = ("cascade_id", "unit", "form")


class Drafts:
    """The port `web.ports.Drafts` on SQL."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def load(self, link: Link) -> Mapping[str, SavedDraft]:
        """The drafts of the link's unit in its register, by form."""
        query = select(DraftRow).where(DraftRow.cascade_id == link.cascade_id, DraftRow.unit == link.unit)
        with reading(self._engine) as session:
            return {
                row.form: SavedDraft.model_validate({"values": row.values, "kept": row.kept, "saved_at": row.saved_at})
                for row in session.exec(query)
            }

    def save(self, link: Link, form: str, draft: SavedDraft) -> None:
        """Keep a draft in place of the one before; of two that are saved at once the later one stays."""
        content = {
            "values": draft.values,
            "kept": [file.model_dump(mode="json") for file in draft.kept],
            "saved_at": draft.saved_at,
        }
        row = {"cascade_id": link.cascade_id, "unit": link.unit, "form": form} | content
        statement = _INSERTS[self._engine.dialect.name](DraftRow).values(row)
        with writing(self._engine) as session:
            session.exec(statement.on_conflict_do_update(index_elements=_KEY, set_=content))

    def drop(self, link: Link, form: str) -> None:
        """Forget a draft; nothing happens where there is none."""
        with writing(self._engine) as session:
            session.exec(
                delete(DraftRow).where(
                    col(DraftRow.cascade_id) == link.cascade_id,
                    col(DraftRow.unit) == link.unit,
                    col(DraftRow.form) == form,
                )
            )


def drop_sent(session: Session, cascade_id: str, events: Iterable[Event]) -> None:
    """Forget the drafts of what was handed in: the form of an answer is named by its requirement."""
    sent = {
        (unit_of(event.fact.obligation), requirement_of(event.fact.obligation))
        for event in events
        if isinstance(event.fact, Submitted)
    }
    if sent:
        of_form = tuple_(col(DraftRow.unit), col(DraftRow.form)).in_(sorted(sent))
        session.exec(delete(DraftRow).where(col(DraftRow.cascade_id) == cascade_id, of_form))
