"""Sheets of anchors: written once a day, chained, read again to the letter, compared with the chains of today."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine
from sqlmodel import col, select

from audit.archive.anchoring import Anchors, Sheets
from audit.archive.anchors import Sheet, SheetBroken, breaks, parse, sha256_of, verify, write, written
from models.actor import Actor, ActorKind
from models.anchor import Head, RegisterHeads, SheetName, Written
from models.journal import INSTALLATION, Viewed
from models.tables import CascadeRow, EventRow
from models.trail_tables import JournalRow
from store.anchoring import AnchorRecords
from store.engine import reading
from store.journal import Journal
from tests import small
from tests.audit.archives import REGISTER, close

MONDAY = datetime(2026, 11, 23, 1, 2, 3, 4, tzinfo=UTC)
DAY = timedelta(days=1)

heads = st.builds(Head, seq=st.integers(0, 10**6), hash=st.text("0123456789abcdef", min_size=64, max_size=64))
words = st.text("aăâbcdđ :.-/|", min_size=1).filter(lambda text: text == " ".join(text.split()))
registers = st.builds(
    RegisterHeads,
    cascade_id=words,
    number=words,
    unit=words,
    unit_name=words,
    events=heads,
    journal=heads,
)
names = st.builds(SheetName, day=st.dates(date(2020, 1, 1)), number=st.integers(1, 12))
sheets = st.builds(
    Sheet,
    day=st.dates(date(2020, 1, 1), date(2100, 1, 1)),
    written_at=st.datetimes(datetime(2020, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC)).map(  # noqa: DTZ001
        lambda at: at.replace(microsecond=0)
    ),
    installation=words,
    number=st.integers(1, 12),
    previous=st.none() | st.builds(Written, name=names, sha256=st.just("ab" * 32)),
    journal=heads,
    registers=st.lists(registers, max_size=3).map(tuple),
    unchanged=st.integers(0, 1000),
)


@given(sheet=sheets)
@settings(max_examples=50)
def test_a_sheet_is_read_as_it_was_written_also_from_a_mail(sheet: Sheet) -> None:
    assert parse(write(sheet)) == sheet
    assert parse(write(sheet).replace("\n", "\r\n")) == sheet


@given(sheet=sheets, data=st.data())
@settings(max_examples=50)
def test_a_sheet_in_which_anything_was_changed_is_refused(sheet: Sheet, data: st.DataObject) -> None:
    text = write(sheet)
    place = data.draw(st.integers(0, len(text) - 1))
    letter = data.draw(st.sampled_from("x7 \n").filter(lambda letter: letter != text[place]))
    with pytest.raises(SheetBroken):
        parse(text[:place] + letter + text[place + 1 :])


def test_a_truncated_sheet_and_one_with_another_line_are_refused() -> None:
    sheet = Sheet(
        day=MONDAY.date(),
        written_at=MONDAY.replace(microsecond=0),
        installation="Sở",
        previous=None,
        journal=Head(seq=1, hash="ab" * 32),
        registers=(),
        unchanged=0,
    )
    with pytest.raises(SheetBroken, match="missing at the end"):
        parse(write(sheet)[:100])
    with pytest.raises(SheetBroken):
        parse(write(sheet) + "một dòng nữa\n")


class Office:
    """Who writes the sheets of a database, and where."""

    def __init__(self, engine: Engine, home: Path) -> None:
        self.engine = engine
        self.sheets = Sheets(home / "anchors")
        self.anchors = Anchors(AnchorRecords(engine), self.sheets, "http://127.0.0.1:8080")

    def read(self) -> list[Sheet]:
        found = [sheet for _, sheet in self.sheets.all()]
        assert not [sheet for sheet in found if isinstance(sheet, SheetBroken)]
        return [sheet for sheet in found if isinstance(sheet, Sheet)]

    def hash_of(self, chain: str, journal: bool, seq: int) -> str | None:
        with reading(self.engine) as session:
            if journal:
                return session.exec(
                    select(JournalRow.hash).where(JournalRow.chain == chain, JournalRow.seq == seq)
                ).first()
            return session.exec(select(EventRow.hash).where(EventRow.cascade_id == chain, EventRow.seq == seq)).first()


@pytest.fixture
def office(started: Engine, tmp_path: Path) -> Office:
    close(started)
    return Office(started, tmp_path)


def test_a_sheet_has_the_heads_of_all_registers_and_is_noted(office: Office) -> None:
    path, fresh = office.anchors.write(MONDAY)
    assert fresh
    (sheet,) = office.read()
    with reading(office.engine) as session:
        rows = {row.id: row for row in session.exec(select(CascadeRow))}
        note = session.exec(select(JournalRow.body).where(JournalRow.chain == INSTALLATION)).one()
    assert {item.cascade_id: item.events for item in sheet.registers} == {
        key: Head(seq=row.last_seq, hash=row.chain_head) for key, row in rows.items()
    }
    assert {item.unit_name for item in sheet.registers} >= {"Sở Thử nghiệm tỉnh Nhỏ"}
    assert sha256_of(sheet) in note
    assert path.read_text("utf-8").startswith("BẢN NIÊM PHONG MÃ BĂM HẰNG NGÀY")
    assert verify(sheet, office.hash_of) == ()


def test_what_was_written_on_a_day_is_not_written_again(office: Office) -> None:
    path, _ = office.anchors.write(MONDAY)
    before = path.read_bytes()
    note(office, REGISTER)
    assert office.anchors.write(MONDAY + timedelta(hours=3)) == (path, False)
    assert path.read_bytes() == before


def test_at_once_another_sheet_of_the_day_is_written_if_it_says_anything_new(office: Office) -> None:
    first, _ = office.anchors.write(MONDAY)
    assert office.anchors.write_at_once(MONDAY) == (first, False)
    note(office, REGISTER)
    second, fresh = office.anchors.write_at_once(MONDAY)
    assert fresh
    assert second.name == "2026-11-23-2.txt"
    assert office.anchors.write(MONDAY) == (second, False)
    office.anchors.write(MONDAY + DAY)
    before, after, next_day = office.read()
    assert (before.number, after.number, next_day.number) == (1, 2, 1)
    assert breaks([before, after, next_day]) == ()
    assert [item.cascade_id for item in after.registers] == [REGISTER]


def test_a_clock_that_was_set_back_does_not_write_over_what_is_there(office: Office) -> None:
    later, _ = office.anchors.write(MONDAY + DAY)
    note(office, REGISTER)
    again, fresh = office.anchors.write_at_once(MONDAY)
    assert fresh
    assert [path for path, _ in office.sheets.all()] == [later, again]


@given(name=names)
def test_the_name_of_a_sheet_is_read_as_it_is_written(name: SheetName) -> None:
    assert SheetName.parse(str(name)) == name


def test_the_sheets_are_a_chain_also_over_days_on_which_none_was_written(office: Office) -> None:
    for day in (0, 1, 5):
        office.anchors.write(MONDAY + day * DAY)
    first, second, third = office.read()
    assert (first.previous, second.previous) == (None, written(first))
    assert third.previous == written(second)
    assert breaks([first, second, third]) == ()
    assert breaks([first, third]) == (third,)


def test_a_sheet_names_only_registers_that_have_changed_since_one_named_them(office: Office) -> None:
    office.anchors.write(MONDAY)
    note(office, REGISTER)
    office.anchors.write(MONDAY + DAY)
    first, second = office.read()
    assert [item.cascade_id for item in second.registers] == [REGISTER]
    assert second.unchanged == len(first.registers) - 1


def test_a_sheet_that_was_written_and_could_not_be_noted_is_noted_by_the_next_try(office: Office) -> None:
    path, _ = office.anchors.write(MONDAY)
    before = path.read_bytes()
    with office.engine.begin() as connection:
        connection.execute(JournalRow.__table__.delete())  # type: ignore[attr-defined]  # SQLModel gives tables this
    assert office.anchors.write(MONDAY + timedelta(hours=1)) == (path, False)
    assert path.read_bytes() == before
    with reading(office.engine) as session:
        assert session.exec(select(JournalRow.kind).where(JournalRow.chain == INSTALLATION)).all() == ["anchored"]


def test_a_broken_sheet_is_named_and_the_next_day_goes_on_from_what_was_noted(office: Office) -> None:
    path, _ = office.anchors.write(MONDAY)
    (first,) = office.read()
    path.write_bytes(path.read_bytes()[:200])
    office.anchors.write(MONDAY + DAY)
    (_, broken), (_, second) = office.sheets.all()
    assert isinstance(broken, SheetBroken)
    assert isinstance(second, Sheet)
    assert second.previous == written(first)
    assert second.unchanged == 0


def test_a_chain_that_is_another_today_is_named_by_the_old_sheet(office: Office) -> None:
    note(office, REGISTER)
    office.anchors.write(MONDAY)
    (sheet,) = office.read()
    with office.engine.begin() as connection:
        events = EventRow.__table__  # type: ignore[attr-defined]  # SQLModel gives tables this
        last = next(item.events for item in sheet.registers if item.cascade_id == REGISTER)
        connection.execute(events.update().where(col(EventRow.seq) == last.seq).values(hash="ab" * 32))
        connection.execute(JournalRow.__table__.delete())  # type: ignore[attr-defined]  # as above
    changed, gone = verify(sheet, office.hash_of)
    assert (changed.chain, changed.journal, changed.seq, changed.found) == (REGISTER, False, last.seq, "ab" * 32)
    assert (gone.chain, gone.journal, gone.seq, gone.found) == (REGISTER, True, 1, None)


def note(office: Office, chain: str) -> None:
    actor = Actor(kind=ActorKind.READER, unit=small.TOP)
    Journal(office.engine).note(chain, actor, "/", Viewed(page="register"))
