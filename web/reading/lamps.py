"""Lights, roles and what becomes of mails, in words; and a line with one of its earlier answers."""

from dataclasses import dataclass

from models.answer import Answer
from models.reader import ReaderRole
from models.reading import Light
from models.register import ObligationLine
from texts.language import mark


@dataclass(frozen=True)
class Lamp:
    """A light as it is shown: a sign that is there without colours too, and words."""

    sign: str
    words: str


LIGHTS = {
    Light.RED: Lamp("✕", mark("Quá hạn hoặc không hoàn thành")),
    Light.AMBER: Lamp("!", mark("Sắp đến hạn, bị trả lại hoặc nộp muộn")),
    Light.GREEN: Lamp("✓", mark("Trong hạn hoặc hoàn thành đúng hạn")),
    Light.GREY: Lamp("–", mark("Chưa phát sinh, tạm dừng hoặc không phải thực hiện")),
}
ROLES = {
    ReaderRole.AUDITOR: mark("Thanh tra, kiểm tra"),
    ReaderRole.SUPERVISOR: mark("Theo dõi đơn vị"),
    ReaderRole.OPERATOR: mark("Vận hành hệ thống"),
}
MAILS = {
    "queued": mark("chờ gửi"),
    "sending": mark("đang gửi"),
    "sent": mark("đã gửi"),
    "failed": mark("bị từ chối"),
    "unreachable": mark("không có địa chỉ"),
    "needless": mark("không còn cần gửi"),
}
_ANSWER = frozenset(Answer.model_fields) & frozenset(ObligationLine.model_fields)


def answered(line: ObligationLine, answer: Answer) -> ObligationLine:
    """A line as it looked with one of the answers that were handed in for it."""
    return line.model_copy(update={name: getattr(answer, name) for name in _ANSWER})
