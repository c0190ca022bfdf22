"""The letter that presses a unit for what it owes (công văn đôn đốc), as a Word document to be numbered and signed.

Layout and parts of Decree 30/2020 (DOMAIN section 1.3). Number, date and the day by which an answer is asked for stay
open: they are the office's to decide.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime
from io import BytesIO
from pathlib import Path

from models.base import Wire
from models.chase_letter import ChaseLetter
from models.obligation import State
from models.plan import DirectiveHead
from models.register import ObligationLine
from models.unit import Unit
from reports.citation import directive, whole_directive
from reports.letterhead import body, parent_body, place_and_date, signature
from reports.plain import BLANK, Text
from rules.calendar import local_day
from rules.numbers import parse
from rules.standing import title
from rules.urgency import distance_words, most_urgent_first
from rules.words import capital, day, due_day, long_day

TEMPLATE = Path(__file__).parent / "templates" / "chase_letter.docx"
_HEAD = ("TT", "Nội dung", "Thời hạn", "Tình hình thực hiện")


class Table(Wire):
    head: tuple[Text, ...] = _HEAD
    rows: tuple[tuple[Text, ...], ...]
    total: tuple[Text, ...] = ()


class Draft(Wire):
    """One letter before it is typeset: the fields of the template, as `letters`."""

    parent_body: Text
    body: Text
    number: str
    subject: Text
    place_and_date: str
    to: Text
    introduction: Text
    table: Table
    asked: str
    otherwise: Text
    closing: Text
    recipients: tuple[Text, ...]
    signature: tuple[Text, ...]


def draft(letter: ChaseLetter) -> Draft:
    """What the letter says; nothing in it that the register lacks."""
    head, issuer, unit, at = letter.head, letter.issuer, letter.unit, letter.at
    lines = most_urgent_first(letter.lines)
    late = sum(_late(line, at) for line in lines)
    owed = "quá hạn, chưa hoàn thành" if late == len(lines) else "chưa hoàn thành"
    some = f", trong đó {late:02d} nội dung quá hạn" if 0 < late < len(lines) else ""
    return Draft(
        parent_body=parent_body(issuer),
        body=body(issuer),
        number=f"Số:{BLANK}/{_symbol(head, issuer)}",
        subject=f"V/v đôn đốc thực hiện {directive(head)}",
        place_and_date=place_and_date(_place(head, issuer), at),
        to=f"Kính gửi: {unit.name}",
        introduction=(
            f"Thực hiện {whole_directive(head)}, {issuer.name} đã giao {unit.name} triển khai các nội dung theo chức "
            f"năng, nhiệm vụ. Qua theo dõi, đến {long_day(local_day(at))}, đơn vị còn {len(lines):02d} nội dung "
            f"{owed}{some}, cụ thể như sau:"
        ),
        table=Table(rows=tuple(_row(place, line, at) for place, line in enumerate(lines, 1))),
        asked=(
            f"Để bảo đảm tiến độ chung, {issuer.name} đề nghị đơn vị khẩn trương chỉ đạo hoàn thành các nội dung nêu "
            f"trên, gửi kết quả trước ngày{BLANK}tháng{BLANK}năm{BLANK}."
        ),
        otherwise=(
            "Trường hợp có khó khăn, vướng mắc hoặc cần thêm thời gian, đề nghị báo cáo bằng văn bản, nêu rõ nguyên "
            "nhân, trách nhiệm và dự kiến thời gian hoàn thành để xem xét, giải quyết."
        ),
        closing=f"Đề nghị {unit.name} nghiêm túc, khẩn trương thực hiện./.",
        recipients=("- Như trên;", f"- {_kept(head, issuer)}."),
        signature=signature(issuer),
    )


def chase_letters(letters: Sequence[ChaseLetter], template: Path = TEMPLATE) -> bytes:
    """The bytes of one .docx with a letter to each unit, each on pages of its own; made with our template or an
    office's. Raises `jinja2.TemplateError` where the template is faulty or names a field that does not exist."""
    from docxtpl import DocxTemplate  # takes its time, and few mails bring a letter
    from jinja2 import Environment, StrictUndefined

    first = letters[0]
    document = DocxTemplate(template)
    fields = {"letters": [draft(letter).model_dump() for letter in letters]}
    document.render(fields, Environment(undefined=StrictUndefined, autoescape=True))
    properties = document.docx.core_properties
    properties.title, properties.author, properties.language = _subject(letters), first.issuer.name, "vi-VN"
    properties.created = properties.modified = first.at.replace(tzinfo=None)
    file = BytesIO()
    document.save(file)
    return file.getvalue()


def _subject(letters: Iterable[ChaseLetter]) -> str:
    return "; ".join(dict.fromkeys(draft(letter).subject for letter in letters))


def _late(line: ObligationLine, at: datetime) -> bool:
    return line.due is not None and at >= line.due


def _symbol(head: DirectiveHead, issuer: Unit) -> str:
    """Of a letter (công văn): body and drafting unit, as the directive has it where that is a letter of the same body;
    else only what is known of the body (DOMAIN section 1.2)."""
    known = parse(head.document.normal or head.document.number)
    if known and head.issuer == issuer.code and head.type.casefold() == "công văn":
        return known.series
    return f"{issuer.symbol}-{BLANK}" if issuer.symbol else BLANK


def _place(head: DirectiveHead, issuer: Unit) -> str:
    return issuer.place or (head.place if head.issuer == issuer.code else "")


def _kept(head: DirectiveHead, issuer: Unit) -> str:
    """Where the office keeps its copy, as the directive says where that is the same office's."""
    own = (item.name.lstrip("- ").rstrip(";. ") for item in head.recipients if head.issuer == issuer.code)
    return next((name for name in own if name.casefold().startswith("lưu")), "Lưu: VT")


def _row(place: int, line: ObligationLine, at: datetime) -> tuple[str, ...]:
    what = f"{title(line)} (mục {line.ref})" if line.ref else title(line)
    return (str(place), what, capital(due_day(line.due)), capital("; ".join(_standing(line, at))))


def _standing(line: ObligationLine, at: datetime) -> Iterable[str]:
    if line.state is State.RETURNED and line.decided_at is not None:
        yield f"trả lại để bổ sung ngày {day(local_day(line.decided_at))}, chưa nộp lại"
    else:
        yield "chưa nộp kết quả"
    if _late(line, at) and line.due is not None:
        yield distance_words(line.due, at)
    if line.extensions:
        yield f"đã gia hạn {line.extensions:02d} lần"
