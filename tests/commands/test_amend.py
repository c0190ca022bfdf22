"""`dondoc amend` and `enlist`, from the file to what stands in all registers, decided by the real rules."""

import asyncio
import json
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine
from sqlmodel import select

import naming
from changing.enlisting import Enlisting
from commands import amend, enlist
from commands.errors import CommandError, Exit
from commands.show_change import effect, question, seen
from commands.stepping.looking import Looked, look
from models.clock import Clock
from models.obligation import State
from models.plan import CascadePlan, Plan
from models.tables import CascadeRow, DirectiveRow, ObligationRow, VersionRow
from models.unit import Unit
from models.unreachable import Unreachable
from rules.calendar import WorkingCalendar, day_end
from rules.compiler import compile_directive
from rules.ledger import Change, open_register
from rules.words import day
from settings import Settings
from store.directives import add_directive, plan_of
from store.engine import make_engine, reading
from store.files import FileStore
from store.recorder import Recorder
from store.units import save_units
from tests import small
from tests.commands.conftest import Dondoc
from tests.commands.ledgers import Ledgers

NUMBER = "15/SO-BĐG"
AT = small.STARTS + timedelta(days=14, hours=10)
"""A Monday, two weeks after the start."""
HEAD = """
document: {number: 15/SO-BĐG, title: triển khai việc nhỏ, issuer: 01-so, date: 2020-03-02}
closing: 2020-06-30
awaits: {guidance: Hướng dẫn của tỉnh}
"""
FIRST = f"""{HEAD}
requirements:
  plan: {{title: Kế hoạch năm, kind: plan, to: {{level: district}}, due: 2020-03-31}}
  old: {{title: Việc cũ, kind: plan, to: {{level: district}}, due: 2020-04-30}}
  high: {{title: Việc riêng, kind: plan, to: {{units: [011-phong]}}, due: 2020-03-13}}
  commune-note:
    {{title: Báo nhanh, kind: report, to: {{units: [0121-xa]}}, due: 2020-05-15, opens: {{when_accepted: plan}}}}
"""
SECOND = f"""{HEAD}
requirements:
  plan: {{title: Kế hoạch năm, kind: plan, to: {{level: district}}, due: 2020-04-15}}
  high: {{title: Việc riêng, kind: plan, to: {{units: [011-phong]}}, due: 2020-03-13}}
  commune-note:
    {{title: Báo nhanh, kind: report, to: {{units: [0121-xa]}}, due: 2020-05-15, opens: {{when_accepted: plan}}}}
  commune-plan:
    {{title: Kế hoạch xã, kind: plan, to: {{level: commune}}, due: 2020-05-29, opens: {{when_accepted: plan}}}}
"""


class Running(Ledgers):
    """Registers that start those below them, as they come."""

    def __init__(self, engine: Engine, directive: Plan) -> None:
        self._begun = False
        self.engine = engine
        super().__init__(engine, directive)
        self._begun = True

    def _take(self, cascade_id: str, change: Change) -> None:
        super()._take(cascade_id, change)
        plan = self._plans[cascade_id]
        for child in (naming.cascade_id(plan.directive_id, code) for code in plan.children):
            if self._begun and child not in self._states:
                self._plans[child] = Recorder(self.engine, small.MAIL_HOURS).load_plan(child)
                super()._take(child, open_register(self._plans[child], change.state.now))


