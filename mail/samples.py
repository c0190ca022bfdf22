"""A letter of every kind to look at, mostly as the district A Lưới gets it (pure)."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

from mail.sample_lines import A_LUOI, ASKED, AT, HEAD, PHU_LOC, SO, STARTS, answered, line
from models.document import DocumentRef
from models.holder import Arrangement, Holder
from models.mail import Letter, Part
from models.notice import NoticeKind
from models.obligation import State, obligation_key
from models.recommendation import OBSTACLE, Recommendation, RecommendationStatus
from models.register import ObligationLine
from models.request import Request, RequestKind, RequestStatus, request_id
from models.unit import Role, Unit
from rules.calendar import day_end

_URL = "https://dondoc.example/{page}/k7Vt2mQx9LhRw4ZcNf8sYb3JdGp6TaUe1oHiMqXvBnE"


def sample(kind: NoticeKind) -> Letter:
    """A letter with one part of a kind."""
    return _MAKERS[kind](kind)


def several() -> Letter:
    """A letter with all that may come together for one unit."""
    parts = (
        *sample(NoticeKind.CHASE).parts,
        *sample(NoticeKind.RETURNED).parts,
        *sample(NoticeKind.DECIDED).parts,
        Part(kind=NoticeKind.REMINDER, at=AT, lines=(line("review-programmes"),)),
        Part(kind=NoticeKind.ASSIGNMENT, at=AT, lines=(line("action-month"),)),
        *sample(NoticeKind.ACCEPTED).parts,
    )
    return sample(NoticeKind.CHASE).model_copy(update={"parts": parts})


def _letter(kind: NoticeKind, *lines: ObligationLine, at: datetime = AT, **part: Any) -> Letter:
    """To the district's focal point."""
    return Letter(
        head=HEAD,
        receiver=A_LUOI,
        role=Role.FOCAL,
        issuer=SO,
        parts=(Part(kind=kind, at=at, lines=lines, **part),),
        names={unit.code: unit.short_name for unit in (SO, A_LUOI, PHU_LOC)} | {"46-stc": "Sở Tài chính"},
        url=_URL.format(page="v"),
        at=at,
    )


def _to_the_head(kind: NoticeKind, *lines: ObligationLine, **part: Any) -> Letter:
    return _letter(kind, *lines, **part).model_copy(update={"role": Role.HEAD})


def _to_the_keeper(kind: NoticeKind, *lines: ObligationLine, **part: Any) -> Letter:
    """To the province's office, about its own register."""
    return _letter(kind, *lines, **part).model_copy(update={"receiver": SO, "url": _URL.format(page="s")})


def _assignment(kind: NoticeKind) -> Letter:
    return _letter(kind, *(line(key) for key in ASKED if key != "action-month"), at=STARTS)


def _reminder(kind: NoticeKind) -> Letter:
    return _letter(kind, line("action-month-plan"), line("review-programmes"))


def _overdue(kind: NoticeKind) -> Letter:
    return _to_the_head(kind, line("services"), line("training"))


def _chase(kind: NoticeKind) -> Letter:
    words = "Sở tổng hợp báo cáo UBND tỉnh trước ngày 05/11/2020, đề nghị đơn vị ưu tiên hoàn thành."
    return _letter(kind, line("services"), words=words)


def _escalation(kind: NoticeKind) -> Letter:
    lines = (line("services"), line("training"), line("services", PHU_LOC))
    return _to_the_keeper(kind, *lines).model_copy(update={"role": Role.HEAD})


def _returned(kind: NoticeKind) -> Letter:
    comment = "Đề nghị bổ sung số lượt tuyên truyền và địa bàn các xã đã thực hiện."
    return _letter(kind, answered("labour-code", state=State.RETURNED, returned=1, comment=comment))


def _silence(kind: NoticeKind) -> Letter:
    return _to_the_head(kind, line("radio"))


def _reply_overdue(kind: NoticeKind) -> Letter:
    asked = _raised(RecommendationStatus.REFERRED, body="46-stc", reply_by=date(2020, 10, 27), handled_at=STARTS)
    return _to_the_keeper(kind, line("training"), recommendations=(asked,))


def _obstacle(kind: NoticeKind) -> Letter:
    return _to_the_keeper(kind, line("training"), recommendations=(_raised(RecommendationStatus.RAISED),))


def _answer(kind: NoticeKind) -> Letter:
    words = "Sử dụng nguồn kinh phí sự nghiệp năm 2020 đã giao; phần còn thiếu Sở hỗ trợ theo thực tế."
    asked = _raised(RecommendationStatus.ANSWERED, words=words, handled_at=AT)
    return _letter(kind, line("training"), recommendations=(asked,))


def _raised(status: RecommendationStatus, **changed: Any) -> Recommendation:
    key = obligation_key("training", A_LUOI.code)
    text = "Chưa bố trí được kinh phí tổ chức tập huấn tại 05 xã biên giới."
    fields = {"id": f"{key}/0.45", "obligation": key, "unit": A_LUOI.code, "group": OBSTACLE, "text": text}
    return Recommendation(**fields | {"status": status, "raised_at": datetime(2020, 10, 20, 2, tzinfo=UTC)} | changed)


