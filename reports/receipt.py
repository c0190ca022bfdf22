"""The receipt for a submission as a PDF of one page, typeset as the summary report is."""

from datetime import datetime

from models.base import Wire
from models.document import FileRef
from models.holder import Arrangement
from models.receipt import SubmissionReceipt
from models.unit import Role
from reports.citation import whole_directive
from reports.handed_in import contents
from reports.letterhead import body, parent_body
from reports.plain import Text, number
from reports.typeset import typeset
from rules.calendar import ZONE
from rules.standing import title
from rules.urgency import due_words, lateness_words
from rules.words import capital, long_day, moment

_LONGEST_NAME = 80
_OFFICES = {Role.FOCAL.value: "đầu mối của đơn vị", Role.HEAD.value: "lãnh đạo đơn vị"}
_ARRANGEMENTS = {
    Arrangement.COLLEAGUE: "người cùng phụ trách",
    Arrangement.SUCCESSOR: "người tiếp nhận nhiệm vụ",
    Arrangement.SUBSTITUTE: "người làm thay",
}


class Row(Wire):
    label: Text
    words: Text


class PrintedFile(Wire):
    name: Text
    size: Text
    sha256: Text


class Sheet(Wire):
    """The receipt before it is typeset; `links` are the rows that place it in the register's chain."""

    parent_body: Text
    body: Text
    title: Text
    confirmation: Text
    rows: tuple[Row, ...]
    files: tuple[PrintedFile, ...]
    links: tuple[Row, ...]
    printed: Text


def sheet(receipt: SubmissionReceipt) -> Sheet:
    """What the receipt says."""
    return Sheet(
        parent_body=parent_body(receipt.issuer),
        body=body(receipt.issuer),
        title=f"Kết quả thực hiện {whole_directive(receipt.head)}",
        confirmation=f"{receipt.issuer.name} đã nhận kết quả do {receipt.unit.name} nộp như sau:",
        rows=tuple(_rows(receipt)),
        files=tuple(_file(file) for file in receipt.answer.files),
        links=(
            Row(label="Sổ theo dõi", words=receipt.cascade_id),
            Row(label="Sự kiện số", words=str(receipt.seq)),
            Row(label="Mã băm của sự kiện", words=receipt.event_hash),
            Row(label="Mã băm liền trước", words=receipt.previous_hash),
        ),
        printed=f"Biên nhận lập tự động lúc {moment(receipt.printed_at)} (giờ Việt Nam).",
    )


def receipt_pdf(receipt: SubmissionReceipt) -> bytes:
    """The bytes of the PDF."""
    return typeset("receipt.typ", receipt.printed_at, sheet=sheet(receipt).model_dump_json())


def _rows(receipt: SubmissionReceipt) -> list[Row]:
    line = receipt.line
    named = f"{line.ref}. {title(line)}" if line.ref else title(line)
    taken = f"; tính từ kết quả đã nộp theo {receipt.taken_from}" if receipt.taken_from else ""
    words = {
        "Nội dung": named,
        "Người nộp": _by(receipt),
        "Lần nộp": f"Lần thứ {receipt.submission}{taken}",
        "Thời điểm nhận": _in_words(receipt.received_at),
        "Theo giờ quốc tế": f"{receipt.received_at:%Y-%m-%d %H:%M:%S} UTC",
        "Thời hạn": _timeliness(receipt),
    }
    return [
        *(Row(label=label, words=text) for label, text in words.items() if text),
        *(Row(label=label, words=text) for label, text in contents(line, receipt.answer)),
    ]


def _by(receipt: SubmissionReceipt) -> str:
    """Name and office, as far as they are known."""
    if receipt.taken_from:
        return ""
    office = _ARRANGEMENTS[receipt.arrangement] if receipt.arrangement else _OFFICES.get(receipt.actor.holder, "")
    return f"{receipt.actor.name}, {office}" if receipt.actor.name and office else receipt.actor.name or capital(office)


def _in_words(at: datetime) -> str:
    """`09 giờ 05 phút ngày 04 tháng 5 năm 2020`, local time."""
    local = at.astimezone(ZONE)
    return f"{local:%H giờ %M phút} {long_day(local.date())} (giờ Việt Nam)"


def _timeliness(receipt: SubmissionReceipt) -> str:
    line = receipt.line
    if line.due is None:
        return "Không thời hạn"
    moved = f", đã gia hạn từ {due_words(line.original_due)}" if line.extensions else ""
    late = lateness_words(line.due, receipt.received_at)
    return f"{due_words(line.due)}{moved}; {late or 'nộp đúng hạn'}"


def _file(file: FileRef) -> PrintedFile:
    return PrintedFile(name=_cut(file.name), size=f"{number(file.size)} byte", sha256=file.sha256)


def _cut(name: str) -> str:
    """A long name without its middle: beginning and suffix tell the file."""
    half = _LONGEST_NAME // 2
    return name if len(name) <= _LONGEST_NAME else f"{name[:half]}…{name[-half:]}"
