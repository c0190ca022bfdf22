"""The founding dispatch, compiled against the real registry; and texts like it that must never break the compiler."""

import copy
import re
from datetime import date, time, timedelta
from typing import Any

import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from models.follow_up import Track
from models.plan import OpeningMode, Plan
from models.unit import Level
from rules.calendar import WorkingCalendar, day_end, day_start
from rules.compiler import compile_directive
from rules.ladder import steps
from tests.rules.plans import CALENDAR, DIRECTIVE_908, compile_908, units_908

DISTRICTS = tuple(f"{number}-ldtbxh" for number in range(474, 483))
TREE = yaml.safe_load(DIRECTIVE_908)


def plan() -> Plan:
    compiled = compile_908()
    assert (compiled.errors, compiled.warnings) == ((), ())
    assert compiled.plan is not None
    return compiled.plan


def test_the_dispatch_makes_ten_registers_and_374_obligations() -> None:
    root, *below = plan().cascades
    assert (root.cascade_id, root.children) == ("cascade:46-ldtbxh.2020.sldtbxh-bdg.908:46-ldtbxh", DISTRICTS)
    assert [cascade.issuer for cascade in below] == list(DISTRICTS)
    assert {cascade.parent for cascade in below} == {root.cascade_id}
    assert len(root.duties) == 12 * len(DISTRICTS)
    communes = [found for found in units_908().values() if found.level is Level.COMMUNE]
    assert sum(len(cascade.duties) for cascade in below) == 2 * len(communes)
    assert sum(len(cascade.duties) for cascade in (root, *below)) == 374


def last_day(phrase: str) -> date | None:
    """The last day that a phrase of the dispatch names, less one for `trước`."""
    named = re.findall(r"(\d+)/(\d+)/(\d{4})", phrase)
    return date(*map(int, reversed(named[-1]))) - timedelta(days=phrase.startswith("trước")) if named else None


def test_every_due_date_is_the_configured_one() -> None:
    found = {item.key: item.due for cascade in plan().cascades for item in cascade.requirements}
    due = {key: last_day(item["due"]) for key, item in TREE["requirements"].items()}
    assert found == {key: day_end(day) if day else None for key, day in due.items()}
    assert {key for key, day in due.items() if day is None} == {"radio", "inspection"}
    assert due["politics-plan"] == date(2020, 6, 30)  # before 1 July


def test_steps_go_out_at_eight_in_working_days_around_the_due_day() -> None:
    offsets = [int(rung["at"][1:]) for rung in TREE["policy"]["ladder"]]
    for cascade in plan().cascades:
        for item in cascade.requirements:
            due = last_day(TREE["requirements"][item.key]["due"])
            days = [CALENDAR.add(due, offset) for offset in offsets] if due else []
            found = steps(Track.DUE, due, cascade.follow_up) if due else ()
            assert [step.at for step in found] == [day_start(day, time(8)) for day in days]
            assert all(step.at < cascade.closing for step in found)


def test_only_funded_districts_owe_the_models() -> None:
    root = plan().cascades[0]
    applying = {duty.unit for duty in root.duties if duty.requirement == "models" and duty.applicable}
    assert applying == {"480-ldtbxh", "482-ldtbxh"}
    assert all(duty.applicable for duty in root.duties if duty.requirement != "models")


def test_openings_wait_for_the_province_or_for_the_district() -> None:
    root, *below = plan().cascades
    modes = {item.key: item.opening.mode for item in root.requirements}
    assert {key for key, mode in modes.items() if mode is not OpeningMode.AT_START} == {"action-month"}
    for cascade in below:
        for item in cascade.requirements:
            assert (item.opening.mode, item.opening.key) == (OpeningMode.WHEN_ACCEPTED, "annual-plan")
            assert item.opening.at_latest == day_start(date(2020, 6, 30), time(8))


def test_the_head_quotes_the_document() -> None:
    head = plan().head
    assert (head.document.number, head.document.date) == ("908/SLĐTBXH-BĐG", date(2020, 4, 14))
    assert [cited.normal for cited in head.basis] == ["25/KH-UBND", "458/LĐTBXH-BĐG"]
    assert head.signer is not None
    assert head.signer.name == "Phan Minh Nguyệt"
    assert head.place == "Thừa Thiên Huế"


def test_a_plan_survives_json() -> None:
    assert Plan.model_validate_json(plan().model_dump_json()) == plan()


