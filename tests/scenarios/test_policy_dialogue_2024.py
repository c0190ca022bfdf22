"""Seed 3: the policy dialogue of the Women's Union of Quảng Trị in November 2024."""

import asyncio
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest

from models.answer import HeldEvent
from models.obligation import State
from models.recommendation import Handling, Raised, Recommendation, RecommendationStatus
from models.register import ObligationLine
from models.summary import Summary
from rules.calendar import last_day
from tests.scenarios.life import Life, live, registry

UNION, GIO_LINH, HUONG_HOA = "45-hoi-lhpn", "466-hoi-lhpn", "465-hoi-lhpn"
REGISTRY = "quang-tri-hoi-lhpn-2024"
PARTY, COMMITTEE, LABOUR, HEALTH = "45-tinh-uy", "45-ubnd", "45-ldtbxh", "45-y-te"


@dataclass
class Seen:
    communes: tuple[str, ...]
    events_before: int
    raised: dict[str, Recommendation]
    overdue: Recommendation
    dialogue: ObligationLine
    bodies: dict[str, list[str]]
    party_mails: list[str]


async def story(life: Life) -> Seen:
    communes = tuple(
        duty.unit
        for cascade in life.plan.cascades
        for duty in cascade.duties
        if duty.requirement == "earlier-dialogues" and not duty.coordinating
    )
    names = {unit.code: unit.name for unit in registry(REGISTRY)}
    await life.until("2024-11-06")
    for number, commune in enumerate(communes):
        name = f"Đối thoại chính sách của {names[commune]}"
        held = HeldEvent(name=name, date=date(2024, 1 + number % 10, 12))
        await life.submit("earlier-dialogues", commune, held=held, men=20, women=50, total=70)
        await life.accept("earlier-dialogues", commune)
    events_before = len(life.summary().events)
    await life.submit(
        "recommendations",
        GIO_LINH,
        recommendations=(
            Raised(group="vay-von", text="Nâng mức vay vốn khởi nghiệp.", by="Hội LHPN xã Linh Trường"),
            Raised(group="nong-san", text="Hỗ trợ tiêu thụ nông sản do phụ nữ sản xuất.", by="Hội LHPN xã Linh Trường"),
            Raised(group="dao-tao-nghe", text="Mở thêm lớp nghề ngắn hạn.", by="Chi hội 3"),
        ),
    )
    await life.submit("recommendations", HUONG_HOA, no_comment=True, files=())
    raised = life.recommendations()
    loan, farm, skills = raised
    await life.until("2024-11-20")
    await life.handle(loan, Handling.ANSWER, words="Mức vay theo Nghị định hiện hành; Ngân hàng CSXH hướng dẫn.")
    await life.handle(farm, Handling.TAKE_ON_BOARD, words="Ghi nhận, đề xuất cơ quan có thẩm quyền.")
    await life.handle(skills, Handling.REFER, words="Chuyển Sở LĐTBXH.", body=LABOUR, reply_by=date(2024, 12, 10))
    await life.until("2024-11-22")
    held = HeldEvent(name="Đối thoại chính sách cấp tỉnh năm 2024", date=date(2024, 11, 22), place="Đông Hà")
    await life.submit("dialogue", UNION, held=held, men=40, women=110, total=150)
    dialogue = life.line("dialogue", UNION)
    await life.accept("dialogue", UNION, by=COMMITTEE)
    await life.until("2024-12-02")
    await life.submit("consolidated", UNION)
    await life.until("2024-12-03")
    await life.accept("consolidated", UNION, by=PARTY)
    await life.accept("consolidated", UNION, by=COMMITTEE)
    await life.until("2024-12-20")
    overdue = life.recommendations()[skills]
    await life.handle(skills, Handling.REPLY, by=LABOUR, words="Sẽ mở 02 lớp trong quý I/2025.")
    await life.handle(skills, Handling.REOPEN, words="Chưa nêu địa điểm mở lớp.")
    await life.handle(skills, Handling.ANSWER, words="Mở tại Trung tâm GDNN huyện Gio Linh.")
    await life.handle(skills, Handling.CLOSE)
    await life.until("2025-01-15")
    return Seen(
        communes, events_before, raised, overdue, dialogue,
        {LABOUR: life.mails(LABOUR), HEALTH: life.mails(HEALTH)}, life.mails(PARTY),
    )  # fmt: skip


