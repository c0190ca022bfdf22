"""Words for requests, obstacles, recommendations, and the people who answer for units."""

from audit.story.people import role, who
from audit.story.scene import Scene, because, said
from audit.story.sentence import sentence
from models.correspondence import (
    AddressRefused,
    HolderLeft,
    HolderNamed,
    ObstacleRaised,
    RecommendationHandled,
    RequestAnswered,
    RequestMade,
)
from models.holder import Arrangement
from models.recommendation import Handling, obligation_of
from models.request import RequestKind, requested_for
from rules.words import day, due_day
from texts.language import gettext as _
from texts.language import mark

_ASKS = {
    RequestKind.MORE_TIME: mark("%(who)s đề nghị lùi, giãn thời hạn %(thing)s"),
    RequestKind.WITHDRAWAL: mark("%(who)s đề nghị rút %(thing)s"),
    RequestKind.NOT_APPLICABLE: mark("%(who)s đề nghị ghi không áp dụng %(thing)s"),
}
_GRANTS = {
    RequestKind.MORE_TIME: mark("%(who)s đồng ý lùi, giãn thời hạn %(thing)s"),
    RequestKind.WITHDRAWAL: mark("%(who)s đồng ý rút %(thing)s"),
    RequestKind.NOT_APPLICABLE: mark("%(who)s đồng ý ghi không áp dụng %(thing)s"),
}
_REFUSES = {
    RequestKind.MORE_TIME: mark("%(who)s không đồng ý lùi, giãn thời hạn %(thing)s"),
    RequestKind.WITHDRAWAL: mark("%(who)s không đồng ý rút %(thing)s"),
    RequestKind.NOT_APPLICABLE: mark("%(who)s không đồng ý ghi không áp dụng %(thing)s"),
}
_HANDLES = {
    Handling.ANSWER: mark("%(who)s giải đáp kiến nghị, vướng mắc của %(thing)s"),
    Handling.TAKE_ON_BOARD: mark("%(who)s tiếp thu kiến nghị, vướng mắc của %(thing)s"),
    Handling.REFER: mark("%(who)s chuyển kiến nghị, vướng mắc của %(thing)s"),
    Handling.REPLY: mark("%(who)s ghi nhận trả lời kiến nghị, vướng mắc của %(thing)s"),
    Handling.CLOSE: mark("%(who)s kết thúc kiến nghị, vướng mắc của %(thing)s"),
    Handling.REOPEN: mark("%(who)s xem xét lại kiến nghị, vướng mắc của %(thing)s"),
}
_ARRANGED = {
    Arrangement.COLLEAGUE: mark("cùng phụ trách"),
    Arrangement.SUCCESSOR: mark("phụ trách thay"),
    Arrangement.SUBSTITUTE: mark("làm thay tạm thời"),
}


@sentence.register
def _obstacle(fact: ObstacleRaised, scene: Scene) -> str:
    thing = scene.asked(fact.obligation.rpartition("@")[0])
    return _("%(who)s phản ánh vướng mắc khi thực hiện %(thing)s", who=who(scene), thing=thing) + said(fact.text)


@sentence.register
def _request(fact: RequestMade, scene: Scene) -> str:
    thing = scene.asked(fact.obligation.rpartition("@")[0])
    words = _(_ASKS[fact.request], who=who(scene), thing=thing)
    if fact.until is not None:
        words += _(" đến hết ngày %(day)s", day=day(fact.until))
    return words + because(fact.reason)


@sentence.register
def _answered(fact: RequestAnswered, scene: Scene) -> str:
    table = _GRANTS if fact.granted else _REFUSES
    words = _(table[fact.request_kind], who=who(scene), thing=scene.thing(requested_for(fact.request)))
    if fact.due is not None:
        words += _(", thời hạn mới %(day)s", day=due_day(fact.due))
    return words + said(fact.words)


@sentence.register
def _handled(fact: RecommendationHandled, scene: Scene) -> str:
    words = _(_HANDLES[fact.handling], who=who(scene), thing=scene.thing(obligation_of(fact.recommendation)))
    if fact.body and fact.handling is Handling.REFER:
        words += _(" đến %(body)s", body=scene.unit(fact.body))
    if fact.reply_by is not None:
        words += _(", đề nghị trả lời trước hết ngày %(day)s", day=day(fact.reply_by))
    return words + said(fact.words)


@sentence.register
def _named(fact: HolderNamed, scene: Scene) -> str:
    words = _(
        "%(who)s cử %(name)s (%(email)s) %(arranged)s cho %(unit)s",
        who=who(scene),
        name=fact.name,
        email=fact.email,
        arranged=_(_ARRANGED[fact.arrangement]),
        unit=scene.unit(fact.unit),
    )
    if fact.first is not None and fact.last is not None:
        words += _(" từ ngày %(first)s đến hết ngày %(last)s", first=day(fact.first), last=day(fact.last))
    return words + because(fact.reason)


@sentence.register
def _left(fact: HolderLeft, scene: Scene) -> str:
    values = {"person": role(fact.holder), "email": fact.email, "unit": scene.unit(fact.unit)}
    return _("%(person)s (%(email)s) thôi phụ trách cho %(unit)s", **values) + said(fact.words)


@sentence.register
def _refused(fact: AddressRefused, scene: Scene) -> str:
    values = {"person": role(fact.holder), "email": fact.email, "unit": scene.unit(fact.unit)}
    return _("địa chỉ %(email)s (%(person)s của %(unit)s) không nhận được thư", **values) + said(fact.words)
