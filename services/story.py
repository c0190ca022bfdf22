"""The trail in words, for the pages of the reading room."""

from sqlalchemy import Engine

import naming
from audit.story.timeline import Question, timeline
from models.reading import Moment
from store.engine import reading


class Story:
    """The port `web.reading.ports.Story` on the trail."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def life(self, cascade_id: str, obligation: str) -> tuple[Moment, ...]:
        """What concerns the unit that owes an obligation, of all that was recorded about it, in the order of time; in
        the language that is spoken. Raises `Unreachable`."""
        directive_id, _ = naming.cascade_parts(cascade_id)
        question = Question(directive_id=directive_id, chains=[cascade_id], obligation=obligation)
        with reading(self._engine) as session:
            return tuple(
                Moment(at=told.entry.at, words=told.words, late=told.late, hash=told.hash)
                for told in timeline(session, question)
            )
