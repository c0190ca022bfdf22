from datetime import date, time

from models.answer import Selected
from models.intervention import Release
from models.obligation import State
from models.plan import Duty, OpeningMode, RequirementKind, RequirementPlan, Term
from rules.calendar import day_end, day_start
from rules.ledger import next_wake
from tests.rules.plans import (
    CLOSING,
    DOCUMENT,
    GUIDANCE,
    ISSUER,
    answer,
    at,
    exclude_below,
    having_held,
    open_below,
    opening,
    plan,
    register,
    reinstate_below,
    requirement,
    review,
    selecting,
    submit,
    with_duty,
)
from tests.rules.registers import Book, kinds
from tests.rules.stepping import release

NOON = at(3, 10)
"""A Tuesday."""
REPORT = RequirementKind.REPORT
MEETING = requirement("meeting", kind=RequirementKind.EVENT)
MINUTES = requirement(
    "minutes", None, kind=REPORT, term=Term(days=5), opening=opening(OpeningMode.WHEN_HELD, "meeting")
)


def pilot(key: str, choice: str = "") -> RequirementPlan:
    return requirement(key, opening=opening(OpeningMode.WHEN_SELECTED, "choose", choice=choice))


def follow() -> RequirementPlan:
    return requirement("follow", opening=opening(OpeningMode.WHEN_ACCEPTED, "above"))


# Deadlines counted from the opening


def test_a_term_is_counted_from_the_day_of_the_opening() -> None:
    book = Book(plan([requirement("receipt", None, term=Term(days=10))]))
    assert book.item("receipt@d1").due == day_end(date(2020, 3, 16))  # opened on Monday, 2 March
    assert next_wake(book.plan, book.state) == day_start(date(2020, 3, 9), time(8))


def test_each_opening_has_its_own_due_instant_and_those_without_a_term_keep_theirs() -> None:
    waits = opening(OpeningMode.WHEN_REGISTERED, "guidance")
    book = Book(
        plan(
            [
                requirement("fixed", opening=waits),
                requirement("soon", None, term=Term(days=2), opening=waits),
                requirement("later", None, term=Term(days=30, working=False, at=time(17)), opening=waits),
            ]
        )
    )
    assert {item.due for item in book.state.obligations.values()} == {book.plan.requirements[0].due, None}
    facts = book.do(register(NOON))
    opened = {fact.due: fact.obligations for fact in facts if fact.kind == "obligations_opened"}
    assert opened == {
        None: ("fixed@d1",),
        day_end(date(2020, 3, 12)): ("soon@d1",),
        day_start(date(2020, 4, 9), time(17)): ("later@d1",),
    }
    assert [book.item(key).due for (key,) in opened.values()] == [book.plan.requirements[0].due, *list(opened)[1:]]
    assert {item.basis for item in book.state.obligations.values()} == {GUIDANCE}


def test_what_follows_an_event_is_due_so_many_days_after_it_was_held() -> None:
    book = Book(plan([MEETING, MINUTES], ("d1", "d2")))
    book.do(submit("meeting@d1", NOON, having_held(on=date(2020, 3, 5))))
    assert (book.of("minutes@d1"), book.of("minutes@d2")) == (State.OPEN, State.DORMANT)
    assert book.item("minutes@d1").due == day_end(date(2020, 3, 12))


def test_what_follows_a_document_counts_from_its_date_and_without_one_from_today() -> None:
    first = requirement("first", kind=REPORT)
    then = requirement("then", None, term=Term(days=5), opening=opening(OpeningMode.WHEN_HELD, "first"))
    book = Book(plan([first, then], ("d1", "d2")))
    book.do(submit("first@d1", at(3, 25)))
    book.do(submit("first@d2", at(3, 25), answer(document=None)))
    assert book.item("then@d1").basis == DOCUMENT
    assert book.item("then@d1").due == day_end(date(2020, 3, 27))  # five working days after 20 March
    assert book.item("then@d2").due == day_end(date(2020, 4, 1))


