"""Stepping in as it is typed: what is wrong is said with an exit code before anything is sent."""

import json
import re
from datetime import UTC, date, datetime, timedelta

import pytest
from pydantic import ValidationError

from commands.groups.stepping_common import LONGEST_REASON
from commands.stepping.days import day
from commands.stepping.outcome import Left, Outcome
from commands.stepping.showing import MOST, foreseen, show_outcome, terminal
from models.clock import Clock
from models.intervention import Suspend
from models.obligation import State
from rules.refusals import Reason
from settings import Settings
from store.engine import make_engine
from store.recorder import Recorder
from tests import small
from tests.commands.conftest import Dondoc
from tests.commands.ledgers import Ledgers
from tests.rules.plans import line

NUMBER = "15/SO-BĐG"
AT = small.STARTS + timedelta(days=14)
PLAN = f"plan@{small.HIGH}"
WHY = ("--reason", "bão số 5", "--yes")


@pytest.fixture
def started(dondoc: Dondoc) -> Dondoc:
    """The command on a home with the small directive as it runs, while no Temporal does."""
    assert dondoc("init").code == 0
    engine = make_engine(Settings().sql_url)
    small.store(engine, Clock(origin_real=datetime.now(UTC), origin_business=AT))
    Ledgers(engine)
    engine.dispose()
    return dondoc


@pytest.mark.parametrize(
    ("words", "code", "says"),
    [
        (("waive", NUMBER, *WHY), 2, "--all"),
        (("waive", NUMBER, PLAN, "--reason", " ", "--yes"), 2, "--reason"),
        (("waive", NUMBER, PLAN, "--yes"), 2, "--reason"),
        (("waive", NUMBER, PLAN, "--reason", "x" * (LONGEST_REASON + 1), "--yes"), 2, "at most 2000"),
        (("enlist", NUMBER, "--requirement", "plan", "--unit", small.LOW, "--reason", " ", "--yes"), 2, "--reason"),
        (("units", "reorganise", "reform.yaml", "--reason", "x" * (LONGEST_REASON + 1), "--yes"), 2, "at most 2000"),
        (("waive", NUMBER, PLAN, "--all", *WHY), 2, "--all with a filter"),
        (("waive", NUMBER, "--unit", small.LOW, "--level", "commune", *WHY), 3, "nothing fits the filters"),
        (("waive", NUMBER, "--below", "0111", *WHY), 4, "dondoc units tree"),
        (("waive", NUMBER, PLAN, "--reason", "bão"), 2, "add --yes"),
        (("waive", NUMBER, "--state", "opne", *WHY), 2, "did you mean 'open'"),
        (("waive", NUMBER, "--requirement", "plann", *WHY), 4, "did you mean 'plan'"),
        (("waive", NUMBER, "--unit", "011-phon", *WHY), 4, "did you mean '011-phong'"),
        (("waive", "16/SO-BĐG", PLAN, *WHY), 4, "dondoc list"),
        (("waive", NUMBER, "--late", *WHY), 3, "nothing fits the filters"),
        (("waive", NUMBER, f"funded-report@{small.LOW}", *WHY), 3, "không áp dụng"),
        (("set-due", NUMBER, PLAN, "--until", "31/6/2020", *WHY), 2, "31/07/2025"),
        (("set-due", NUMBER, PLAN, "--until", "2020-03-01", *WHY), 3, "trước ngày ban hành"),
        (("set-due", NUMBER, PLAN, "--until", "15/03/2020", *WHY), 3, "đã qua"),
        (("extend", NUMBER, PLAN, "--until", "01/07/2020", *WHY), 3, "sau ngày khóa sổ"),
        (("extend", NUMBER, PLAN, "--until", "20/03/2020", *WHY), 3, "phải sau thời hạn hiện tại"),
        (("reassign", NUMBER, PLAN, "--to", "013-phong", *WHY), 4, "no unit '013-phong'"),
        (("reassign", NUMBER, PLAN, "--to", small.LOW, *WHY), 3, "đã được giao nhiệm vụ này"),
        (("resume", NUMBER, "--all", *WHY), 3, "không ở trạng thái tạm dừng"),
        (("accept-paper", NUMBER, PLAN, "--received", "x", *WHY), 2, "--received"),
        (("accept-paper", NUMBER, PLAN, "--received", "12/3/2020", "--file", "no.pdf", *WHY), 2, "no.pdf"),
        (("accept-paper", NUMBER, PLAN, "--received", "12/3/2020", "--outcome", "x", *WHY), 2, "no outcome 'x'"),
        (("accept-paper", NUMBER, PLAN, "--received", "12/3/2020", "--dated", "11/3/2020", *WHY), 2, "--document"),
        (("accept-paper", NUMBER, "plan@x", "--received", "12/3/2020", *WHY), 4, "no obligation 'plan@x'"),
        (("grant", NUMBER, f"{PLAN}/r3", *WHY), 4, "dondoc status"),
        (("refuse", NUMBER, f"{PLAN}/r3", *WHY), 4, "dondoc status"),
        (("name-holder", NUMBER, small.HIGH, "--name", "Lan", "--email", "lan", *WHY), 2, "--email"),
        (("name-holder", NUMBER, small.HIGH, "--name", "Lan", "--email", "l@x.vn", "--as", "x", *WHY), 2, "colleague"),
        (("cancel", NUMBER, "--reason", "bãi bỏ"), 2, "add --yes"),
        *(((name, NUMBER, PLAN, *WHY), 5, "dondoc up") for name in ("remind", "waive", "withdraw", "suspend")),
        (("not-applicable", NUMBER, PLAN, *WHY), 5, "dondoc up"),
        (("reinstate", NUMBER, f"funded-report@{small.LOW}", *WHY), 5, "dondoc up"),
        (("close", NUMBER, *WHY), 5, "dondoc up"),
    ],
)
def test_what_is_wrong_is_said(started: Dondoc, words: tuple[str, ...], code: int, says: str) -> None:
    answer = started(*words)
    assert (answer.code, answer.out) == (code, "")
    assert says in answer.err.replace("\n", " ")
    assert "Traceback" not in answer.err


