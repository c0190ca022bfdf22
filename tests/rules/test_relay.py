from models.command import ActorKind, OpenBelow, RegisterDocument
from rules.ledger import advance, decide, open_register
from rules.relay import closing_report, relays
from tests.rules.plans import (
    CLOSING,
    DOCUMENT,
    GUIDANCE,
    ISSUER,
    STARTS,
    at,
    every_opening,
    plan,
    register,
    requirement,
    review,
    submit,
)

PLAN = every_opening(("d1", "d2"))
OPENED = open_register(PLAN, STARTS)


def test_an_accepted_document_opens_what_lies_below_its_unit_and_nobody_else() -> None:
    state = decide(PLAN, OPENED.state, submit("year@d1", at(3, 10))).state
    change = decide(PLAN, state, review("year@d1", at(3, 11)))
    (relay,) = relays(PLAN, change.events)
    assert relay.cascade_id == "cascade:x:d1"
    assert isinstance(relay.command, OpenBelow)
    assert (relay.command.requirement, relay.command.document, relay.command.at) == ("year", DOCUMENT, at(3, 11))
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
    assert relays(PLAN, (*OPENED.events, *handed_in.events, *returned.events, *reminded.events)) == ()


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
