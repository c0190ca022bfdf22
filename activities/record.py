"""Loads plans and records events in SQL."""

from temporalio import activity

from activities.ports import Register
from models.base import Wire
from models.event import Event
from models.plan import CascadePlan
from models.recorded import Recorded


class Batch(Wire):
    """Events of one cascade, in order, to be recorded together."""

    cascade_id: str
    events: tuple[Event, ...]


class RecordActivities:
    def __init__(self, register: Register) -> None:
        self._register = register

    @activity.defn
    def load_plan(self, cascade_id: str) -> CascadePlan:
        """The slice of the plan that a cascade follows up; from here on it is frozen in its history."""
        return self._register.load_plan(cascade_id)

    @activity.defn
    def record(self, batch: Batch) -> Recorded:
        """Chain, read tables and mail outbox in one transaction; harmless to repeat."""
        return self._register.record(batch.cascade_id, batch.events)

    @activity.defn
    def close_directive(self, directive_id: str) -> None:
        """Note that every register of the directive is closed."""
        self._register.close_directive(directive_id)
