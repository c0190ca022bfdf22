from collections.abc import Sequence

import pytest

from models.actor import ActorKind
from models.answer import Selected
from models.command import Command, ExcludeBelow, OpenBelow, RegisterDocument, ReinstateBelow, Replace
from models.event import Event, Fact
from models.follow_up import Audience
from models.obligation import Outcome, State
from models.plan import CascadePlan, OpeningMode, RequirementKind, Reviewer
from rules.ledger import advance, decide, open_register
from rules.relay import closing_report, relays
from tests.rules.intervening import hear_escalation
from tests.rules.plans import (
    CLOSING,
    DOCUMENT,
    GUIDANCE,
    ISSUER,
    STARTS,
    at,
    earlier,
    every_opening,
    exclude_below,
    having_held,
    open_below,
    opening,
    plan,
    register,
    replace,
    requirement,
    review,
    selecting,
    submit,
    with_duty,
)
from tests.rules.registers import Book
from tests.rules.stepping import reinstate, release

PLAN = every_opening(("d1", "d2"))
OPENED = open_register(PLAN, STARTS)


def test_an_accepted_document_opens_what_lies_below_its_unit_and_nobody_else() -> None:
    state = decide(PLAN, OPENED.state, submit("year@d1", at(3, 10))).state
    change = decide(PLAN, state, review("year@d1", at(3, 11)))
    (relay,) = relays(PLAN, change.events)
    assert relay.cascade_id == "cascade:x:d1"
    assert isinstance(relay.command, OpenBelow)
    assert (relay.command.requirement, relay.command.unit) == ("year", "d1")
    assert (relay.command.document, relay.command.at) == (DOCUMENT, at(3, 11))
    assert (relay.command.actor.kind, relay.command.actor.unit) == (ActorKind.CASCADE, ISSUER)


def test_a_unit_without_a_register_of_its_own_is_told_nothing() -> None:
    alone = plan([requirement("year")], children=())
    state = decide(alone, open_register(alone, STARTS).state, submit("year@d1", at(3, 10))).state
    assert relays(alone, decide(alone, state, review("year@d1", at(3, 11))).events) == ()


def test_a_document_that_arrived_is_passed_on_to_every_register_below() -> None:
    found = relays(PLAN, decide(PLAN, OPENED.state, register(at(3, 10))).events)
    assert [relay.cascade_id for relay in found] == ["cascade:x:d1", "cascade:x:d2"]
    for relay in found:
        assert isinstance(relay.command, RegisterDocument)
        assert (relay.command.trigger, relay.command.document) == ("guidance", GUIDANCE)


def test_what_concerns_one_register_only_is_not_relayed() -> None:
    handed_in = decide(PLAN, OPENED.state, submit("year@d1", at(3, 10)))
    returned = decide(PLAN, handed_in.state, review("year@d1", at(3, 11), returns=True))
    reminded = advance(PLAN, returned.state, at(4, 3, 8))
    assert reminded.events
    assert relays(PLAN, (*OPENED.events[1:], *handed_in.events, *returned.events, *reminded.events)) == ()


def test_relays_of_the_same_events_are_the_same_commands() -> None:
    events = decide(PLAN, OPENED.state, register(at(3, 10))).events
    assert relays(PLAN, events) == relays(PLAN, events)
    assert {relay.command.id for relay in relays(PLAN, events)} == {f"{PLAN.cascade_id}/{events[0].seq}"}


def test_a_relayed_document_is_taken_by_the_register_below_and_once() -> None:
    below = every_opening(("c1",), parent=PLAN.cascade_id)
    (relay, _) = relays(PLAN, decide(PLAN, OPENED.state, register(at(3, 10))).events)
    opened = open_register(below, STARTS)
    change = decide(below, opened.state, relay.command)
    assert [event.fact.kind for event in change.events] == ["document_registered", "obligations_opened"]
    assert decide(below, change.state, relay.command).events == ()


def test_a_closed_register_reports_its_chain_to_the_one_above() -> None:
    below = every_opening(("c1",), parent=PLAN.cascade_id)
    closed = advance(below, open_register(below, STARTS).state, CLOSING)
    report = closing_report(below, closed.state, "ab" * 32)
    assert report is not None
    assert report.cascade_id == PLAN.cascade_id
    assert report.command.kind == "child_closed"
    assert (report.command.chain_head, report.command.events, report.command.at) == (
        "ab" * 32,
        closed.state.seq,
        CLOSING,
    )
    change = decide(PLAN, OPENED.state, report.command)
    assert [event.fact.kind for event in change.events] == ["below_closed"]


def test_the_first_register_reports_to_nobody() -> None:
    assert closing_report(PLAN, OPENED.state, "0" * 64) is None


def told(of: CascadePlan, events: Sequence[Event]) -> list[tuple[str, Command]]:
    """Which registers hear what."""
    return [(relay.cascade_id.rpartition(":")[2], relay.command) for relay in relays(of, events)]


