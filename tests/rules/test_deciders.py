"""What those above do: a digest of what waits, accepting many at once, chasing."""

from models.correspondence import Chased
from models.obligation import Outcome, State
from models.plan import Reviewer
from models.succession import Succession
from rules.ledger import decide, next_wake
from rules.refusals import Reason
from rules.relay import relays
from tests.rules.asking import accept_all, answer_request, ask, chase
from tests.rules.intervening import reorganise
from tests.rules.plans import ISSUER, at, plan, requirement, review, submit, with_duty
from tests.rules.registers import Book, kinds

NOON = at(3, 10)
YEAR = plan([requirement("year")], ("d1", "d2", "d3"))
SO = Reviewer(unit="so", name="Sở")


def digests(book: Book) -> list[tuple[object, dict[str, tuple[str, ...]], dict[str, tuple[str, ...]]]]:
    return [
        (event.at, event.fact.submissions, event.fact.requests)
        for event in book.events
        if event.fact.kind == "decisions_awaited"
    ]


# The digest


def test_what_came_in_is_told_together_on_the_next_working_morning_and_not_again() -> None:
    book = Book(YEAR)
    book.do(submit("year@d1", at(3, 13, 9)))
    book.do(submit("year@d2", at(3, 13, 15)))
    assert next_wake(book.plan, book.state) == at(3, 16, 8)  # the 13th is a Friday
    book.advance(at(3, 16, 8))
    book.advance(at(3, 17, 8))
    assert digests(book) == [(at(3, 16, 8), {ISSUER: ("year@d1", "year@d2")}, {})]


def test_something_new_brings_a_digest_of_all_that_waits() -> None:
    book = Book(YEAR)
    book.do(submit("year@d1", NOON))
    book.advance(at(3, 11, 8))
    book.do(ask("year@d2", at(3, 11)))
    book.advance(at(3, 12, 8))
    (request,) = book.state.requests
    assert digests(book)[-1] == (at(3, 12, 8), {ISSUER: ("year@d1",)}, {ISSUER: (request,)})


def test_what_is_decided_before_the_morning_is_not_told() -> None:
    book = Book(YEAR)
    book.do(submit("year@d1", NOON))
    book.do(review("year@d1", at(3, 10, 13)))
    book.do(ask("year@d2", NOON))
    book.do(answer_request(next(iter(book.state.requests)), NOON))
    book.advance(at(3, 20))
    assert digests(book) == []


def test_after_an_outage_there_is_one_digest_and_what_comes_in_at_its_very_instant_is_told_next_time() -> None:
    book = Book(YEAR)
    book.do(submit("year@d1", NOON))
    book.advance(at(3, 16, 10))
    book.do(submit("year@d2", at(3, 17, 8)))
    assert len(digests(book)) == 1
    book.advance(at(3, 18, 8))
    assert [told[0] for told in digests(book)] == [at(3, 16, 10), at(3, 18, 8)]


def test_what_came_in_during_an_outage_is_told_once_and_not_again_that_day() -> None:
    book = Book(YEAR)
    book.do(submit("year@d1", NOON))
    for hour in (9, 10):  # nobody was awake at 8 on the 11th
        book.take(decide(book.plan, book.state, submit(f"year@d{hour - 7}", at(3, 11, hour))))
    book.advance(at(3, 12, 7))
    book.advance(at(3, 12, 23))
    book.advance(at(3, 13, 23))
    assert [told[0] for told in digests(book)] == [at(3, 12, 7)]


def test_every_recipient_is_told_what_he_has_not_decided_yet() -> None:
    book = Book(with_duty(YEAR, "year@d1", reviewers=(SO,)))
    book.do(submit("year@d1", NOON))
    book.do(review("year@d1", NOON))
    book.do(submit("year@d2", NOON))
    book.advance(at(3, 11, 8))
    assert digests(book)[0][1] == {ISSUER: ("year@d2",), "so": ("year@d1",)}


