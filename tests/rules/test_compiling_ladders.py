"""The ladders of `policy`: what they come to, and steps that are refused because they make no sense or could never go
out."""

import pytest

from models.follow_up import Audience, Rung, StepKind
from rules.compiler import compile_directive
from rules.ladder import DEFAULT_LADDER, NOT_RESUBMITTED, UNACKNOWLEDGED, review_ladder
from tests.rules.files import CALENDAR, CLOSING, UNITS, asked, compiled, errors, file, plan_of, register, said, warnings

PLAN = asked(due="2020-04-10")
BELOW = asked("below", to="{level: commune}", due="2020-04-17")
"""With it there is a register below the first one."""


def policy(*requirements: str, closing: str = CLOSING, **ladders: str) -> str:
    written = ", ".join(f"{name}: [{steps}]" for name, steps in ladders.items())
    return file(*(requirements or (PLAN, BELOW)), top=f"{closing}\npolicy: {{{written}}}")


def test_ladders_that_are_not_written_are_the_usual_ones_and_nobody_stands_above_the_first_register() -> None:
    plan = plan_of(file(PLAN, BELOW))
    first, below = (register(plan, issuer).follow_up for issuer in ("p", "d1"))
    assert below.ladder == first.ladder == DEFAULT_LADDER
    assert below.unacknowledged == first.unacknowledged == UNACKNOWLEDGED
    assert below.returned == first.returned == NOT_RESUBMITTED
    assert below.review == review_ladder(5)
    assert first.review == review_ladder(5)[:2]


def test_a_written_step_tells_whom_it_names_or_whom_its_kind_tells() -> None:
    steps = "{at: V+9, do: escalation}, {at: V+2, do: reminder}, {at: V+4, do: chase, to: [tracker_head, issuer]}"
    plan = plan_of(policy(review=steps, unacknowledged="{at: A+4, do: chase}"))
    first, below = (register(plan, issuer).follow_up for issuer in ("p", "d1"))
    assert below.review == (
        Rung(days=2, kind=StepKind.REMINDER, to=(Audience.TRACKER,)),
        Rung(days=4, kind=StepKind.CHASE, to=(Audience.TRACKER_HEAD, Audience.ISSUER)),
        Rung(days=9, kind=StepKind.ESCALATION, to=(Audience.ABOVE,)),
    )
    assert below.unacknowledged == (Rung(days=4, kind=StepKind.CHASE, to=(Audience.FOCAL, Audience.HEAD)),)
    assert [rung.to for rung in first.review] == [(Audience.TRACKER,), (Audience.TRACKER_HEAD,)]


@pytest.mark.parametrize(
    ("ladder", "step", "code", "place", "says"),
    [
        ("ladder", "{at: A+3, do: overdue}", "wrong_letter", "at", "counts from the due day: write T+3"),
        ("unacknowledged", "{at: T+3, do: overdue}", "wrong_letter", "at", "counts from the opening: write A+3"),
        ("unacknowledged", "{at: T-3, do: reminder}", "wrong_letter", "at", "counts from the opening: write A+3"),
        ("returned", "{at: V+3, do: overdue}", "wrong_letter", "at", "counts from the return: write R+3"),
        ("review", "{at: R+0, do: reminder}", "wrong_letter", "at", "counts from the handing in: write V+1"),
        ("ladder", "{at: T-0, do: reminder}", "step_on_due_day", "at", "a distance: T-1 or T+1"),
        ("returned", "{at: R+0, do: reminder}", "step_on_due_day", "at", "a distance: R+1"),
        ("ladder", "{at: T-3, do: chase}", "wrong_step", "do", "nothing is late yet: write `do: reminder`"),
        ("ladder", "{at: T+3, do: silence}", "wrong_step", "do", "`silent_after`"),
        ("review", "{at: V+3, do: silence}", "wrong_step", "do", "`silent_after`"),
        ("ladder", "{at: T-3, do: reminder, to: [tracker]}", "wrong_receiver", "to.0", "only the unit itself"),
        ("ladder", "{at: T-3, do: reminder, to: [focal, issuer]}", "wrong_receiver", "to.1", "not 'issuer'"),
        ("review", "{at: V+3, do: overdue, to: [above, head]}", "wrong_receiver", "to.1", "'head' has handed in"),
        ("review", "{at: V+3, do: overdue, to: [focal]}", "wrong_receiver", "to.0", "'focal' has handed in"),
    ],
)
def test_a_step_that_makes_no_sense_is_a_fault(ladder: str, step: str, code: str, place: str, says: str) -> None:
    text = policy(**{ladder: step})
    assert errors(text) == [(code, f"policy.{ladder}.0.{place}")]
    assert says in said(text)


