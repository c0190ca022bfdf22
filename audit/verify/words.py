"""What verifying found, line by line, in the language that is spoken."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from audit.verify.finding import PARTS, Report
from models.journal import INSTALLATION
from rules.words import stamp
from texts.language import gettext as _


def report_lines(report: Report) -> list[str]:
    """The findings, what stood in for what, what could not be checked, how much was looked at, and what that means."""
    lines = [each.words for each in report.findings]
    lines += (_("ghi chú: %(note)s", note=note) for note in report.notes)
    for each in report.unchecked:
        about = {"part": _(PARTS[each.part]), "register": each.cascade_id or INSTALLATION, "why": each.why}
        lines.append(_("chưa kiểm tra được %(part)s của %(register)s: %(why)s", **about))
    lines.append(
        _(
            "đã xem %(registers)s sổ, %(events)s sự kiện, %(entries)s mục nhật ký, %(rows)s dòng của bảng, "
            "%(mails)s thư, %(files)s tệp, %(manifests)s sổ đã lưu trữ, %(anchors)s bản niêm phong",
            **report.looked.model_dump(),
        )
    )
    if report.findings:
        lines.append(_("CÓ %(count)s CHỖ KHÔNG KHỚP", count=len(report.findings)))
    else:
        lines.append(_("không phát hiện thay đổi nào trong những gì đã kiểm tra"))
    return lines


def file_lines(done: Mapping[str, Any]) -> list[str]:
    """When and by whom a file was handed in, as `dondoc audit file` found it."""
    lines = [f"{done['file']}: SHA-256 {done['sha256']}"]
    for each in done["handed_in"]:
        about = each | {"at": stamp(datetime.fromisoformat(each["at"])), "names": ", ".join(each["names"])}
        lines.append(
            _(
                "%(at)s: %(unit_name)s nộp tệp này (%(names)s) cho %(obligation)s, lần %(submission)s, văn bản "
                "%(directive)s; sự kiện số %(event)s, mã băm %(hash)s",
                **about,
            )
        )
        holds = each["chain_holds"]
        lines.append(_("chuỗi sự kiện của sổ còn nguyên vẹn") if holds else _("chuỗi sự kiện của sổ KHÔNG khớp"))
    if not done["handed_in"]:
        lines.append(_("chưa ai nộp tệp có nội dung này"))
    return lines