@dataclass
class Desk:
    """A directive that runs, and what somebody does who changes it."""

    engine: Engine
    registers: Running
    folder: Path
    told: list[tuple[int, int]] = field(default_factory=list)

    def looked(self) -> Looked:
        found = look(self.engine, NUMBER, None, "lan")
        return replace(found, at=AT)

    def file(self, written: str) -> Path:
        path = self.folder / "second.yaml"
        path.write_text(written, "utf-8")
        return path

    def prepare(self, written: str = SECOND, reason: str = "điều chỉnh") -> amend.Prepared:
        return amend.prepare(self.engine, self.looked(), self.file(written), reason, None)

    def amend(self, written: str = SECOND) -> amend.Prepared:
        prepared = self.prepare(written)
        files = FileStore(self.folder / "files")
        progress = self._progress
        asyncio.run(amend.apply(self.engine, files, self.registers, prepared, progress))
        return prepared

    def enlist(self, key: str, *units: str, until: date | None = None) -> Enlisting:
        prepared = enlist.prepare(self.engine, self.looked(), [key], units, until, "bổ sung")
        asyncio.run(enlist.apply(self.engine, self.registers, prepared, self._progress))
        return prepared

    def states(self) -> dict[str, State]:
        with reading(self.engine) as session:
            return {row.key: State(row.state) for row in session.exec(select(ObligationRow))}

    def due(self, key: str) -> datetime | None:
        with reading(self.engine) as session:
            return session.exec(select(ObligationRow.due).where(ObligationRow.key == key)).one()

    def plan(self, unit: str) -> CascadePlan:
        with reading(self.engine) as session:
            return plan_of(session, small.cascade(unit))

    def accept(self, key: str) -> None:
        root = small.cascade(small.TOP)
        self.registers.do(root, small.submit(key, AT - timedelta(days=3), f"submit {key}"))
        self.registers.do(root, small.review(key, small.TOP, AT - timedelta(days=2), f"review {key}"))

    def _progress(self, done: int, of: int) -> None:
        self.told.append((done, of))


@pytest.fixture
def desk(sqlite: Engine, tmp_path: Path) -> Desk:
    return begin(sqlite, tmp_path)


def begin(engine: Engine, folder: Path) -> Desk:
    """The first version, opened on its day."""
    save_units(engine, small.UNITS)
    found = compile_directive(FIRST.encode(), {unit.code: unit for unit in small.UNITS}, WorkingCalendar())
    assert found.plan is not None, found.errors
    now = datetime.now(UTC)
    add_directive(engine, found.plan, Clock(origin_real=now, origin_business=AT), FIRST, now)
    return Desk(engine, Running(engine, found.plan), folder)


# A new version


def test_a_version_is_compared_before_it_is_applied_and_nothing_is_changed(desk: Desk) -> None:
    desk.accept(f"old@{small.HIGH}")
    desk.accept(f"plan@{small.HIGH}")
    before = desk.states()
    prepared = desk.prepare()
    change = seen(prepared.foreseen, AT)
    found = effect(change)
    assert {item["obligation"] for item in found["added"]} == {f"commune-plan@{code}" for code in small.COMMUNES}
    assert found["withdrawn"] == [{"obligation": f"old@{small.LOW}", "state": State.OPEN}]
    old, new = (day_end(date(2020, 3, 31)).isoformat(), day_end(date(2020, 4, 15)).isoformat())
    assert found["redated"] == [{"obligation": f"plan@{small.LOW}", "from": old, "to": new}]
    assert set(found["kept_as_done"]) == {f"old@{small.HIGH}", f"plan@{small.HIGH}"}
    assert (found["answers_kept"], found["unchanged"]) == (2, 2)
    assert found["by_state"] == {State.OPEN: 2, State.ACCEPTED: 2}
    assert question(change, "x") == (
        "x: 3 obligations are added, 1 withdrawn, 1 gets a new date, in 3 registers. Go on?"
    )
    assert (prepared.version, desk.states(), desk.registers.sent) == (2, before, [])
    assert amend.described(prepared)["ended_units"] == []


