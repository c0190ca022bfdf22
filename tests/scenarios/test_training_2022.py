"""Seed 4: the training in Dầu Tiếng under plan 219/KH-SLĐTBXH of 2022, one event as evidence for two units."""

import asyncio
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest

from models.answer import AttendanceRow, HeldEvent
from models.indicator import Figure
from models.obligation import State
from models.register import ObligationLine
from models.summary import Summary
from reports.forms import write_all
from tests.scenarios.life import Life, document, live

DEPARTMENT, DISTRICT, OTHER = "74-ldtbxh-bvcste", "720-ldtbxh", "718-ldtbxh"
TRAINING = HeldEvent(
    name="Tập huấn Chương trình Bình đẳng giới và phòng ngừa, ứng phó bạo lực trên cơ sở giới năm 2022",
    date=date(2022, 4, 14),
    place="Hội trường UBND thị trấn Dầu Tiếng",
    with_units=(DISTRICT,),
)


@dataclass
class Seen:
    co_host: ObligationLine
    before: Summary
    after: Summary


async def story(life: Life) -> Seen:
    await life.until("2022-04-15")
    await life.submit(
        "training",
        DEPARTMENT,
        held=TRAINING,
        total=150,
        attended=(AttendanceRow(role="Ban VSTBPN cấp huyện, cấp xã; cộng tác viên khu, ấp", total=150),),
        figures={"trained": Figure(value=150)},
    )
    await life.accept("training", DEPARTMENT)
    co_host, before = life.line("training", DISTRICT), life.summary()
    await life.submit(
        "child-protection", OTHER, document=document("12/KH-PLĐTBXH", "2022-03-20"), note="lĩnh vực trẻ em"
    )
    await life.until("2022-05-10")
    await life.complete_figures("training", DEPARTMENT, men=40, women=110)
    after = life.summary()
    await life.until("2022-12-20")
    await life.submit(
        "gender-report",
        DISTRICT,
        figures={
            "women-leaders": Figure(numerator=9, denominator=20),
            "communes-news": Figure(numerator=12, denominator=12),
        },
    )
    await life.accept("gender-report", DISTRICT)
    return Seen(co_host, before, after)


@pytest.fixture(scope="module")
def lived(tmp_path_factory: pytest.TempPathFactory) -> tuple[Seen, Summary, dict[str, Path]]:
    folder = tmp_path_factory.mktemp("training")
    return asyncio.run(live(folder, "219-kh-sldtbxh-2022", "binh-duong-2022", story, forms=write_all))


def test_one_event_is_evidence_for_the_lead_and_for_its_co_host(
    lived: tuple[Seen, Summary, dict[str, Path]],
) -> None:
    seen, _, _ = lived
    assert seen.co_host.state is State.SATISFIED
    assert seen.co_host.shared_from == f"training@{DEPARTMENT}"
    assert seen.co_host.held == TRAINING


def test_it_is_counted_once(lived: tuple[Seen, Summary, dict[str, Path]]) -> None:
    _, summary, _ = lived
    (event,) = summary.events
    assert set(event.obligations) == {f"training@{DEPARTMENT}", f"training@{DISTRICT}"}
    assert (summary.attendance.events, summary.attendance.total) == (1, 150)


def test_a_total_without_men_and_women_is_remarked_on_until_it_is_completed(
    lived: tuple[Seen, Summary, dict[str, Path]],
) -> None:
    seen, _, _ = lived
    assert seen.before.attendance.without_split == 1
    assert (seen.before.attendance.men, seen.before.attendance.women) == (0, 0)
    assert any("nam, nữ" in remark for remark in seen.before.remarks)
    assert (seen.after.attendance.men, seen.after.attendance.women) == (40, 110)
    assert seen.after.attendance.without_split == 0


def test_participants_trained_roll_up_as_an_indicator(lived: tuple[Seen, Summary, dict[str, Path]]) -> None:
    _, summary, _ = lived
    trained = [item for item in summary.indicators if item.indicator == "trained"]
    assert sum(item.value or 0 for item in trained) == 150


def test_a_percentage_comes_from_counts_and_is_held_against_the_target_of_its_year(
    lived: tuple[Seen, Summary, dict[str, Path]],
) -> None:
    _, summary, _ = lived
    leaders = next(item for item in summary.indicators if item.indicator == "women-leaders")
    assert (leaders.numerator, leaders.denominator, leaders.result) == (9, 20, 45)
    assert (leaders.asks.target, leaders.met) == (60, False)


def test_a_row_of_the_catalogue_that_is_from_memory_says_so(lived: tuple[Seen, Summary, dict[str, Path]]) -> None:
    _, summary, files = lived
    news = next(item for item in summary.indicators if item.indicator == "communes-news")
    assert news.asks.trust == "M"
    assert "chưa đối chiếu" in files[".html"].read_text("utf-8")


def test_the_two_fields_of_one_plan_stay_apart(lived: tuple[Seen, Summary, dict[str, Path]]) -> None:
    _, summary, _ = lived
    tallies = {item.key: item.tally for item in summary.requirements}
    assert tallies["child-protection"].waiting == 1
    assert tallies["gender-report"].on_time == 1


def test_the_report_stands_in_every_form(lived: tuple[Seen, Summary, dict[str, Path]]) -> None:
    _, summary, files = lived
    assert summary.final
    assert set(files) >= {".html", ".docx", ".pdf", ".xlsx", ".json"}
