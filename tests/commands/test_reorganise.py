"""`dondoc units reorganise`: shown before anything changes, refused with the reason, harmless to repeat."""

import json
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import Engine
from sqlmodel import select

from commands.errors import CommandError, Exit
from commands.reform_files import read_reform
from commands.reorganise import Done, Hands, check, reorganise
from commands.show_reform import show_seen
from models.clock import Clock
from models.obligation import State
from models.tables import CascadeRow, ObligationRow
from models.unreachable import Unreachable
from rules.ledger import open_register
from rules.reforming.forecast import Account
from store.engine import reading
from store.recorder import Recorder
from store.reforms import save_reform, successors_of
from store.units import load_units
from tests import small, small_reform
from tests.commands.conftest import Dondoc
from tests.commands.ledgers import Ledgers
from tests.small_reform import ALONE, MERGED, NOW
from web.ports import Cascades


def _says_no(_: str) -> None:
    raise CommandError(Exit.REFUSED, "no")


async def _nowhere() -> Cascades:
    raise AssertionError("nobody is to be told")


NOBODY = Hands("thanh tra", "sắp xếp", _nowhere, _says_no, lambda _done, _of: None)
HUE = Path("data/reforms/2025-07-01-hue.yaml")


@pytest.fixture
def opened(engine: Engine) -> Engine:
    """The small directive with all its registers open."""
    small.store(engine, Clock(origin_real=datetime.now(UTC), origin_business=small.STARTS))
    recorder = Recorder(engine, small.MAIL_HOURS)
    for cascade in small.plan().cascades:
        recorder.record(cascade.cascade_id, open_register(cascade, small.STARTS).events)
    return engine


def test_what_would_happen_is_shown_and_nothing_is_changed(opened: Engine, tmp_path: Path) -> None:
    file, before = small_reform.write(tmp_path), load_units(opened)
    seen = check(opened, file)
    assert (seen.ended, seen.made) == (6, 3)
    (found,) = seen.directives
    assert {account: found.total(account) for account in Account} == {
        Account.STAYS: 0, Account.MOVED: 3, Account.MERGED: 2, Account.WAITING: 3, Account.CLOSED: 1,
    }  # fmt: skip
    assert {keeper.before: keeper.now for keeper in found.keepers} == {
        small.TOP: NOW,
        small.HIGH: None,
        small.LOW: None,
    }
    assert load_units(opened) == before
    with reading(opened) as session:
        assert {row.revision for row in session.exec(select(CascadeRow))} == {0}
        assert State.TRANSFERRED not in session.exec(select(ObligationRow.state)).all()


def test_the_registry_knows_who_follows_whom(opened: Engine, tmp_path: Path) -> None:
    heirs = read_reform(small_reform.write(tmp_path), load_units(opened))
    assert save_reform(opened, heirs) == (3, 6)
    assert save_reform(opened, heirs) == (0, 6), "harmless to repeat"
    found = load_units(opened)
    assert found[small.HIGH].valid_to == small_reform.EVE
    assert not found[NOW].valid_on(small_reform.EVE)
    assert [(item.unit.code, item.change) for item in successors_of(opened, "0112-xa")] == [(MERGED, "merged")]
    assert [item.unit.code for item in successors_of(opened, small.LOW)] == [NOW, ALONE]
    assert successors_of(opened, NOW) == ()


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("on: 2020-03-02", "on: 2020-02-30", "reform.yaml:1: on:"),
        ("on: 2020-03-02", "on: 2020-03-03", "valid from 2020-03-02, the reform is on 2020-03-03"),
        ("basis: ", "base: ", "reform.yaml:"),
        ("registry: units.yaml", "registry: unit.yaml", "unit.yaml: cannot be read"),
        ("links.csv", "places.csv", "places.csv: the column 'old_ward' is missing"),
        ("province: noi-vu}", "province: noi-vụ}", "did you mean 'noi-vu'"),
        ("  kinds: {plan: down, report: up}", "  kinds: {plan: dwon}", "reform.yaml:9: dissolved.kinds.plan:"),
        ("lines:", "units: {nobody: {}}\nlines:", "no unit 'nobody' in the registry"),
    ],
)
def test_a_file_that_is_wrong_is_refused_with_the_place(
    started: Engine, tmp_path: Path, old: str, new: str, words: str
) -> None:
    file = small_reform.write(tmp_path)
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new), "utf-8")
    with pytest.raises(CommandError) as wrong:
        read_reform(file, load_units(started))
    assert wrong.value.code is Exit.INVALID
    assert words in str(wrong.value)


