from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.document import DocumentRef
from models.obligation import DONE, Inherited, State, Timeliness
from models.plan import DirectiveHead, Period
from models.register import ObligationLine
from models.summary import Summary
from models.tally import Tally
from models.unit import Level
from rules.rollup import summarise
from rules.rollup_tally import added, by_state, by_timeliness, tally
from tests.rules.plans import CLOSING, DOCUMENT, DUE, STARTS, at, line, unit

BEFORE, AFTER = DUE - timedelta(days=1), DUE + timedelta(days=1)
AS_OF = at(5, 1)
COLUMNS = (
    "on_time", "late", "waiting", "not_done", "not_yet_due", "done_no_deadline", "open_no_deadline", "suspended",
)  # fmt: skip


@pytest.mark.parametrize(
    ("given_line", "columns"),
    [
        (line(State.OPEN, now=BEFORE), {"applicable", "not_yet_due"}),
        (line(State.OPEN, now=AFTER), {"applicable", "fell_due", "not_done"}),
        (line(State.RETURNED, now=AFTER, submitted_at=BEFORE), {"applicable", "fell_due", "not_done"}),
        (line(State.SUBMITTED, submitted_at=BEFORE), {"applicable", "fell_due", "waiting"}),
        (line(State.SUBMITTED, submitted_at=AFTER), {"applicable", "fell_due", "waiting"}),
        (line(State.ACCEPTED, submitted_at=BEFORE), {"applicable", "fell_due", "on_time"}),
        (line(State.ACCEPTED, submitted_at=BEFORE, now=BEFORE), {"applicable", "fell_due", "on_time"}),
        (line(State.SATISFIED, submitted_at=AFTER), {"applicable", "fell_due", "late"}),
        (line(State.UNFULFILLED), {"applicable", "fell_due", "not_done"}),
        (line(State.UNFULFILLED, None), {"applicable", "open_no_deadline"}),
        (line(State.SUBMITTED, None, submitted_at=AFTER), {"applicable", "open_no_deadline"}),
        (line(State.ACCEPTED, None, submitted_at=AFTER), {"applicable", "done_no_deadline"}),
        (line(State.DORMANT), {"dormant"}),
        (line(State.NOT_APPLICABLE), {"not_applicable"}),
        (line(State.WAIVED), {"waived"}),
        (line(State.WITHDRAWN), {"withdrawn"}),
        (line(State.SUSPENDED, now=BEFORE), {"applicable", "suspended"}),
        (line(State.SUSPENDED, now=AFTER), {"applicable", "suspended", "fell_due"}),
        (line(State.SUSPENDED, None), {"applicable", "suspended"}),
        (line(State.UNFULFILLED, suspended_at=BEFORE), {"applicable", "suspended"}),
        (line(State.UNFULFILLED, suspended_at=AFTER), {"applicable", "fell_due", "not_done"}),
        (line(State.UNFULFILLED, None, suspended_at=AFTER), {"applicable", "suspended"}),
        (line(State.OPEN, now=BEFORE, extensions=1), {"applicable", "not_yet_due", "extended", "extensions"}),
        (line(State.WITHDRAWN, submitted_at=AFTER, submissions=1), {"withdrawn"}),
    ],
)
def test_an_obligation_counts_in_its_columns_once(given_line: ObligationLine, columns: set[str]) -> None:
    counted = {name for name, number in tally([given_line], AFTER).model_dump().items() if number}
    ages = {name for name in counted if name.startswith("overdue_")}
    assert counted - ages == {"obligations", *columns}
    assert bool(ages) == ("not_done" in columns)
    assert tally([given_line, given_line], AFTER).obligations == 2


def test_what_was_transferred_counts_where_it_went() -> None:
    gone = line(State.TRANSFERRED, submissions=1, returned=1, escalations=2, extensions=1, moved_to=("d2",))
    assert tally([gone], AFTER) == Tally(transferred=1)
    summary = summarised([gone, line(State.OPEN, now=BEFORE, unit="d2", submissions=1)])
    assert (summary.overall.obligations, summary.overall.transferred, summary.submissions) == (1, 1, 1)
    assert [level.units for level in summary.levels] == [1]


def test_nothing_at_all_has_no_rate() -> None:
    assert tally([], AFTER) == Tally()
    assert tally([], AFTER).on_time_rate is None
    assert tally([line(State.OPEN, now=BEFORE), line(State.NOT_APPLICABLE)], AFTER).on_time_rate is None


def test_the_rate_is_computed_from_counts_of_what_fell_due() -> None:
    lines = [
        line(State.ACCEPTED, submitted_at=BEFORE),
        line(State.ACCEPTED, submitted_at=AFTER),
        line(State.SUBMITTED, submitted_at=BEFORE),
        line(State.UNFULFILLED),
        line(State.NOT_APPLICABLE),
        line(State.DORMANT),
        line(State.WITHDRAWN),
        line(State.ACCEPTED, None, submitted_at=BEFORE),
    ]
    assert tally(lines, AFTER).on_time_rate == 1 / 4


