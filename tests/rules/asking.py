"""Commands of people who ask, chase, and name others."""

from datetime import date, datetime
from typing import Any

from models.actor import Actor, ActorKind
from models.command import AcceptAll, Accepting, AnswerRequest, Ask, Chase, Leave, NameHolder, NoteRefusal
from models.holder import Arrangement
from models.request import RequestKind
from models.unit import Role
from tests.rules.plans import ISSUER, new_id, officer, reviewer

LATER = date(2020, 4, 20)


def ask(
    key: str,
    when: datetime,
    request: RequestKind = RequestKind.MORE_TIME,
    *,
    until: date | None = LATER,
    reason: str = "chưa kịp tổng hợp",
    by: str | None = None,
) -> Ask:
    until = until if request is RequestKind.MORE_TIME else None
    actor = officer(by or key.partition("@")[2])
    return Ask(id=new_id(), at=when, actor=actor, obligation=key, request=request, reason=reason, until=until)


def answer_request(
    request: str,
    when: datetime,
    *,
    granted: bool = True,
    words: str = "",
    until: date | None = None,
    by: str = ISSUER,
) -> AnswerRequest:
    return AnswerRequest(
        id=new_id(), at=when, actor=reviewer(by), request=request, granted=granted, words=words, until=until
    )


def chase(when: datetime, *keys: str, words: str = "", by: str = ISSUER) -> Chase:
    return Chase(id=new_id(), at=when, actor=reviewer(by), obligations=keys, words=words)


def accept_all(when: datetime, *items: tuple[str, int], by: str = ISSUER) -> AcceptAll:
    looked_at = tuple(Accepting(obligation=key, submission=submission) for key, submission in items)
    return AcceptAll(id=new_id(), at=when, actor=reviewer(by), items=looked_at)


def holding(unit: str, holder: str = Role.FOCAL) -> Actor:
    return Actor(kind=ActorKind.OFFICER, unit=unit, holder=holder)


def name_holder(
    when: datetime,
    email: str = "lan@x.vn",
    arrangement: Arrangement = Arrangement.COLLEAGUE,
    *,
    unit: str = "d1",
    by: Actor | None = None,
    **said: Any,
) -> NameHolder:
    values = {"name": "Trần Thị Lan", "by_email": "d1@x.vn"} | said
    return NameHolder(
        id=new_id(), at=when, actor=by or holding(unit), unit=unit, email=email, arrangement=arrangement, **values
    )


def substitute(when: datetime, first: date, last: date, email: str = "lan@x.vn", **said: Any) -> NameHolder:
    return name_holder(when, email, Arrangement.SUBSTITUTE, first=first, last=last, **said)


def leave(when: datetime, unit: str = "d1", holder: str = Role.FOCAL, email: str = "d1@x.vn") -> Leave:
    return Leave(id=new_id(), at=when, actor=holding(unit, holder), email=email, words="đã chuyển công tác")


def note_refusal(
    when: datetime, unit: str = "d1", holder: str = Role.FOCAL, email: str = "d1@x.vn", actor: Actor | None = None
) -> NoteRefusal:
    return NoteRefusal(
        id="mail",
        at=when,
        actor=actor or Actor(kind=ActorKind.POSTMAN, unit=ISSUER),
        unit=unit,
        holder=holder,
        role=Role.HEAD if holder == Role.HEAD else Role.FOCAL,
        email=email,
        words="550 no such user",
    )
