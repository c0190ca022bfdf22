"""Whatever happens to a register: its read tables say what its ledger says, however the events are batched."""

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import rule
from sqlalchemy import Engine
from sqlalchemy.pool import StaticPool
from sqlmodel import Session, SQLModel, create_engine, select

from models.holder import holder_key
from models.tables import HolderRow, ObligationRow, RecommendationRow, RequestRow
from rules.revising import revised
from store.holders import holder_of
from store.read_tables import obligation_of, recommendation_of, write_state
from store.requests import request_of
from tests.rules.test_register_machine import Register


class Recorded(Register):
    """The same random life, with what has happened written down now and then."""

    def __init__(self) -> None:
        super().__init__()
        self.engine: Engine = create_engine("sqlite://", poolclass=StaticPool)
        SQLModel.metadata.create_all(self.engine)
        self.written = 0

    @rule(most=st.integers(1, 9))
    def some_is_written_down(self, most: int) -> None:
        batch = self.events[self.written : self.written + most]
        if batch:
            in_force = revised(self.first_plan, self.events[: self.written])
            with Session(self.engine) as session, session.no_autoflush:
                write_state(session, in_force, batch)
                session.commit()
            self.written += len(batch)

    def teardown(self) -> None:
        super().teardown()
        self.some_is_written_down(len(self.events))
        with Session(self.engine) as session:
            assert {row.key: obligation_of(row) for row in session.exec(select(ObligationRow))} == (
                self.state.obligations
            )
            assert {row.id: recommendation_of(row) for row in session.exec(select(RecommendationRow))} == (
                self.state.recommendations
            )
            assert {row.id: request_of(row) for row in session.exec(select(RequestRow))} == self.state.requests
            assert {holder_key(row.unit, row.id): holder_of(row) for row in session.exec(select(HolderRow))} == (
                self.state.holders
            )
        self.engine.dispose()


Recorded.TestCase.settings = settings(
    max_examples=12, stateful_step_count=30, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
TestRecorded = Recorded.TestCase
