"""All registers of a plan at once, driven by nothing but their own wake-ups, with people who answer or do not."""

from collections import deque
from datetime import datetime

from models.actor import Actor, ActorKind
from models.answer import Answer, HeldEvent, Selected
from models.command import Command, Decision, RegisterDocument, Review, Submit
from models.document import DocumentRef, FileRef
from models.indicator import Figure, Indicator, IndicatorKind
from models.ledger import LedgerState
from models.obligation import OWING, ObligationState, State
from models.plan import CascadePlan, Duty, Plan, RequirementKind, RequirementPlan
from models.recommendation import Raised
from rules.calendar import local_day
from rules.deciding import asked_outcomes, recipients
from rules.fold import empty
from rules.ledger import Change, advance, awaited, decide, finished, next_wake, open_register
from rules.relay import Relay, closing_report, relays

PAPER = FileRef(sha256="ab" * 32, name="ke-hoach.pdf", size=10, media_type="application/pdf")
ALWAYS = 4


class Registers:
    """`diligence` of `ALWAYS` obligations that are opened are answered, and all answers accepted at once."""

    def __init__(self, plan: Plan, diligence: int = 0) -> None:
        self.plans = {cascade.cascade_id: cascade for cascade in plan.cascades}
        self.states: dict[str, LedgerState] = {key: empty(cascade) for key, cascade in self.plans.items()}
        self.wakes = 0
        self._diligence = diligence
        self._met: set[str] = set()
        self._outbox: deque[Relay] = deque()
        self._reported: set[str] = set()
        for key, cascade in self.plans.items():
            self._take(key, open_register(cascade, cascade.starts))
        self._settle(plan.head.starts)

    def run(self, most: int) -> None:
        """Wake whichever register is next until all are finished; more than `most` times is a failure."""
        while (first := self._next()) is not None:
            key, at = first
            self.wakes += 1
            assert self.wakes <= most, f"still awake at {at}"
            before = self.states[key]
            self._take(key, advance(self.plans[key], before, at))
            assert self.states[key].seq > before.seq, f"woken at {at} for nothing"
            self._settle(at)

    def finished(self) -> bool:
        return all(finished(cascade, self.states[key]) for key, cascade in self.plans.items())

    def obligations(self) -> list[tuple[CascadePlan, ObligationState]]:
        found = self.states.items()
        return [(self.plans[key], item) for key, state in found for item in state.obligations.values()]

    def _next(self) -> tuple[str, datetime] | None:
        wakes = [(at, key) for key, state in self.states.items() if (at := next_wake(self.plans[key], state))]
        return (min(wakes)[1], min(wakes)[0]) if wakes else None

    def _take(self, key: str, change: Change) -> None:
        self.states[key] = change.state
        self._outbox += relays(self.plans[key], change.events)
        if finished(self.plans[key], change.state) and key not in self._reported:
            self._reported.add(key)
            report = closing_report(self.plans[key], change.state, "0" * 64)
            self._outbox += [report] if report else []

    def _settle(self, at: datetime) -> None:
        """Deliver what registers tell each other, and let people act, until nobody has anything to say."""
        while self._outbox or self._act(at):
            while self._outbox:
                relay = self._outbox.popleft()
                if relay.cascade_id in self.plans:
                    self._do(relay.cascade_id, relay.command)

    def _do(self, key: str, command: Command) -> None:
        state = self.states[key]
        closed = state.closed and command.kind != "child_closed"
        if not closed:
            self._take(key, decide(self.plans[key], state, command))

    def _act(self, at: datetime) -> bool:
        acted = False
        for key, plan in self.plans.items():
            for name, item in list(self.states[key].obligations.items()):
                acted |= not self.states[key].closed and self._answer(key, name, item, at)
            if self._diligence > 1 and not self.states[key].closed:
                for trigger in awaited(plan, self.states[key].registered):
                    self._do(key, _arrived(plan, trigger, at))
                    acted = True
        return acted

    def _answer(self, key: str, name: str, item: ObligationState, at: datetime) -> bool:
        """Answer what is open, if its turn comes, and accept it."""
        if item.state not in OWING or name in self._met:
            return False
        self._met.add(name)
        if len(self._met) % ALWAYS >= self._diligence:
            return False
        plan = self.plans[key]
        asked = next(found for found in plan.requirements if found.key == item.requirement)
        duty = next(duty for duty in plan.duties if (duty.requirement, duty.unit) == (item.requirement, item.unit))
        answer = _complete(asked, duty, at)
        by = Actor(kind=ActorKind.OFFICER, unit=item.unit)
        self._do(key, Submit(id=f"submit {name}", at=at, actor=by, obligation=name, answer=answer))
        outcomes = asked_outcomes(asked.outcomes, no_comment=answer.no_comment)
        for unit in recipients(plan.issuer, duty.unit, [reviewer.unit for reviewer in duty.reviewers]):
            if self.states[key].obligations[name].state is not State.SUBMITTED:
                break
            review = Review(
                id=f"{unit} {name}",
                at=at,
                actor=Actor(kind=ActorKind.REVIEWER, unit=unit),
                obligation=name,
                submission=1,
                decision=Decision.ACCEPT,
                comment="đồng ý",
                outcome=outcomes[0] if outcomes else None,
            )
            self._do(key, review)
        return True


def _arrived(plan: CascadePlan, trigger: str, at: datetime) -> RegisterDocument:
    by = Actor(kind=ActorKind.REVIEWER, unit=plan.issuer)
    document = DocumentRef(number="215/HD-UBND", normal="215/HD-UBND", date=local_day(at))
    return RegisterDocument(id=f"arrived {trigger}", at=at, actor=by, trigger=trigger, document=document)


def _complete(asked: RequirementPlan, duty: Duty, at: datetime) -> Answer:
    """An answer in which nothing is missing, whatever is asked."""
    symbol = duty.advised.symbol if duty.advised else "UBND"
    number = f"12/KH-{symbol or 'UBND'}"
    kind, choice = asked.kind, next(iter(asked.choices), "")
    held = HeldEvent(name="Tập huấn", date=local_day(at)) if kind is RequirementKind.EVENT else None
    selected = (Selected(unit=next(iter(duty.candidates)), choice=choice),) if duty.candidates else ()
    raised = (Raised(group=next(iter(asked.groups), ""), text="Đề nghị hướng dẫn"),)
    return Answer(
        document=DocumentRef(number=number, normal=number, date=local_day(at)),
        files=(PAPER,),
        choice=choice,
        men=1,
        women=2,
        total=3,
        held=held,
        selected=selected,
        recommendations=raised if kind is RequirementKind.RECOMMENDATIONS else (),
        figures={indicator.key: _figure(indicator) for indicator in asked.indicators},
    )


def _figure(indicator: Indicator) -> Figure:
    match indicator.kind:
        case IndicatorKind.NUMBER:
            split = 1 if indicator.by_sex else None
            return Figure(value=2, men=split, women=split)
        case IndicatorKind.PERCENT:
            return Figure(numerator=1, denominator=2)
        case IndicatorKind.YES_NO:
            return Figure(yes=True)
