"""Seed 2: dispatch 908/SLĐTBXH-BĐG of 14 April 2020, the richest of the five."""

import asyncio
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest

from models.document import Purpose
from models.obligation import State
from models.recommendation import OBSTACLE, Handling, RecommendationStatus
from models.register import ObligationLine
from models.summary import Summary
from models.unit import Level, Unit
from rules.addressing import Registry
from rules.calendar import local_day
from rules.numbers import normalise
from tests.scenarios.life import Life, document, live

SO = "46-ldtbxh"
FUNDED, PHU_LOC, A_LUOI = "480-ldtbxh", "482-ldtbxh", "481-ldtbxh"
COMMUNE = "20044-ubnd"


@dataclass
class Seen:
    commune: str
    waiting: ObligationLine
    opened: ObligationLine
    told: dict[str, list[str]]


async def story(life: Life) -> Seen:
    commune = next(unit.code for unit in life.units if unit.superior == A_LUOI)
    await life.until("2020-05-14")
    await life.submit("annual-plan", PHU_LOC, document=document("210/KH-UBND", "2020-02-28"), existing=True)
    await life.accept("annual-plan", PHU_LOC)
    await life.submit(
        "annual-plan",
        A_LUOI,
        document=document("98/KH-UBND", "2020-05-12"),
        proposal=document("31/TTr-LĐTBXH", "2020-05-05"),
    )
    await life.accept("annual-plan", A_LUOI)
    await life.settle()
    await life.until("2020-06-02")
    await life.submit("commune-plan", commune, document=document("15/KH-UBND", "2020-06-01"))
    await life.accept("commune-plan", commune)
    waiting = life.line("action-month", A_LUOI)
    await life.until("2020-06-10")
    await life.tell_obstacle("training", A_LUOI, "Chưa được bố trí kinh phí tập huấn năm 2020")
    (obstacle,) = life.recommendations()
    await life.until("2020-06-12")
    await life.handle(obstacle, Handling.ANSWER, words="Lồng ghép trong kinh phí sự nghiệp giao đầu năm")
    await life.settle()
    told = {unit: life.mails(unit) for unit in (SO, A_LUOI)}
    await life.until("2020-10-01")
    await life.register("provincial-guidance", "8900/UBND-GD", "2020-09-29")
    opened = life.line("action-month", A_LUOI)
    await life.until("2020-11-10")
    await life.submit("review-programmes", A_LUOI, choice="combined")
    await life.accept("review-programmes", A_LUOI)
    await life.submit("models", PHU_LOC)
    await life.accept("models", PHU_LOC)
    await life.until("2020-11-20")
    await life.submit(
        "action-month", A_LUOI, choice="alternative", note="Diễu hành xe loa", total=200, men=80, women=120
    )
    await life.accept("action-month", A_LUOI)
    return Seen(commune, waiting, opened, told)


Lived = tuple[Seen, Summary, dict[str, Path]]


@pytest.fixture(scope="module")
def lived(tmp_path_factory: pytest.TempPathFactory) -> Lived:
    folder = tmp_path_factory.mktemp("dispatch")
    return asyncio.run(live(folder, "908-sldtbxh-bdg-2020", "thua-thien-hue", story))


def line(summary: Summary, requirement: str, unit: str) -> ObligationLine:
    return next(item for item in summary.lines if (item.requirement, item.unit) == (requirement, unit))


def test_nine_divisions_owe_twelve_things_each(lived: Lived) -> None:
    _, summary, _ = lived
    owing: dict[str, int] = {}
    for item in summary.lines:
        if item.level is Level.DISTRICT:
            owing[item.unit] = owing.get(item.unit, 0) + 1
    assert len(owing) == 9
    assert set(owing.values()) == {12}


def test_the_order_is_followed_from_the_ministry_to_the_commune_with_its_lags(lived: Lived) -> None:
    seen, summary, _ = lived
    lags = {(item.above, item.below): item for item in summary.lineage}
    for cited in ("25/KH-UBND", "458/LĐTBXH-BĐG"):
        lag = lags[cited, "908/SLĐTBXH-BĐG"]
        assert (lag.calendar_days, lag.working_days) == (62, 43)
    assert lags["908/SLĐTBXH-BĐG", "kế hoạch cấp huyện"].calendar_days == 28
    assert lags["98/KH-UBND", "kế hoạch cấp xã"].calendar_days == 20
    plan = line(summary, "commune-plan", seen.commune)
    assert plan.basis is not None
    assert plan.basis.number == "98/KH-UBND"


def test_a_plan_that_exists_satisfies_the_first_requirement(lived: Lived) -> None:
    _, summary, _ = lived
    assert line(summary, "annual-plan", PHU_LOC).state is State.SATISFIED


