"""Random people, random supervisors, random clocks: whatever happens to a register, its rules hold (a stateful property
test). What is checked is in `machine` and `machine_checks`."""

from collections.abc import Sequence
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import rule

from models.actor import Actor
from models.answer import Answer
from models.follow_up import Audience, Rung, StepKind
from models.intervention import AcceptPaper, Reassign, Reinstate, Release, ReleaseUnit, Resume, SetDue, Suspend
from models.obligation import DONE, OWING, RELEASED, Outcome, State
from models.plan import Amendment, Duty
from rules.calendar import day_end, local_day
from tests.rules.intervening import amend, as_seen, enlist, gives_up, hear_escalation, keeping, reorganise, take_in
from tests.rules.machine import KEYS, UNITS, WAITS
from tests.rules.machine_people import People
from tests.rules.plans import ISSUER, PAPER, cascade_of, officer, reviewer, supervisor
from tests.rules.stepping import common, end

BACK = st.sampled_from([timedelta(0), timedelta(0), timedelta(days=3), timedelta(days=30)])
ACTORS = st.sampled_from([supervisor("bo"), supervisor(), reviewer(ISSUER), officer("d1")])
ANYWHERE = ("d4", *UNITS)
SELDOM = st.integers(0, 5).map(lambda number: number == 0)