def test_from_the_command_line_units_change_and_show_who_follows(prepared: Dondoc) -> None:
    shown = prepared("units", "reorganise", HUE, "--check", "--json")
    assert (shown.code, json.loads(shown.out)["ended"], json.loads(shown.out)["made"]) == (0, 143, 42)
    assert prepared("units", "reorganise", HUE).code == Exit.INVALID, "why is missing"
    assert "--yes" in prepared("units", "reorganise", HUE, "--reason", "sắp xếp").err
    done = prepared("units", "reorganise", HUE, "--reason", "sắp xếp", "--yes", "--json")
    assert (done.code, json.loads(done.out)["added"]) == (0, 42)
    old = json.loads(prepared("units", "show", "46-ldtbxh", "--json").out)
    assert old["valid_to"] == "2025-06-30"
    assert {(item["function"], item["name"]) for item in old["successors"]} == {
        ("", "Sở Nội vụ thành phố Huế"),
        ("children", "Sở Y tế thành phố Huế"),
    }
    assert "Sở Nội vụ thành phố Huế" in prepared("units", "show", "46-ldtbxh").out


def test_who_repeats_what_is_done_is_told_so_and_not_asked(prepared: Dondoc) -> None:
    assert prepared("units", "reorganise", HUE, "--reason", "sắp xếp", "--yes").code == 0
    again = prepared("units", "reorganise", HUE, "--reason", "sắp xếp", "--json")
    found = json.loads(again.out)
    assert (again.code, found["seen"]["nothing_left"], found["added"], found["ended"]) == (0, True, 0, 0)
    assert "nothing is left to do" in again.err
    assert "units end" not in again.err
    checked = prepared("units", "reorganise", HUE, "--check")
    assert (checked.code, "nothing is left to do" in checked.err) == (0, True)


class Desk:
    """Somebody who carries the small reform out, in registers that decide by the real rules."""

    def __init__(self, engine: Engine, folder: Path) -> None:
        small.store(engine, Clock(origin_real=datetime.now(UTC), origin_business=small.STARTS))
        self.engine, self.file, self.ledgers = engine, small_reform.write(folder), Ledgers(engine)
        self.asked: list[str] = []

    async def reorganise(self) -> Done:
        async def connect() -> Cascades:
            return self.ledgers

        hands = Hands("thanh tra", "sắp xếp", connect, self.asked.append, lambda _done, _of: None, patience=0)
        return await reorganise(self.engine, self.file, hands, lambda _: None)


async def test_what_is_said_beforehand_is_what_is_done_and_then_nothing_is_left(sqlite: Engine, tmp_path: Path) -> None:
    desk = Desk(sqlite, tmp_path)
    said = check(sqlite, desk.file)
    done = await desk.reorganise()
    assert (said.nothing_left, done.seen, done.exit) == (False, said, Exit.DONE)
    assert [sum(done.told.values())] == [found.told for found in said.directives]
    with reading(sqlite) as session:
        states = Counter(session.exec(select(ObligationRow.state)))
    (found,) = said.directives
    assert states[State.TRANSFERRED] == found.total(Account.MOVED) + found.total(Account.MERGED)
    assert states[State.SUSPENDED] == found.total(Account.WAITING)
    again = await desk.reorganise()
    assert (again.seen.nothing_left, again.told, len(desk.asked)) == (True, {}, 1)


async def test_what_was_interrupted_is_left_to_do(sqlite: Engine, tmp_path: Path) -> None:
    desk = Desk(sqlite, tmp_path)
    desk.ledgers.down.add(small.cascade(small.TOP))
    with pytest.raises(Unreachable):
        await desk.reorganise()
    assert not check(sqlite, desk.file).nothing_left
    desk.ledgers.down.clear()
    await desk.reorganise()
    assert check(sqlite, desk.file).nothing_left


def test_one_is_not_said_as_several(capsys: pytest.CaptureFixture[str], opened: Engine, tmp_path: Path) -> None:
    file = tmp_path / "reform.yaml"
    file.write_text("on: 2020-03-02\nbasis: Nghị quyết\nunits: {0112-xa: {to: 0111-xa}}\n", "utf-8")
    show_seen(check(opened, file))
    shown = capsys.readouterr().err
    assert "1 unit ends (1 merged), 0 are there instead" in shown
    assert "1 register is told" in shown


async def test_a_reform_whose_day_has_not_come_is_refused(started: Engine, tmp_path: Path) -> None:
    file = tmp_path / "reform.yaml"
    file.write_text("on: 2099-01-01\nbasis: Nghị quyết\nunits: {0112-xa: {}}\n", "utf-8")
    with pytest.raises(CommandError, match="01/01/2099, which has not come") as refused:
        await reorganise(started, file, NOBODY, lambda _: None)
    assert refused.value.code is Exit.REFUSED
    assert check(started, file).ended == 1


async def test_who_says_no_changes_nothing(started: Engine, tmp_path: Path) -> None:
    before = load_units(started)
    with pytest.raises(CommandError, match="no"):
        await reorganise(started, small_reform.write(tmp_path), NOBODY, lambda _: None)
    assert load_units(started) == before
