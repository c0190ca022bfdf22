"""Entries of the trail as rows of a table."""

from audit.story.people import who
from audit.story.tell import Told
from rules.calendar import ZONE
from texts.language import gettext as _
from texts.language import mark

_HEAD = (
    mark("Thời điểm"),
    mark("Ghi lúc"),
    mark("Sổ theo dõi"),
    mark("Ghi ở"),
    mark("Số thứ tự"),
    mark("Loại"),
    mark("Nội dung"),
    mark("Đơn vị"),
    mark("Yêu cầu"),
    mark("Chậm"),
    mark("Báo cáo cấp trên"),
    mark("Bên thực hiện"),
    mark("Họ tên"),
    mark("Xác định qua"),
    mark("Nguyên nhân"),
    mark("Mã băm"),
)


def head() -> tuple[str, ...]:
    """What the columns are called, in the language that is spoken."""
    return tuple(map(_, _HEAD))


def row(told: Told) -> tuple[str | int, ...]:
    """The cells of one entry; times are local, to the second."""
    entry = told.entry
    recorded = entry.recorded_at
    return (
        f"{entry.at.astimezone(ZONE):%Y-%m-%d %H:%M:%S}",
        f"{recorded.astimezone(ZONE):%Y-%m-%d %H:%M:%S}" if recorded else "",
        told.chain,
        _("nhật ký") if told.journal else _("sổ"),
        entry.seq,
        told.said.kind,
        told.words,
        "; ".join(map(told.scene.unit, told.units)),
        "; ".join(told.requirements),
        "x" if told.late else "",
        "x" if told.escalated else "",
        who(told.scene),
        entry.actor.name,
        entry.actor.identified.value,
        entry.cause,
        told.hash,
    )