def test_a_closed_directive_is_refused(started: Dondoc) -> None:
    engine = make_engine(Settings().sql_url)
    Recorder(engine, small.MAIL_HOURS).close_directive(small.plan().head.directive_id)
    engine.dispose()
    for words in (("waive", PLAN), ("remind", "--all"), ("cancel",), ("set-due", PLAN, "--until", "10/04/2020")):
        answer = started(words[0], NUMBER, *words[1:], *WHY)
        assert (answer.code, "đã khóa" in answer.err) == (3, True), words


def test_the_longest_reason_is_one_that_a_register_takes() -> None:
    stamp = {"id": "1", "at": AT, "actor": {"kind": "supervisor", "unit": small.TOP}}
    said = {"targets": [], "reason": "x" * LONGEST_REASON}
    assert Suspend.model_validate(stamp | said).reason == said["reason"]
    with pytest.raises(ValidationError):
        Suspend.model_validate(stamp | said | {"reason": "x" * (LONGEST_REASON + 1)})


def test_what_fits_nowhere_is_one_document(started: Dondoc) -> None:
    answer = started("waive", NUMBER, f"funded-report@{small.LOW}", *WHY, "--json")
    found = json.loads(answer.out)
    assert (answer.code, found["command"], found["number"], found["done"]) == (3, "waive", NUMBER, [])
    assert [(item["item"], item["why"]) for item in found["left"]] == [(f"funded-report@{small.LOW}", "not_applicable")]


def test_it_is_shown_what_will_be_touched(started: Dondoc) -> None:
    answer = started("waive", NUMBER, "--unit", small.LOW, "--reason", "bão")
    assert "2 will be waived" in answer.err
    assert "Phòng huyện Thấp" in answer.err
    assert "1 left: Nhiệm vụ này không áp dụng đối với đơn vị." in answer.err
    assert "Nothing was changed" in answer.err


MANY = [
    line(State.OPEN, requirement=f"r{number}", unit=f"x{unit}", unit_name=f"[Xã] {unit}")
    for number in range(15)
    for unit in range(9)
]


def test_of_many_the_first_are_named_and_all_are_counted_by_level_and_requirement(
    capsys: pytest.CaptureFixture[str],
) -> None:
    foreseen("will be waived", MANY, [])
    shown = capsys.readouterr().err
    assert "135 will be waived" in shown
    assert shown.count("[Xã]") == MOST
    assert f"… and {135 - MOST} more (`--list` names all)" in shown
    assert all(re.search(rf"│ {MANY[0].level} +│ r{number} +│ 9 +│ 9 +│", shown) for number in range(15))


def test_all_are_named_where_that_is_asked_for(capsys: pytest.CaptureFixture[str]) -> None:
    with terminal(yes=True, whole=True) as person:
        person.foreseen("will be waived", MANY, [])
    shown = capsys.readouterr().err
    assert shown.count("[Xã]") == len(MANY)
    assert "--list" not in shown


def test_what_was_left_is_told_by_reason_with_the_first_names(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "200")
    left = tuple(Left(f"plan@{number}", f"[Xã] {number}", "p", Reason.WAIVED) for number in range(5))
    show_outcome(Outcome("waive", {}, ("plan@9",), (*left, Left("plan@8", "Xã 8", "p", None))))
    shown = capsys.readouterr().err
    assert "waive: 1 done" in shown
    assert "5 left: Đơn vị đã được miễn thực hiện nhiệm vụ này. plan@0 ([Xã] 0)" in shown
    assert "1 left: its register did not answer" in shown


@pytest.mark.parametrize("text", ["31/07/2025", "2025-07-31", " 31/7/2025 "])
def test_days_are_read_as_people_write_them(text: str) -> None:
    assert day(text, "--until") == date(2025, 7, 31)