def openings(of: CascadePlan, events: tuple[Event, ...]) -> list[tuple[str, str, str]]:
    """Register told, requirement, unit whose document counts or to which it does not apply."""
    found = []
    for unit, command in told(of, events):
        assert isinstance(command, OpenBelow | ExcludeBelow)
        found.append((unit, command.requirement, command.unit))
    return found


def test_a_selection_tells_the_register_below_whom_it_chose() -> None:
    of = plan([requirement("choose", kind=RequirementKind.SELECTION)], ("d1", "d2"))
    book = Book(with_duty(of, "choose@d1", candidates={"c1": "Một", "c2": "Hai"}))
    book.do(submit("choose@d1", at(3, 10), selecting("c2")))
    book.do(review("choose@d1", at(3, 11)))
    ((unit, command),) = told(book.plan, tuple(book.events))
    assert unit == "d1"
    assert isinstance(command, OpenBelow)
    assert command.selected == (Selected(unit="c2", choice="shelter"),)


def test_an_answer_that_not_all_recipients_accepted_or_that_was_rejected_opens_nothing() -> None:
    proposal = requirement("proposal", outcomes=(Outcome.ACCEPTED, Outcome.REJECTED))
    book = Book(with_duty(plan([proposal]), "proposal@d1", reviewers=(Reviewer(unit="so", name="Sở"),)))
    book.do(submit("proposal@d1", at(3, 10)))
    book.do(review("proposal@d1", at(3, 11), outcome=Outcome.ACCEPTED))
    assert told(book.plan, tuple(book.events)) == []
    book = Book(book.plan)
    book.do(submit("proposal@d1", at(3, 10)))
    for by in (ISSUER, "so"):
        book.do(review("proposal@d1", at(3, 11), by=by, outcome=Outcome.REJECTED, comment="trùng nội dung"))
    assert book.of("proposal@d1") is State.ACCEPTED
    assert told(book.plan, tuple(book.events)) == []


def test_evidence_that_counts_for_another_host_opens_what_waits_below_that_host() -> None:
    book = Book(plan([requirement("meeting", kind=RequirementKind.EVENT)], ("d1", "d2")))
    book.do(submit("meeting@d1", at(3, 10), having_held("d2")))
    book.do(review("meeting@d1", at(3, 11)))
    assert openings(book.plan, tuple(book.events)) == [("d1", "meeting", "d1"), ("d2", "meeting", "d2")]


def test_only_an_answer_taken_over_as_done_opens_what_waits_for_it() -> None:
    for state, expected in ((State.ACCEPTED, [("d1", "year", "d1")]), (State.SUBMITTED, [])):
        of = with_duty(plan([requirement("year")]), "year@d1", earlier=earlier(state))
        assert openings(of, open_register(of, STARTS).events) == expected


def test_what_does_not_apply_to_a_unit_is_told_to_its_register() -> None:
    waits = requirement("follow", opening=opening(OpeningMode.WHEN_ACCEPTED, "above"))
    of = with_duty(plan([requirement("year"), waits], ("d1", "d2"), parent="cascade:x:m"), "year@d2", applicable=False)
    book = Book(of)
    assert openings(of, tuple(book.events)) == [("d2", "year", "d2")]
    count = len(book.events)
    book.do(exclude_below(at(3, 10)))
    assert openings(of, tuple(book.events[count:])) == [("d1", "follow", "d1"), ("d2", "follow", "d2")]


def test_what_applies_to_a_unit_again_is_told_to_its_register_and_further_down() -> None:
    """The district was released from its plan, and reinstated; its communes' own plans follow from that."""
    follow = requirement("follow", opening=opening(OpeningMode.WHEN_ACCEPTED, "year"))
    above = Book(plan([requirement("year")], ("d1", "d2"), passes_down=("year",)))
    below = Book(
        plan(
            [follow],
            ("c1",),
            parent=above.plan.cascade_id,
            issuer="d1",
            cascade_id="cascade:x:d1",
            passes_down=("year",),
        )
    )
    deepest = Book(plan([follow], ("v1",), parent="cascade:x:d1", issuer="c1"))

    def tell(*facts: Fact) -> list[Command]:
        """What d1's register and the one below it hear of the last facts."""
        heard = [command for unit, command in told(above.plan, tuple(above.events[-len(facts) :])) if unit == "d1"]
        for command in heard:
            passed = below.do(command)
            for _, further in told(below.plan, tuple(below.events[len(below.events) - len(passed) :])):
                deepest.do(further)
        return heard

    (command,) = tell(*above.do(release(at(3, 10), "year@d1")))
    assert isinstance(command, ExcludeBelow)
    assert (below.of("follow@c1"), deepest.of("follow@v1")) == (State.NOT_APPLICABLE, State.NOT_APPLICABLE)
    (command,) = tell(*above.do(reinstate(at(3, 11), "year@d1")))
    assert isinstance(command, ReinstateBelow)
    assert (below.of("follow@c1"), deepest.of("follow@v1")) == (State.DORMANT, State.DORMANT)
    above.do(submit("year@d1", at(3, 12)))
    tell(*above.do(review("year@d1", at(3, 12))))
    assert (below.of("follow@c1"), deepest.of("follow@v1")) == (State.OPEN, State.OPEN)