STATES = st.sampled_from(list(State))


@st.composite
def some_line(draw: st.DrawFn) -> ObligationLine:
    state = draw(STATES)
    handed_in = state in {*DONE, State.SUBMITTED, State.RETURNED}
    return line(
        state,
        draw(st.sampled_from([DUE, None])),
        now=draw(st.sampled_from([BEFORE, AFTER])),
        unit=draw(st.sampled_from(["d1", "d2", "c1"])),
        level=draw(st.sampled_from([Level.DISTRICT, Level.COMMUNE])),
        requirement=draw(st.sampled_from(["year", "month.2020-04", "month.2020-05"])),
        coordinating=draw(st.booleans()),
        submitted_at=draw(st.sampled_from([BEFORE, AFTER])) if handed_in else None,
        submissions=draw(st.integers(1, 3)) if handed_in else 0,
        returned=draw(st.integers(0, 2)),
        escalations=draw(st.integers(0, 2)),
    )


LINES = st.lists(some_line(), max_size=25)


@given(LINES)
def test_every_obligation_is_in_exactly_one_column(lines: list[ObligationLine]) -> None:
    found = tally(lines, AFTER)
    outside = found.dormant + found.not_applicable + found.waived + found.withdrawn
    assert found.obligations == found.applicable + outside
    assert len(lines) == found.obligations + found.transferred
    assert found.applicable == sum(getattr(found, name) for name in COLUMNS)
    stopped = [item for item in lines if item.state is State.SUSPENDED and item.timeliness is Timeliness.OVERDUE]
    assert found.fell_due == found.on_time + found.late + found.waiting + found.not_done + len(stopped)
    rate = found.on_time_rate
    assert rate is None or 0 <= rate <= 1
    assert (rate is None) == (found.fell_due == 0)


@given(LINES, st.sampled_from(["unit", "level", "requirement", "state", "timeliness"]))
def test_tallies_of_any_partition_add_up_to_the_whole(lines: list[ObligationLine], field: str) -> None:
    parts: dict[Any, list[ObligationLine]] = {}
    for item in lines:
        parts.setdefault(getattr(item, field), []).append(item)
    assert added([tally(part, AFTER) for part in parts.values()]) == tally(lines, AFTER)


@given(LINES, st.sets(st.sampled_from(["d1", "d2", "c1"])))
def test_the_summary_tells_one_story_in_all_its_tables(lines: list[ObligationLine], ended: set[str]) -> None:
    summary = summarised(lines, ended=ended)
    lead = [item for item in lines if not item.coordinating]
    assert summary.overall == tally(lead, AS_OF)
    assert sorted((*summary.lines, *summary.coordinating), key=id) == sorted(lines, key=id)
    of_units = [item.tally for item in summary.unit_tallies] + [item.tally for item in summary.former_units]
    assert added(of_units) == summary.overall, "a unit is there or has ended"
    for tables in (summary.levels, summary.requirements):
        assert added([table.tally for table in tables]) == summary.overall
    assert sum(summary.by_state.values()) == len(lead)
    assert sum(summary.by_timeliness.values()) == summary.overall.applicable
    assert summary.by_state == by_state(lead)
    assert summary.by_timeliness == by_timeliness(lead)
    counting = [item for item in lead if item.state is not State.TRANSFERRED]
    assert summary.submissions == sum(item.submissions for item in counting)
    assert summary.answered_units + len(summary.silent_units) <= summary.units
    assert len(summary.silent_units) <= summary.units
    present, former = ([item.code for item in summary.unit_tallies], [item.code for item in summary.former_units])
    assert len({*present, *former}) == len(present) + len(former), "it stands in one place"
    assert set(former) == {item.unit for item in lead} & ended
    assert all(item.waiting <= item.tally.obligations for item in summary.former_units)


HEAD = DirectiveHead(
    directive_id="x", label="12/KH-UBND", document=DOCUMENT, type="Công văn", place="Nhỏ", issuer="p", starts=STARTS,
    closing=CLOSING,
)  # fmt: skip


def summarised(lines: list[ObligationLine], **more: Any) -> Summary:
    issuer = unit("p", Level.PROVINCE, None)
    return summarise(HEAD, issuer, lines, as_of=AS_OF, final=False, mails_sent=3, mails_failed=1, **more)


def test_silent_units_are_those_that_owed_and_answered_nothing() -> None:
    lines = [
        line(State.UNFULFILLED, unit="silent", unit_name="Phòng im lặng"),
        line(State.UNFULFILLED, unit="silent", unit_name="Phòng im lặng"),
        line(State.OPEN, unit="speaking"),
        line(State.ACCEPTED, unit="speaking", submissions=1, submitted_at=BEFORE),
        line(State.RETURNED, unit="trying", submissions=1, submitted_at=BEFORE),
        line(State.DORMANT, unit="waiting"),
        line(State.NOT_APPLICABLE, unit="unasked"),
        line(State.UNFULFILLED, unit="still", suspended_at=BEFORE),
    ]
    summary = summarised(lines)
    assert summary.silent_units == ("Phòng im lặng",)
    assert (summary.units, summary.answered_units) == (4, 2)


