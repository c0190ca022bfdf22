"""The timeline of a directive, a unit or an obligation, on both databases."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import Engine

from audit.story.tell import Told
from audit.story.timeline import Question, timeline
from models.actor import Actor, ActorKind, Identified
from models.command import Command
from models.intervention import SetDue, Target
from models.journal import INSTALLATION, AttemptRefused, MailRow, MailSent, SignedIn
from models.notice import NoticeKind
from models.unit import Role
from rules.calendar import day_start
from store.engine import reading
from store.journal import Journal
from tests import small
from tests.commands.ledgers import Ledgers

KEY = f"plan@{small.HIGH}"
TOP = small.cascade(small.TOP)
OURS = Question(directive_id=small.plan().head.directive_id)
LATE = day_start(date(2020, 4, 9)) + timedelta(hours=9)
"""Six working days after the last day of the plan, 31 March; 2 April 2020 was the kings' day."""
LAN = Actor(kind=ActorKind.OFFICER, unit=small.HIGH, name="Lê Thị Lan", holder="focal", identified=Identified.LINK)
PROGRAM = Actor(kind=ActorKind.POSTMAN, unit=small.TOP)
SUPERVISOR = Actor(kind=ActorKind.SUPERVISOR, unit=small.TOP, name="thu", identified=Identified.COMMAND_LINE)


@pytest.fixture
def registers(started: Engine) -> Ledgers:
    return Ledgers(started)


@pytest.fixture
def lived(started: Engine, registers: Ledgers) -> Engine:
    """One unit hands in late, is returned, and hands in again; it was told by mail, and once refused."""

    def do(command: Command) -> int:
        return registers.do(TOP, command)

    do(small.acknowledge(small.HIGH, small.STARTS + timedelta(days=1)).model_copy(update={"actor": LAN}))
    do(small.submit(KEY, LATE, "s1").model_copy(update={"actor": LAN}))
    do(small.review(KEY, small.TOP, LATE + timedelta(hours=1), "r1", returns=True))
    do(small.submit(KEY, LATE + timedelta(days=1), "s2"))
    do(small.review(KEY, small.TOP, LATE + timedelta(days=2), "r2", submission=2))
    journal = Journal(started)
    chase = next(told for told in told_of(started, OURS) if told.said.kind == "step_fired" and told.late)
    row = MailRow(unit=small.HIGH, role=Role.HEAD, kind=NoticeKind.CHASE, step=str(chase.entry.seq))
    mail = MailSent(rows=(row,), to="truong.011-phong@nho.example", message_id="<1@x>", text="ab" * 32)
    journal.note(TOP, PROGRAM, str(chase.entry.seq), mail, small.HIGH)
    refused = AttemptRefused(command="submit", obligations=(KEY,), reason="already_done")
    journal.note(TOP, LAN, "s3", refused, small.HIGH)
    journal.note(INSTALLATION, LAN, "page", SignedIn(address="lan@nho.example"))
    return started


def told_of(engine: Engine, question: Question) -> list[Told]:
    with reading(engine) as session:
        return list(timeline(session, question))


def words_of(engine: Engine, question: Question) -> list[str]:
    with reading(engine) as session:
        return [told.words for told in timeline(session, question)]


def test_a_units_timeline_tells_its_story_and_no_others(lived: Engine) -> None:
    with reading(lived) as session:
        told = list(timeline(session, replace(OURS, unit=small.HIGH)))
        found = [item.words for item in told if not item.journal]
    assert found[:3] == [
        "Sở Thử nghiệm mở sổ theo dõi thực hiện 15/SO-BĐG.",
        "Giao «Kế hoạch năm» (hạn 31/03/2020), «Báo cáo mô hình» (hạn 29/05/2020).",
        "Phòng huyện Cao xác nhận đã nhận văn bản (2 nhiệm vụ), qua đường liên kết của Lê Thị Lan.",
    ]
    assert (
        "Phòng huyện Cao nộp Kế hoạch 12/KH-UBND ngày 01/03/2020, người ký: Lê Thị Lan [30 người: 10 nam, 20 nữ, "
        "1 tệp] cho yêu cầu «Kế hoạch năm» (lần 1), quá hạn 6 ngày làm việc, qua đường liên kết của Lê Thị Lan."
    ) in found
    assert "Sở Thử nghiệm trả lại «Kế hoạch năm» (lần 1) để bổ sung: “cần bổ sung phụ lục”." in found
    assert "Sở Thử nghiệm xác nhận hoàn thành «Kế hoạch năm» (lần 2)." in found
    assert not any("huyện Thấp" in words for words in found)