def test_the_action_month_sleeps_until_the_province_has_guided(lived: Lived) -> None:
    seen, _, _ = lived
    assert seen.waiting.state is State.DORMANT
    assert seen.opened.state is State.OPEN
    assert seen.opened.basis is not None
    assert seen.opened.basis.number == "8900/UBND-GD"


def test_the_form_that_a_unit_chose_is_on_record(lived: Lived) -> None:
    _, summary, _ = lived
    assert line(summary, "review-programmes", A_LUOI).choice == "combined"
    assert line(summary, "action-month", A_LUOI).choice == "alternative"


def test_section_four_asks_only_the_funded_localities(lived: Lived) -> None:
    _, summary, _ = lived
    states = {item.unit: item.state for item in summary.lines if item.requirement == "models"}
    assert {unit for unit, state in states.items() if state is not State.NOT_APPLICABLE} == {FUNDED, PHU_LOC}
    models = next(item for item in summary.requirements if item.key == "models")
    assert (models.tally.not_applicable, models.tally.fell_due, models.tally.on_time) == (7, 2, 1)


def test_the_division_proposes_and_the_committee_issues(lived: Lived) -> None:
    _, summary, _ = lived
    plan = line(summary, "annual-plan", A_LUOI)
    assert plan.advised is not None
    assert plan.proposal is not None
    assert plan.document is not None
    assert (plan.proposal.number, plan.document.number) == ("31/TTr-LĐTBXH", "98/KH-UBND")


def test_what_is_to_be_done_regularly_has_no_date_and_is_asked_after_in_silence(lived: Lived) -> None:
    _, summary, _ = lived
    inspection = line(summary, "inspection", A_LUOI)
    assert inspection.due is None
    assert inspection.escalations == 4, "never acknowledged: A+5, A+10; silent: after 90 and after 180 days"


def test_an_obstacle_goes_from_the_division_to_the_department_and_is_answered_in_two_days(lived: Lived) -> None:
    seen, summary, _ = lived
    (thread,) = summary.recommendations
    assert (thread.group, thread.obligation, thread.unit) == (OBSTACLE, f"training@{A_LUOI}", A_LUOI)
    assert thread.text == "Chưa được bố trí kinh phí tập huấn năm 2020"
    assert (thread.status, thread.words) == (
        RecommendationStatus.ANSWERED,
        "Lồng ghép trong kinh phí sự nghiệp giao đầu năm",
    )
    assert thread.handled_at is not None
    assert [local_day(when) for when in (thread.raised_at, thread.handled_at)] == [
        date(2020, 6, 10),
        date(2020, 6, 12),
    ]
    assert seen.told[SO].count("obstacle") == seen.told[A_LUOI].count("answered") == 1
    assert (summary.obstacles.raised, summary.obstacles.answered, summary.obstacles.waiting) == (1, 1, 0)
    assert summary.obstacles.median_answer_days == summary.obstacles.longest_answer_days == 2
    assert summary.recommendation_groups == ()


def test_recipients_keep_their_purposes(lived: Lived) -> None:
    _, summary, _ = lived
    assert [(item.name, item.purpose) for item in summary.head.recipients] == [
        ("Như trên", None),
        ("Giám đốc", Purpose.REPORT),
        ("Lưu: VT, BĐG", None),
    ]


def test_the_number_as_scanned_is_the_number_as_it_is() -> None:
    assert normalise("908/SLĐT BXH-BĐG") == "908/SLĐTBXH-BĐG"
    assert normalise("458/LĐT BXH-BĐG") == "458/LĐTBXH-BĐG"


def test_units_are_those_of_the_day() -> None:
    def unit(code: str, superior: str | None, level: Level, since: date | None, until: date | None) -> Unit:
        return Unit(
            code=code, name=code, short_name=code, level=level, line="x", territory=code, superior=superior,
            valid_from=since, valid_to=until,
        )  # fmt: skip

    moved = date(2021, 7, 1)
    ended = date(2025, 6, 30)
    units = [
        unit("so", None, Level.PROVINCE, None, None),
        unit("huong-tra", "so", Level.DISTRICT, None, ended),
        unit("hue", "so", Level.DISTRICT, None, ended),
        unit("nam-dong", "so", Level.DISTRICT, None, date(2024, 12, 31)),
        unit("huong-ho.1", "huong-tra", Level.COMMUNE, None, date(2021, 6, 30)),
        unit("huong-ho.2", "hue", Level.COMMUNE, moved, date(2024, 12, 31)),
    ]
    registry = Registry({item.code: item for item in units})

    def parents(day: date) -> dict[str, str]:
        return dict(registry.tree("so", None, day).parent)

    assert parents(date(2020, 4, 14))["huong-ho.1"] == "huong-tra"
    assert parents(moved)["huong-ho.2"] == "hue"
    assert "nam-dong" not in parents(date(2025, 1, 1))
    assert parents(date(2025, 7, 1)) == {}
