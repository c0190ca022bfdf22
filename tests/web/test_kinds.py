"""Every kind of requirement from its form to the command, and how its answer is shown again."""

import re
from datetime import date
from typing import Any

import httpx
import pytest

from models.answer import AttendanceRow, HeldEvent, Selected
from models.indicator import Figure
from models.obligation import Outcome, State
from models.recommendation import Raised
from models.register import ObligationLine
from models.unit import Unit
from tests.web import kinds, samples
from tests.web.fakes import REGISTER_TOKEN, FakeCascades, FakePages
from tests.web.posting import COMMAND, GOOD_PLAN, HOME, answered, hand_in
from web.forms.selection import by_name

FIGURES = {
    "figures.trained.value": "1.250",
    "figures.trained.men": "500",
    "figures.trained.women": "750",
    "figures.leaders.numerator": "12",
    "figures.leaders.denominator": "18",
    "figures.shelter.yes": "no",
}
DIALOGUE = {"held_name": "Đối thoại", "held_date": "27/10/2020", "held_place": "Hội trường", "total": "150"}


@pytest.fixture(autouse=True)
def owed(pages: FakePages) -> None:
    pages.officer = samples.officer_page(*(kinds.line(name) for name in kinds.KINDS))


async def test_an_advised_plan_is_the_document_of_its_issuer(client: httpx.AsyncClient, cascades: FakeCascades) -> None:
    typed = {"number": "45/KH-UBND", "date": "22/10/2020", "proposal_number": "12/TTr-LĐTBXH", "proposal_date": ""}
    assert "Văn bản do <b>UBND huyện A Lưới</b> ban hành" in (await client.get(HOME)).text
    assert (await hand_in(client, kinds.line("advised-plan"), GOOD_PLAN, **typed)).status_code == 303
    answer = answered(cascades).answer
    assert answer.document is not None
    assert (answer.document.number, answer.document.issuer) == ("45/KH-UBND", "UBND huyện A Lưới")
    assert answer.proposal is not None
    assert (answer.proposal.number, answer.proposal.date) == ("12/TTr-LĐTBXH", None)


async def test_a_report_carries_its_figures(client: httpx.AsyncClient, cascades: FakeCascades) -> None:
    assert (await hand_in(client, kinds.line("year-report"), GOOD_PLAN, **FIGURES)).status_code == 303
    assert answered(cascades).answer.figures == {
        "trained": Figure(value=1250, men=500, women=750),
        "leaders": Figure(numerator=12, denominator=18),
        "shelter": Figure(yes=False),
    }


@pytest.mark.parametrize(
    ("typed", "note", "silent"),
    [({"note": "Đề nghị làm rõ"}, "Đề nghị làm rõ", False), ({"no_comment": "yes"}, "", True)],
)
async def test_a_draft_is_commented_on_or_not(
    client: httpx.AsyncClient, cascades: FakeCascades, typed: dict[str, str], note: str, silent: bool
) -> None:
    assert (await hand_in(client, kinds.line("draft-guidance"), **typed)).status_code == 303
    answer = answered(cascades).answer
    assert (answer.note, answer.no_comment, answer.document) == (note, silent, None)


async def test_units_are_selected_by_a_tick_or_by_a_model(client: httpx.AsyncClient, cascades: FakeCascades) -> None:
    ticked = {"selected.20053-ubnd": "yes", "selected.20047-ubnd": "yes", "selected.99999-ubnd": "yes"}
    assert (await hand_in(client, kinds.line("pilot-communes"), **ticked)).status_code == 303
    chosen = {"selected.20047-ubnd": "club", "selected.20044-ubnd": "", "selected.20050-ubnd": "x"}
    assert (await hand_in(client, kinds.line("pilot-models"), **chosen)).status_code == 303
    found = [command.answer.selected for command in cascades.sent]  # type: ignore[union-attr]  # both are answers
    assert found == [
        (Selected(unit="20047-ubnd"), Selected(unit="20053-ubnd")),
        (Selected(unit="20047-ubnd", choice="club"),),
    ]


