"""Officers, reviewers and other registers at random: what people did with a register before anybody stepped in."""

from datetime import date, timedelta

from hypothesis import strategies as st
from hypothesis.stateful import rule

from models.answer import Answer, Selected
from models.command import Command
from models.holder import Arrangement
from models.obligation import OWING, Outcome, State
from models.recommendation import Handling
from models.request import RequestKind
from models.unit import Role
from tests.rules.asking import accept_all, answer_request, ask, chase, holding, leave, name_holder, note_refusal
from tests.rules.machine import COMPLETE, KEYS, UNITS, WAITS, Machine
from tests.rules.plans import (
    ISSUER,
    acknowledge,
    answer,
    cascade_of,
    child_closed,
    complete,
    exclude_below,
    handle,
    having_held,
    obstacle,
    officer,
    open_below,
    register,
    reinstate_below,
    replace,
    review,
    reviewer,
    selecting,
    submit,
    supervisor,
)

FAULTY = [
    answer(existing=True),
    answer(document=None),
    answer(total=9),
    having_held(on=date(2021, 1, 1)),
    selecting("x"),
]
KEYS_OR_NOT = st.sampled_from([*KEYS, "nothing@d1"])
JITTER = st.sampled_from([timedelta(0), timedelta(0), timedelta(days=-20), timedelta(hours=5)])
PASSED_DOWN = st.sampled_from(["above", "chosen-above"])


