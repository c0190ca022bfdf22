"""What a reform is said to do beforehand is what it does: for every kind of change, and whatever stands where others
arrive."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Set
from dataclasses import replace
from datetime import date
from random import Random

import pytest
from hypothesis import given, settings

from models.actor import Actor, ActorKind
from models.command import AcceptAll, Accepting, Ask, RaiseObstacle
from models.obligation import GONE, ObligationState, State, obligation_key
from models.reform import DissolvedFile, LineFile, ReformFile, UnitFile, Way
from models.request import RequestKind
from models.succession import Transferred
from models.unit import Level, Unit
from rules.calendar import day_start
from rules.inheriting import answered_itself, moves_on
from rules.reforming.forecast import Account, forecast
from rules.reforming.heirs import Heirs
from rules.reforming.orders import Orders
from rules.reforming.territories import COLUMNS, NOTHING, Territories, territories
from rules.succeeding import awaits_heir
from tests import small
from tests.rules.invented_country import MIXED, ON, Country, countries
from tests.rules.reformed import STATES, Place, Registers, mix, put, reform

DAY = date(2020, 4, 21)
"""The communes' plans have opened on the day before."""
AT = day_start(DAY)
ONE, TWO, THREE = small.COMMUNES
HIGH, LOW = small.cascade(small.HIGH), small.cascade(small.LOW)
BEFORE = {unit.code: unit for unit in small.UNITS}
NEW = {
    code: BEFORE[of].model_copy(update={"code": code, "name": code, "valid_from": DAY})
    for code, of in {"so.2020": small.TOP, "cao.2020": small.HIGH, "xa.2020": ONE}.items()
}


def compare(registers: Registers, heirs: Heirs) -> Mapping[Place, Account]:
    """Carry a reform out, and compare what was said with what was done; returns what became of each obligation."""
    said, before = forecast(Orders(registers.directive(), heirs)), registers.places()
    asked, words = _waiting(registers)
    closed = {place for place, item in before.items() if registers.states[place[0]].closed or not moves_on(item)}
    reform(registers, heirs, heirs.file.on)
    found = _accounts(before, closed, registers, heirs)
    done: dict[tuple[str, str], Counter[Account]] = defaultdict(Counter)
    for place, item in before.items():
        done[heirs.units[item.unit].level, item.requirement][found[place]] += 1
    assert {(tally.level, tally.requirement): tally.counts for tally in said.tallies} == done
    assert said.answered == _answered(before, registers)
    assert {item.obligation for item in said.waiting} == {
        place[1] for place, account in found.items() if account is Account.WAITING
    }
    for keeper in said.keepers:
        kept = registers.plans[keeper.register_id]
        assert (keeper.now is None) == registers.states[keeper.register_id].closed
        assert kept.issuer == (keeper.now or keeper.before)
    assert said.requests == sum(place in _moves(registers) for place in asked)
    assert said.recommendations == sum(place in _moves(registers) for place in words)
    assert forecast(Orders(registers.directive(), heirs)).told == 0
    return found


def _moves(registers: Registers) -> dict[Place, tuple[Place, ...]]:
    """Where each obligation went that left its unit or its register; to nobody for what waits there."""
    return {
        (key, move.obligation): tuple(
            (move.cascade_id, obligation_key(move.obligation.partition("@")[0], unit)) for unit in move.units
        )
        for key, events in registers.events.items()
        for event in events
        if isinstance(event.fact, Transferred)
        for move in event.fact.moves
    }


def _accounts(
    before: Mapping[Place, ObligationState], closed: Set[Place], registers: Registers, heirs: Heirs
) -> dict[Place, Account]:
    moves, after = _moves(registers), registers.places()
    reached = {place: {place} for place, item in before.items() if item.state not in GONE and place not in moves}
    for place, there in moves.items():
        for goes in there:
            reached.setdefault(goes, set()).add(place)

    def account(place: Place) -> Account:
        now = after[place]
        if place in moves:
            merges = any(len(reached[goes]) > 1 for goes in moves[place])
            return (Account.MERGED if merges else Account.MOVED) if moves[place] else Account.WAITING
        if place in closed:
            return Account.CLOSED
        return Account.WAITING if awaits_heir(now, heirs.units[now.unit], heirs.file.on) else Account.STAYS

    return {place: account(place) for place in before}