def test_a_day_that_has_not_come_yet_is_a_typing_mistake_and_does_not_count() -> None:
    first = requirement("first", kind=REPORT)
    then = requirement("then", None, term=Term(days=5), opening=opening(OpeningMode.WHEN_HELD, "first"))
    for year in (2202, 9999):
        book = Book(plan([first, then]))
        dated = DOCUMENT.model_copy(update={"date": date(year, 12, 31)})
        book.do(submit("first@d1", at(3, 25), answer(document=dated)))
        assert book.item("then@d1").due == day_end(date(2020, 4, 1))


def test_an_answer_handed_in_again_does_not_open_again() -> None:
    book = Book(plan([MEETING, MINUTES]))
    book.do(submit("meeting@d1", NOON, having_held()))
    book.do(review("meeting@d1", NOON, returns=True))
    assert kinds(book.do(submit("meeting@d1", at(3, 20), having_held()))) == ["submitted"]


# What comes from above


def test_a_selection_opens_for_the_selected_and_excludes_the_others() -> None:
    book = Book(plan([pilot("shelter-plan", "shelter"), pilot("any-plan")], ("c1", "c2", "c3"), parent="cascade:x:m"))
    chosen = (Selected(unit="c1", choice="shelter"), Selected(unit="c2", choice="club"))
    facts = book.do(open_below(NOON, "choose", chosen))
    assert kinds(facts) == ["obligations_opened", "excluded"]
    assert facts[1].kind == "excluded"
    assert facts[1].reason == "not_selected"
    assert {key for key, item in book.state.obligations.items() if item.state is State.OPEN} == {
        "shelter-plan@c1", "any-plan@c1", "any-plan@c2",
    }  # fmt: skip
    assert {book.of(key) for key in ("shelter-plan@c2", "shelter-plan@c3", "any-plan@c3")} == {State.NOT_APPLICABLE}
    assert book.do(open_below(NOON, "choose", chosen)) == ()


def test_what_does_not_apply_above_does_not_apply_below_unless_it_opens_anyway() -> None:
    latest = requirement("latest", opening=opening(OpeningMode.WHEN_ACCEPTED, "above", at(4, 8, 8)))
    book = Book(plan([follow(), pilot("pilot"), latest], parent="cascade:x:m"))
    (fact,) = book.do(exclude_below(NOON))
    assert fact.kind == "excluded"
    assert (fact.obligations, fact.reason) == (("follow@d1",), "not_applicable_above")
    assert book.do(exclude_below(NOON)) == ()
    book.do(exclude_below(NOON, "choose"))
    assert (book.of("pilot@d1"), book.of("latest@d1")) == (State.NOT_APPLICABLE, State.DORMANT)
    book.advance(at(4, 8, 8))
    assert book.of("latest@d1") is State.OPEN


def test_what_follows_from_something_excluded_is_excluded_too() -> None:
    second = requirement("second", opening=opening(OpeningMode.WHEN_HELD, "follow"))
    third = requirement("third", opening=opening(OpeningMode.WHEN_HELD, "second"))
    book = Book(plan([follow(), second, third], ("d1", "d2"), parent="cascade:x:m"))
    book.do(exclude_below(NOON))
    assert {item.state for item in book.state.obligations.values()} == {State.NOT_APPLICABLE}


def test_what_applies_above_again_is_waited_for_again_with_all_that_follows_from_it() -> None:
    second = requirement("second", opening=opening(OpeningMode.WHEN_HELD, "follow"))
    book = Book(plan([follow(), second, pilot("pilot")], ("d1", "d2"), parent="cascade:x:m"))
    book.do(release(NOON, "second@d2", kind=Release.NOT_APPLICABLE))
    book.do(exclude_below(NOON, "choose"))
    book.do(exclude_below(NOON))
    (fact,) = book.do(reinstate_below(NOON))
    assert fact.kind == "above_reinstated"
    assert fact.obligations == ("follow@d1", "follow@d2", "second@d1")
    assert {book.of(key) for key in fact.obligations} == {State.DORMANT}
    assert book.of("second@d2") is State.NOT_APPLICABLE, "a supervisor has said so"
    assert book.of("pilot@d1") is State.NOT_APPLICABLE, "it waits for something else"
    assert book.do(reinstate_below(NOON)) == ()
    book.do(open_below(NOON))
    assert (book.of("follow@d1"), book.of("second@d1")) == (State.OPEN, State.DORMANT)