class Register(People):
    """The rules of those who step in, beside everybody else's."""

    @rule(data=st.data(), wait=WAITS, back=BACK, by=ACTORS)
    def a_date_is_set(self, data: st.DataObject, wait: timedelta, back: timedelta, by: Actor) -> None:
        keys = self.several(data, *OWING, State.SUBMITTED, State.DORMANT, State.SUSPENDED)
        until = local_day(self.now + wait - back)
        self.send(SetDue(**common(self.now, "bão", by), targets=as_seen(self.state, *keys), until=until))

    @rule(data=st.data(), release=st.sampled_from(Release), by=ACTORS)
    def units_are_released(self, data: st.DataObject, release: Release, by: Actor) -> None:
        keys = self.several(data, *OWING, State.SUBMITTED, State.DORMANT, State.SUSPENDED)
        self.send(ReleaseUnit(**common(self.now, "bão", by), targets=as_seen(self.state, *keys), release=release))

    @rule(data=st.data(), by=ACTORS)
    def something_is_reinstated(self, data: st.DataObject, by: Actor) -> None:
        keys = self.several(data, *RELEASED, *DONE)
        self.send(Reinstate(**common(self.now, "nhầm", by), targets=as_seen(self.state, *keys)))

    @rule(data=st.data(), by=ACTORS)
    def something_is_suspended(self, data: st.DataObject, by: Actor) -> None:
        keys = self.several(data, *OWING)
        self.send(Suspend(**common(self.now, "bão", by), targets=as_seen(self.state, *keys)))

    @rule(data=st.data(), by=ACTORS)
    def something_is_resumed(self, data: st.DataObject, by: Actor) -> None:
        keys = self.several(data, State.SUSPENDED)
        self.send(Resume(**common(self.now, "ổn", by), targets=as_seen(self.state, *keys)))

    @rule(data=st.data(), back=BACK, outcome=st.sampled_from([None, Outcome.EXPLAINED, Outcome.ACCEPTED]), by=ACTORS)
    def a_paper_is_accepted(self, data: st.DataObject, back: timedelta, outcome: Outcome | None, by: Actor) -> None:
        (target,) = as_seen(self.state, self.some(data, *OWING))
        given = {"target": target, "answer": Answer(files=(PAPER,)), "received_on": local_day(self.now - back)}
        known = common(self.now, "gửi giấy", by)
        self.send(AcceptPaper(**known | {"id": f"paper-{known['id']}"}, **given, outcome=outcome))

    @rule(data=st.data(), unit=st.sampled_from(ANYWHERE), by=ACTORS)
    def something_is_reassigned(self, data: st.DataObject, unit: str, by: Actor) -> None:
        keys = self.several(data, *OWING, State.SUBMITTED, State.DORMANT, State.SUSPENDED)
        self.send(Reassign(**common(self.now, "đổi", by), targets=as_seen(self.state, *keys), unit=unit))

    @rule(requirement=st.sampled_from(["year", "month", "radio", "minutes"]), wait=WAITS, dated=st.booleans())
    def a_unit_was_left_out(self, requirement: str, wait: timedelta, dated: bool) -> None:
        until = local_day(self.now + wait) if dated else None
        self.send(enlist(self.now, Duty(requirement=requirement, unit="d4"), until=until))

    @rule(
        data=st.data(), what=st.sampled_from(["due", "gone", "dropped", "duty", "ladder", "closing", "old"]), wait=WAITS
    )
    def the_directive_is_amended(self, data: st.DataObject, what: str, wait: timedelta) -> None:
        version = self.plan.version + (what != "old")
        self.send(amend(self.now, Amendment(version=version, **self.amendment(data, what, wait))))

    @rule(
        seldom=SELDOM,
        cancelled=st.booleans(),
        by=st.sampled_from([supervisor(), cascade_of("ministry"), officer("d1")]),
    )
    def the_register_is_ended(self, seldom: bool, cancelled: bool, by: Actor) -> None:
        if seldom:
            self.send(end(self.now, cancelled=cancelled, by=by))

    @rule(unit=st.sampled_from(UNITS), heirs=st.lists(st.sampled_from(ANYWHERE), max_size=2, unique=True))
    def a_unit_is_reorganised(self, unit: str, heirs: Sequence[str]) -> None:
        others = [heir for heir in heirs if heir != unit]
        self.send(reorganise(self.now, *gives_up(self.plan, self.state, unit, others)))

    @rule(seldom=SELDOM, ends=SELDOM, further=st.sampled_from(["so", "so-moi"]))
    def the_keeper_is_reorganised(self, seldom: bool, ends: bool, further: str) -> None:
        if seldom:
            self.send(reorganise(self.now, keeping=keeping(self.plan, further, ends=ends)))

    @rule(data=st.data(), unit=st.sampled_from(ANYWHERE), waiting=st.booleans())
    def another_register_hands_something_over(self, data: st.DataObject, unit: str, waiting: bool) -> None:
        key = self.some(data, *OWING, State.SUBMITTED, State.DORMANT)
        item = self.state.obligations[key]
        if item.state in {*OWING, State.SUBMITTED, State.DORMANT} and item.unit != "x":
            before = item.model_copy(update={"unit": "x", "inherited": (), "endorsed": (), "coordinating": False})
            self.send(take_in(self.now, self.plan, before, unit, waiting=waiting))

    @rule(keys=st.lists(st.sampled_from(KEYS), min_size=1, max_size=3, unique=True), to=st.sampled_from(Audience))
    def a_register_below_escalates(self, keys: list[str], to: Audience) -> None:
        self.send(hear_escalation(self.now, *keys, to=(to,)))

    def several(self, data: st.DataObject, *states: State) -> list[str]:
        """Some obligations, most of them in the states."""
        wanted = [self.some(data, *states) for _ in range(data.draw(st.integers(1, 3)))]
        return [*dict.fromkeys(wanted)]

    def amendment(self, data: st.DataObject, what: str, wait: timedelta) -> dict[str, object]:
        asked = {item.key: item for item in self.plan.requirements}
        match what:
            case "due":
                item = asked[data.draw(st.sampled_from(["year", "month", "joint", "radio"]))]
                due = day_end(local_day(self.now + wait))
                return {"requirements": (item.model_copy(update={"due": min(due, self.plan.closing)}),)}
            case "gone":
                return {"removed": (data.draw(st.sampled_from(["draft", "month", "ideas", "minutes"])),)}
            case "dropped":
                return {"dropped": (data.draw(st.sampled_from(KEYS)),)}
            case "duty":
                key = data.draw(st.sampled_from(["year", "late", "follow", "receipt"]))
                return {"duties": (Duty(requirement=key, unit=data.draw(st.sampled_from(ANYWHERE))),)}
            case "ladder":
                ladder = tuple(Rung(days=days, kind=StepKind.CHASE) for days in data.draw(st.sets(st.integers(-9, 9))))
                ordered = tuple(sorted(ladder, key=lambda rung: rung.days))
                return {"follow_up": self.plan.follow_up.model_copy(update={"ladder": ordered, "review": ordered[-2:]})}
            case "closing":
                return {"closing": max(day_end(local_day(self.now + wait)), self.plan.starts)}
        return {}


Register.TestCase.settings = settings(
    max_examples=30, stateful_step_count=40, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
TestRegister = Register.TestCase


class LongRegister(Register):
    """The same life, many times over."""


LongRegister.TestCase.settings = settings(
    max_examples=400, stateful_step_count=60, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
TestLongRegister = pytest.mark.slow(LongRegister.TestCase)
