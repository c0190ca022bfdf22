"""What a new directive finds of those before it: their documents, requirements, and the answers they got."""

from datetime import timedelta

import pytest
from sqlalchemy import Engine
from sqlmodel import select

from models.clock import Clock
from models.obligation import State
from models.tables import CascadeRow
from rules.ledger import decide, open_register
from store.directives import AlreadyStarted, add_directive, find_directives
from store.earlier import find_earlier, known_documents, still_owing
from store.engine import reading
from store.recorder import Recorder
from store.units import load_units, save_units
from tests import small, wide
from tests.small import HIGH, LOW, STARTS, TOP

DAY = timedelta(days=1)
WEEKLY = "weekly.2020-w11"


@pytest.fixture
def answered(engine: Engine) -> Engine:
    """The wide directive with a report handed in by one unit, on both kinds of database."""
    wide.store(engine)
    book = wide.slice_of(TOP)
    opened = open_register(book, STARTS)
    handed = decide(book, opened.state, small.submit(f"{WEEKLY}@{LOW}", STARTS + DAY))
    Recorder(engine, small.MAIL_HOURS).record(book.cascade_id, opened.events + handed.events)
    return engine


def test_the_answers_to_an_earlier_directive_are_found_by_requirement_and_by_series(answered: Engine) -> None:
    earlier = find_earlier(answered, wide.DIRECTIVE)
    assert earlier is not None
    assert earlier.label == wide.LABEL
    assert {"plan", "weekly", WEEKLY, "commune-plan"} <= earlier.requirements
    assert set(earlier.answers) == {("plan", HIGH), (WEEKLY, LOW), ("weekly", LOW)}
    report = earlier.answers["weekly", LOW]
    assert (report.number, report.state, report.submitted_at) == (wide.LABEL, State.SUBMITTED, STARTS + DAY)
    assert report.answer.files == (small.PAPER,)
    taken = earlier.answers["plan", HIGH]
    assert (taken.state, taken.answer.document) == (State.ACCEPTED, wide.FIRST_PLAN)


def test_a_directive_never_started_is_not_found(answered: Engine) -> None:
    assert find_earlier(answered, "01-so.2019.so-bdg.40") is None


@pytest.mark.parametrize(
    ("requirements", "owing"),
    [((), 7), (("plan",), 1), (("weekly",), 1), ((WEEKLY, "asks"), 3), (("commune-plan",), 0)],
)
def test_what_is_still_owed_or_may_open_is_counted(answered: Engine, requirements: tuple[str, ...], owing: int) -> None:
    assert still_owing(answered, wide.DIRECTIVE, requirements) == owing


def test_a_directive_that_was_started_can_be_cited(answered: Engine) -> None:
    (known,) = known_documents(answered)
    head = wide.plan().head
    assert (known.number, known.issuer, known.date) == (wide.LABEL, head.document.issuer, head.document.date)


def test_a_directive_without_a_number_is_found_by_what_it_is_called_and_cannot_be_cited(engine: Engine) -> None:
    head = wide.plan().head
    unnumbered = wide.plan(
        label="Kết luận hội nghị ngày 08/5/2012", document=head.document.model_copy(update={"number": "", "normal": ""})
    )
    add_directive(engine, unnumbered, Clock.ordinary(STARTS), "", STARTS)
    assert [row.id for row in find_directives(engine, "Kết luận hội nghị ngày 08/5/2012")] == [wide.DIRECTIVE]
    assert known_documents(engine) == ()


def test_a_directive_is_stored_once_with_all_its_registers(engine: Engine) -> None:
    made = wide.store(engine)
    with pytest.raises(AlreadyStarted):
        add_directive(engine, made, Clock.ordinary(STARTS), "", STARTS)
    with reading(engine) as session:
        assert set(session.exec(select(CascadeRow.id))) == {wide.cascade(TOP), wide.cascade(HIGH)}


def test_units_come_back_from_the_database_as_they_were(engine: Engine) -> None:
    wide.store(engine)
    unit = wide.UNITS[1].model_copy(update={"also_under": (wide.BOARD,), "region": "dong-bac"})
    save_units(engine, [unit])
    assert load_units(engine, [unit.code]) == {unit.code: unit}
