"""One commune through three reorganisations of one directive: it owes the same all the time, under three names and in
four registers; and what a register below hears when the one above it has closed before."""

from datetime import date

import naming
from models.notice import NoticeKind
from models.obligation import ObligationState, State
from models.plan import Plan
from rules.calendar import day_end, day_start
from rules.holding import MICROSECOND, hands_until
from rules.inheriting import moves_on
from rules.notices import notices
from rules.reforming.orders import Orders
from tests.rules.huong_ho import (
    BO,
    CLOSING,
    HUE,
    HUONG_HO,
    HUONG_LONG,
    HUONG_THO,
    HUONG_TRA,
    KIM_LONG,
    KIM_LONG_2025,
    LONG_HO,
    PHU_XUAN,
    SO,
    SO_2025,
    SO_NOI_VU,
    STARTS,
    TO_HUE,
    TO_KIM_LONG,
    TO_PHU_XUAN,
    directive,
    reforms,
)
from tests.rules.reformed import Accounts, Registers, put, reform

DAYS = (TO_HUE, TO_PHU_XUAN, TO_KIM_LONG)
CLOSED_EARLY = day_end(date(2024, 11, 29))


def id_of(begun_with: str) -> str:
    return naming.cascade_id("x", begun_with)


def owing(registers: Registers, *units: str) -> list[tuple[str, str, ObligationState]]:
    """Who keeps the register in which one of some units owes the model, and how it stands."""
    return [
        (registers.plans[key].issuer, item.unit, item)
        for (key, _), item in registers.places().items()
        if item.requirement == "model" and item.unit in units and moves_on(item)
    ]


def test_one_commune_owes_the_same_under_three_names_and_in_four_registers() -> None:
    registers = Registers(directive())
    put(registers, id_of(HUONG_TRA), f"plan@{HUONG_HO}", State.SUBMITTED, day_start(date(2021, 4, 5)))
    expected = [(HUE, HUONG_HO, ()), (PHU_XUAN, LONG_HO, (HUONG_HO, HUONG_THO))]
    all_of_them = tuple(sorted((HUONG_HO, HUONG_THO, LONG_HO, HUONG_LONG, KIM_LONG)))
    expected.append((SO_NOI_VU, KIM_LONG_2025, all_of_them))
    ((keeper, unit, first),) = owing(registers, HUONG_HO)
    assert (keeper, unit, first.inherited) == (HUONG_TRA, HUONG_HO, ())
    for day, heirs, (keeper, unit, before) in zip(DAYS, reforms(), expected, strict=True):
        registers.pass_time(day_start(day))
        earlier = registers.places()
        reform(registers, heirs, day)
        Accounts(earlier, registers)
        assert not Orders(registers.directive(), heirs).all
        ((kept_by, owed_by, item),) = owing(registers, HUONG_HO, LONG_HO, KIM_LONG_2025)
        assert (kept_by, owed_by) == (keeper, unit)
        assert tuple(found.unit for found in item.inherited) == before
        now = day_start(day)
        held = hands_until(item, max(now, registers.states[id_of(HUE)].now))
        assert held is not None
        assert held.until - held.whole * MICROSECOND == STARTS, "its time is told from the beginning"


def test_an_answer_that_was_in_is_decided_on_where_the_commune_is_now() -> None:
    registers = Registers(directive())
    put(registers, id_of(HUONG_TRA), f"plan@{HUONG_HO}", State.SUBMITTED, day_start(date(2021, 4, 5)))
    first, *_ = reforms()
    reform(registers, first, TO_HUE)
    assert registers.states[id_of(HUONG_TRA)].obligations[f"plan@{HUONG_HO}"].state is State.TRANSFERRED
    item = registers.states[id_of(HUE)].obligations[f"plan@{HUONG_HO}"]
    assert (item.state, item.submissions, item.inherited) == (State.SUBMITTED, 1, ())


def test_after_all_three_time_alone_closes_every_register() -> None:
    registers = Registers(directive())
    for day, heirs in zip(DAYS, reforms(), strict=True):
        registers.pass_time(day_start(day))
        reform(registers, heirs, day)
    registers.pass_time(CLOSING)
    assert registers.gone == registers.plans.keys()


def closed_in_the_middle() -> Plan:
    """The register of the Sở closes before those of the districts."""
    plan = directive()
    cascades = [
        item.model_copy(update={"closing": CLOSED_EARLY if item.cascade_id == id_of(SO) else CLOSING})
        for item in plan.cascades
    ]
    return plan.model_copy(update={"cascades": tuple(cascades)})


def test_a_register_that_closed_before_still_hears_when_one_below_it_closes() -> None:
    """Whoever keeps the one below by then, else the directive would never come to its end."""
    registers = Registers(closed_in_the_middle())
    for day, heirs in zip(DAYS[:2], reforms()[:2], strict=True):
        registers.pass_time(day_start(day))
        reform(registers, heirs, day)
    assert registers.states[id_of(SO)].closed
    below = registers.plans[id_of(HUE)]
    assert (below.issuer, below.parent) == (PHU_XUAN, id_of(SO))
    assert registers.plans[id_of(SO)].issuer == SO, "what is closed keeps its old name"
    registers.pass_time(CLOSING)
    assert registers.gone == registers.plans.keys()


def test_what_is_escalated_goes_past_a_register_that_is_closed() -> None:
    """It is noted there, and the ministry hears of it."""
    registers = Registers(closed_in_the_middle())
    for day, heirs in zip(DAYS[:2], reforms()[:2], strict=True):
        registers.pass_time(day_start(day))
        reform(registers, heirs, day)
    registers.pass_time(day_start(TO_KIM_LONG))
    for key in (SO, BO):
        heard = [event.fact for event in registers.events[id_of(key)] if event.fact.kind == "escalation_heard"]
        assert {fact.unit for fact in heard} == {HUONG_TRA, PHU_XUAN}
        assert {name for fact in heard for name in fact.obligations} >= {f"model@{LONG_HO}"}
    told = notices(registers.plans[id_of(BO)], registers.events[id_of(BO)])
    assert {notice.register_id for notice in told if notice.kind is NoticeKind.ESCALATION_BELOW} == {
        id_of(HUONG_TRA),
        id_of(HUE),
    }


def test_a_register_that_is_closed_takes_no_part_in_what_follows() -> None:
    registers = Registers(closed_in_the_middle())
    for day, heirs in zip(DAYS, reforms(), strict=True):
        registers.pass_time(day_start(day))
        reform(registers, heirs, day)
    ((keeper, *_),) = owing(registers, KIM_LONG_2025)
    assert keeper == BO
    assert SO_2025 not in {plan.issuer for plan in registers.plans.values()}
    registers.pass_time(CLOSING)
    assert registers.gone == registers.plans.keys()