@pytest.mark.parametrize(("ladder", "letter"), [("ladder", "T"), ("unacknowledged", "A"), ("returned", "R")])
def test_two_steps_on_one_day_are_a_fault(ladder: str, letter: str) -> None:
    text = policy(**{ladder: f"{{at: {letter}+3, do: overdue}}, {{at: {letter}+03, do: chase}}"})
    assert errors(text) == [("duplicate_step", f"policy.{ladder}.1.at")]


@pytest.mark.parametrize(
    "step", ["{at: T+9, do: escalation, to: [head, above]}", "{at: T+9, do: overdue, to: [above]}"]
)
def test_nobody_stands_above_the_only_register(step: str) -> None:
    assert errors(policy(PLAN, ladder=step))[0][0] == "no_receiver"
    assert "name tracker_head or issuer" in said(policy(PLAN, ladder=step))
    assert errors(policy(PLAN, BELOW, ladder=step)) == []
    assert errors(policy(PLAN, review="{at: V+9, do: escalation}")) == [("no_receiver", "policy.review.0.do")]


NO_ADDRESS = {"focal_email": None, "head_email": None}


def faults(text: str, *mute: str) -> list[tuple[str, str]]:
    """The code and path of each fault of a file where no mail reaches some units."""
    units = {code: unit.model_copy(update=NO_ADDRESS if code in mute else {}) for code, unit in UNITS.items()}
    result = compile_directive(text.encode(), units, CALENDAR)
    assert (result.plan is None) == bool(result.errors)
    return [(fault.code, fault.path) for fault in (*result.errors, *result.warnings)]


@pytest.mark.parametrize(
    ("ladder", "mute", "found"),
    [
        ("{at: T+9, do: escalation}", ["d1", "d2"], []),
        ("{at: T+9, do: escalation}", ["p"], [("no_receiver", "policy.ladder.0")]),
        ("{at: T+9, do: escalation, to: [issuer, head]}", ["p"], []),
        ("{at: T+9, do: overdue, to: [tracker]}", ["p"], []),
        ("{at: T+5, do: chase}", ["d1"], []),
        ("{at: T+9, do: overdue}, {at: T+5, do: chase}", ["d1", "d2"], [("no_receiver", "policy.ladder.1")]),
    ],
)
def test_a_chase_or_an_escalation_must_reach_somebody(
    ladder: str, mute: list[str], found: list[tuple[str, str]]
) -> None:
    assert faults(policy(PLAN, ladder=ladder), *mute) == found


def test_an_address_in_one_register_is_enough_and_of_the_usual_ladder_it_is_a_doubt() -> None:
    escalation = "{at: T+9, do: escalation}"
    assert faults(policy(PLAN, BELOW, ladder=escalation), "p") == []
    assert faults(file(PLAN), "p") == [("no_receiver", "policy")]
    assert compile_directive(file(PLAN).encode(), UNITS, CALENDAR).warnings == ()


SOON = "closing: 2020-04-30"
"""Thirteen working days after the plan is due; 30 April is a day off."""
LATER = asked("later", due="2020-04-24")
RECEIVED = asked(due="trong 10 ngày làm việc kể từ ngày nhận")


