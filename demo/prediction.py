"""The outcome that the behaviour plan must have, from the pure ledger alone: no Temporal, no mail, no web."""

import heapq
from collections import Counter
from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta
from itertools import count
from typing import Any

from demo.behaviour import TRIGGER_DAY, Behaviours, triggers_at
from models.actor import Actor, ActorKind
from models.answer import Answer
from models.command import Acknowledge, Command, Decision, RegisterDocument, Review, Submit
from models.document import DocumentRef, FileRef
from models.ledger import LedgerState
from models.notice import Notice, NoticeKind
from models.obligation import OWING, State, requirement_of, unit_of
from models.plan import CascadePlan, Plan
from models.unit import Unit
from rules.calendar import day_start, local_day
from rules.dispatch import Contacts, dispatch
from rules.fold import empty, requirement
from rules.ledger import Change, advance, decide, next_wake, note_summary, open_register
from rules.notices import notices
from rules.relay import relays
from rules.timeliness import timeliness

_OFFICER_DELAY = timedelta(days=1)
_REVIEWER_DELAY = timedelta(days=2)
_PAPER = FileRef(sha256="0" * 64, name="van-ban.pdf", size=1, media_type="application/pdf")


class Rehearsal:
    """Drives every register of a plan through its whole life."""

    def __init__(self, plan: Plan, behaviours: Behaviours, units: Mapping[str, Unit]) -> None:
        self._plan = plan
        self._behaviours = behaviours
        self._plans = {cascade.cascade_id: cascade for cascade in plan.cascades}
        self._states: dict[str, LedgerState] = {}
        self._agenda: list[tuple[datetime, int, Callable[[datetime], None]]] = []
        self._order = count()
        self._contacts = Contacts(units, {})
        self._told: Counter[str] = Counter()

    def run(self) -> dict[str, Any]:
        """The counts at the end, in the form of the demo's summary."""
        for cascade in self._plan.cascades:
            self._states[cascade.cascade_id] = empty(cascade)
            self._take(cascade, open_register(cascade, cascade.starts))
            for trigger in triggers_at(cascade):
                self._at(day_start(TRIGGER_DAY), self._registering(cascade, trigger))
        while self._agenda:
            now, _, act = heapq.heappop(self._agenda)
            act(now)
        first = self._plan.cascades[0]
        state = self._states[first.cascade_id]
        self._notices(first, note_summary(first, state, state.now, {}))
        return self._counts()

    def _at(self, instant: datetime, act: Callable[[datetime], None]) -> None:
        heapq.heappush(self._agenda, (instant, next(self._order), act))

    def _take(self, cascade: CascadePlan, change: Change) -> None:
        """What follows from a change: mails read, answers given, decisions, openings below, the next timer."""
        self._states[cascade.cascade_id] = change.state
        for notice in self._notices(cascade, change):
            for key in notice.obligations:
                if self._answers(cascade, key, notice.kind):
                    self._at(notice.at + _OFFICER_DELAY, self._submitting(cascade, key))
            if notice.kind is NoticeKind.ASSIGNMENT and notice.unit in self._behaviours.acknowledging:
                self._at(notice.at + _OFFICER_DELAY, self._acknowledging(cascade, notice.unit))
        for event in change.events:
            if event.fact.kind == "submitted":
                self._at(event.at + _REVIEWER_DELAY, self._reviewing(cascade, event.fact.obligation))
        for relay in relays(cascade, change.events):
            self._at(change.state.now, self._telling(self._plans[relay.cascade_id], relay.command))
        if wake := next_wake(cascade, change.state):
            self._at(wake, lambda now: self._advance(cascade, now))

    def _notices(self, cascade: CascadePlan, change: Change) -> tuple[Notice, ...]:
        found = notices(cascade, change.events)
        mails = dispatch(cascade, found, self._contacts, local_day(change.state.now))
        self._told.update(mail.notice.kind for mail in mails if mail.notice.kind is not NoticeKind.REVIEW)
        return found

    def _answers(self, cascade: CascadePlan, key: str, kind: NoticeKind) -> bool:
        return kind in {self._behaviours.obligations[cascade.cascade_id, key].answers_to, NoticeKind.RETURNED}

    def _advance(self, cascade: CascadePlan, now: datetime) -> None:
        change = advance(cascade, self._states[cascade.cascade_id], now)
        if change.events:
            self._take(cascade, change)

    def _command(self, cascade: CascadePlan, command: Command) -> None:
        self._advance(cascade, command.at)
        self._take(cascade, decide(cascade, self._states[cascade.cascade_id], command))

    def _telling(self, cascade: CascadePlan, command: Command) -> Callable[[datetime], None]:
        return lambda _now: self._command(cascade, command)

    def _acknowledging(self, cascade: CascadePlan, unit: str) -> Callable[[datetime], None]:
        actor = Actor(kind=ActorKind.OFFICER, unit=unit)
        return lambda now: self._command(cascade, Acknowledge(id=self._id(), at=now, actor=actor))

    def _submitting(self, cascade: CascadePlan, key: str) -> Callable[[datetime], None]:
        def act(now: datetime) -> None:
            if self._states[cascade.cascade_id].obligations[key].state not in OWING:
                return  # a colleague who got the same mail was faster
            item = requirement(cascade, requirement_of(key))
            behaviour = self._behaviours.obligations[cascade.cascade_id, key]
            answer = Answer(
                document=DocumentRef(number="01/KH-UBND", normal="01/KH-UBND", date=date(2020, 4, 1)),
                files=(_PAPER,),
                choice=next(iter(item.choices), ""),
                total=1 if item.attendance else None,
                existing=behaviour.existing,
            )
            actor = Actor(kind=ActorKind.OFFICER, unit=unit_of(key))
            self._command(cascade, Submit(id=self._id(), at=now, actor=actor, obligation=key, answer=answer))

        return act

    def _reviewing(self, cascade: CascadePlan, key: str) -> Callable[[datetime], None]:
        def act(now: datetime) -> None:
            submission = self._states[cascade.cascade_id].obligations[key].submissions
            returns = self._behaviours.obligations[cascade.cascade_id, key].returned and submission == 1
            self._command(
                cascade,
                Review(
                    id=self._id(),
                    at=now,
                    actor=Actor(kind=ActorKind.REVIEWER, unit=cascade.issuer),
                    obligation=key,
                    submission=submission,
                    decision=Decision.RETURN if returns else Decision.ACCEPT,
                    comment="bổ sung" if returns else "",
                ),
            )

        return act

    def _registering(self, cascade: CascadePlan, trigger: str) -> Callable[[datetime], None]:
        document = DocumentRef(number="01/HD", normal="01/HD")
        actor = Actor(kind=ActorKind.REVIEWER, unit=cascade.issuer)
        return lambda now: self._command(
            cascade, RegisterDocument(id=self._id(), at=now, actor=actor, trigger=trigger, document=document)
        )

    def _id(self) -> str:
        return f"rehearsal/{next(self._order)}"

    def _counts(self) -> dict[str, Any]:
        obligations = [item for state in self._states.values() for item in state.obligations.values()]
        asked = [item for item in obligations if item.state not in {State.DORMANT, State.NOT_APPLICABLE}]
        closing = self._plan.head.closing
        return {
            "units": len({self._plan.head.issuer} | {item.unit for item in obligations}),
            "obligations": len(obligations),
            "by_state": dict(sorted(Counter(item.state for item in obligations).items())),
            "by_timeliness": dict(sorted(Counter(timeliness(item, closing) for item in asked).items())),
            "submissions": sum(item.submissions for item in obligations),
            "returned": sum(item.returned for item in obligations),
            "escalations": sum(item.escalations for item in obligations),
            "told": dict(sorted(self._told.items())),
        }


def predict(plan: Plan, behaviours: Behaviours, units: Mapping[str, Unit]) -> dict[str, Any]:
    """The counts with which a directive must end if people behave as planned."""
    return Rehearsal(plan, behaviours, units).run()