def test_what_is_to_be_done_again_takes_nothing_back_below() -> None:
    above = Book(plan([requirement("year")]))
    above.do(submit("year@d1", at(3, 10)))
    above.do(review("year@d1", at(3, 10)))
    (fact,) = above.do(reinstate(at(3, 11), "year@d1", submissions=1))
    assert told(above.plan, above.events[-1:]) == []
    assert fact.kind == "reinstated"


@pytest.mark.parametrize("to", [(Audience.ABOVE,), (Audience.ISSUER,), (Audience.ABOVE, Audience.ISSUER)])
def test_what_is_escalated_to_the_issuer_goes_on_upward_also_where_the_register_between_has_closed(
    to: tuple[Audience, ...],
) -> None:
    between = Book(plan([requirement("year")], parent="cascade:x:m"))
    between.advance(CLOSING)
    command = hear_escalation(CLOSING, "year@c1", to=to)
    (fact,) = between.do(command)
    assert (fact.kind, between.state.closed) == ("escalation_heard", True)
    assert between.do(command) == ()
    passed = [command for _, command in told(between.plan, between.events[-1:])]
    assert [item.kind for item in passed] == (["hear_escalation"] if Audience.ISSUER in to else [])


def test_what_comes_from_above_is_passed_on_to_all_where_somebody_below_waits() -> None:
    of = plan([requirement("year")], ("d1", "d2"), parent="cascade:x:m", passes_down=("above",))
    chosen = (Selected(unit="c1"),)
    for command in (open_below(at(3, 10), selected=chosen), exclude_below(at(3, 10))):
        book = Book(of)
        change = decide(of, book.state, command)
        assert openings(of, change.events) == [("d1", "above", ISSUER), ("d2", "above", ISSUER)]
        for _, passed in told(of, change.events):
            below = plan([requirement("f", opening=opening(OpeningMode.WHEN_ACCEPTED, "above"))], parent=of.cascade_id)
            assert decide(below, open_register(below, STARTS).state, passed).events != ()
    silent = of.model_copy(update={"passes_down": ()})
    assert told(silent, decide(silent, Book(silent).state, open_below(at(3, 10))).events) == []


def test_what_the_keeper_itself_owes_is_told_to_all_below_where_somebody_waits() -> None:
    of = plan([requirement("above")], ("d1",), duties=(), children=("d1", "d2"), passes_down=("above",))
    of = with_duty(of, f"above@{ISSUER}")
    book = Book(of)
    book.do(submit(f"above@{ISSUER}", at(3, 10)))
    book.do(review(f"above@{ISSUER}", at(3, 10)))
    assert openings(of, tuple(book.events)) == [("d1", "above", ISSUER), ("d2", "above", ISSUER)]
    left_out = with_duty(of, f"above@{ISSUER}", applicable=False)
    assert len(openings(left_out, open_register(left_out, STARTS).events)) == 2


def test_a_register_whose_unit_owes_the_same_itself_waits_for_its_own_and_hears_nothing_from_above() -> None:
    of = plan([requirement("above")], ("d1",), children=("d1", "d2"), parent="cascade:x:m", passes_down=("above",))
    for command in (open_below(at(3, 10)), exclude_below(at(3, 10))):
        assert openings(of, decide(of, Book(of).state, command).events) == [("d2", "above", ISSUER)]
    own = with_duty(of, f"above@{ISSUER}")
    book = Book(own)
    book.do(submit(f"above@{ISSUER}", at(3, 10)))
    book.do(review(f"above@{ISSUER}", at(3, 10)))
    book.do(submit("above@d1", at(3, 11)))
    book.do(review("above@d1", at(3, 11)))
    assert openings(own, tuple(book.events)) == [("d2", "above", ISSUER), ("d1", "above", "d1")]
    guest = with_duty(of, "above@d1", coordinating=True)
    assert len(openings(guest, decide(guest, Book(guest).state, open_below(at(3, 10))).events)) == 2


def test_a_replacement_is_passed_on_as_it_was_told() -> None:
    change = decide(PLAN, OPENED.state, replace(at(3, 10), "year", close=True))
    found = told(PLAN, change.events)
    assert [unit for unit, _ in found] == ["d1", "d2"]
    for _, command in found:
        assert isinstance(command, Replace)
        assert (command.by, command.requirements, command.close) == (GUIDANCE, ("year",), True)
    below = every_opening(("c1",), parent=PLAN.cascade_id)
    closed = decide(below, open_register(below, STARTS).state, found[0][1])
    assert closed.state.closed
    assert decide(below, closed.state, found[0][1]).events == ()
