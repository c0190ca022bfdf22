"""What stands in a unit's way: told, answered, told of by mail, counted (DOMAIN section 9, seed 2, behaviour 9)."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.command import Command
from models.event import Event
from models.notice import NoticeKind
from models.obligation import State
from models.plan import RequirementKind
from models.recommendation import OBSTACLE, PENDING, Handling, Recommendation, RecommendationStatus
from models.summary import ObstacleTally
from models.unit import Role
from rules.ledger import answered_by, decide
from rules.notices import notices
from rules.refusals import Reason
from rules.rollup_obstacles import obstacles
from rules.rollup_recommendations import recommendation_groups
from tests.rules.plans import (
    CLOSING,
    FOLLOW_UP,
    ISSUER,
    at,
    handle,
    obstacle,
    plan,
    recommending,
    requirement,
    review,
    submit,
    with_duty,
)
from tests.rules.registers import Book, kinds

NOON = at(3, 10)
IDEAS = requirement("ideas", due=None, kind=RequirementKind.RECOMMENDATIONS)


def register() -> Book:
    return Book(with_duty(plan([requirement("year"), IDEAS], ("d1", "d2")), "year@guest", coordinating=True))


def the_only(book: Book) -> Recommendation:
    (found,) = book.state.recommendations.values()
    return found


@pytest.mark.parametrize("unit", ["d1", "guest"])
def test_whoever_a_thing_is_asked_of_tells_what_stands_in_the_way_once(unit: str) -> None:
    book = register()
    told = obstacle(f"year@{unit}", NOON)
    assert kinds(book.do(told)) == ["obstacle_raised"]
    assert book.do(told) == ()
    found = the_only(book)
    assert found.id == f"year@{unit}/0.{answered_by(book.state, told)}"
    assert (found.unit, found.group, found.text, found.status, found.raised_at) == (
        unit, OBSTACLE, "chưa có kinh phí", RecommendationStatus.RAISED, NOON,
    )  # fmt: skip
    assert book.of(f"year@{unit}") is State.OPEN


def test_telling_is_a_sign_of_life() -> None:
    quiet = FOLLOW_UP.model_copy(update={"silent_after": 30})
    book = Book(plan([requirement("radio", due=None)], follow_up=quiet))
    book.do(obstacle("radio@d1", at(3, 20)))
    book.advance(at(4, 19))
    assert book.fired("radio@d1") == []
    book.advance(at(4, 20))
    assert [name for name, _ in book.fired("radio@d1")] == ["S+30"]


def test_a_new_answer_replaces_recommendations_but_no_obstacle() -> None:
    book = register()
    book.do(submit("ideas@d1", NOON, recommending("vay vốn")))
    book.do(obstacle("ideas@d1", NOON))
    book.do(review("ideas@d1", NOON, returns=True))
    book.do(submit("ideas@d1", NOON, recommending("dạy nghề")))
    assert [item.text for item in book.state.recommendations.values()] == ["chưa có kinh phí", "dạy nghề"]


def test_it_is_handled_like_a_recommendation_and_closing_leaves_the_day_of_the_answer() -> None:
    book = register()
    book.do(obstacle("year@d1", NOON))
    key = the_only(book).id
    assert book.refusal(handle(key, NOON, Handling.ANSWER, by="d1", words="x")) is Reason.NOT_YOURS
    book.do(handle(key, at(3, 12), Handling.ANSWER, words="dùng nguồn sự nghiệp"))
    book.do(handle(key, at(3, 30), Handling.CLOSE))
    found = the_only(book)
    assert (found.status, found.handled_at, found.words) == (
        RecommendationStatus.CLOSED, at(3, 12), "dùng nguồn sự nghiệp",
    )  # fmt: skip


# Mails


def mails(book: Book, command: Command) -> list[tuple[NoticeKind, str, Role, tuple[str, ...]]]:
    change = decide(book.plan, book.state, command)
    book.take(change)
    return [(item.kind, item.unit, item.role, item.obligations) for item in notices(book.plan, change.events)]


def test_the_register_is_told_of_it_and_the_unit_of_what_is_said_on_it() -> None:
    book = register()
    about = ("year@d1",)
    assert mails(book, obstacle("year@d1", NOON)) == [(NoticeKind.OBSTACLE, ISSUER, Role.FOCAL, about)]
    key = the_only(book).id
    answered = [(NoticeKind.ANSWERED, "d1", Role.FOCAL, about)]
    refer = handle(key, NOON, Handling.REFER, body="d2", reply_by=at(4, 1).date())
    assert mails(book, refer) == answered
    assert mails(book, handle(key, NOON, Handling.REPLY, by="d2", words="đã có")) == answered
    assert mails(book, handle(key, NOON, Handling.REOPEN)) == []
    assert mails(book, handle(key, NOON, Handling.TAKE_ON_BOARD, words="sẽ làm")) == answered
    assert mails(book, handle(key, NOON, Handling.CLOSE)) == []


def test_who_recommended_something_is_told_too() -> None:
    book = register()
    book.do(submit("ideas@d2", NOON, recommending("vay vốn")))
    told = mails(book, handle("ideas@d2/1.1", NOON, Handling.ANSWER, words="đã có"))
    assert told == [(NoticeKind.ANSWERED, "d2", Role.FOCAL, ("ideas@d2",))]


def test_what_is_said_in_one_wave_is_one_mail() -> None:
    book = register()
    book.do(submit("ideas@d2", NOON, recommending("vay vốn", "dạy nghề")))
    events: list[Event] = []
    for number in (1, 2):
        said = handle(f"ideas@d2/1.{number}", NOON, Handling.ANSWER, words="đã có")
        events += decide(book.plan, book.state, said.model_copy(update={"id": "one wave"})).events
    assert len(events) == 2
    assert [(item.kind, item.obligations) for item in notices(book.plan, events)] == [
        (NoticeKind.ANSWERED, ("ideas@d2",))
    ]


# Counts


def told(status: RecommendationStatus, days: int | None = None, group: str = OBSTACLE) -> Recommendation:
    return Recommendation(
        id="year@d1/0.7", obligation="year@d1", unit="d1", group=group, text="…", status=status,
        raised_at=NOON, handled_at=None if days is None else NOON + timedelta(days=days),
    )  # fmt: skip


def test_the_time_until_an_answer_is_in_calendar_days() -> None:
    status = RecommendationStatus
    found = obstacles(
        [
            told(status.ANSWERED, 2),
            told(status.CLOSED, 5),
            told(status.TAKEN_ON_BOARD, 0),
            told(status.REPLIED, 3),
            told(status.REFERRED, 1),
            told(status.RAISED),
            told(status.ANSWERED, 90, group="work"),
        ]
    )
    assert found == ObstacleTally(raised=6, answered=4, waiting=2, median_answer_days=2.5, longest_answer_days=5)
    assert obstacles([]) == ObstacleTally()


@given(st.lists(st.builds(told, st.sampled_from(list(RecommendationStatus)), st.integers(0, 40))))
def test_every_obstacle_counts_once_and_never_as_a_recommendation(items: list[Recommendation]) -> None:
    found = obstacles(items)
    assert found.raised == found.answered + found.waiting == len(items)
    assert found.waiting == sum(item.status in PENDING for item in items)
    assert (found.median_answer_days is None) == (found.longest_answer_days is None) == (not found.answered)
    assert (found.median_answer_days or 0) <= (found.longest_answer_days or 0)
    assert recommendation_groups([], items, CLOSING) == ()