@pytest.mark.parametrize(
    ("ladder", "step", "requirements", "fault"),
    [
        ("ladder", "{at: T+13, do: overdue}", [PLAN], None),
        ("ladder", "{at: T+15, do: overdue}", [PLAN], "error"),
        ("ladder", "{at: T+5, do: overdue}", [PLAN, LATER], "warning"),
        ("ladder", "{at: T+15, do: overdue}", [PLAN, LATER], "error"),
        ("ladder", "{at: T+15, do: overdue}", [PLAN, asked("radio", due="thường xuyên")], "error"),
        ("ladder", "{at: T+15, do: overdue}", [RECEIVED], None),
        ("ladder", "{at: T+40, do: overdue}", [RECEIVED], "error"),
        ("ladder", "{at: T+40, do: overdue}", [asked("radio", due="thường xuyên")], None),
        ("unacknowledged", "{at: A+27, do: reminder}", [PLAN], None),
        ("unacknowledged", "{at: A+29, do: reminder}", [PLAN], "error"),
        ("unacknowledged", "{at: A+29, do: reminder}", [PLAN, LATER], "warning"),
        ("unacknowledged", "{at: A+29, do: reminder}", [asked("radio", due="thường xuyên")], None),
        ("unacknowledged", "{at: A+1, do: reminder}", [asked(due="2020-04-10", opens="{on: 2020-04-09}")], None),
        ("unacknowledged", "{at: A+2, do: reminder}", [asked(due="2020-04-10", opens="{on: 2020-04-09}")], "error"),
        ("returned", "{at: R+13, do: chase}", [PLAN], None),
        ("returned", "{at: R+15, do: chase}", [PLAN], "error"),
        ("returned", "{at: R+40, do: chase}", [asked("radio", due="thường xuyên")], None),
        ("returned", "{at: R+45, do: chase}", [asked("radio", due="thường xuyên")], "error"),
        ("review", "{at: V+40, do: reminder}", [PLAN], None),
        ("review", "{at: V+45, do: reminder}", [PLAN], "error"),
    ],
)
def test_a_step_that_could_never_go_out_is_a_fault_and_a_doubt_where_only_some_are_concerned(
    ladder: str, step: str, requirements: list[str], fault: str | None
) -> None:
    result = compiled(policy(*requirements, closing=SOON, **{ladder: step}))
    place = ("step_never_fires", f"policy.{ladder}.0.at")
    assert [(found.code, found.path) for found in result.errors] == ([place] if fault == "error" else [])
    if fault != "error":
        assert (place in [(found.code, found.path) for found in result.warnings]) == (fault == "warning")


def test_it_is_said_when_a_step_would_fall_and_why_that_is_too_late() -> None:
    text = policy(PLAN, LATER, closing=SOON, ladder="{at: T+15, do: escalation}")
    assert said(text) == (
        "T+15 (escalation) would fall on 05/05/2020 for 'plan', after the register closes on 30/04/2020, and never go "
        "out, and likewise for 1 more"
    )
    text = policy(PLAN, closing=SOON, ladder="{at: T+1, do: overdue}", unacknowledged="{at: A+29, do: reminder}")
    assert "for 'plan', after the last day in time, 10/04/2020, and never go out" in said(text)


def test_of_the_usual_ladder_it_is_only_a_doubt_and_only_where_it_is_so_for_everything() -> None:
    assert warnings(file(PLAN, top=SOON)) == [("step_never_fires", "closing")]
    assert warnings(file(PLAN, asked("early", due="2020-03-20"), top=SOON)) == []


def test_one_occurrence_that_is_followed_up_is_enough() -> None:
    each = asked(due="{every: month, by_day: 20}")
    assert warnings(policy(each, closing="closing: 2020-06-30", ladder="{at: T+15, do: overdue}")) == []
