"""Seed 0: the conference of 8 May 2012 on the national programme; conclusions without a number."""

import asyncio
from dataclasses import dataclass
from pathlib import Path

import pytest

from models.answer import HeldEvent, Selected
from models.obligation import Outcome, State
from models.register import ObligationLine
from models.summary import Summary
from models.unit import Unit
from tests.scenarios.life import Life, document, live

BAC_KAN, HA_NAM, DA_NANG = "06-ubnd", "35-ubnd", "48-ubnd"
DISTRICTS = {"060", "347"}
GUIDANCE = document("1528/LĐTBXH-BĐG", "2012-06-29")


def part(unit: Unit) -> bool:
    """The ministry, two northern provinces with one district each, and one that lies in the south."""
    territory = unit.territory
    return unit.code in {"bo-ldtbxh", BAC_KAN, HA_NAM, DA_NANG, "06-ldtbxh", "35-ldtbxh"} or (
        unit.line == "ubnd" and (territory in DISTRICTS or (unit.superior or "").split("-")[0] in DISTRICTS)
    )


@dataclass
class Seen:
    communes: tuple[str, ...]
    before_guidance: ObligationLine
    at_guidance: ObligationLine
    selecting: ObligationLine
    southern: list[str]


async def story(life: Life) -> Seen:
    communes = tuple(unit.code for unit in life.units if unit.superior == "060-ubnd")
    await life.until("2012-05-25")
    await life.submit("draft-jobs", BAC_KAN, note="Đề nghị nâng mức hỗ trợ khởi sự.")
    await life.submit("draft-jobs", HA_NAM, no_comment=True, files=())
    await life.submit("draft-violence", BAC_KAN, note="Đề nghị bổ sung nhà tạm lánh.")
    await life.accept("draft-jobs", BAC_KAN, outcome=Outcome.TAKEN_ON_BOARD)
    await life.accept("draft-jobs", HA_NAM)
    await life.accept("draft-violence", BAC_KAN, outcome=Outcome.EXPLAINED, comment="Đã có trong Đề án khác.")
    before = life.line("direct", BAC_KAN)
    await life.until("2012-06-29")
    await life.register("guidance", "1528/LĐTBXH-BĐG", "2012-06-29")
    at_guidance = life.line("direct", BAC_KAN)
    await life.until("2012-07-10")
    await life.submit("direct", BAC_KAN, document=document("1012/UBND-VX", "2012-07-09"), choice="so-ldtbxh")
    await life.accept("direct", BAC_KAN)
    await life.submit("proposal", BAC_KAN, note="Chương trình hỗ trợ phụ nữ vùng cao")
    await life.accept("proposal", BAC_KAN, outcome=Outcome.MERGED, comment="Ghép với đề xuất của tỉnh khác")
    await life.submit("proposal", HA_NAM, note="Chương trình riêng")
    await life.accept("proposal", HA_NAM, outcome=Outcome.REJECTED, comment="Chưa phù hợp")
    selecting = life.line("pilots", BAC_KAN)
    await life.until("2012-08-01")
    pilots = (Selected(unit=communes[0], choice="jobs"), Selected(unit=communes[1], choice="violence"))
    await life.submit("pilots", BAC_KAN, selected=pilots)
    await life.accept("pilots", BAC_KAN)
    await life.settle()
    await life.until("2012-08-20")
    await life.submit("model-plan", communes[0], document=document("15/KH-UBND", "2012-08-18"))
    await life.accept("model-plan", communes[0])
    await life.until("2012-11-20")
    await life.submit("training", HA_NAM, held=HeldEvent(name="Tập huấn báo cáo viên", date="2012-11-15"), total=60,
                      men=20, women=40)  # fmt: skip
    await life.accept("training", HA_NAM)
    await life.submit("replicate", BAC_KAN, selected=(Selected(unit=communes[2], choice="jobs", origin=communes[0]),))
    await life.accept("replicate", BAC_KAN)
    return Seen(communes, before, at_guidance, selecting, life.mails(DA_NANG))


Lived = tuple[Seen, Summary, dict[str, Path]]