async def test_a_selection_among_all_communes_of_a_province_is_taken(
    client: httpx.AsyncClient, cascades: FakeCascades, pages: FakePages
) -> None:
    communes = {f"{n:05}-ubnd": f"UBND xã số {n}" for n in range(200)}
    line = kinds.line("pilot-models", candidates=communes)
    pages.officer = samples.officer_page(line)
    typed = {f"selected.{code}": "club" if code > "00150" else "" for code in communes}
    assert (await hand_in(client, line, **typed)).status_code == 303
    assert len(answered(cascades).answer.selected) == 50
    assert "<summary>Danh sách 200 đơn vị</summary>" in (await client.get(HOME)).text


def test_units_to_choose_from_are_in_alphabetical_order() -> None:
    names = ["xã Đông Sơn", "xã Ea Tul", "xã Dân Hòa", "xã Ân Hảo", "xã Azun"]
    ordered = ["xã Azun", "xã Ân Hảo", "xã Dân Hòa", "xã Đông Sơn", "xã Ea Tul"]
    assert [name for _, name in by_name({name: name for name in names})] == ordered


async def test_recommendations_are_rows_with_a_group(client: httpx.AsyncClient, cascades: FakeCascades) -> None:
    typed = {
        "group.0": "jobs", "text.0": "Mở lớp đào tạo nghề", "by.0": "Hội LHPN xã A Ngo",
        "group.1": "loans",
        "group.3": "loans", "text.3": "Nâng mức vay",
    }  # fmt: skip
    assert (await hand_in(client, kinds.line("questions"), **typed)).status_code == 303
    assert answered(cascades).answer.recommendations == (
        Raised(group="jobs", text="Mở lớp đào tạo nghề", by="Hội LHPN xã A Ngo"),
        Raised(group="loans", text="Nâng mức vay"),
    )


async def test_that_there_is_nothing_to_recommend_is_an_answer(
    client: httpx.AsyncClient, cascades: FakeCascades
) -> None:
    assert (await hand_in(client, kinds.line("questions"), no_comment="yes")).status_code == 303
    answer = answered(cascades).answer
    assert (answer.no_comment, answer.note, answer.recommendations) == (True, "Không có kiến nghị.", ())


async def test_more_rows_are_given_and_nothing_is_sent(client: httpx.AsyncClient, cascades: FakeCascades) -> None:
    assert (await client.get(HOME)).text.count('name="text.') == 5
    typed = {"group.4": "jobs", "text.4": "Kiến nghị thứ năm", "more": "yes"}
    answer = await hand_in(client, kinds.line("questions"), GOOD_PLAN, **typed)
    assert answer.status_code == 200
    assert answer.text.count('name="text.') == 10
    for kept in ("Kiến nghị thứ năm", "Kế hoạch.pdf", '<option value="jobs" selected>', COMMAND):
        assert kept in answer.text
    assert "mistake" not in answer.text.partition("</style>")[2]
    assert cascades.sent == []


async def test_an_event_is_held_once_with_others_and_counted_by_role(
    client: httpx.AsyncClient, cascades: FakeCascades
) -> None:
    typed = DIALOGUE | {
        "note": "Đã trả lời 12 kiến nghị",
        "with.481-hlhpn": "yes", "with.x": "yes",
        "role.0": "Cán bộ cấp huyện", "row_men.0": "20", "row_women.0": "30",
        "role.2": "Cộng tác viên cấp xã", "row_total.2": "100",
    }  # fmt: skip
    assert (await hand_in(client, kinds.line("dialogue"), **typed)).status_code == 303
    answer = answered(cascades).answer
    assert answer.held == HeldEvent(
        name="Đối thoại", date=date(2020, 10, 27), place="Hội trường", with_units=("481-hlhpn",)
    )
    assert (answer.total, answer.men, answer.women) == (150, None, None)
    assert answer.attended == (
        AttendanceRow(role="Cán bộ cấp huyện", men=20, women=30, total=50),
        AttendanceRow(role="Cộng tác viên cấp xã", total=100),
    )