def test_applied_it_stands_in_all_registers_and_what_had_come_above_is_told_again(desk: Desk) -> None:
    desk.accept(f"plan@{small.HIGH}")
    desk.amend()
    states = desk.states()
    assert states[f"old@{small.LOW}"] is State.WITHDRAWN
    assert states["commune-plan@0111-xa"] is State.OPEN, "the plan of its division had been accepted before"
    assert states["commune-plan@0121-xa"] is State.DORMANT
    assert desk.due(f"plan@{small.LOW}") == day_end(date(2020, 4, 15))
    assert desk.due(f"plan@{small.HIGH}") == day_end(date(2020, 3, 31))
    assert [register for register, command in desk.registers.sent if command.kind == "amend"] == [
        small.cascade(small.TOP), small.cascade(small.LOW),
    ]  # fmt: skip
    assert {desk.plan(unit).version for unit in (small.TOP, small.HIGH, small.LOW)} == {2}
    assert desk.told == [(1, 2), (2, 2)]
    with reading(desk.engine) as session:
        row = session.exec(select(DirectiveRow)).one()
        assert (row.version, row.source) == (2, SECOND)
        assert session.exec(select(VersionRow.source, VersionRow.reason)).one() == (FIRST, "điều chỉnh")


def test_going_back_to_the_version_before_asks_again_what_was_withdrawn(desk: Desk) -> None:
    desk.amend()
    desk.amend(FIRST)
    states = desk.states()
    assert states[f"old@{small.LOW}"] is State.OPEN
    assert states["commune-plan@0111-xa"] is State.WITHDRAWN
    assert desk.due(f"plan@{small.LOW}") == day_end(date(2020, 3, 31))
    assert desk.plan(small.HIGH).version == 3


def test_where_telling_is_interrupted_the_same_command_completes_it(desk: Desk) -> None:
    desk.accept(f"plan@{small.HIGH}")
    desk.registers.down.add(small.cascade(small.LOW))
    with pytest.raises(Unreachable):
        desk.amend()
    assert (desk.plan(small.TOP).version, desk.plan(small.LOW).version) == (2, 1)
    with pytest.raises(CommandError, match=r"version 2 .* not reached all registers") as other:
        desk.prepare(SECOND.replace("2020-04-15", "2020-04-16"))
    assert other.value.code is Exit.REFUSED
    desk.registers.down.clear()
    prepared = desk.amend()
    assert (prepared.stored, list(prepared.commands)) == (True, [small.cascade(small.LOW)])
    assert (desk.plan(small.LOW).version, desk.states()["commune-plan@0111-xa"]) == (2, State.OPEN)
    sent = len(desk.registers.sent)
    assert desk.amend().commands == {}
    assert len(desk.registers.sent) == sent


def test_somebody_else_amends_it_meanwhile(desk: Desk) -> None:
    mine = desk.prepare()
    desk.amend(SECOND.replace("2020-04-15", "2020-04-16"))
    files = FileStore(desk.folder / "files")
    with pytest.raises(CommandError) as refused:
        asyncio.run(amend.apply(desk.engine, files, desk.registers, mine, lambda *_: None))
    assert refused.value.code is Exit.REFUSED
    assert desk.due(f"plan@{small.LOW}") == day_end(date(2020, 4, 16))


@pytest.mark.parametrize(
    ("change", "code", "words"),
    [
        (lambda text: text.replace("15/SO-BĐG", "16/SO-BĐG"), Exit.INVALID, "number.*dondoc start.*replaces"),
        (lambda text: text.replace("date: 2020-03-02", "date: 2020-03-03"), Exit.INVALID, "date"),
        (
            lambda text: text.replace("kind: plan", "kind: plam"),
            Exit.INVALID,
            "cannot take effect.*nothing was changed",
        ),
        (lambda _: FIRST, Exit.REFUSED, "this very file"),
        (lambda _: FIRST + "# nhận xét\n", Exit.REFUSED, "nothing that 15/SO-BĐG asks for is changed"),
        (
            lambda text: text.replace("2020-06-30", "2020-03-10").replace("2020-04-15", "2020-03-09"),
            Exit.INVALID,
            "cannot take effect",
        ),
    ],
)
def test_what_is_no_amendment_is_refused(desk: Desk, change: Callable[[str], str], code: Exit, words: str) -> None:
    with pytest.raises(CommandError, match=f"(?s){words}") as refused:
        desk.prepare(change(SECOND))
    assert refused.value.code is code
    assert desk.registers.sent == []