Lived = tuple[Seen, Summary, dict[str, Path]]


@pytest.fixture(scope="module")
def lived(tmp_path_factory: pytest.TempPathFactory) -> Lived:
    folder = tmp_path_factory.mktemp("dialogue")
    return asyncio.run(live(folder, "doi-thoai-hoi-lhpn-quang-tri-2024", REGISTRY, story))


def test_a_mass_organisation_issues_with_a_number_of_its_own_kind(lived: Lived) -> None:
    _, summary, _ = lived
    assert summary.issuer.symbol == "BTV"
    assert summary.head.basis[0].normal == "56/KH-BTV"


def test_the_union_owes_the_dialogue_itself_and_others_receive_it(lived: Lived) -> None:
    seen, _, _ = lived
    assert seen.dialogue.state is State.SUBMITTED
    assert [reviewer.unit for reviewer in seen.dialogue.reviewers] == [COMMITTEE]


def test_a_window_that_ends_on_a_saturday_is_not_moved(lived: Lived) -> None:
    seen, _, _ = lived
    assert seen.dialogue.due is not None
    assert f"{last_day(seen.dialogue.due):%A %d/%m/%Y}" == "Saturday 30/11/2024"


def test_the_counter_of_dialogues_comes_from_records(lived: Lived) -> None:
    seen, summary, _ = lived
    assert seen.events_before == 24
    assert len(summary.events) == 25


def test_nine_bodies_take_part_and_nothing_is_escalated_against_them(lived: Lived) -> None:
    seen, summary, _ = lived
    taking_part = [item for item in summary.coordinating if item.requirement == "recommendations"]
    assert len(taking_part) == 9
    assert {item.escalations for item in taking_part} == {0}
    assert not set(seen.bodies[HEALTH]) & {"overdue", "chase", "escalation"}
    assert not {item.unit for item in taking_part} & {item.unit for item in summary.lines}


def test_recommendations_are_raised_with_who_and_group(lived: Lived) -> None:
    seen, _, _ = lived
    first = next(iter(seen.raised.values()))
    assert (first.unit, first.by, first.group) == (GIO_LINH, "Hội LHPN xã Linh Trường", "vay-von")
    assert {item.status for item in seen.raised.values()} == {RecommendationStatus.RAISED}


def test_a_referred_one_without_a_reply_by_its_day_is_asked_after(lived: Lived) -> None:
    seen, _, _ = lived
    assert (seen.overdue.status, seen.overdue.reminded) == (RecommendationStatus.REFERRED, True)
    assert seen.overdue.body == LABOUR
    assert "reply_overdue" in seen.bodies[LABOUR]


def test_it_is_replied_to_reopened_answered_and_closed(lived: Lived) -> None:
    seen, summary, _ = lived
    skills = next(item for item in summary.recommendations if item.id == seen.overdue.id)
    assert (skills.status, skills.reopened) == (RecommendationStatus.CLOSED, 1)


def test_the_report_counts_answered_and_pending_by_the_eleven_groups(lived: Lived) -> None:
    _, summary, files = lived
    groups = {item.group: item for item in summary.recommendation_groups}
    assert (groups["vay-von"].raised, groups["vay-von"].answered) == (1, 1)
    assert groups["nong-san"].taken_on_board == 1
    page = files[".html"].read_text("utf-8")
    assert "Vay vốn khởi nghiệp" in page


def test_the_consolidation_goes_to_two_recipients_one_of_them_of_the_party(lived: Lived) -> None:
    seen, summary, _ = lived
    consolidated = next(item for item in summary.lines if item.requirement == "consolidated")
    assert [reviewer.unit for reviewer in consolidated.reviewers] == [PARTY, COMMITTEE]
    assert consolidated.state is State.ACCEPTED
    assert consolidated.due is not None
    assert f"{last_day(consolidated.due):%d/%m/%Y}" == "06/12/2024", "ten working days after the dialogue"
    assert "review" in seen.party_mails