@pytest.mark.parametrize(
    ("name", "typed", "field", "words"),
    [
        ("advised-plan", {"number": "9/KH-LĐTBXH", "date": "22/10/2020"}, "number", "UBND"),
        ("advised-plan", {"number": "9/KH-UBND", "date": "22/10/2020", "proposal_date": "x"}, "proposal_date", "“x”"),
        ("year-report", FIGURES | {"figures.leaders.numerator": "x"}, "figures.leaders", "“x” không phải là số"),
        ("year-report", FIGURES | {"figures.leaders.numerator": "19"}, "figures.leaders", "mẫu số"),
        ("year-report", FIGURES | {"figures.trained.men": "1"}, "figures.trained", "tổng số"),
        ("pilot-communes", {}, "selected", "Chọn ít nhất một đơn vị"),
        ("questions", {}, "recommendations", "Ghi ít nhất một kiến nghị"),
        ("questions", {"text.0": "Nâng mức vay"}, "recommendations", "nhóm"),
        ("dialogue", DIALOGUE | {"held_name": ""}, "held_name", "Ghi tên sự kiện"),
        ("dialogue", DIALOGUE | {"held_date": ""}, "held_date", "Ghi ngày tổ chức"),
        ("dialogue", DIALOGUE | {"held_date": "29/10/2020"}, "held_date", "sau ngày hôm nay"),
        ("dialogue", DIALOGUE | {"role.0": "Cán bộ"}, "attended", "Ghi số người"),
        ("dialogue", DIALOGUE | {"row_total.0": "x"}, "attended", "không phải là số người"),
        ("dialogue", DIALOGUE | {"role.0": "Cán bộ", "row_total.0": "20"}, "attended", "khác tổng số"),
    ],
)
async def test_a_mistake_is_said_where_it_is_and_nothing_typed_is_lost(
    client: httpx.AsyncClient, cascades: FakeCascades, name: str, typed: dict[str, str], field: str, words: str
) -> None:
    answer = await hand_in(client, kinds.line(name), GOOD_PLAN, **typed)
    assert answer.status_code == 422
    assert cascades.sent == []
    assert re.findall(r'href="#([^"]+)"', answer.text) == [f"{name}-{field}"]
    assert f'id="{name}-{field}"' in answer.text
    (said,) = re.findall(rf'<p class="mistake" id="{name}-{field}-error">([^<]+)</p>', answer.text)
    assert words in said
    for value in typed.values():
        assert value in answer.text


SHOWN = {
    "advised-plan": ["số 45/KH-UBND ngày 22/10/2020 của UBND huyện A Lưới", "Tờ trình số 12/TTr-LĐTBXH"],
    "year-report": ["<b>1.250 lượt</b> (nam 500, nữ 750)", "<b>66,7%</b> (12/18)", "từ 60% trở lên", "<b>Không</b>"],
    "draft-guidance": ["Đề nghị làm rõ định mức"],
    "pilot-communes": ["Đã chọn 2 đơn vị", "UBND xã A Ngo", "UBND xã Hồng Vân"],
    "pilot-models": ["UBND xã A Ngo: Câu lạc bộ"],
    "questions": ["<b>Lao động, việc làm:</b>", "(Hội LHPN xã Hồng Thủy)", "Nâng mức vay khởi nghiệp"],
    "dialogue": [
        "Đối thoại chính sách cấp huyện, ngày 17/11/2020, tại Hội trường UBND huyện",
        "cùng tổ chức: Hội LHPN huyện A Lưới",
        "Cán bộ cấp xã: 40",
        "chưa có số liệu nam, nữ",
    ],
}


@pytest.mark.parametrize("name", list(kinds.KINDS))
async def test_what_was_handed_in_is_shown_to_both_sides(
    client: httpx.AsyncClient, pages: FakePages, name: str
) -> None:
    done = kinds.answered(name, state=State.ACCEPTED)
    pages.officer = samples.officer_page(done)
    pages.register = samples.register_page(done)
    for path in (HOME, f"/s/{REGISTER_TOKEN}?requirement={name}"):
        html = (await client.get(path)).text
        for words in SHOWN[name]:
            assert words in html
        assert "None" not in html


@pytest.mark.parametrize("name", list(kinds.KINDS))
async def test_a_returned_answer_of_any_kind_is_filled_in_again(
    client: httpx.AsyncClient, pages: FakePages, cascades: FakeCascades, name: str
) -> None:
    line = kinds.answered(name, state=State.RETURNED, comment="Bổ sung", decided_at=samples.AT)
    if line.held:  # it has to lie before the day of the page
        line = line.model_copy(update={"held": line.held.model_copy(update={"date": date(2020, 10, 20)}), "total": 40})
    pages.officer = samples.officer_page(line)
    html = (await client.get(HOME)).text
    typed = dict(re.findall(r'<input [^>]*name="([^"]+)" type="(?:text|date)"[^>]*? value="([^"]*)"', html))
    typed |= dict(re.findall(r'<input [^>]*name="([^"]+)" type="text"[^>]*? value="([^"]*)"', html))
    typed |= {key: text.strip() for key, text in re.findall(r'<textarea [^>]*name="([^"]+)"[^>]*>([^<]*)<', html)}
    typed |= dict(re.findall(r'<input type="(?:checkbox|radio)"[^>]*? name="([^"]+)" value="([^"]+)" checked', html))
    for key, options in re.findall(r'<select [^>]*name="([^"]+)">(.*?)</select>', html, re.DOTALL):
        chosen = re.search(r'value="([^"]*)" selected', options)
        typed[key] = chosen[1] if chosen else ""
    assert (await hand_in(client, line, GOOD_PLAN, **typed)).status_code == 303
    again = answered(cascades).answer
    for part in ("document", "proposal", "note", "figures", "selected", "recommendations", "held", "attended"):
        assert getattr(again, part) == getattr(line, part), part