def test_a_reason_is_needed(desk: Desk) -> None:
    with pytest.raises(CommandError) as refused:
        desk.prepare(reason=" ")
    assert refused.value.code is Exit.REFUSED


def test_units_that_do_not_exist_any_more_are_asked_nothing_new_and_that_is_said(desk: Desk) -> None:
    ended = date(2020, 3, 10)
    gone = [unit.model_copy(update={"valid_to": ended}) for unit in small.UNITS if unit.code in {"0111-xa", small.LOW}]
    save_units(desk.engine, gone)
    new = SECOND + "  new: {title: Việc mới, kind: plan, to: {level: district}, due: 2020-05-29}\n"
    prepared = desk.amend(new)
    assert prepared.ended == ("0111-xa", small.LOW)
    states = desk.states()
    assert f"new@{small.HIGH}" in states
    assert not {f"new@{small.LOW}", "commune-plan@0111-xa"} & states.keys()
    assert states[f"plan@{small.LOW}"] is State.OPEN, "what it was asked before stays"


def test_new_dates_that_have_passed_are_counted(desk: Desk) -> None:
    prepared = desk.prepare(SECOND.replace("2020-04-15", "2020-03-06"))
    assert seen(prepared.foreseen, AT).past == 2


# Late addressees


def test_a_late_addressee_owes_it_and_the_next_version_keeps_it(desk: Desk) -> None:
    prepared = desk.enlist("high", small.LOW, until=date(2020, 4, 10))
    assert [item["obligation"] for item in effect(seen(prepared.foreseen, AT))["added"]] == [f"high@{small.LOW}"]
    assert desk.due(f"high@{small.LOW}") == day_end(date(2020, 4, 10))
    desk.amend()
    assert desk.states()[f"high@{small.LOW}"] is State.OPEN
    desk.amend(SECOND.replace("  high:", "  other:"))
    assert desk.states()[f"high@{small.LOW}"] is State.WITHDRAWN, "it goes with its requirement"


def test_for_a_late_addressee_a_register_begins(desk: Desk) -> None:
    desk.accept(f"plan@{small.HIGH}")
    assert desk.plan(small.TOP).children == (small.LOW,)
    desk.enlist("commune-note", "0111-xa")
    assert desk.states()["commune-note@0111-xa"] is State.OPEN, "what it waits for had been accepted"
    assert desk.plan(small.TOP).children == (small.LOW, small.HIGH)
    desk.amend(SECOND.replace("2020-05-15", "2020-05-22"))
    assert desk.due("commune-note@0111-xa") == day_end(date(2020, 5, 22)), "the next version knows it"
    assert desk.states()["commune-note@0111-xa"] is State.OPEN
    assert "commune-plan@0111-xa" in desk.states()


def test_a_unit_that_arose_since_the_day_of_issue_is_asked_below_who_follows_it_up_now(desk: Desk) -> None:
    arisen = stranger("0122-xa", superior=small.LOW, valid_from=date(2020, 3, 9))
    save_units(desk.engine, [arisen])
    desk.enlist("commune-note", "0122-xa")
    assert "commune-note@0122-xa" in desk.states()
    assert any(duty.unit == "0122-xa" for duty in desk.plan(small.LOW).duties)
    desk.amend()
    assert desk.states()["commune-note@0122-xa"] is not State.WITHDRAWN, "the next version knows it"


