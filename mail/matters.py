"""Recommendations, obstacles and requests as a letter tells of them (pure)."""

from dataclasses import dataclass

from mail.plain import one_line
from models.mail import Letter, Part
from models.recommendation import OBSTACLE, Recommendation, RecommendationStatus
from models.register import ObligationLine
from models.request import Request, RequestKind, RequestStatus
from rules.calendar import day_end
from rules.requests import new_due
from rules.standing import title
from rules.urgency import due_words
from rules.words import RECOMMENDATIONS, day, due_day, moment

_WISHES = {
    RequestKind.MORE_TIME: "gia hạn thời gian thực hiện",
    RequestKind.WITHDRAWAL: "rút nội dung đã giao",
    RequestKind.NOT_APPLICABLE: "xác nhận nội dung không áp dụng đối với đơn vị",
}
_GRANTED = {
    RequestKind.MORE_TIME: "Đồng ý gia hạn",
    RequestKind.WITHDRAWAL: "Đồng ý rút nội dung này; đơn vị không phải thực hiện, báo cáo nữa",
    RequestKind.NOT_APPLICABLE: "Đồng ý; nội dung này không áp dụng đối với đơn vị",
}
_REFUSED = {
    RequestKind.MORE_TIME: "Không đồng ý gia hạn",
    RequestKind.WITHDRAWAL: "Không đồng ý rút; đề nghị đơn vị tiếp tục thực hiện",
    RequestKind.NOT_APPLICABLE: "Không đồng ý; nội dung này vẫn áp dụng đối với đơn vị",
}


@dataclass(frozen=True)
class Asked:
    """A recommendation or an obstacle, as `noun` says; `about` is the obligation that an obstacle stands in the way of.

    `body` is whom it was referred to and `day` the last day of the reply; `status` and `answer` say what became of it.
    """

    noun: str
    text: str
    by: str
    about: str
    body: str
    day: str
    referred: bool
    status: str
    answer: str


@dataclass(frozen=True)
class Wish:
    """A request: what `by` asks about which obligation, why and since when; `decision` and `words` are the answer,
    `due` the date that holds from now on, empty where nothing is owed any more."""

    by: str
    about: str
    what: str
    reason: str
    since: str
    answered: bool
    granted: bool
    decision: str
    due: str
    words: str


def asked(letter: Letter, part: Part) -> tuple[Asked, ...]:
    """The recommendations and obstacles of a part."""
    return tuple(_asked(item, letter, _line(part, item.obligation)) for item in part.recommendations)


def wishes(letter: Letter, part: Part) -> tuple[Wish, ...]:
    """The requests of a part."""
    return tuple(_wish(item, letter, _line(part, item.obligation)) for item in part.requests)


def _line(part: Part, key: str) -> ObligationLine | None:
    return next((line for line in part.lines if line.key == key), None)


def _asked(item: Recommendation, letter: Letter, line: ObligationLine | None) -> Asked:
    raised_by = (letter.names.get(item.unit, ""), item.by)
    obstacle = item.group == OBSTACLE
    return Asked(
        noun="vướng mắc" if obstacle else "kiến nghị",
        text=one_line(item.text),
        by=one_line(" – ".join(filter(None, raised_by))),
        about=one_line(title(line)) if obstacle and line else "",
        body=one_line(letter.names.get(item.body, item.body)),
        day=day(item.reply_by) if item.reply_by else "",
        referred=item.status is RecommendationStatus.REFERRED,
        status=RECOMMENDATIONS[item.status],
        answer=one_line(item.words),
    )


def _wish(item: Request, letter: Letter, line: ObligationLine | None) -> Wish:
    granted = item.status is RequestStatus.GRANTED
    until = f" đến hết {due_words(day_end(item.until))}" if item.until else ""
    return Wish(
        by=one_line(line.unit_name if line else letter.names.get(item.unit, item.unit)),
        about=one_line(title(line)) if line else "",
        what=f"{_WISHES[item.kind]}{until}",
        reason=one_line(item.reason),
        since=moment(item.asked_at),
        answered=item.status is not RequestStatus.ASKED,
        granted=granted,
        decision=(_GRANTED if granted else _REFUSED)[item.kind],
        due=_due(item, line),
        words=one_line(item.words),
    )


def _due(item: Request, line: ObligationLine | None) -> str:
    """The date that holds: a new one in words with the one it replaces, or the old one that stays."""
    if item.status is RequestStatus.GRANTED:
        if item.kind is not RequestKind.MORE_TIME or item.granted_until is None:
            return ""
        was = f" (thời hạn ban đầu: {due_day(line.original_due)})" if line and line.original_due else ""
        new = new_due(line.due, item.granted_until) if line and line.due else day_end(item.granted_until)
        return f"Thời hạn mới: {due_words(new)}{was}"
    if line is None or line.due is None:
        return ""
    words = "Thời hạn hiện nay" if item.status is RequestStatus.ASKED else "Thời hạn không thay đổi"
    return f"{words}: {due_words(line.due)}"
