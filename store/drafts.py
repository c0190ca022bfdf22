"""What people typed into forms and did not send: kept for all who answer for the unit in that register."""

from collections.abc import Callable, Iterable, Mapping

from sqlalchemy import Engine, bindparam, delete
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session, col, select

from models.event import Event, Submitted
from models.link import Link
from models.obligation import requirement_of, unit_of
from models.saved import SavedDraft
from models.tables import DraftRow
from store.engine import connected, reading, writing

_INSERTS: Mapping[str, Callable[[type[DraftRow]], sqlite.Insert | postgresql.Insert]] = {
    "sqlite": sqlite.insert,
    "postgresql": postgresql.insert,
}
_KEY = ("cascade_id", "unit", "form")
_MINE = (col(DraftRow.cascade_id) == bindparam("register")) & (col(DraftRow.unit) == bindparam("of"))
_OF_UNIT = select(DraftRow.form, DraftRow.values, DraftRow.kept, DraftRow.saved_at).where(_MINE)
_DROP = delete(DraftRow).where(_MINE, col(DraftRow.form) == bindparam("named"))


class Drafts:
    """The port `web.ports.Drafts` on SQL."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def load(self, link: Link) -> Mapping[str, SavedDraft]:
        """The drafts of the link's unit in its register, by form."""
        with reading(self._engine) as session:
            rows = connected(session).execute(_OF_UNIT, {"register": link.cascade_id, "of": link.unit})
            found = [row._asdict() for row in rows]
        return {values.pop("form"): SavedDraft.model_validate(values) for values in found}

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
            connected(session).execute(_DROP, {"register": link.cascade_id, "of": link.unit, "named": form})


def drop_sent(session: Session, cascade_id: str, events: Iterable[Event]) -> None:
    """Forget the drafts of what was handed in: the form of an answer is named by its requirement."""
    sent = [
        {
            "register": cascade_id,
            "of": unit_of(event.fact.obligation),
            "named": requirement_of(event.fact.obligation),
        }
        for event in events
        if isinstance(event.fact, Submitted)
    ]
    if sent:
        connected(session).execute(_DROP, sent)