def test_what_another_answer_settled_is_no_silence() -> None:
    lines = [
        line(State.SATISFIED, unit="host", shared_from="event@other"),
        line(State.OPEN, unit="host"),
        line(State.WITHDRAWN, unit="freed", submissions=1, submitted_at=BEFORE),
        line(State.OPEN, unit="freed", unit_name="Phòng khác"),
    ]
    summary = summarised(lines)
    assert (summary.units, summary.answered_units, summary.silent_units) == (2, 1, ("Phòng khác",))


def test_coordinating_lines_are_kept_apart() -> None:
    guest = line(State.UNFULFILLED, unit="guest", coordinating=True, men=1, women=1, total=2)
    summary = summarised([line(State.ACCEPTED, submitted_at=BEFORE), guest])
    assert summary.overall.obligations == summary.units == 1
    assert [item.unit for item in summary.coordinating] == ["guest"]
    assert "guest" not in {item.code for item in summary.unit_tallies}


def test_occurrences_stand_together_in_the_order_of_time() -> None:
    def month(number: int, unit: str = "d1") -> ObligationLine:
        period = Period(label=f"tháng {number}", first=at(number - 1, 15).date(), last=at(number, 14).date())
        return line(State.OPEN, requirement=f"monthly.2020-{number:02d}", series="monthly", period=period, unit=unit)

    lines = [month(5), line(State.OPEN), month(4, "d2"), month(4), month(5, "d2")]
    found = [(item.key, item.series, item.tally.obligations) for item in summarised(lines).requirements]
    assert found == [("monthly.2020-04", "monthly", 2), ("monthly.2020-05", "monthly", 2), ("year", "year", 1)]


def test_a_due_day_is_shown_only_where_all_units_have_the_same() -> None:
    own = line(State.OPEN, AFTER, unit="d2", due_phrase="trong 10 ngày làm việc")
    assert [item.due for item in summarised([line(State.OPEN), own]).requirements] == [None]
    assert [item.due for item in summarised([line(State.OPEN), line(State.DORMANT, None)]).requirements] == [DUE]


def test_only_documents_that_were_accepted_are_listed() -> None:
    issued = DocumentRef(number="1/KH-UBND", normal="1/KH-UBND")
    states = (State.ACCEPTED, State.SATISFIED, State.SUBMITTED, State.RETURNED, State.UNFULFILLED)
    summary = summarised([line(state, document=issued, title=state, submitted_at=BEFORE) for state in states])
    assert [document.requirement_title for document in summary.documents] == ["accepted", "satisfied"]


def test_documents_of_units_before_are_listed_once_and_say_who_keeps_them() -> None:
    def paper(number: str) -> DocumentRef:
        return DocumentRef(number=number, normal=number)

    known = Inherited(unit="old", document=paper("1"), accepted=True)
    brought = Inherited(unit="older", document=paper("2"))
    empty_handed = Inherited(unit="oldest")
    lines = [
        line(State.ACCEPTED, unit="old", unit_name="Phòng cũ", document=paper("1"), submitted_at=BEFORE),
        line(State.TRANSFERRED, unit="older", unit_name="Phòng cũ hơn", inherited=(brought,)),
        line(State.OPEN, unit="d1", unit_name="Phòng mới", inherited=(known, brought, empty_handed)),
        line(State.OPEN, unit="d2", inherited=(brought,)),
    ]
    found = [(item.document.number, item.unit_name, item.kept_by) for item in summarised(lines).documents]
    assert found == [("1", "Phòng cũ", ""), ("2", "Phòng cũ hơn", "Phòng mới")]


def test_attendance_is_summed_over_what_was_accepted_and_missing_splits_are_counted() -> None:
    held = [
        line(State.ACCEPTED, men=10, women=20, total=30, submitted_at=BEFORE),
        line(State.ACCEPTED, men=1, women=2, total=3, submitted_at=BEFORE),
        line(State.ACCEPTED, total=150, submitted_at=BEFORE),
        line(State.SUBMITTED, men=5, women=5, total=10, submitted_at=BEFORE),
        line(State.ACCEPTED, submitted_at=BEFORE),
    ]
    attendance = summarised(held).attendance
    assert (attendance.events, attendance.men, attendance.women) == (3, 11, 22)
    assert (attendance.total, attendance.without_split) == (183, 1)


def test_timeliness_counts_leave_out_what_was_never_asked() -> None:
    lines = [line(State.DORMANT), line(State.NOT_APPLICABLE), line(State.UNFULFILLED), line(State.OPEN, None)]
    assert by_timeliness(lines) == {Timeliness.NO_DEADLINE: 1, Timeliness.OVERDUE: 1}
    assert by_state(lines) == {
        State.DORMANT: 1, State.NOT_APPLICABLE: 1, State.OPEN: 1, State.UNFULFILLED: 1,
    }  # fmt: skip
