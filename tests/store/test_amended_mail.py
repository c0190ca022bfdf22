"""An amendment that changes only words reaches the mail of the units that have something still to do."""

from datetime import timedelta

from sqlalchemy import Engine

from models.actor import Actor, ActorKind
from models.delivery import HandedOver
from models.intervention import Amend
from models.notice import NoticeKind
from models.plan import Amendment
from rules.ledger import decide, open_register
from store.outbox import Outbox
from store.recorder import Recorder
from tests import small
from tests.store.mailing import CASCADE

NOON = small.STARTS + timedelta(hours=12)


def test_a_unit_reads_what_it_owes_in_the_words_of_the_new_version(started: Engine) -> None:
    book, recorder = small.slice_of(small.TOP), Recorder(started, small.MAIL_HOURS)
    outbox = Outbox(started, "https://dondoc.example/", "dondoc.example", small.MAIL_HOURS)
    opened = open_register(book, small.STARTS)
    recorder.record(CASCADE, opened.events)
    for mail in outbox.claim(CASCADE, 10, NOON):
        outbox.note([HandedOver(mail=mail.ids, words="", resent=False)])
    asked = next(item for item in book.requirements if item.key == "plan")
    said = Amend(
        id="amend:2",
        at=NOON,
        actor=Actor(kind=ActorKind.SUPERVISOR, unit=small.TOP),
        reason="Theo kết luận họp.",
        amendment=Amendment(version=2, requirements=(asked.model_copy(update={"title": "Kế hoạch có nội dung mới"}),)),
    )
    recorder.record(CASCADE, decide(book, opened.state, said).events)
    found = {mail.to: mail.letter.parts for mail in outbox.claim(CASCADE, 10, NOON)}
    assert found.keys() == {f"{small.HIGH}@nho.example", f"{small.LOW}@nho.example"}
    for (part,) in found.values():
        assert (part.kind, part.words) == (NoticeKind.AMENDED, "Theo kết luận họp.")
        assert [line.title for line in part.lines] == ["Kế hoạch có nội dung mới"]
