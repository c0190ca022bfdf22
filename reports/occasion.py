"""What kind of report it is, in the words of its subject, introduction and last sentence: tổng kết at the end, định kỳ
of a period, else sơ kết (Decree 09/2019; DOMAIN section 2)."""

from datetime import datetime

from models.plan import Period
from models.summary import Summary
from reports.citation import directive, whole_directive
from rules.calendar import ZONE, last_day
from rules.words import long_day


def subject(summary: Summary) -> str:
    """What stands under BÁO CÁO: the directive cited in full, and of which days it tells."""
    cited = whole_directive(summary.head)
    if summary.final:
        return f"Tổng kết kết quả thực hiện {cited}"
    if summary.period:
        return f"Định kỳ {summary.period.label} về tình hình thực hiện {cited} ({_days(summary.period)})"
    return f"Sơ kết tình hình thực hiện {cited} (tính đến {long_day(last_day(summary.as_of))})"


def introduction(summary: Summary) -> str:
    """Who reports on what, and up to when its figures go."""
    figures = f"số liệu tính đến {cut_off(summary.as_of)}"
    if summary.period and not summary.final:
        figures = f"kỳ báo cáo {_days(summary.period)}; {figures}, cộng dồn từ khi giao nhiệm vụ"
    return f"{summary.issuer.name} báo cáo {_what(summary)} như sau ({figures}):"


def closing(summary: Summary, *, to_superiors: bool) -> str:
    """The last sentence, with the mark of the end."""
    respects = f". {summary.issuer.name} kính báo cáo" if to_superiors else f" của {summary.issuer.name}"
    return f"Trên đây là báo cáo {_what(summary)}{respects}./."


def cut_off(as_of: datetime) -> str:
    """The instant that the figures stand for; midnight is the end of the day before."""
    local = as_of.astimezone(ZONE)
    if (local.hour, local.minute) == (0, 0):
        return f"hết {long_day(last_day(as_of))}"
    return f"{local.hour:02d} giờ {local.minute:02d} phút {long_day(local.date())}"


def _what(summary: Summary) -> str:
    reference = f"thực hiện {directive(summary.head)}"
    if summary.final:
        return f"tổng kết kết quả {reference}"
    return (
        f"định kỳ {summary.period.label} tình hình {reference}" if summary.period else f"sơ kết tình hình {reference}"
    )


def _days(period: Period) -> str:
    return f"từ {long_day(period.first)} đến hết {long_day(period.last)}"