@pytest.fixture(scope="module")
def lived(tmp_path_factory: pytest.TempPathFactory) -> Lived:
    folder = tmp_path_factory.mktemp("conference")
    return asyncio.run(live(folder, "ket-luan-hoi-nghi-bdg-2012", "quoc-gia-2012", story, part))


def line(summary: Summary, requirement: str, unit: str) -> ObligationLine:
    return next(item for item in summary.lines if (item.requirement, item.unit) == (requirement, unit))


def test_a_directive_without_a_number_goes_by_type_and_day(lived: Lived) -> None:
    _, summary, files = lived
    assert summary.head.label == "Kết luận hội nghị ngày 08/05/2012"
    assert "Kết luận hội nghị" in files[".html"].read_text("utf-8")


def test_it_is_addressed_to_the_northern_provinces_alone(lived: Lived) -> None:
    seen, summary, _ = lived
    assert {item.unit for item in summary.lines if item.level == "province"} == {BAC_KAN, HA_NAM}
    assert seen.southern == []


def test_no_comment_is_an_answer_and_silence_is_not(lived: Lived) -> None:
    _, summary, _ = lived
    jobs, services, violence = summary.consultations
    assert (jobs.asked, jobs.commented, jobs.no_comment, jobs.silent) == (2, 1, 1, 0)
    assert (services.commented, services.no_comment, services.silent) == (0, 0, 2)
    assert (violence.commented, violence.silent) == (1, 1)


def test_comments_are_taken_on_board_or_explained(lived: Lived) -> None:
    _, summary, _ = lived
    jobs, _, violence = summary.consultations
    assert jobs.outcomes == {Outcome.TAKEN_ON_BOARD: 1}
    assert violence.outcomes == {Outcome.EXPLAINED: 1}


def test_the_final_guidance_ends_the_consultation_and_only_then_brings_obligations(lived: Lived) -> None:
    seen, summary, _ = lived
    assert seen.before_guidance.state is State.DORMANT
    assert seen.at_guidance.state is State.OPEN
    assert seen.at_guidance.basis is not None
    assert seen.at_guidance.basis.number == GUIDANCE.number
    assert line(summary, "draft-services", BAC_KAN).state is State.UNFULFILLED


def test_a_deadline_counts_from_the_guidance(lived: Lived) -> None:
    seen, _, _ = lived
    assert seen.at_guidance.due is not None
    assert f"{seen.at_guidance.due:%Y-%m-%d}" == "2012-07-27", "20 working days after Friday 29 June, until midnight"


def test_the_province_has_delegated_when_its_own_document_names_the_department(lived: Lived) -> None:
    seen, summary, _ = lived
    directing = line(summary, "direct", BAC_KAN)
    assert (directing.state, directing.choice) == (State.ACCEPTED, "so-ldtbxh")
    assert seen.selecting.state is State.OPEN, "the choice of pilots follows"
    assert line(summary, "pilots", HA_NAM).state is State.DORMANT, "which has issued nothing"


def test_selected_communes_owe_a_plan_and_the_others_nothing(lived: Lived) -> None:
    seen, summary, _ = lived
    first, second, *others = seen.communes
    assert line(summary, "model-plan", first).state is State.ACCEPTED
    assert line(summary, "model-plan", second).state is State.UNFULFILLED
    assert others
    assert {line(summary, "model-plan", other).state for other in others} == {State.NOT_APPLICABLE}


def test_a_replicated_model_is_linked_to_its_origin(lived: Lived) -> None:
    seen, summary, _ = lived
    rows = {item.unit: item for item in summary.selected}
    assert set(rows) == set(seen.communes[:3])
    assert rows[seen.communes[2]].origin == rows[seen.communes[0]].name
    assert rows[seen.communes[0]].origin == ""


def test_proposals_are_accepted_merged_or_rejected(lived: Lived) -> None:
    _, summary, _ = lived
    (proposals,) = summary.proposals
    assert proposals.proposed == 2
    assert proposals.outcomes == {Outcome.MERGED: 1, Outcome.REJECTED: 1}
