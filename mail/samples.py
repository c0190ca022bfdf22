"""A letter of every kind to look at, mostly as the district A Lưới gets it (pure)."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

from mail.sample_lines import A_LUOI, ASKED, AT, HEAD, PHU_LOC, SO, STARTS, answered, line
from models.chase_letter import ChaseLetter
from models.document import DocumentRef
from models.holder import Arrangement, Holder
from models.link import Purpose
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
        purpose=Purpose.OFFICER,
        url=_URL.format(page="v"),
        at=at,
    )


def _to_the_head(kind: NoticeKind, *lines: ObligationLine, **part: Any) -> Letter:
    return _letter(kind, *lines, **part).model_copy(update={"role": Role.HEAD})


def _to_the_keeper(kind: NoticeKind, *lines: ObligationLine, **part: Any) -> Letter:
    """To the province's office, about its own register."""
    register = {"receiver": SO, "purpose": Purpose.REGISTER, "url": _URL.format(page="s")}
    return _letter(kind, *lines, **part).model_copy(update=register)


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
    replaced = "số 2410/SLĐTBXH-BĐG ngày 26/10/2020 của Sở Lao động - Thương binh và Xã hội"
    words = f"được thay thế bằng văn bản {replaced}"
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


def _unacknowledged(kind: NoticeKind) -> Letter:
    return _letter(kind, line("annual-plan"), line("labour-code"), at=datetime(2020, 4, 21, 1, tzinfo=UTC))


def _not_resubmitted(kind: NoticeKind) -> Letter:
    (part,) = _returned(kind).parts
    returned = {"decided_at": datetime(2020, 10, 21, 3, tzinfo=UTC)}
    return _letter(kind, *(item.model_copy(update=returned) for item in part.lines))


def _due_set(kind: NoticeKind) -> Letter:
    reason = "Cơn bão số 9 gây mưa lũ trên diện rộng, các địa phương tập trung khắc phục hậu quả."
    dates: dict[str, Any] = {
        "due": day_end(date(2020, 11, 13)),
        "original_due": day_end(date(2020, 10, 30)),
        "extensions": 1,
    }
    return _letter(kind, line("action-month-plan", **dates), words=reason)


def _amended(kind: NoticeKind) -> Letter:
    reason = "Lồng ghép nội dung phòng, chống xâm hại trẻ em theo chỉ đạo của UBND tỉnh."
    asked: dict[str, Any] = {"title": "Kế hoạch Tháng hành động năm 2020, có nội dung phòng, chống xâm hại trẻ em"}
    return _letter(kind, line("action-month-plan", **asked), words=reason)


def _suspended(kind: NoticeKind) -> Letter:
    reason = "Chờ Trung ương hướng dẫn mức chi tổ chức tập huấn."
    return _letter(kind, line("training", state=State.SUSPENDED, suspended_at=AT), words=reason)


def _resumed(kind: NoticeKind) -> Letter:
    reason = "Đã có hướng dẫn mức chi tổ chức tập huấn."
    dates: dict[str, Any] = {"due": day_end(date(2020, 11, 30)), "original_due": day_end(date(2020, 9, 30))}
    return _letter(kind, line("training", **dates), words=reason)


def _transferred(kind: NoticeKind) -> Letter:
    reason = "Giao Phòng LĐTBXH huyện Phú Lộc làm đầu mối tổ chức chung cho cụm."
    return _letter(kind, line("training", state=State.TRANSFERRED, moved_to=(PHU_LOC.code,)), words=reason)


def _review_overdue(kind: NoticeKind) -> Letter:
    since = datetime(2020, 10, 15, 2, 30, tzinfo=UTC)
    return _to_the_keeper(
        kind, answered("labour-code", submitted_at=since), answered("services", PHU_LOC, submitted_at=since)
    ).model_copy(update={"role": Role.HEAD})


def _escalation_below(kind: NoticeKind) -> Letter:
    register = f"{HEAD.directive_id}/{A_LUOI.code}"
    below: dict[str, Any] = {"cascade_id": register, "issuer": A_LUOI.code, "issuer_name": A_LUOI.short_name}
    names = {"481-hong-thuy": "UBND xã Hồng Thủy", "481-a-roang": "UBND xã A Roàng"}
    communes = [A_LUOI.model_copy(update={"code": code, "short_name": name}) for code, name in names.items()]
    lines = (line("services", commune, **below) for commune in communes)
    return _to_the_keeper(kind, *lines).model_copy(update={"role": Role.HEAD})


def _draft_letter(kind: NoticeKind) -> Letter:
    chased = ((A_LUOI, (line("services"), line("training"))), (PHU_LOC, (line("services", PHU_LOC),)))
    drafts = tuple(ChaseLetter(head=HEAD, issuer=SO, unit=unit, lines=mine, at=AT) for unit, mine in chased)
    told = _to_the_keeper(kind, *(item for _, mine in chased for item in mine))
    return told.model_copy(update={"drafts": drafts})


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
    NoticeKind.UNACKNOWLEDGED: _unacknowledged,
    NoticeKind.NOT_RESUBMITTED: _not_resubmitted,
    NoticeKind.DUE_SET: _due_set,
    NoticeKind.AMENDED: _amended,
    NoticeKind.SUSPENDED: _suspended,
    NoticeKind.RESUMED: _resumed,
    NoticeKind.TRANSFERRED: _transferred,
    NoticeKind.REVIEW_OVERDUE: _review_overdue,
    NoticeKind.ESCALATION_BELOW: _escalation_below,
    NoticeKind.LETTER: _draft_letter,
}