def test_mails_and_refused_attempts_stand_in_the_story(lived: Engine) -> None:
    found = words_of(lived, replace(OURS, unit=small.HIGH, kinds=("mail_sent", "attempt_refused")))
    assert found == [
        "Gửi thư «đôn đốc thực hiện» đến lãnh đạo đơn vị của Phòng huyện Cao, địa chỉ truong.011-phong@nho.example.",
        "Phòng huyện Cao định nộp kết quả đối với «Kế hoạch năm» nhưng bị từ chối: Nhiệm vụ này đã được xác nhận hoàn "
        "thành, qua đường liên kết của Lê Thị Lan.",
    ]


@pytest.mark.parametrize(
    ("changed", "kinds"),
    [
        ({"late": True, "unit": small.LOW}, {"step_fired"}),
        ({"late": True, "unit": small.HIGH}, {"step_fired", "submitted", "mail_sent"}),
        ({"actor": "lan"}, {"acknowledged", "submitted", "attempt_refused"}),
        ({"actor": "timer", "kinds": ("cascade_opened",)}, {"cascade_opened"}),
        ({"kinds": ("returned", "accepted")}, {"returned", "accepted"}),
        ({"first": date(2020, 4, 10), "last": date(2020, 4, 10), "unit": small.HIGH}, {"submitted"}),
        ({"requirement": "plan", "late": True, "kinds": ("mail_sent",)}, {"mail_sent"}),
        ({"actor": "nobody"}, set()),
    ],
)
def test_filters_leave_what_fits(lived: Engine, changed: dict[str, object], kinds: set[str]) -> None:
    asked = replace(OURS, **changed)  # type: ignore[arg-type]
    assert {told.said.kind for told in told_of(lived, asked)} == kinds


def test_the_life_of_an_obligation_has_all_its_mails_and_nothing_of_others(lived: Engine) -> None:
    found = told_of(lived, Question(chains=(TOP,), obligation=KEY))
    assert {key for told in found if not told.journal for key in told.obligations} == {KEY}
    events = [told.said.kind for told in found if not told.journal]
    assert (events[0], events[-1]) == ("obligations_opened", "accepted")
    assert [told.said.kind for told in found if told.journal] == ["mail_sent", "attempt_refused"]


def test_what_was_put_off_is_late_by_the_date_that_held_then(lived: Engine, registers: Ledgers) -> None:
    """A later date does not make an earlier answer timely in hindsight, and one in time is not late."""
    key = f"plan@{small.LOW}"
    at, targets = LATE + timedelta(days=3), (Target(obligation=key, submissions=0),)
    put_off = SetDue(id="d", at=at, actor=SUPERVISOR, reason="bão", targets=targets, until=date(2020, 5, 5))
    registers.do(TOP, put_off)
    registers.do(TOP, small.submit(key, at + timedelta(days=1), "low"))
    found = words_of(lived, replace(OURS, unit=small.LOW, kinds=("submitted", "due_set")))
    assert found[0] == (
        "Sở Thử nghiệm ấn định thời hạn mới 05/05/2020 cho «Kế hoạch năm», lý do: “bão”, bằng dòng lệnh (người dùng "
        "thu)."
    )
    assert "quá hạn" not in found[1]


def test_the_journal_of_the_installation_is_told_too(lived: Engine) -> None:
    assert words_of(lived, Question(chains=(INSTALLATION,))) == ["Lan@nho.example đăng nhập."]


def test_entries_are_in_the_order_of_time_and_of_their_chain(lived: Engine) -> None:
    found = told_of(lived, OURS)
    assert [told.entry.at for told in found] == sorted(told.entry.at for told in found)
    for chain in {told.chain for told in found}:
        numbers = [told.entry.seq for told in found if told.chain == chain and not told.journal]
        assert numbers == list(range(1, len(numbers) + 1))