def _answered(before: Mapping[Place, ObligationState], registers: Registers) -> int:
    """How many went to units whose own answer stands afterwards as it stood before."""
    moves, after = _moves(registers), registers.places()

    def has_answered(goes: Place) -> bool:
        for place, own in before.items():
            stands = place == goes or (place[1] == goes[1] and goes in moves.get(place, ()))
            if stands and own.state not in GONE and answered_itself(own):
                now = after[goes]
                assert (now.state, now.unit, now.document, now.due) == (own.state, own.unit, own.document, own.due)
                return True
        return False

    return sum(
        bool(there) and place[1] not in {goes[1] for goes in there} and all(map(has_answered, there))
        for place, there in moves.items()
    )


def _waiting(registers: Registers) -> tuple[list[Place], list[Place]]:
    """The obligations for which requests and recommendations wait for a word, as many times as there are."""
    found = registers.directive().registers.items()
    asked = [(key, name) for key, register in found for name in register.requests]
    return asked, [(key, name) for key, register in found for name in register.recommendations]


def by_hand(
    units: dict[str, UnitFile], made: dict[str, Unit] = NEW, known: Territories = NOTHING, **rules: Way
) -> Heirs:
    dissolved = DissolvedFile.model_validate({"kinds": {"plan": rules.get("plan", Way.DOWN), "activity": Way.UP}})
    written = ReformFile(on=DAY, basis="Nghị quyết", units=units, dissolved=dissolved)
    return Heirs(written, BEFORE, made, known)


def divided(**rules: Way) -> Heirs:
    """The communes of the first district are divided, one of them with a part that follows it by default."""
    rows = ["0111,011,01,n1,01,part,1", "0111,011,01,n2,01,part,0"]
    rows += ["0112,011,01,n1,01,part,0", "0112,011,01,n2,01,part,0"]
    table = territories(dict(zip(COLUMNS, row.split(","), strict=True)) for row in rows)
    parts = {
        f"{code}.2020": BEFORE[ONE].model_copy(
            update={"code": f"{code}.2020", "territory": code, "superior": small.TOP}
        )
        for code in ("n1", "n2")
    }
    found = by_hand(
        {}, {code: unit.model_copy(update={"valid_from": DAY}) for code, unit in parts.items()}, table, **rules
    )
    lines = {"phong": LineFile(to={Level.PROVINCE: "so", Level.COMMUNE: "xa"})}
    return replace(found, file=found.file.model_copy(update={"lines": lines}))


def running() -> Registers:
    """The small directive, with the communes' plans open."""
    registers = Registers(small.plan())
    registers.pass_time(AT)
    return registers


@given(countries())
@settings(max_examples=20)
def test_what_is_said_of_any_country_is_what_is_done(country: Country) -> None:
    heirs, plan, seed = country
    random = Random(seed)  # noqa: S311 - nothing here is secret
    registers = Registers(plan, random.randrange)
    mix(registers, random, MIXED)
    registers.pass_time(day_start(ON))
    compare(registers, heirs)


def bring(registers: Registers, key: str, name: str, state: State) -> None:
    """Bring one obligation into a state that `STATES` names."""
    put(registers, key, name, state, AT)
    if state is State.ACCEPTED:
        keeper = Actor(kind=ActorKind.REVIEWER, unit=registers.plans[key].issuer)
        items = (Accepting(obligation=name, submission=1),)
        registers.do(key, AcceptAll(id=f"a {name}", at=AT, actor=keeper, items=items))
    registers.settle()