class People(Machine):
    @rule(data=st.data(), jitter=JITTER)
    def an_officer_answers_well(self, data: st.DataObject, jitter: timedelta) -> None:
        key = self.some(data, *OWING)
        given = data.draw(st.sampled_from(COMPLETE.get(key.partition("@")[0], [answer()])))
        self.send(submit(key, self.now + jitter, given))

    @rule(key=KEYS_OR_NOT, given=st.sampled_from(FAULTY), by=st.sampled_from([None, None, *UNITS]))
    def somebody_answers_somehow(self, key: str, given: Answer, by: str | None) -> None:
        self.send(submit(key, self.now, given, by=by))

    @rule(
        data=st.data(),
        by=st.sampled_from([ISSUER, ISSUER, "so", "d1"]),
        returns=st.sampled_from([False, False, True]),
        outcome=st.sampled_from([None, Outcome.TAKEN_ON_BOARD, Outcome.EXPLAINED]),
        jitter=JITTER,
    )
    def a_recipient_decides(
        self, data: st.DataObject, by: str, returns: bool, outcome: Outcome | None, jitter: timedelta
    ) -> None:
        key = self.some(data, State.SUBMITTED)
        latest = self.state.obligations[key].submissions
        submission = data.draw(st.sampled_from([latest, latest, 1]))
        self.send(review(key, self.now + jitter, submission, returns=returns, by=by, outcome=outcome))

    @rule(data=st.data(), by=st.sampled_from(["so", ISSUER, None]))
    def what_waits_is_accepted(self, data: st.DataObject, by: str | None) -> None:
        """By one recipient, or by all, with an outcome that suits everything."""
        waiting = [key for key, item in self.state.obligations.items() if item.state is State.SUBMITTED]
        if waiting:
            key = data.draw(st.sampled_from(waiting))
            for recipient in [by] if by else ["so", ISSUER]:
                latest = self.state.obligations[key].submissions
                self.send(review(key, self.now, latest, by=recipient, outcome=Outcome.TAKEN_ON_BOARD))

    @rule(data=st.data(), men=st.integers(-1, 31))
    def an_officer_completes_figures(self, data: st.DataObject, men: int) -> None:
        key = data.draw(st.sampled_from([*self.state.answers] or KEYS))
        self.send(complete(key, self.now, men, 30 - men))
        self.send(complete(key, self.now, men, 31))

    @rule(data=st.data(), wait=WAITS)
    def a_recommendation_is_referred(self, data: st.DataObject, wait: timedelta) -> None:
        raised = [key for key, item in self.state.recommendations.items() if item.status == "raised"]
        if raised:
            key, body = data.draw(st.sampled_from(raised)), data.draw(st.sampled_from(["so", "Sở Y tế"]))
            reply_by = (self.now + wait + timedelta(days=1)).date()
            self.send(handle(key, self.now, Handling.REFER, body=body, reply_by=reply_by))

    @rule(data=st.data(), handling=st.sampled_from(Handling), by=st.sampled_from([ISSUER, ISSUER, "so", "d1"]))
    def somebody_handles_a_recommendation(self, data: st.DataObject, handling: Handling, by: str) -> None:
        key = data.draw(st.sampled_from([*self.state.recommendations] or ["ideas@d1/1.1"]))
        body = data.draw(st.sampled_from(["so", "Sở Y tế", ""]))
        reply_by = (self.now + data.draw(WAITS)).date()
        words = data.draw(st.sampled_from(["sẽ làm", ""]))
        self.send(handle(key, self.now, handling, by=by, words=words, body=body, reply_by=reply_by))

    @rule(key=KEYS_OR_NOT, text=st.sampled_from(["chưa có kinh phí", " "]), by=st.sampled_from([None, None, *UNITS]))
    def a_unit_tells_what_stands_in_its_way(self, key: str, text: str, by: str | None) -> None:
        self.send(obstacle(key, self.now, text, by=by))

    @rule(key=KEYS_OR_NOT, request=st.sampled_from(RequestKind), wait=WAITS, by=st.sampled_from([None, None, "d1"]))
    def a_unit_asks_for_something(self, key: str, request: RequestKind, wait: timedelta, by: str | None) -> None:
        due = getattr(self.state.obligations.get(key), "due", None) or self.now
        self.send(ask(key, self.now, request, until=(due + wait).date(), by=by))

    @rule(
        data=st.data(), granted=st.booleans(), words=st.sampled_from(["đồng ý", ""]), by=st.sampled_from([ISSUER, "so"])
    )
    def a_request_is_answered(self, data: st.DataObject, granted: bool, words: str, by: str) -> None:
        request = data.draw(st.sampled_from([*self.state.requests] or ["year@d1/r1"]))
        self.send(answer_request(request, self.now, granted=granted, words=words, by=by))

    @rule(keys=st.lists(st.sampled_from(KEYS), max_size=4), by=st.sampled_from([ISSUER, ISSUER, "d1"]))
    def somebody_chases(self, keys: list[str], by: str) -> None:
        self.send(chase(self.now, *keys, words="gấp", by=by))

    @rule(data=st.data(), by=st.sampled_from([ISSUER, ISSUER, "so"]))
    def many_are_accepted_at_once(self, data: st.DataObject, by: str) -> None:
        waiting = [key for key, item in self.state.obligations.items() if item.state is State.SUBMITTED]
        chosen = data.draw(st.lists(st.sampled_from(waiting or KEYS), max_size=4))
        self.send(accept_all(self.now, *((key, data.draw(st.integers(1, 2))) for key in chosen), by=by))

    @rule(data=st.data(), email=st.sampled_from(["a@x.vn", "b@x.vn", "c@x.vn"]), kind=st.sampled_from(Arrangement))
    def somebody_is_named(self, data: st.DataObject, email: str, kind: Arrangement) -> None:
        unit, holder = data.draw(st.sampled_from(self.people()))
        days = (self.now.date(), self.now.date() + data.draw(WAITS)) if kind is Arrangement.SUBSTITUTE else (None, None)
        own = self.state.holders.get(f"{unit}/{holder}")
        by_email = own.email if own else f"{unit}@x.vn"
        actor = data.draw(st.sampled_from([holding(unit, holder), reviewer(ISSUER)]))
        named = name_holder(self.now, email, kind, unit=unit, by=actor, by_email=by_email, first=days[0], last=days[1])
        self.send(named)

    @rule(data=st.data(), refused=st.booleans())
    def somebody_leaves_or_is_not_reached(self, data: st.DataObject, refused: bool) -> None:
        unit, holder = data.draw(st.sampled_from(self.people()))
        known = self.state.holders.get(f"{unit}/{holder}")
        email = known.email if known else f"{unit}@x.vn"
        self.send((note_refusal if refused else leave)(self.now, unit, holder, email))

    def people(self) -> list[tuple[str, str]]:
        contacts = [(unit, role.value) for unit in UNITS for role in Role]
        return contacts + [(item.unit, item.id) for item in self.state.holders.values() if item.arrangement]

    @rule(unit=st.sampled_from([*UNITS, "guest", "stranger"]))
    def a_unit_acknowledges(self, unit: str) -> None:
        self.send(acknowledge(unit, self.now))

    @rule(
        trigger=st.sampled_from(["guidance", "final", "weather"]),
        by=st.sampled_from(["reviewer", "cascade", "officer"]),
    )
    def a_document_arrives(self, trigger: str, by: str) -> None:
        actor = {"reviewer": None, "cascade": cascade_of("ministry"), "officer": officer("d1")}[by]
        self.send(register(self.now, trigger, actor))

    @rule(
        key=PASSED_DOWN,
        tells=st.sampled_from(["accepted", "accepted", "excluded", "reinstated"]),
        chosen=st.sets(st.sampled_from([*UNITS, "x"])),
        choice=st.sampled_from(["shelter", "club"]),
    )
    def the_register_above_tells_something(self, key: str, tells: str, chosen: set[str], choice: str) -> None:
        selected = [Selected(unit=unit, choice=choice) for unit in sorted(chosen)]
        told: dict[str, Command] = {
            "accepted": open_below(self.now, key, selected),
            "excluded": exclude_below(self.now, key),
            "reinstated": reinstate_below(self.now, key),
        }
        self.send(told[tells])

    @rule(named=st.sampled_from([("year",), ("choose", "month"), ("nothing",), ()]), data=st.data())
    def another_directive_replaces_this_one(self, named: tuple[str, ...], data: st.DataObject) -> None:
        """Everything at once only seldom: little happens in a register afterwards."""
        close = not named and data.draw(st.booleans())
        if not named and data.draw(st.integers(0, 3)):
            return
        actor = data.draw(st.sampled_from([supervisor(), cascade_of("ministry"), officer("d1")]))
        self.send(replace(self.now, *named, close=close, actor=actor))

    @rule(unit=st.sampled_from(UNITS))
    def a_register_below_closes(self, unit: str) -> None:
        self.send(child_closed(unit, self.now))
