"""The words and date forms that people read, in one place (DOMAIN sections 1.3, 3 and 8)."""

from datetime import date, datetime, time

from models.obligation import Outcome, State, Timeliness
from models.plan import RequirementKind
from models.recommendation import RecommendationStatus
from models.unit import Level
from rules.calendar import ZONE, last_day

STATES = {
    State.DORMANT: "Chưa phát sinh",
    State.OPEN: "Đang thực hiện",
    State.SUBMITTED: "Chờ xác nhận",
    State.RETURNED: "Trả lại để bổ sung",
    State.ACCEPTED: "Đã hoàn thành",
    State.SATISFIED: "Đã có văn bản từ trước",
    State.NOT_APPLICABLE: "Không áp dụng",
    State.WITHDRAWN: "Đã rút",
    State.UNFULFILLED: "Không hoàn thành",
}
TIMELINESS = {
    Timeliness.NO_DEADLINE: "Không thời hạn",
    Timeliness.IN_TIME: "Trong hạn",
    Timeliness.DUE_SOON: "Sắp đến hạn",
    Timeliness.OVERDUE: "Quá hạn",
    Timeliness.ON_TIME: "Đúng hạn",
    Timeliness.LATE: "Quá hạn khi nộp",
}
KINDS = {
    RequirementKind.PLAN: "Kế hoạch",
    RequirementKind.ACTIVITY: "Hoạt động",
    RequirementKind.REPORT: "Báo cáo",
    RequirementKind.CONSULTATION: "Góp ý",
    RequirementKind.SELECTION: "Lựa chọn",
    RequirementKind.RECOMMENDATIONS: "Kiến nghị",
    RequirementKind.EVENT: "Sự kiện",
}
OUTCOMES = {
    Outcome.TAKEN_ON_BOARD: "Tiếp thu",
    Outcome.EXPLAINED: "Giải trình",
    Outcome.ACCEPTED: "Chấp thuận",
    Outcome.MERGED: "Ghép vào nội dung khác",
    Outcome.REJECTED: "Không chấp thuận",
}
RECOMMENDATIONS = {
    RecommendationStatus.RAISED: "Chờ xử lý",
    RecommendationStatus.ANSWERED: "Đã giải đáp",
    RecommendationStatus.TAKEN_ON_BOARD: "Đã tiếp thu",
    RecommendationStatus.REFERRED: "Đã chuyển, chờ trả lời",
    RecommendationStatus.REPLIED: "Đã có trả lời",
    RecommendationStatus.CLOSED: "Đã kết thúc",
}
LEVELS = {
    Level.MINISTRY: "Trung ương",
    Level.PROVINCE: "Cấp tỉnh",
    Level.DISTRICT: "Cấp huyện",
    Level.COMMUNE: "Cấp xã",
}
_WEEKDAYS = ("thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật")


def day(value: date) -> str:
    """dd/mm/yyyy."""
    return f"{value:%d/%m/%Y}"


def long_day(value: date) -> str:
    """`ngày 04 tháng 5 năm 2020`: days below 10 and months 1 and 2 get a leading 0 (DOMAIN section 1.3)."""
    month = f"{value.month:02d}" if value.month <= 2 else str(value.month)
    return f"ngày {value.day:02d} tháng {month} năm {value.year}"


def weekday(value: date) -> str:
    return _WEEKDAYS[value.weekday()]


def moment(value: datetime) -> str:
    """`08:05 ngày 04/05/2020`, local time."""
    return f"{value.astimezone(ZONE):%H:%M ngày %d/%m/%Y}"


def stamp(value: datetime) -> str:
    """`04/05/2020 08:05`, local time: for the command line."""
    return f"{value.astimezone(ZONE):%d/%m/%Y %H:%M}"


def due_day(due: datetime | None) -> str:
    """The last day in time as dd/mm/yyyy, after the time of day if it ends before 24:00, or `không thời hạn`."""
    return f"{due_time(due)}{day(last_day(due))}" if due else "không thời hạn"


def due_time(due: datetime) -> str:
    """`17 giờ 00 ngày ` before the day on which a due instant falls; empty where that day ends at 24:00."""
    local = due.astimezone(ZONE)
    return f"{local:%H giờ %M} ngày " if local.time() != time(0) else ""


def capital(text: str) -> str:
    """The text with a capital first letter and the rest unchanged."""
    return text[:1].upper() + text[1:]