def test_a_register_opens_without_what_follows_from_something_that_does_not_apply() -> None:
    book = Book(with_duty(plan([MEETING, MINUTES], ("d1", "d2")), "meeting@d1", applicable=False))
    assert kinds(tuple(event.fact for event in book.events)) == ["cascade_opened", "obligations_opened", "excluded"]
    assert (book.of("minutes@d1"), book.of("minutes@d2")) == (State.NOT_APPLICABLE, State.DORMANT)


def test_what_others_below_wait_for_is_noted_to_be_passed_on_and_once() -> None:
    passing = plan([follow()], parent="cascade:x:m", passes_down=("above",))
    for command in (open_below(NOON), exclude_below(NOON)):
        book = Book(passing)
        first = book.do(command)
        assert first[0].kind in {"above_accepted", "above_excluded"}
        assert (first[0].requirement, first[0].unit) == ("above", ISSUER)
        assert book.do(command) == ()


# What the unit owes that keeps the register itself


def test_the_keepers_own_document_opens_what_stands_below_it_in_this_register() -> None:
    of = plan([requirement("above"), follow()], duties=())
    for key in (f"above@{ISSUER}", "follow@d1", "follow@d2"):
        of = with_duty(of, key)
    book = Book(of)
    book.do(submit(f"above@{ISSUER}", NOON))
    facts = book.do(review(f"above@{ISSUER}", NOON))
    assert kinds(facts) == ["accepted", "obligations_opened"]
    assert book.item("follow@d2").basis == DOCUMENT


def test_the_keepers_own_selection_decides_in_this_register() -> None:
    of = plan([requirement("choose", kind=RequirementKind.SELECTION), pilot("pilot")], duties=())
    of = of.model_copy(update={"duties": tuple(Duty(requirement="pilot", unit=code) for code in ("c1", "c2"))})
    of = with_duty(of, f"choose@{ISSUER}", candidates={"c1": "Một", "c2": "Hai"})
    book = Book(of)
    book.do(submit(f"choose@{ISSUER}", NOON, selecting("c2")))
    facts = book.do(review(f"choose@{ISSUER}", NOON))
    assert facts[0].kind == "accepted"
    assert [item.unit for item in facts[0].selected] == ["c2"]
    assert (book.of("pilot@c1"), book.of("pilot@c2")) == (State.NOT_APPLICABLE, State.OPEN)


# Drafts that become final


def test_a_final_document_ends_the_discussion_of_its_draft() -> None:
    draft = requirement("draft", kind=RequirementKind.CONSULTATION, ends_with="guidance")
    after = requirement("after", opening=opening(OpeningMode.WHEN_REGISTERED, "guidance"))
    book = Book(plan([draft, after], ("d1", "d2")))
    book.do(submit("draft@d1", NOON))
    facts = book.do(register(NOON))
    assert kinds(facts) == ["document_registered", "lapsed", "obligations_opened"]
    assert (book.of("draft@d1"), book.of("draft@d2")) == (State.SUBMITTED, State.UNFULFILLED)


def test_a_discussion_of_what_is_final_never_opens() -> None:
    waits = opening(OpeningMode.ON_DAY, "", at(4, 8, 8))
    book = Book(plan([requirement("draft", kind=RequirementKind.CONSULTATION, ends_with="guidance", opening=waits)]))
    assert next_wake(book.plan, book.state) == at(4, 8, 8)
    book.do(register(NOON))
    assert next_wake(book.plan, book.state) == CLOSING
    assert book.advance(at(5, 1)) == ()
    assert book.of("draft@d1") is State.DORMANT