def test_what_was_handed_in_elsewhere_is_told_to_those_who_decide_on_it_now() -> None:
    book, there = Book(YEAR), Book(YEAR.model_copy(update={"cascade_id": "cascade:x:q", "issuer": "q"}))
    for register in (book, there):
        register.do(submit("year@d1", NOON))
        register.do(ask("year@d2", NOON))
        register.advance(at(3, 11, 8))
    duties = [duty.model_copy(update={"unit": f"n-{duty.unit}"}) for duty in YEAR.duties[:2]]
    leaving = [
        Succession(obligation=f"year@{duty.unit.removeprefix('n-')}", cascade_id="cascade:x:q", duties=(duty,))
        for duty in duties
    ]
    book.do(reorganise(at(3, 12), *leaving))
    for relay in relays(book.plan, book.events):
        there.do(relay.command)
    there.advance(at(3, 13, 8))
    when, submissions, requests = digests(there)[-1]
    assert (when, submissions) == (at(3, 13, 8), {"q": ("year@d1", "year@n-d1")})
    assert len(requests["q"]) == 2


# Accepting many


def test_many_are_accepted_at_once_and_what_has_changed_is_left() -> None:
    book = Book(YEAR)
    for unit in ("d1", "d2", "d3"):
        book.do(submit(f"year@{unit}", NOON))
    book.do(review("year@d3", NOON, returns=True))
    book.do(submit("year@d3", NOON))
    many = accept_all(NOON, ("year@d1", 1), ("year@d2", 1), ("year@d3", 1), ("year@d1", 1))
    assert kinds(book.do(many)) == ["accepted", "accepted"]
    assert [book.of(f"year@{unit}") for unit in ("d1", "d2", "d3")] == [
        State.ACCEPTED,
        State.ACCEPTED,
        State.SUBMITTED,
    ]
    assert book.do(many) == ()
    assert book.refusal(accept_all(NOON, ("year@d3", 1))) is Reason.NOTHING_ACCEPTED


def test_what_needs_an_outcome_is_not_accepted_among_many() -> None:
    named = requirement("proposal", outcomes=(Outcome.ACCEPTED, Outcome.REJECTED))
    book = Book(plan([named, requirement("year")]))
    for key in ("proposal@d1", "year@d1"):
        book.do(submit(key, NOON))
    book.do(accept_all(NOON, ("proposal@d1", 1), ("year@d1", 1)))
    assert (book.of("proposal@d1"), book.of("year@d1")) == (State.SUBMITTED, State.ACCEPTED)


# Chasing


def test_what_is_owed_is_chased_now_once_a_day_and_counted() -> None:
    book = Book(YEAR)
    book.do(submit("year@d3", NOON))
    (fact,) = book.do(chase(NOON, "year@d1", "year@d2", "year@d3", words="gấp"))
    assert isinstance(fact, Chased)
    assert (fact.obligations, fact.words) == (("year@d1", "year@d2"), "gấp")
    assert book.item("year@d1").escalations == 1
    assert book.refusal(chase(at(3, 10, 16), "year@d1")) is Reason.CHASED_TODAY
    assert kinds(book.do(chase(at(3, 11), "year@d1"))) == ["chased"]
    assert book.refusal(chase(at(3, 11), "year@d3")) is Reason.NOTHING_TO_CHASE


def test_nobody_presses_himself_or_those_who_only_take_part() -> None:
    of = with_duty(with_duty(YEAR, f"year@{ISSUER}"), "year@guest", coordinating=True)
    assert Book(of).refusal(chase(NOON, f"year@{ISSUER}", "year@guest")) is Reason.NOTHING_TO_CHASE
    assert Book(of).refusal(chase(NOON, "year@d1", by="d1")) is Reason.NOT_YOURS


def test_a_chase_does_not_stop_the_ladder() -> None:
    book = Book(YEAR)
    book.do(chase(NOON, "year@d1"))
    book.advance(at(4, 3, 8))
    assert book.fired("year@d1") == [("T-5", ())]
