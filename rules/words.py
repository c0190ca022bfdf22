"""The words and date forms that people read, in one place (DOMAIN sections 1.3, 3 and 8).

The tables are shown with `gettext(STATES[state])`; mails and reports, which are Vietnamese, take them as they are.
"""

from datetime import date, datetime, time

from models.obligation import Outcome, State, Timeliness
from models.plan import RequirementKind
from models.recommendation import RecommendationStatus
from models.unit import Level
from rules.calendar import ZONE, last_day
from texts.language import gettext as _
from texts.language import mark

STATES = {
    State.DORMANT: mark("Chưa phát sinh"),
    State.OPEN: mark("Đang thực hiện"),
    State.SUBMITTED: mark("Chờ xác nhận"),
    State.RETURNED: mark("Trả lại để bổ sung"),
    State.SUSPENDED: mark("Tạm dừng"),
    State.ACCEPTED: mark("Đã hoàn thành"),
    State.SATISFIED: mark("Đã có văn bản từ trước"),
    State.NOT_APPLICABLE: mark("Không áp dụng"),
    State.WAIVED: mark("Được miễn thực hiện"),
    State.WITHDRAWN: mark("Đã rút"),
    State.TRANSFERRED: mark("Đã chuyển giao"),
    State.UNFULFILLED: mark("Không hoàn thành"),
}
TIMELINESS = {
    Timeliness.NO_DEADLINE: mark("Không thời hạn"),
    Timeliness.IN_TIME: mark("Trong hạn"),
    Timeliness.DUE_SOON: mark("Sắp đến hạn"),
    Timeliness.OVERDUE: mark("Quá hạn"),
    Timeliness.ON_TIME: mark("Đúng hạn"),
    Timeliness.LATE: mark("Quá hạn khi nộp"),
}
HANDS = {
    "above": mark("Chờ văn bản của cấp trên"),
    "unit": mark("Tại đơn vị"),
    "extension": mark("Được lùi, giãn thời hạn"),
    "reviewer": mark("Chờ xác nhận"),
    "suspended": mark("Tạm dừng"),
}
"""In whose hands something was, by the fields of `models.obligation.Shares`."""
KINDS = {
    RequirementKind.PLAN: mark("Kế hoạch"),
    RequirementKind.ACTIVITY: mark("Hoạt động"),
    RequirementKind.REPORT: mark("Báo cáo"),
    RequirementKind.CONSULTATION: mark("Góp ý"),
    RequirementKind.SELECTION: mark("Lựa chọn"),
    RequirementKind.RECOMMENDATIONS: mark("Kiến nghị"),
    RequirementKind.EVENT: mark("Sự kiện"),
}
OUTCOMES = {
    Outcome.TAKEN_ON_BOARD: mark("Tiếp thu"),
    Outcome.EXPLAINED: mark("Giải trình"),
    Outcome.ACCEPTED: mark("Chấp thuận"),
    Outcome.MERGED: mark("Ghép vào nội dung khác"),
    Outcome.REJECTED: mark("Không chấp thuận"),
}
RECOMMENDATIONS = {
    RecommendationStatus.RAISED: mark("Chờ xử lý"),
    RecommendationStatus.ANSWERED: mark("Đã giải đáp"),
    RecommendationStatus.TAKEN_ON_BOARD: mark("Đã tiếp thu"),
    RecommendationStatus.REFERRED: mark("Đã chuyển, chờ trả lời"),
    RecommendationStatus.REPLIED: mark("Đã có trả lời"),
    RecommendationStatus.CLOSED: mark("Đã kết thúc"),
}
LEVELS = {
    Level.MINISTRY: mark("Trung ương"),
    Level.PROVINCE: mark("Cấp tỉnh"),
    Level.DISTRICT: mark("Cấp huyện"),
    Level.COMMUNE: mark("Cấp xã"),
}
_WEEKDAYS = (
    mark("thứ Hai"),
    mark("thứ Ba"),
    mark("thứ Tư"),
    mark("thứ Năm"),
    mark("thứ Sáu"),
    mark("thứ Bảy"),
    mark("Chủ nhật"),
)


def day(value: date) -> str:
    """dd/mm/yyyy."""
    return f"{value:%d/%m/%Y}"


def long_day(value: date) -> str:
    """`ngày 04 tháng 5 năm 2020`: days below 10 and months 1 and 2 get a leading 0 (DOMAIN section 1.3)."""
    month = f"{value.month:02d}" if value.month <= 2 else str(value.month)
    return f"ngày {value.day:02d} tháng {month} năm {value.year}"


def weekday(value: date) -> str:
    return _(_WEEKDAYS[value.weekday()])


def moment(value: datetime) -> str:
    """`08:05 ngày 04/05/2020`, local time."""
    local = value.astimezone(ZONE)
    return _("%(time)s ngày %(day)s", time=f"{local:%H:%M}", day=day(local))


def stamp(value: datetime) -> str:
    """`04/05/2020 08:05`, local time: for the command line."""
    return f"{value.astimezone(ZONE):%d/%m/%Y %H:%M}"


def due_day(due: datetime | None) -> str:
    """The last day in time as dd/mm/yyyy, after the time of day if it ends before 24:00, or `không thời hạn`."""
    if due is None:
        return _("không thời hạn")
    on = day(last_day(due))
    if not due_time(due):
        return on
    local = due.astimezone(ZONE)
    return _("%(hour)s giờ %(minute)s ngày %(day)s", hour=f"{local:%H}", minute=f"{local:%M}", day=on)


def due_time(due: datetime) -> str:
    """`17 giờ 00 ngày ` before the day on which a due instant falls; empty where that day ends at 24:00."""
    local = due.astimezone(ZONE)
    return f"{local:%H giờ %M} ngày " if local.time() != time(0) else ""


def capital(text: str) -> str:
    """The text with a capital first letter and the rest unchanged."""
    return text[:1].upper() + text[1:]
