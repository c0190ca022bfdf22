"""Consultations, proposals, selections, several recipients and recommendations, as the summary counts them."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.answer import Selected
from models.obligation import Outcome, State
from models.plan import RequirementKind, Reviewer
from models.recommendation import Recommendation, RecommendationStatus
from models.register import ObligationLine
from models.summary import RecommendationTally, SelectedUnit
from rules.calendar import day_end, day_start
from rules.rollup_answers import consultations, proposals, selected, several_recipients
from rules.rollup_recommendations import recommendation_groups
from tests.reports.factory import line

HANDED_IN: dict[str, Any] = {"submissions": 1, "submitted_at": datetime(2012, 6, 1, tzinfo=UTC)}
ACCEPTED: dict[str, Any] = HANDED_IN | {"state": State.ACCEPTED}
AS_OF = day_end(date(2024, 12, 15))


def comment(unit: str, **changed: Any) -> ObligationLine:
    return line(**{"unit": unit, "unit_name": unit, "kind": RequirementKind.CONSULTATION} | changed)


def test_no_comment_is_an_answer_and_silence_is_not() -> None:
    (draft,) = consultations(
        [
            comment("a", outcome=Outcome.TAKEN_ON_BOARD, **ACCEPTED),
            comment("b", outcome=Outcome.EXPLAINED, **ACCEPTED),
            comment("c", state=State.SUBMITTED, **HANDED_IN),
            comment("d", no_comment=True, **ACCEPTED),
            comment("e"),
            comment("f", state=State.UNFULFILLED),
            comment("g", state=State.NOT_APPLICABLE),
            comment("h", state=State.WITHDRAWN),
            line(unit="i", requirement="2"),
        ]
    )
    assert (draft.asked, draft.commented, draft.no_comment, draft.silent) == (6, 3, 1, 2)
    assert draft.outcomes == {Outcome.TAKEN_ON_BOARD: 1, Outcome.EXPLAINED: 1}
    assert draft.undecided == 1
    assert draft.silent_units == ("e", "f")


@given(st.lists(st.tuples(st.sampled_from(list(State)), st.booleans(), st.booleans()), max_size=20))
def test_who_was_asked_is_in_exactly_one_column(given_lines: list[tuple[State, bool, bool]]) -> None:
    lines = [
        comment(str(place), state=state, no_comment=silent, submissions=int(spoke))
        for place, (state, spoke, silent) in enumerate(given_lines)
    ]
    for draft in consultations(lines):
        assert draft.asked == draft.commented + draft.no_comment + draft.silent
        assert draft.commented == sum(draft.outcomes.values()) + draft.undecided


def test_proposals_are_counted_by_what_became_of_them() -> None:
    outcomes = (Outcome.ACCEPTED, Outcome.MERGED, Outcome.REJECTED)
    (found,) = proposals(
        [
            *(line(unit=str(place), outcomes=outcomes, outcome=outcomes[place], **ACCEPTED) for place in range(3)),
            line(unit="waits", outcomes=outcomes, state=State.SUBMITTED, **HANDED_IN),
            line(unit="owes", outcomes=outcomes),
            line(unit="other", requirement="2", **ACCEPTED),
            line(unit="none yet", requirement="3", outcomes=outcomes),
        ]
    )
    assert (found.proposed, found.undecided, found.outcomes) == (4, 1, dict.fromkeys(outcomes, 1))


def test_selected_units_have_names_models_and_origins() -> None:
    choosing = line(
        unit="so",
        unit_name="Sở A",
        candidates={"x1": "Xã Một", "x2": "Xã Hai"},
        choices={"m": "Mô hình tư vấn"},
        selected=(Selected(unit="x1", choice="m"), Selected(unit="x2", choice="m", origin="x1")),
        **ACCEPTED,
    )
    waiting = choosing.model_copy(update={"state": State.SUBMITTED})
    assert selected([choosing, waiting], {}) == (
        SelectedUnit(key="1a@u1", selected_by="Sở A", unit="x1", name="Xã Một", choice="Mô hình tư vấn"),
        SelectedUnit(
            key="1a@u1", selected_by="Sở A", unit="x2", name="Xã Hai", choice="Mô hình tư vấn", origin="Xã Một"
        ),
    )


@pytest.mark.parametrize(
    ("changed", "counts"),
    [
        ({"state": State.ACCEPTED}, (1, 2, 2)),
        ({"state": State.SUBMITTED}, (1, 2, 0)),
        ({"state": State.SUBMITTED, "endorsed": ("so",)}, (1, 2, 1)),
        ({"state": State.RETURNED}, (1, 2, 1)),
        ({"state": State.ACCEPTED, "issuer": "u1"}, (1, 1, 1)),
        ({"state": State.OPEN, "submissions": 0}, (0, 0, 0)),
        ({"state": State.ACCEPTED, "reviewers": ()}, (0, 0, 0)),
    ],
)
def test_receipts_and_decisions_of_several_recipients(changed: dict[str, Any], counts: tuple[int, int, int]) -> None:
    report = line(**{"reviewers": (Reviewer(unit="so", name="Sở"),), "submissions": 1} | changed)
    found = several_recipients([report])
    assert (found.reports, found.receipts, found.decided) == counts


GROUPS = {"jobs": "Việc làm", "loans": "Vay vốn", "food": "An toàn thực phẩm"}


def collected(requirement: str = "voices", **changed: Any) -> ObligationLine:
    return line(
        **{
            "key": f"{requirement}@u1",
            "requirement": requirement,
            "title": "Tổng hợp kiến nghị",
            "kind": RequirementKind.RECOMMENDATIONS,
            "groups": GROUPS,
        }
        | changed
    )


def raised(
    group: str, status: RecommendationStatus = RecommendationStatus.RAISED, requirement: str = "voices", **changed: Any
) -> Recommendation:
    return Recommendation(
        id=f"{requirement}@u1/1.1", obligation=f"{requirement}@u1", unit="u1", group=group, text="…", status=status,
        raised_at=day_start(date(2024, 11, 20)), **changed,
    )  # fmt: skip


def test_recommendations_are_counted_by_group_and_the_ungrouped_come_last() -> None:
    status = RecommendationStatus
    found = recommendation_groups(
        [collected()],
        [
            raised("", status.RAISED),
            raised("loans", status.REFERRED, body="nhcs", reply_by=date(2024, 12, 15)),
            raised("loans", status.REFERRED, body="nhcs", reply_by=date(2024, 12, 16)),
            raised("loans", status.REPLIED, body="nhcs", reply_by=date(2024, 12, 1)),
            raised("jobs", status.ANSWERED),
            raised("jobs", status.TAKEN_ON_BOARD),
            raised("jobs", status.CLOSED),
            raised("unknown", status.RAISED),
        ],
        AS_OF,
    )
    counts = [
        (
            item.name,
            item.raised,
            item.answered,
            item.taken_on_board,
            item.referred,
            item.replies_overdue,
            item.unanswered,
        )
        for item in found
    ]
    assert counts == [
        ("Việc làm", 3, 3, 1, 0, 0, 0),
        ("Vay vốn", 3, 1, 0, 2, 1, 0),
        ("An toàn thực phẩm", 0, 0, 0, 0, 0, 0),
        ("", 2, 0, 0, 0, 0, 2),
    ]


def test_occurrences_count_together_and_requirements_apart() -> None:
    lines = [
        collected("voices.2024-10", series="voices"),
        collected("voices.2024-11", series="voices"),
        collected("dialogue", title="Đối thoại", groups={}),
    ]
    items = [
        raised("jobs", requirement="voices.2024-10"),
        raised("jobs", requirement="voices.2024-11"),
        raised("", requirement="dialogue"),
    ]
    found = [(item.key, item.group, item.raised) for item in recommendation_groups(lines, items, AS_OF) if item.raised]
    assert found == [("voices", "jobs", 2), ("dialogue", "", 1)]


def test_nothing_raised_is_nothing_to_say() -> None:
    assert recommendation_groups([collected()], [], AS_OF) == ()


@given(
    st.lists(
        st.builds(
            raised,
            st.sampled_from(["", "jobs", "loans", "unknown"]),
            st.sampled_from(list(RecommendationStatus)),
            st.sampled_from(["voices", "gone"]),
        ),
        max_size=20,
    )
)
def test_every_recommendation_counts_once(items: list[Recommendation]) -> None:
    found: tuple[RecommendationTally, ...] = recommendation_groups([collected()], items, AS_OF)
    assert sum(item.raised for item in found) == len(items)
    for item in found:
        assert item.raised == item.answered + item.referred + item.unanswered
        assert item.taken_on_board <= item.answered
        assert item.replies_overdue <= item.referred
