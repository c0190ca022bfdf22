"""All registers of a directive before, while and after units are reorganised: pure ledgers, with what they tell each
other pumped between them in any order."""

from collections import Counter, defaultdict
from collections.abc import Callable, Mapping
from datetime import date, datetime, time
from random import Random

from models.actor import Actor, ActorKind
from models.answer import Answer
from models.command import AcceptAll, Accepting, Command, Decision, Review, Submit
from models.document import DocumentRef, FileRef
from models.event import Event
from models.intervention import Release, ReleaseUnit, Suspend, Target
from models.ledger import LedgerState
from models.obligation import DONE, ObligationState, State, obligation_key
from models.plan import CascadePlan, DirectiveHead, Plan
from models.recommendation import PENDING
from rules.calendar import day_start
from rules.fold import empty
from rules.inheriting import moves_on
from rules.ledger import advance, decide, finished, open_register
from rules.reforming.heirs import Heirs
from rules.reforming.orders import Orders, command
from rules.reforming.registers import Directive, Register
from rules.relay import Relay, closing_report, relays
from rules.revising import revised

PAPER = FileRef(sha256="ab" * 32, name="ke-hoach.pdf", size=10, media_type="application/pdf")
STATES = (State.OPEN, State.SUBMITTED, State.RETURNED, State.ACCEPTED, State.SUSPENDED, State.WAIVED)
Place = tuple[str, str]
"""A register and the key of an obligation in it."""


class Registers:
    """Every register of a plan, opened. `order` chooses which of the signals under way arrives next."""

    def __init__(self, plan: Plan, order: Callable[[int], int] = lambda _: 0) -> None:
        self.head: DirectiveHead = plan.head
        self.first = {cascade.cascade_id: cascade for cascade in plan.cascades}
        self.plans: dict[str, CascadePlan] = dict(self.first)
        self.states: dict[str, LedgerState] = {}
        self.events: dict[str, list[Event]] = defaultdict(list)
        self.gone: set[str] = set()
        self._under_way: list[Relay] = []
        self._order = order
        for key, cascade in self.first.items():
            self.states[key] = empty(cascade)
            change = open_register(cascade, cascade.starts)
            self._take(key, change.events, change.state)

    def do(self, key: str, said: Command) -> None:
        """Have a register decide; raises `Refused`."""
        change = advance(self.plans[key], self.states[key], said.at)
        self._take(key, change.events, change.state)
        change = decide(self.plans[key], self.states[key], said)
        self._take(key, change.events, change.state)

    def pass_time(self, at: datetime) -> None:
        """Let all registers do what time alone brings by an instant."""
        for key in self.plans:
            change = advance(self.plans[key], self.states[key], at)
            self._take(key, change.events, change.state)
        self.settle()

    def settle(self) -> None:
        """Deliver what registers tell each other, until nobody has anything to say."""
        while self._under_way:
            relay = self._under_way.pop(self._order(len(self._under_way)))
            assert relay.cascade_id not in self.gone, f"{relay.command.kind} comes too late for {relay.cascade_id}"
            self.do(relay.cascade_id, relay.command)

    def directive(self) -> Directive:
        """What the planner sees."""
        return Directive(self.head, {key: self._register(key) for key in self.plans})

    def places(self) -> dict[Place, ObligationState]:
        return {(key, name): item for key, state in self.states.items() for name, item in state.obligations.items()}

    def _register(self, key: str) -> Register:
        state = self.states[key]
        requests = tuple(item.obligation for item in state.requests.values() if item.status == "asked")
        words = tuple(item.obligation for item in state.recommendations.values() if item.status in PENDING)
        return Register(self.plans[key], state.obligations, state.closed, requests, words)

    def _take(self, key: str, events: tuple[Event, ...], state: LedgerState) -> None:
        if not events:
            return
        self.plans[key] = revised(self.plans[key], events)
        self.states[key] = state
        self.events[key] += events
        self._under_way += [relay for relay in relays(self.plans[key], events) if relay.cascade_id in self.plans]
        if finished(self.plans[key], state):
            self.gone.add(key)
            report = closing_report(self.plans[key], state, "0" * 64)
            self._under_way += [report] if report is not None else []


def reform(registers: Registers, heirs: Heirs, on: date) -> int:
    """Apply a reform from the bottom, as often as something is left to say; returns how many registers were told."""
    told = 0
    while orders := Orders(registers.directive(), heirs).all:
        for order in orders:
            said = command(order, heirs, day_start(on, time(9)), supervisor(registers), "thử")
            registers.do(order.cascade_id, said)
            told += 1
        registers.settle()
        assert told < 5 * len(registers.plans), "the reform never comes to its end"
    return told