SMALL_UNITS = {code: found for code, found in units_908().items() if found.level is not Level.COMMUNE} | {
    found.code: found for found in list(units_908().values())[-3:]
}
SCALARS: st.SearchStrategy[Any] = st.sampled_from(
    [
        None, True, "", "no", "08:00", 8, 4.5, "x", "46-ldtbxh", "474-ldtbxh", "annual-plan", "provincial-guidance",
        "plan",
        "trước ngày 31/12/9999", "trước ngày 1/1/0001", "trong tháng 2/2021", "thường xuyên", "T-0", "T+999", "T+١",
        "9" * 5000, "9" * 5000 + "/KH-UBND", date(1, 1, 1), date(9999, 12, 31), date(2020, 12, 31), date(2020, 4, 14),
        "2020-13-45", "ministry", "commune", "\ud800", "\0", "\u202e", "{code}", "a@b", "a.b",
        [], {}, [[]], [{}], {"": ""}, {"due": "x"},
    ]
)  # fmt: skip
KEYS = st.sampled_from(["", "x", "due", "date", "to", "opens", "closing", "a@b", "ti\x07tle"])


def places(node: Any, path: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    """The paths of all values in a tree."""
    children = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
    return [path for path in (path,) if path] + [
        found for key, child in children for found in places(child, (*path, key))
    ]


PLACES = places(TREE)


@st.composite
def damaged(draw: st.DrawFn) -> bytes:
    """The dispatch with a few values dropped, replaced, renamed or written twice."""
    tree = copy.deepcopy(TREE)
    twice = ""
    for _ in range(draw(st.integers(1, 4))):
        *above, last = draw(st.sampled_from(PLACES))
        holder = tree
        for key in above:
            holder = holder[key] if (isinstance(holder, dict) and key in holder) or _has(holder, key) else None
        if not (isinstance(holder, dict) and last in holder) and not _has(holder, last):
            continue
        match draw(st.sampled_from(["drop", "replace", "rename", "twice", "move"])):
            case "drop":
                del holder[last]
            case "replace":
                holder[last] = draw(SCALARS)
            case "rename" if isinstance(holder, dict):
                holder[draw(KEYS)] = holder.pop(last)
            case "twice" if not above:
                twice = yaml.safe_dump({last: draw(SCALARS)})
            case _:
                holder[last] = copy.deepcopy(draw(st.sampled_from(list(TREE.values()))))
    text = yaml.safe_dump(tree, allow_unicode=True, sort_keys=draw(st.booleans())) + twice
    return text.encode("utf-8", "surrogatepass" if draw(st.booleans()) else "replace")


def _has(holder: Any, key: str | int) -> bool:
    return isinstance(holder, list) and isinstance(key, int) and key < len(holder)


def compiles_or_says_why(raw: bytes) -> None:
    compiled = compile_directive(raw, SMALL_UNITS, WorkingCalendar())
    assert (compiled.plan is None) == bool(compiled.errors)
    lines = raw.count(b"\n") + raw.count(b"\r") + 2
    for fault in (*compiled.errors, *compiled.warnings):
        assert fault.code
        assert fault.message
        assert 1 <= fault.line <= lines
        fault.model_dump_json()
    if compiled.plan is not None:
        assert Plan.model_validate_json(compiled.plan.model_dump_json()) == compiled.plan


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(damaged())
def test_a_damaged_directive_compiles_or_is_refused_with_its_faults(raw: bytes) -> None:
    compiles_or_says_why(raw)


@settings(max_examples=40, deadline=None)
@given(st.data())
def test_a_directive_with_garbage_in_its_text_compiles_or_is_refused(data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(DIRECTIVE_908)))
    end = data.draw(st.integers(start, min(start + 40, len(DIRECTIVE_908))))
    garbage = data.draw(
        st.binary(max_size=8)
        | st.text(alphabet="\t\n :-{}[]&*!|>'\"%@`#?,\ud800x1", max_size=8).map(
            lambda text: text.encode("utf-8", "surrogatepass")
        )
    )
    compiles_or_says_why(DIRECTIVE_908[:start] + garbage + DIRECTIVE_908[end:])


@given(st.binary(max_size=300))
def test_bytes_that_are_no_directive_are_refused(raw: bytes) -> None:
    assert compile_directive(raw, SMALL_UNITS, WorkingCalendar()).plan is None
