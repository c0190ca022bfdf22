"""What the reading room reads, on both databases: counts by the database are those of the lines, and the search."""

from datetime import timedelta

import pytest
from sqlalchemy import Engine
from sqlmodel import select

from models.intervention import EndRegister, Suspend, Target
from models.obligation import State
from models.reader import Reader, ReaderRole
from models.reading import Counts, Light, Search
from models.tables import ObligationRow
from rules.reading import counted, glance, light
from store.engine import reading, writing
from store.lines import directive_lines
from store.reading_counts import counts_by_unit
from store.reading_room import ReadingRoom
from tests import small
from tests.commands.ledgers import Ledgers

ID, REGISTER = small.plan().head.directive_id, small.cascade(small.TOP)
AUDITOR = Reader(address="a@nho.example", name="A", role=ReaderRole.AUDITOR)
HIGH = Reader(address="h@nho.example", name="H", role=ReaderRole.SUPERVISOR, unit=small.HIGH)
OPERATOR = Reader(address="o@nho.example", name="O", role=ReaderRole.OPERATOR)
DAY = timedelta(days=1)


@pytest.fixture
def busy(started: Engine) -> Engine:
    """One plan accepted in time, the other handed in late; communes have begun."""
    ledgers = Ledgers(started)
    ledgers.do(REGISTER, small.submit(f"plan@{small.HIGH}", small.STARTS + 5 * DAY, "s1"))
    ledgers.do(REGISTER, small.review(f"plan@{small.HIGH}", small.TOP, small.STARTS + 6 * DAY, "r1"))
    ledgers.do(REGISTER, small.submit(f"plan@{small.LOW}", small.STARTS + 50 * DAY, "s2"))
    return started


@pytest.mark.parametrize("after", [40, 200])
def test_what_stood_still_when_its_register_closed_is_counted_as_its_line_says(started: Engine, after: int) -> None:
    ledgers, paused = Ledgers(started), Target(obligation=f"plan@{small.HIGH}", submissions=0)
    by = {"actor": small.reviewer(small.TOP), "reason": "bão"}
    ledgers.do(REGISTER, Suspend(**by, id="p1", at=small.STARTS + 10 * DAY, targets=(paused,)))
    ledgers.do(REGISTER, EndRegister(**by, id="e1", at=small.STARTS + 35 * DAY, cancelled=False))
    with writing(started) as session:  # what was handed in stands still only where its unit has gone
        row = session.exec(select(ObligationRow).where(ObligationRow.key == f"plan@{small.LOW}")).one()
        row.laid_aside, row.submitted_at = State.SUBMITTED, small.STARTS + 5 * DAY
        row.suspended_at = small.STARTS + 34 * DAY
    at = small.STARTS + after * DAY
    with reading(started) as session:
        lines = {line.key: line for line in directive_lines(session, ID, at)}
        found = counts_by_unit(session, ID, at, None)
    for unit in (small.HIGH, small.LOW):
        plan = lines[f"plan@{unit}"]
        assert (plan.state, light(plan, plan.timeliness)) == (State.UNFULFILLED, Light.GREY)
        own = [line for line in lines.values() if line.unit == unit and not line.coordinating]
        assert found[REGISTER, unit] == counted((*glance(line, line.timeliness), 1) for line in own)


@pytest.mark.parametrize("after", [1, 30, 45, 100, 200])
def test_what_the_database_counts_is_what_the_lines_say(busy: Engine, after: int) -> None:
    at = small.STARTS + after * DAY
    with reading(busy) as session:
        found = counts_by_unit(session, ID, at, None)
        lines = [line for line in directive_lines(session, ID, at) if not line.coordinating]
    assert Counts.added(found.values()) == counted((*glance(line, line.timeliness), 1) for line in lines)
    for (register, unit), counts in found.items():
        own = [line for line in lines if (line.cascade_id, line.unit) == (register, unit)]
        assert counts == counted((*glance(line, line.timeliness), 1) for line in own)


def test_counts_of_some_units_are_theirs_alone(busy: Engine) -> None:
    with reading(busy) as session:
        found = counts_by_unit(session, ID, small.STARTS, {small.HIGH})
    assert {unit for _, unit in found} == {small.HIGH}


def test_the_list_counts_what_the_reader_may_see(busy: Engine) -> None:
    room = ReadingRoom(busy)
    ((whole,), (part,)) = (room.directives(reader) for reader in (AUDITOR, HIGH))
    assert whole.head == part.head
    assert part.counts.done == whole.counts.done == 1
    assert part.counts.asked + part.counts.grey < whole.counts.asked + whole.counts.grey
    assert room.directives(OPERATOR) == ()


def test_a_units_record_goes_over_all_its_registers(busy: Engine) -> None:
    sheet = ReadingRoom(busy).unit(AUDITOR, small.HIGH)
    assert sheet is not None
    assert {line.requirement for part in sheet.parts for line in part.lines} == {"plan", "training", "funded-report"}
    assert sheet.tally.on_time == 1


@pytest.mark.parametrize(
    ("search", "keys"),
    [
        (Search(number="15/SO", text="12/kh"), {f"plan@{small.HIGH}", f"plan@{small.LOW}"}),
        (Search(text="da lam"), {f"plan@{small.HIGH}", f"plan@{small.LOW}"}),
        (Search(text="đã làm", unit="cao"), {f"plan@{small.HIGH}"}),
        (Search(requirement="kế hoạch xã", unit="0121"), {f"commune-plan@{small.COMMUNES[2]}"}),
        (Search(light=Light.AMBER), {f"plan@{small.LOW}"}),
        (Search(text="không ai viết"), set()),
    ],
)
def test_a_search_finds_what_fits_everything_asked(busy: Engine, search: Search, keys: set[str]) -> None:
    found = ReadingRoom(busy).find(AUDITOR, search)
    assert {line.key for item in found.found for line in item.lines} == keys
    assert found.unknown == ()


def test_a_search_names_the_fields_that_ask_for_what_is_nowhere(busy: Engine) -> None:
    room = ReadingRoom(busy)
    asked = Search(number="99/XX", unit="sao hỏa", requirement="bay")
    assert room.find(AUDITOR, asked).unknown == ("number", "unit", "requirement")
    assert room.find(HIGH, Search(unit=small.LOW)).unknown == ("unit",)


def test_an_answer_is_shown_with_every_time_it_was_handed_in(busy: Engine) -> None:
    sheet = ReadingRoom(busy).obligation(AUDITOR, REGISTER, f"plan@{small.LOW}")
    assert sheet is not None
    assert [item.number for item in sheet.answers] == [1]
    assert sheet.line.state is State.SUBMITTED
    assert sheet.delay is not None
    assert sheet.delay.late_days > 0


def test_the_machinery_is_counted(busy: Engine) -> None:
    room = ReadingRoom(busy)
    (entry,) = room.technical(OPERATOR) or ()
    assert (entry.registers, entry.closed_registers, entry.archived) == (3, 0, 0)
    assert entry.events > 0
    assert sum(entry.mails.values()) > 0
    assert room.technical(HIGH) is None
