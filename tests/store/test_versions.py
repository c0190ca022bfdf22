"""Directives that change while they run: what the database has of versions, registers, late addressees."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import Engine
from sqlmodel import select

import naming
from models.command import Command, Decision, RegisterDocument, Review
from models.document import DocumentRef
from models.intervention import Amend, Enlist
from models.obligation import State
from models.plan import Amendment, CascadePlan, Duty, Opening, OpeningMode, Plan, RequirementKind, RequirementPlan
from models.tables import CascadeRow, VersionRow
from rules.amending import ENLISTED
from rules.calendar import day_end
from rules.fold import empty, fold
from store.directives import plan_of
from store.engine import reading
from store.recorder import Recorder
from store.versions import ChangedMeanwhile, add_registers, enlisted, kept_registers, replace_source, source_of
from tests import small
from tests.rules.plans import supervisor
from tests.rules.registers import Book

DAY = timedelta(days=1)
LATE = "0121-xa"


def requirement(key: str, **changed: object) -> RequirementPlan:
    values = {"key": key, "series": key, "title": key, "kind": RequirementKind.PLAN, "due": day_end(date(2020, 5, 29))}
    return RequirementPlan.model_validate(values | changed)


def common(id_: str, days: int) -> dict[str, object]:
    return {"id": id_, "at": small.STARTS + days * DAY, "actor": supervisor(small.TOP), "reason": "điều chỉnh"}


def life() -> list[Command]:
    """What happens to the first register: answers, two versions, a late addressee."""
    plan_key = f"plan@{small.HIGH}"
    fresh = requirement("thêm", opening=Opening(mode=OpeningMode.WHEN_REGISTERED, key="guidance"))
    second = Amendment(
        version=2,
        requirements=(requirement("plan", accepts_existing=True), fresh),
        removed=("funded-report",),
        duties=tuple(Duty(requirement="thêm", unit=unit) for unit in (small.HIGH, small.LOW)),
        follow_up=small.slice_of(small.TOP).follow_up.model_copy(update={"silent_after": 30, "ladder": ()}),
    )
    third = Amendment(version=3, dropped=(f"thêm@{small.LOW}",), title="việc nhỏ, điều chỉnh")
    document = DocumentRef(number="9/HD-UBND", normal="9/HD-UBND")
    return [
        small.submit(plan_key, small.STARTS + DAY),
        Review(
            id="r", at=small.STARTS + 2 * DAY, actor=small.reviewer(small.TOP), obligation=plan_key, submission=1,
            decision=Decision.ACCEPT,
        ),
        Amend.model_validate(common("amend:2", 3) | {"amendment": second}),
        RegisterDocument(
            id="g", at=small.STARTS + 4 * DAY, actor=small.reviewer(small.TOP), trigger="guidance", document=document
        ),
        Enlist.model_validate(
            common(f"{ENLISTED}1", 5) | {"duties": (Duty(requirement="thêm", unit=LATE),), "until": date(2020, 6, 1)}
        ),
        Amend.model_validate(common("amend:3", 6) | {"amendment": third}),
        small.submit(f"thêm@{LATE}", small.STARTS + 7 * DAY, id_="late"),
    ]  # fmt: skip


@pytest.mark.parametrize("size", [1, 2, 3, 50])
def test_after_an_amendment_the_tables_say_what_the_chain_folds_to(started: Engine, size: int) -> None:
    first = small.slice_of(small.TOP)
    book = Book(first, small.STARTS)
    for command in life():
        book.do(command)
    plan, state, events = book.plan, book.state, book.events
    recorder = Recorder(started, small.MAIL_HOURS)
    for start in range(0, len(events), size):
        recorder.record(plan.cascade_id, events[start : start + size])
    assert fold(first, empty(first), events) == state
    kept = kept_registers(started, plan.directive_id, state.now)[plan.cascade_id]
    assert kept.state.obligations == state.obligations
    assert (kept.plan, kept.state.registered, tuple(kept.arrived)) == (plan, state.registered, ("guidance",))
    with reading(started) as session:
        row = session.get_one(CascadeRow, plan.cascade_id)
        assert CascadePlan.model_validate(row.first_plan) == first
        assert plan_of(session, plan.cascade_id) == plan
    assert plan.version == 3
    assert state.obligations[f"thêm@{LATE}"].state is State.SUBMITTED
    assert enlisted(started, plan.directive_id) == {"thêm": (LATE,)}


def amended() -> Plan:
    """The small directive under another title, with a register more."""
    plan = small.plan()
    document = plan.head.document.model_copy(update={"title": "việc nhỏ, điều chỉnh"})
    return plan.model_copy(update={"head": plan.head.model_copy(update={"document": document})})


def new_register() -> CascadePlan:
    low = small.slice_of(small.LOW)
    return low.model_copy(update={"cascade_id": naming.cascade_id(low.directive_id, "0111-xa"), "issuer": "0111-xa"})


def test_a_version_takes_the_place_of_the_one_before_which_is_kept(started: Engine) -> None:
    head = amended().head
    now = datetime.now(UTC)
    replace_source(started, head, "phiên bản 2", 2, "điều chỉnh", [new_register()], now)
    assert source_of(started, head.directive_id, 2) == "phiên bản 2"
    assert source_of(started, head.directive_id, 1) == small.YAML
    with reading(started) as session:
        (version,) = session.exec(select(VersionRow))
        assert (version.version, version.reason, version.source) == (1, "điều chỉnh", small.YAML)
        assert session.get_one(CascadeRow, new_register().cascade_id).last_seq == 0
    with pytest.raises(ChangedMeanwhile):
        replace_source(started, head, "phiên bản khác", 2, "điều chỉnh", [], now)
    assert source_of(started, head.directive_id, 2) == "phiên bản 2"


def test_registers_that_begin_late_are_added_once(started: Engine) -> None:
    for _ in range(2):
        add_registers(started, [new_register()])
    found = kept_registers(started, small.plan().head.directive_id, small.STARTS)
    assert len(found) == len(small.plan().cascades) + 1
    assert found[new_register().cascade_id].state.seq == 0
    assert enlisted(started, small.plan().head.directive_id) == {}
