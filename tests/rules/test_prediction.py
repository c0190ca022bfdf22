from collections import defaultdict
from datetime import datetime, timedelta
from functools import cache
from itertools import pairwise

import pytest

from demo.behaviour import Behaviour, Behaviours, plan_behaviour
from demo.prediction import predict
from models.follow_up import StepKind, Track
from models.notice import NoticeKind
from models.obligation import State, unit_of
from models.plan import CascadePlan, Plan, RequirementPlan
from rules.calendar import last_day
from rules.ladder import Step, rungs, steps
from tests.rules.plans import compile_908, units_908

UNITS = units_908()
APART = timedelta(days=10)


@cache
def plan() -> Plan:
    compiled = compile_908()
    assert compiled.plan is not None
    return compiled.plan


@cache
def behaviours(seed: int = 908) -> Behaviours:
    return plan_behaviour(plan(), seed)


def test_the_same_seed_gives_the_same_people_and_the_same_outcome() -> None:
    again = plan_behaviour(plan(), 908)
    assert again == behaviours()
    assert predict(plan(), again, UNITS) == predict(plan(), behaviours(), UNITS)


def test_another_seed_gives_other_people() -> None:
    assert behaviours(1) != behaviours(2)


def test_every_obligation_has_a_behaviour() -> None:
    assert len(behaviours().obligations) == 374


def test_nobody_waits_for_a_reminder_that_never_comes() -> None:
    undated = {item.key for cascade in plan().cascades for item in cascade.requirements if item.due is None}
    found = [item for (_, key), item in behaviours().obligations.items() if key.partition("@")[0] in undated]
    assert len(found) == 18
    assert {item.answers_to for item in found} <= {NoticeKind.ASSIGNMENT, None}


@pytest.mark.parametrize("seed", [1, 908])
def test_the_predicted_counts_agree_with_one_another(seed: int) -> None:
    counts = predict(plan(), behaviours(seed), UNITS)
    states = counts["by_state"]
    assert (counts["units"], counts["obligations"]) == (143, 374)
    assert sum(states.values()) == 374
    assert states[State.NOT_APPLICABLE] == 7
    assert set(states) <= {State.ACCEPTED, State.SATISFIED, State.UNFULFILLED, State.NOT_APPLICABLE}
    assert sum(counts["by_timeliness"].values()) == 374 - 7
    done = states[State.ACCEPTED] + states[State.SATISFIED]
    assert counts["submissions"] == done + counts["returned"]
    assert counts["told"]["assignment"] > 143
    assert counts["told"]["accepted"] == done
    assert counts["returned"] > 0
    assert counts["escalations"] > 0


def test_people_who_never_answer_leave_everything_unfulfilled() -> None:
    silent = dict.fromkeys(behaviours().obligations, Behaviour(answers_to=None))
    counts = predict(plan(), Behaviours(silent, frozenset()), UNITS)
    assert counts["submissions"] == 0
    assert counts["by_state"] == {State.NOT_APPLICABLE: 7, State.UNFULFILLED: 374 - 7}


def ladder(cascade: CascadePlan, item: RequirementPlan) -> list[Step]:
    found = steps(Track.DUE, last_day(item.due), cascade.follow_up) if item.due else ()
    return [step for step in found if step.at < cascade.closing]


def test_waves_of_one_kind_are_at_least_ten_days_apart_within_a_register() -> None:
    """The demo compares its outcome with the prediction mail by mail, and that needs waves that cannot run together.

    The demo passes eight months in about a minute, so a day is a third of a second. A machine that stalls for a few
    seconds wakes up behind two rungs of a ladder; then the ledger fires one step for both (as it should after an
    outage), people get one mail where the prediction has two, and who answers to which differs. Waves of one kind ten
    days apart survive a stall of seconds; the ladder of the directive was chosen for that.
    """
    for cascade in plan().cascades:
        waves: defaultdict[StepKind, set[datetime]] = defaultdict(set)
        for item in cascade.requirements:
            for step in ladder(cascade, item):
                waves[step.kind].add(step.at)
        for kind, instants in waves.items():
            ordered = sorted(instants)
            gaps = [later - earlier for earlier, later in pairwise(ordered)]
            assert all(gap >= APART for gap in gaps), (cascade.issuer, kind, ordered)


def test_the_rungs_of_each_ladder_are_ten_working_days_apart_too() -> None:
    for cascade in plan().cascades:
        for track in Track:
            for earlier, later in pairwise(rungs(track, cascade.follow_up)):
                assert later.days - earlier.days >= 10


def test_units_that_acknowledge_are_never_told_to() -> None:
    everybody = frozenset(unit for _, key in behaviours().obligations for unit in [unit_of(key)])
    told = predict(plan(), Behaviours(behaviours().obligations, everybody), UNITS)["told"]
    assert NoticeKind.UNACKNOWLEDGED not in told
    assert predict(plan(), behaviours(), UNITS)["told"][NoticeKind.UNACKNOWLEDGED] > 0