async def test_what_belongs_to_a_task_is_told_with_it(client: httpx.AsyncClient) -> None:
    html = (await client.get(HOME)).text
    for words in (
        "<b>17 giờ 00 ngày 18/12/2020 (thứ Sáu)</b>",
        "Kỳ báo cáo: năm 2020. Số liệu từ 15/12/2019 đến 14/12/2020.",
        "Thời gian thực hiện: từ 01/11/2020 đến hết 30/11/2020.",
    ):
        assert words in html


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"outcome": Outcome.TAKEN_ON_BOARD}, "<b>Tiếp thu</b>"),
        ({"outcome": Outcome.EXPLAINED, "comment": "Theo thông tư"}, "<b>Giải trình:</b> Theo thông tư"),
        ({"taken_from": "825/SLĐTBXH-BĐG"}, "Đã thực hiện theo văn bản 825/SLĐTBXH-BĐG"),
        ({"shared_from": f"dialogue@{samples.ISSUER.code}"}, "kết quả do Sở LĐTBXH tỉnh Thừa Thiên Huế báo cáo"),
        ({"coordinating": True}, "Phối hợp</span>"),
        ({"basis": samples.plan_document()}, "Căn cứ: văn bản số 45/KH-UBND ngày 22/06/2020"),
    ],
)
async def test_how_a_line_came_about_is_told_on_both_pages(
    client: httpx.AsyncClient, pages: FakePages, changed: dict[str, Any], words: str
) -> None:
    line = kinds.answered("draft-guidance", state=State.SATISFIED, **changed)
    pages.officer = samples.officer_page(line)
    pages.register = samples.register_page(line)
    for path in (HOME, f"/s/{REGISTER_TOKEN}?requirement=draft-guidance"):
        assert words in (await client.get(path)).text


async def test_units_that_only_take_part_are_outside_all_counts(client: httpx.AsyncClient, pages: FakePages) -> None:
    def late(office: Unit, *, coordinating: bool) -> ObligationLine:
        return samples.line("services", office, acknowledged_at=None, coordinating=coordinating)

    taking_part = samples.unit("huyện Nam Đông")
    lines = (late(samples.A_LUOI, coordinating=False), late(taking_part, coordinating=True))
    pages.register = samples.register_page(*lines)
    html = (await client.get(f"/s/{REGISTER_TOKEN}")).text
    assert re.search(r"<b>1</b> quá hạn.*<b>1</b> đơn vị chưa xác nhận.*<b>0/1</b> đã hoàn thành", html, re.DOTALL)
    assert f"<li>{taking_part.short_name}: 1 nhiệm vụ" not in html
    details = (await client.get(f"/s/{REGISTER_TOKEN}?requirement=services")).text
    assert details.index(samples.A_LUOI.short_name) < details.index(taking_part.short_name)
    assert "Phối hợp</span>" in details


async def test_the_page_of_a_directive_without_number_is_headed_by_what_it_is_called(
    client: httpx.AsyncClient, pages: FakePages
) -> None:
    changed = {
        "type": "Kết luận hội nghị",
        "label": "Kết luận hội nghị ngày 08/5/2012",
        "document": samples.HEAD.document.model_copy(update={"number": "", "date": date(2012, 5, 8)}),
    }
    pages.officer = pages.officer.model_copy(update={"head": samples.HEAD.model_copy(update=changed)})
    html = (await client.get(HOME)).text
    assert "<h1>Kết luận hội nghị ngày 08/5/2012</h1>" in html
    assert html.count("08/05/2012") == 0