@pytest.mark.parametrize("other", STATES)
@pytest.mark.parametrize("own", STATES)
def test_what_arrives_where_the_heir_owes_the_same_or_has_answered_it(own: State, other: State) -> None:
    registers = running()
    bring(registers, HIGH, f"commune-plan@{ONE}", own)
    bring(registers, HIGH, f"commune-plan@{TWO}", other)
    found = compare(registers, by_hand({TWO: UnitFile(to=ONE)}))
    leaves = other not in {State.ACCEPTED, State.WAIVED}
    expected = (Account.MOVED if own is State.WAIVED else Account.MERGED) if leaves else Account.CLOSED
    assert found[HIGH, f"commune-plan@{TWO}"] is expected


PLAN, HIS, HERS = f"plan@{small.HIGH}", f"commune-plan@{ONE}", f"commune-plan@{TWO}"
KINDS = [
    pytest.param(by_hand({ONE: UnitFile(to="xa.2020")}), {HIS: Account.MOVED}, id="renamed"),
    pytest.param(
        by_hand({ONE: UnitFile(to="xa.2020"), TWO: UnitFile(to="xa.2020")}),
        {HIS: Account.MERGED, HERS: Account.MERGED},
        id="merged",
    ),
    pytest.param(by_hand({ONE: UnitFile(to=THREE)}), {HIS: Account.MERGED}, id="merged with one of another register"),
    pytest.param(by_hand({ONE: UnitFile()}), {HIS: Account.WAITING}, id="nobody follows"),
    pytest.param(
        by_hand({small.HIGH: UnitFile(to="cao.2020")}), {PLAN: Account.MOVED, HIS: Account.STAYS}, id="keeper renamed"
    ),
    pytest.param(
        by_hand({small.HIGH: UnitFile(to=small.LOW)}), {PLAN: Account.MERGED, HIS: Account.MOVED}, id="keepers merged"
    ),
    pytest.param(by_hand({small.TOP: UnitFile(to="so.2020")}), {PLAN: Account.STAYS}, id="who keeps the first renamed"),
    pytest.param(
        divided(),
        {
            HIS: Account.MOVED,
            HERS: Account.WAITING,
            PLAN: Account.MOVED,
            f"funded-report@{small.HIGH}": Account.WAITING,
        },
        id="communes divided, their district dissolved",
    ),
    pytest.param(divided(plan=Way.UP), {PLAN: Account.WAITING}, id="nobody hands in to himself"),
]


@pytest.mark.parametrize(("heirs", "expected"), KINDS)
def test_every_kind_of_change(heirs: Heirs, expected: dict[str, Account]) -> None:
    found = {name: account for (_, name), account in compare(running(), heirs).items()}
    assert {name: found[name] for name in expected} == expected


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("heirs", [pytest.param(case.values[0], id=case.id) for case in KINDS])
def test_every_kind_of_change_with_obligations_in_all_states(heirs: Heirs, seed: int) -> None:
    registers = running()
    mix(registers, Random(seed), AT)  # noqa: S311 - nothing here is secret
    compare(registers, heirs)


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("heirs", [pytest.param(case.values[0], id=case.id) for case in KINDS])
def test_requests_and_obstacles_that_wait_for_a_word(heirs: Heirs, state: State) -> None:
    """Also of what is done: somebody waits for the word on it still."""
    registers = running()
    for key, name in ((HIGH, HIS), (HIGH, HERS), (small.cascade(small.TOP), PLAN)):
        officer = Actor(kind=ActorKind.OFFICER, unit=name.partition("@")[2])
        said = {"at": AT, "actor": officer, "obligation": name}
        registers.do(key, RaiseObstacle.model_validate(said | {"id": f"o {name}", "text": "thiếu kinh phí"}))
        waive = {"request": RequestKind.WITHDRAWAL, "reason": "bão"}
        registers.do(key, Ask.model_validate(said | {"id": f"q {name}"} | waive))
        bring(registers, key, name, state)
    compare(registers, heirs)
