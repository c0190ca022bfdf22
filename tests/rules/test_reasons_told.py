"""What notices say of why something was laid aside, and of which register they speak."""

import pytest

from models.actor import Actor, ActorKind
from models.correspondence import Chased, EscalationHeard, HolderNamed
from models.document import DocumentRef
from models.event import Event, Fact, Withdrawn
from models.follow_up import Audience
from models.holder import Arrangement
from models.intervention import Release
from models.notice import Notice, NoticeKind
from models.stepped_in import Ended, Released
from rules.notices import notices
from tests.rules.plans import ISSUER, at, plan, requirement

KEYS = ("year@d1",)
REGISTER = plan([requirement("year")])
REPLACING = DocumentRef(number="20/SO-BĐG", normal="20/SO-BĐG", date=at(3, 9).date(), title="triển khai việc khác")


def told(*facts: Fact) -> tuple[Notice, ...]:
    """What one wave of facts tells."""
    timer = Actor(kind=ActorKind.TIMER, unit=ISSUER)
    return notices(
        REGISTER, [Event(seq=seq, at=at(3, 10), actor=timer, cause="c", fact=fact) for seq, fact in enumerate(facts, 1)]
    )


@pytest.mark.parametrize(
    ("fact", "words"),
    [
        (
            Released(obligations=KEYS, opened=KEYS, release=Release.WAIVED, reason="Xã đã làm năm 2019."),
            "Xã đã làm năm 2019.",
        ),
        (Ended(cancelled=True, withdrawn=KEYS, opened=KEYS, reason="Bão."), "hủy bỏ việc thực hiện văn bản: Bão."),
        (
            Withdrawn(obligations=KEYS, opened=KEYS, by=REPLACING),
            "được thay thế bằng văn bản số 20/SO-BĐG ngày 09/03/2020 về việc triển khai việc khác",
        ),
    ],
)
def test_a_unit_is_told_why_it_need_not_do_something(fact: Fact, words: str) -> None:
    (notice,) = told(fact)
    assert (notice.kind, notice.unit, notice.words) == (NoticeKind.WITHDRAWN, "d1", words)


def test_escalations_from_two_registers_at_one_instant_stay_apart() -> None:
    heard = (
        EscalationHeard(register_id=f"below-{name}", unit=name, step="T+15", to=(Audience.ABOVE,), obligations=KEYS)
        for name in ("a", "b")
    )
    found = told(*heard)
    assert [(notice.kind, notice.register_id) for notice in found] == [
        (NoticeKind.ESCALATION_BELOW, "below-a"),
        (NoticeKind.ESCALATION_BELOW, "below-b"),
    ]


def test_who_keeps_the_register_finds_his_own_words_with_the_drafts_of_letters() -> None:
    found = {notice.kind: notice.words for notice in told(Chased(obligations=KEYS, words="Gấp."))}
    assert found == {NoticeKind.CHASE: "Gấp.", NoticeKind.LETTER: "Gấp."}


@pytest.mark.parametrize(("unit", "kind"), [("d1", NoticeKind.HANDOVER), (ISSUER, NoticeKind.REGISTER)])
def test_who_is_named_is_told_why(unit: str, kind: NoticeKind) -> None:
    named = HolderNamed(
        unit=unit, name="Lê Lan", email="lan@x.vn", arrangement=Arrangement.COLLEAGUE, reason="Đồng chí Hoa nghỉ phép."
    )
    (notice,) = told(named)
    assert (notice.kind, notice.words) == (kind, "Đồng chí Hoa nghỉ phép.")
