"""What does not fit, what was looked at, and what could not be."""

from collections.abc import Mapping
from enum import StrEnum

from models.base import Wire
from texts.language import gettext as _
from texts.language import mark, ngettext


class Part(StrEnum):
    """Which part of the record."""

    CHAIN = "chain"
    ANCHOR = "anchor"
    HISTORY = "history"
    TABLE = "table"
    FILE = "file"
    OUTBOX = "outbox"
    JOURNAL = "journal"
    ARCHIVE = "archive"


class Tampering(StrEnum):
    """What kind of tampering fits. RE_HASHED: changed, and hashed anew from there to the end; HEAD_CHANGED: what says
    where a chain ends; COLUMN_CHANGED: a column that repeats what the hashed text says; DATE_CHANGED: only dates of a
    row of a table."""

    EDITED = "edited"
    DELETED = "deleted"
    INSERTED = "inserted"
    REORDERED = "reordered"
    SWAPPED = "swapped"
    TRUNCATED = "truncated"
    RE_HASHED = "re_hashed"
    HEAD_CHANGED = "head_changed"
    COLUMN_CHANGED = "column_changed"
    DATE_CHANGED = "date_changed"
    FILE_REPLACED = "file_replaced"
    FILE_MISSING = "file_missing"
    HISTORY_EDITED = "history_edited"
    ARCHIVE_EDITED = "archive_edited"
    ARCHIVE_MISSING = "archive_missing"
    ANCHOR_EDITED = "anchor_edited"
    ANCHOR_MISSING = "anchor_missing"


PARTS: Mapping[Part, str] = {
    Part.CHAIN: mark("chuỗi sự kiện"),
    Part.ANCHOR: mark("mốc đối chiếu"),
    Part.HISTORY: mark("lịch sử Temporal"),
    Part.TABLE: mark("bảng dữ liệu"),
    Part.FILE: mark("tệp"),
    Part.OUTBOX: mark("sổ thư đi"),
    Part.JOURNAL: mark("nhật ký"),
    Part.ARCHIVE: mark("kho lưu trữ"),
}
KINDS: Mapping[Tampering, str] = {
    Tampering.EDITED: mark("nội dung bị sửa"),
    Tampering.DELETED: mark("bị xóa"),
    Tampering.INSERTED: mark("bị chèn thêm"),
    Tampering.REORDERED: mark("bị đổi thứ tự"),
    Tampering.SWAPPED: mark("bị tráo đổi cho nhau"),
    Tampering.TRUNCATED: mark("phần cuối bị cắt bỏ"),
    Tampering.RE_HASHED: mark("bị sửa và tính lại mã băm từ đây trở đi"),
    Tampering.HEAD_CHANGED: mark("mã cuối hoặc số sự kiện cuối ghi ở sổ bị sửa"),
    Tampering.COLUMN_CHANGED: mark("cột ghi kèm bị sửa, khác với nội dung đã băm"),
    Tampering.DATE_CHANGED: mark("ngày, giờ trong bảng bị sửa"),
    Tampering.FILE_REPLACED: mark("tệp bị thay hoặc bị sửa"),
    Tampering.FILE_MISSING: mark("tệp bị xóa"),
    Tampering.HISTORY_EDITED: mark("lịch sử bị sửa"),
    Tampering.ARCHIVE_EDITED: mark("kho lưu trữ bị sửa"),
    Tampering.ARCHIVE_MISSING: mark("phần đã lưu trữ bị xóa"),
    Tampering.ANCHOR_EDITED: mark("tệp mốc bị sửa"),
    Tampering.ANCHOR_MISSING: mark("tệp mốc bị xóa"),
}


class Finding(Wire):
    """The first thing that does not fit in one chain, table or place; `count` is how many there are. `cascade_id` is
    the register, or the chain; `row` which row by its key; `seq` the number of the event or entry."""

    part: Part
    cascade_id: str
    row: str
    seq: int | None = None
    expected: str
    found: str
    tampering: Tampering
    count: int = 1
    words: str


class Unchecked(Wire):
    """What could not be checked, and why. `cascade_id` is empty for what is no single register's."""

    part: Part
    cascade_id: str
    why: str


class Looked(Wire):
    """How much was looked at; `live` are registers whose history the server had, `archived` those whose history only
    the archive had, `joined` those of which the archive had the runs before the server's."""

    registers: int = 0
    events: int = 0
    entries: int = 0
    rows: int = 0
    mails: int = 0
    files: int = 0
    live: int = 0
    archived: int = 0
    joined: int = 0
    manifests: int = 0
    anchors: int = 0

    def plus(self, more: "Looked") -> "Looked":
        return Looked(**{name: getattr(self, name) + getattr(more, name) for name in Looked.model_fields})


class Report(Wire):
    """Everything that verifying found, in order, and what it could not look at; `notes` say what stood in for what,
    such as the archive for histories that the server has no longer; `from_archive` are the registers of which that is
    so. `away`: that the server was asked and did not answer; empty where it did."""

    findings: tuple[Finding, ...] = ()
    unchecked: tuple[Unchecked, ...] = ()
    notes: tuple[str, ...] = ()
    from_archive: tuple[str, ...] = ()
    away: str = ""
    looked: Looked = Looked()

    @property
    def lacks_server(self) -> bool:
        """Whether a history could not be checked while the server was away."""
        return bool(self.away) and any(each.part is Part.HISTORY for each in self.unchecked)

    def plus(self, more: "Report") -> "Report":
        return Report(
            findings=(*self.findings, *more.findings),
            unchecked=(*self.unchecked, *more.unchecked),
            notes=(*self.notes, *more.notes),
            from_archive=(*self.from_archive, *more.from_archive),
            away=self.away or more.away,
            looked=self.looked.plus(more.looked),
        )


def finding(
    part: Part,
    cascade_id: str,
    row: str,
    tampering: Tampering,
    *,
    expected: object = "",
    found: object = "",
    seq: int | None = None,
    count: int = 1,
) -> Finding:
    """A finding with its words in the language that is spoken."""
    made = Finding(
        part=part,
        cascade_id=cascade_id,
        row=row,
        seq=seq,
        expected=_shown(expected),
        found=_shown(found),
        tampering=tampering,
        count=count,
        words="",
    )
    return made.model_copy(update={"words": worded(made, cascade_id)})


def worded(found: Finding, register: str) -> str:
    """A finding in the language that is spoken, with the register called so."""
    about = {
        "part": _(PARTS[found.part]),
        "register": register,
        "row": found.row,
        "kind": _(KINDS[found.tampering]),
        "expected": found.expected,
        "found": found.found,
    }
    words = _("%(register)s, %(part)s, %(row)s: %(kind)s; phải là %(expected)s, thấy %(found)s", **about)
    if found.count == 1:
        return words
    more = ngettext("cùng %(num)s chỗ khác", "cùng %(num)s chỗ khác", found.count - 1)
    return f"{words} ({more})"


_LONGEST = 200


def _shown(value: object) -> str:
    if value is None or value == "":
        return _("không có")
    text = str(value)
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"