def _accepted(kind: NoticeKind) -> Letter:
    issued = DocumentRef(number="45/KH-UBND", normal="45/KH-UBND", date=date(2020, 6, 8), signer="Hồ Văn Ngưm")
    came_in = datetime(2020, 6, 9, 2, 30, tzinfo=UTC)
    plan = answered("annual-plan", state=State.ACCEPTED, document=issued, submitted_at=came_in, decided_at=AT)
    return _letter(kind, plan)


def _withdrawn(kind: NoticeKind) -> Letter:
    words = "Công văn số 2410/SLĐTBXH-BĐG ngày 26/10/2020 của Sở Lao động - Thương binh và Xã hội"
    return _letter(kind, line("review-programmes", state=State.WITHDRAWN), words=words)


def _decided(kind: NoticeKind) -> Letter:
    changed = day_end(date(2020, 11, 13))
    granted = _request("action-month-plan", RequestKind.MORE_TIME, "Chờ hướng dẫn của tỉnh về Tháng hành động.")
    refused = _request("radio", RequestKind.WITHDRAWAL, "Huyện đã sáp nhập đài truyền thanh.", seq=32)
    words = "Đề nghị phối hợp với Trung tâm Văn hóa, Thông tin và Thể thao huyện."
    return _letter(
        kind,
        line("action-month-plan", due=changed, original_due=day_end(date(2020, 10, 30)), extensions=1),
        line("radio"),
        requests=(
            granted.model_copy(update={"status": RequestStatus.GRANTED, "granted_until": date(2020, 11, 13)}),
            refused.model_copy(update={"status": RequestStatus.REFUSED, "words": words}),
        ),
    )


def _request(key: str, kind: RequestKind, reason: str, unit: Unit = A_LUOI, seq: int = 31) -> Request:
    obligation = obligation_key(key, unit.code)
    return Request(
        id=request_id(obligation, seq),
        obligation=obligation,
        unit=unit.code,
        kind=kind,
        reason=reason,
        until=date(2020, 11, 20) if kind is RequestKind.MORE_TIME else None,
        asked_at=datetime(2020, 10, 23, 3, 15, tzinfo=UTC),
    )


def _handover(kind: NoticeKind) -> Letter:
    holder = Holder(
        id="h57", unit=A_LUOI.code, name="Nguyễn Thị Hoài Thương", email="thuong@aluoi.example",
        arrangement=Arrangement.SUBSTITUTE, by=Role.FOCAL, by_email="481-ldtbxh@aluoi.example",
        first=date(2020, 10, 28), last=date(2020, 11, 11),
    )  # fmt: skip
    owed = ("services", "action-month-plan", "review-programmes", "radio")
    return _letter(kind, *map(line, owed)).model_copy(update={"holder": holder})


def _register(kind: NoticeKind) -> Letter:
    return _to_the_keeper(kind, at=STARTS)


def _review(kind: NoticeKind) -> Letter:
    wish = _request("review-programmes", RequestKind.MORE_TIME, "Các xã gửi báo cáo chậm do mưa lũ.", PHU_LOC)
    return _to_the_keeper(
        kind,
        answered("labour-code", submissions=2),
        answered("training", submitted_at=datetime(2020, 10, 27, 7, tzinfo=UTC)),
        answered("services", PHU_LOC),
        line("review-programmes", PHU_LOC),
        requests=(wish,),
    )


def _unreachable(kind: NoticeKind) -> Letter:
    letter = _to_the_keeper(kind, line("action-month-plan"), line("review-programmes"))
    why = "địa chỉ aluoi@hue.example không tồn tại hoặc không nhận thư (máy chủ thư: 550 5.1.1 no such user)"
    return letter.model_copy(update={"unheard": {A_LUOI.code: why}})


_MAKERS: dict[NoticeKind, Callable[[NoticeKind], Letter]] = {
    NoticeKind.ASSIGNMENT: _assignment,
    NoticeKind.REMINDER: _reminder,
    NoticeKind.OVERDUE: _overdue,
    NoticeKind.CHASE: _chase,
    NoticeKind.SILENCE: _silence,
    NoticeKind.RETURNED: _returned,
    NoticeKind.ACCEPTED: _accepted,
    NoticeKind.WITHDRAWN: _withdrawn,
    NoticeKind.DECIDED: _decided,
    NoticeKind.ANSWERED: _answer,
    NoticeKind.HANDOVER: _handover,
    NoticeKind.REGISTER: _register,
    NoticeKind.REVIEW: _review,
    NoticeKind.ESCALATION: _escalation,
    NoticeKind.OBSTACLE: _obstacle,
    NoticeKind.REPLY_OVERDUE: _reply_overdue,
    NoticeKind.UNREACHABLE: _unreachable,
    NoticeKind.SUMMARY: _to_the_keeper,
}
