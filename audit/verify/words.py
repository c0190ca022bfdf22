"""What verifying found, line by line, in the language that is spoken."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from audit.verify.finding import PARTS, Finding, Looked, Report, worded
from models.journal import INSTALLATION
from rules.words import stamp
from texts.language import gettext as _
from texts.language import ngettext

_FEW = 10
"""How many registers a line names; of more it says how many."""


def report_lines(report: Report, keepers: Mapping[str, str]) -> list[str]:
    """The findings, what stood in for what, what could not be checked, how much was looked at, and what that means;
    `keepers` are the units that keep registers, by register."""
    lines = [finding_line(each, keepers) for each in report.findings]
    lines += (_("ghi chú: %(note)s", note=note) for note in report.notes)
    if report.from_archive:
        lines.append(_("từ kho lưu trữ: %(registers)s", registers=_few(report.from_archive, keepers)))
    for each in report.unchecked:
        about = {"part": _(PARTS[each.part]), "register": _called(each.cascade_id, keepers), "why": each.why}
        lines.append(_("chưa kiểm tra được %(part)s của %(register)s: %(why)s", **about))
    lines.append(_("đã xem %(what)s", what=", ".join(_looked_at(report.looked))))
    if report.findings:
        count = len(report.findings)
        lines.append(ngettext("CÓ %(num)s CHỖ KHÔNG KHỚP", "CÓ %(num)s CHỖ KHÔNG KHỚP", count))
    else:
        lines.append(_("không phát hiện thay đổi nào trong những gì đã kiểm tra"))
    return lines


def finding_line(found: Finding, keepers: Mapping[str, str]) -> str:
    """A finding with its register called by the unit that keeps it."""
    return worded(found, _called(found.cascade_id, keepers))


def not_to_be_trusted() -> str:
    """What a reader of a story must know that is told from chains or rows that do not fit."""
    return _("hồ sơ đã bị thay đổi, KHÔNG thể tin nội dung ở đây; hãy chạy `dondoc audit verify` để kiểm tra toàn bộ")


def _called(cascade_id: str, keepers: Mapping[str, str]) -> str:
    if cascade_id in ("", INSTALLATION):
        return INSTALLATION
    keeper = keepers.get(cascade_id)
    return _("sổ của %(unit)s (%(register)s)", unit=keeper, register=cascade_id) if keeper else cascade_id


def _few(registers: Sequence[str], keepers: Mapping[str, str]) -> str:
    """The first registers of several, and how many more there are."""
    named = "; ".join(_called(each, keepers) for each in registers[:_FEW])
    more = len(registers) - _FEW
    return named if more <= 0 else named + ngettext(" và %(num)s sổ khác", " và %(num)s sổ khác", more)


def _looked_at(looked: Looked) -> Iterator[str]:
    yield ngettext("%(num)s sổ", "%(num)s sổ", looked.registers)
    yield ngettext("%(num)s sự kiện", "%(num)s sự kiện", looked.events)
    yield ngettext("%(num)s mục nhật ký", "%(num)s mục nhật ký", looked.entries)
    yield ngettext("%(num)s dòng của bảng", "%(num)s dòng của bảng", looked.rows)
    yield ngettext("%(num)s thư", "%(num)s thư", looked.mails)
    yield ngettext("%(num)s tệp", "%(num)s tệp", looked.files)
    yield ngettext("%(num)s sổ đã lưu trữ", "%(num)s sổ đã lưu trữ", looked.manifests)
    yield ngettext("%(num)s bản niêm phong", "%(num)s bản niêm phong", looked.anchors)


def file_lines(done: Mapping[str, Any]) -> list[str]:
    """When and by whom a file was handed in, as `dondoc audit file` found it."""
    lines = [f"{done['file']}: SHA-256 {done['sha256']}"]
    for each in done["handed_in"]:
        about = each | {"at": stamp(datetime.fromisoformat(each["at"])), "names": ", ".join(each["names"])}
        lines.append(
            _(
                "%(at)s: %(unit_name)s nộp tệp này (%(names)s) cho «%(title)s» (%(obligation)s), lần %(submission)s, "
                "văn bản %(directive)s; sự kiện số %(event)s trong sổ của %(keeper)s (%(register)s), mã băm %(hash)s",
                **about,
            )
        )
        holds = each["chain_holds"]
        of_it = {"keeper": each["keeper"]}
        lines.append(
            _("chuỗi sự kiện trong sổ của %(keeper)s còn nguyên vẹn", **of_it)
            if holds
            else _("chuỗi sự kiện trong sổ của %(keeper)s KHÔNG khớp; hãy chạy `dondoc audit verify`", **of_it)
        )
    if not done["handed_in"]:
        lines.append(_("chưa ai nộp tệp có nội dung này"))
    return lines