def test_where_enlisting_is_interrupted_the_same_command_completes_it(desk: Desk) -> None:
    desk.registers.down.add(small.cascade(small.HIGH))
    with pytest.raises(Unreachable):
        desk.enlist("commune-note", "0111-xa")
    assert "commune-note@0111-xa" not in desk.states()
    desk.registers.down.clear()
    desk.enlist("commune-note", "0111-xa")
    assert desk.states()["commune-note@0111-xa"] is State.DORMANT


@pytest.mark.parametrize(
    ("key", "unit", "until", "code", "words"),
    [
        ("high", "012-phon", None, Exit.NOT_FOUND, "no unit '012-phon'.*012-phong"),
        ("hihg", small.LOW, None, Exit.NOT_FOUND, "no requirement 'hihg'.*high"),
        ("plan", small.LOW, None, Exit.REFUSED, "đã được giao"),
        ("high", small.LOW, None, Exit.REFUSED, "ấn định thời hạn riêng"),
        ("high", small.LOW, date(2020, 3, 10), Exit.REFUSED, "đã qua"),
        ("old", "02-so", None, Exit.REFUSED, "not below 01-so"),
        ("old", "03-so", None, Exit.REFUSED, f"does not exist on {day(date(2020, 3, 2))}"),
        ("old", "0123-xa", None, Exit.REFUSED, f"does not exist on {day(date(2020, 3, 16))}"),
    ],
)
def test_who_cannot_be_enlisted_is_refused(
    desk: Desk, key: str, unit: str, until: date | None, code: Exit, words: str
) -> None:
    save_units(desk.engine, [stranger("02-so"), stranger("03-so", valid_from=date(2020, 3, 9)), *ENDED])
    with pytest.raises(CommandError, match=f"(?s){words}") as refused:
        desk.enlist(key, unit, until=until)
    assert refused.value.code is code
    assert desk.registers.sent == []


def stranger(code: str, **changed: Any) -> Unit:
    return small.UNITS[0].model_copy(update={"code": code, "name": f"Sở {code}"} | changed)


ENDED = [
    stranger("0123-xa", superior=small.LOW, valid_to=date(2020, 3, 9)),
]


# As it is typed


@pytest.fixture
def typed(dondoc: Dondoc, tmp_path: Path) -> tuple[Dondoc, Desk]:
    assert dondoc("init").code == Exit.DONE
    return dondoc, begin(make_engine(Settings().sql_url), tmp_path)


def test_check_shows_it_as_a_table_or_json_and_sends_nothing(typed: tuple[Dondoc, Desk]) -> None:
    dondoc, desk = typed
    words = ("amend", NUMBER, desk.file(SECOND), "--reason", "điều chỉnh", "--check")
    answer = dondoc(*words)
    assert (answer.code, answer.out) == (0, "")
    assert "commune-plan" in answer.err
    assert "31/03/2020 → 15/04/2020" in answer.err
    found = json.loads(dondoc(*words, "--json").out)
    assert (found["version"], found["applied"], len(found["added"]), found["registers"]) == (2, False, 3, 3)
    enlisted = dondoc("enlist", NUMBER, "--requirement", "old", "--unit", "0111-xa", "--reason", "bổ sung", "--check")
    assert (enlisted.code, "old" in enlisted.err) == (0, True)
    with reading(desk.engine) as session:
        assert session.exec(select(DirectiveRow.version)).one() == 1
        assert len(session.exec(select(CascadeRow)).all()) == 2


def test_without_a_terminal_it_does_not_go_on_by_itself(typed: tuple[Dondoc, Desk]) -> None:
    dondoc, desk = typed
    answer = dondoc("amend", NUMBER, desk.file(SECOND), "--reason", "điều chỉnh")
    assert (answer.code, "--yes" in answer.err) == (Exit.INVALID, True)
    faulty = dondoc("amend", NUMBER, desk.file(SECOND.replace("2020-04-15", "hôm qua")), "--reason", "x", "--check")
    assert (faulty.code, "second.yaml:7: requirements.plan.due" in faulty.err) == (Exit.INVALID, True)