def supervisor(registers: Registers) -> Actor:
    return Actor(kind=ActorKind.SUPERVISOR, unit=registers.head.issuer)


def mix(registers: Registers, random: Random, at: datetime) -> None:
    """Put what is open into all states that it may have."""
    for key in list(registers.plans):
        accepted = []
        for name, item in list(registers.states[key].obligations.items()):
            if item.state is not State.OPEN:
                continue
            state = random.choice(STATES)
            put(registers, key, name, state, at)
            accepted += [Accepting(obligation=name, submission=1)] if state is State.ACCEPTED else []
        if accepted:
            by = Actor(kind=ActorKind.REVIEWER, unit=registers.plans[key].issuer)
            registers.do(key, AcceptAll(id="all", at=at, actor=by, items=tuple(accepted)))
    registers.settle()


def put(registers: Registers, key: str, name: str, state: State, at: datetime) -> None:
    """One obligation into a state; what is to be accepted is handed in."""
    unit, keeper = name.rpartition("@")[2], registers.plans[key].issuer
    by, target = supervisor(registers), (Target(obligation=name, submissions=0),)
    if state is State.SUSPENDED:
        registers.do(key, Suspend(id=f"s {name}", at=at, actor=by, reason="thử", targets=target))
    elif state is State.WAIVED:
        waived = {"release": Release.WAIVED, "reason": "thử", "targets": target}
        registers.do(key, ReleaseUnit.model_validate({"id": f"w {name}", "at": at, "actor": by} | waived))
    elif state is not State.OPEN:
        officer = Actor(kind=ActorKind.OFFICER, unit=unit)
        registers.do(key, Submit(id=f"h {name}", at=at, actor=officer, obligation=name, answer=answer(unit)))
    if state is State.RETURNED:
        said = {"submission": 1, "decision": Decision.RETURN, "comment": "bổ sung"}
        reviewer = Actor(kind=ActorKind.REVIEWER, unit=keeper)
        given = {"id": f"r {name}", "at": at, "actor": reviewer, "obligation": name}
        registers.do(key, Review.model_validate(given | said))


def answer(unit: str) -> Answer:
    document = DocumentRef(number="12/KH-UBND", normal="12/KH-UBND", date=date(2025, 3, 10), signer=f"Người ký {unit}")
    return Answer(document=document, files=(PAPER,))


class Accounts:
    """What became of every obligation: raises `AssertionError` where one has no account, or more than one."""

    def __init__(self, before: Mapping[Place, ObligationState], registers: Registers) -> None:
        self._after = registers.places()
        self._by_name: dict[str, list[Place]] = defaultdict(list)
        for place, item in self._after.items():
            if moves_on(item) or item.state in DONE:
                self._by_name[place[1]].append(place)
        self.counts: Counter[str] = Counter()
        self.reached: dict[Place, set[Place]] = defaultdict(set)
        for place, item in before.items():
            if moves_on(item):
                self._follow(place, item)
            else:
                now = self._after[place]
                assert (now.state, now.unit, now.document) == (item.state, item.unit, item.document), place
                self.counts["closed"] += 1
        shared = {place for found in self.reached.values() if len(found) > 1 for place in found}
        moved = {place for found in self.reached.values() for place in found}
        self.counts |= {"merged": len(shared), "moved": len(moved - shared)}
        assert sum(self.counts.values()) == len(before)
        self._check_that_nothing_is_owed_out_of_nothing(before)

    def _follow(self, place: Place, item: ObligationState) -> None:
        now = self._after[place]
        if now.state is not State.TRANSFERRED:
            waits = now.state is State.SUSPENDED and item.state is not State.SUSPENDED
            assert waits or now.state is item.state, place
            self.counts["waiting" if waits else "stays"] += 1
            return
        for unit in now.moved_to or (item.unit,):
            there = [key for key in self._by_name[obligation_key(item.requirement, unit)] if key != place]
            assert len(there) == 1, (place, unit, there)
            taken = self._after[there[0]]
            assert unit == item.unit or item.unit in {earlier.unit for earlier in taken.inherited}, place
            self.reached[there[0]].add(place)
        if not now.moved_to:
            assert self._after[there[0]].state is State.SUSPENDED
            del self.reached[there[0]]
            self.counts["waiting"] += 1

    def _check_that_nothing_is_owed_out_of_nothing(self, before: Mapping[Place, ObligationState]) -> None:
        """What is owed now was owed before, by the same unit or by those before it, once in all registers."""
        live = {place for place, item in self._after.items() if moves_on(item)}
        for name, places in self._by_name.items():
            assert len(live.intersection(places)) <= 1, name
        waiting = {place for place in live if self._after[place].state is State.SUSPENDED}
        assert live <= before.keys() | self.reached.keys() | waiting
