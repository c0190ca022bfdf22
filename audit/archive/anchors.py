"""The sheet of a day: the heads of all chains in writing, to be mailed or printed and kept elsewhere.

Whoever changes, deletes or inserts an entry afterwards changes its chain's hashes, and the sheet tells. Each sheet has
the SHA-256 of the one before, so that no sheet can be exchanged alone.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime
from itertools import pairwise

from audit.archive.objects import name_of
from models.anchor import Head, RegisterHeads, SheetName, Written
from models.base import Instant, Wire
from models.journal import INSTALLATION
from rules.calendar import ZONE

_TITLE = "BẢN NIÊM PHONG MÃ BĂM HẰNG NGÀY (dondoc-anchor/1)"
_MEANING = """\
Bản này ghi mã băm cuối cùng của từng sổ theo dõi vào lúc lập. Nếu về sau có ai sửa, xóa, chèn
hoặc đảo một dòng đã ghi trước lúc đó thì mã băm tính lại sẽ khác mã ghi ở đây. Đề nghị in ra
hoặc gửi đi và lưu ở nơi khác. Kiểm tra: dondoc audit verify --all"""
_NONE = "không có"
_NUMBER = ", bản số "
_GROUP = 8


class SheetBroken(Exception):
    """A sheet is not as it was written: what is wrong with it."""


class Sheet(Wire):
    """What a sheet says, the `number`-th of its day. A register stands in it that is other than the last sheet which
    names it says; `unchanged` counts the others. `journal` is that of the installation."""

    day: date
    number: int = 1
    written_at: Instant
    installation: str
    previous: Written | None
    journal: Head
    registers: tuple[RegisterHeads, ...]
    unchanged: int

    @property
    def name(self) -> SheetName:
        """Which sheet it is."""
        return SheetName(day=self.day, number=self.number)


class Differs(Wire):
    """A head that a sheet has and that is another today: of which chain (its cascade id or `installation`), events or
    journal; `found` is today's hash of that number, None where the chain does not go so far or is gone."""

    day: date
    chain: str
    journal: bool
    seq: int
    expected: str
    found: str | None


HashOf = Callable[[str, bool, int], str | None]
"""Today's hash of a link: chain, whether of its journal, number (1 or more); None where there is none."""


def write(sheet: Sheet) -> str:
    """A sheet as text; its own SHA-256 stands at the end, and covers all before that line."""
    text = "\n".join((*_lines(sheet), ""))
    return f"{text}SHA-256: {grouped(sha256_of(sheet))}\n"


def written(sheet: Sheet) -> Written:
    """How a sheet is named by the next one, and noted."""
    return Written(name=sheet.name, sha256=sha256_of(sheet))


def sha256_of(sheet: Sheet) -> str:
    """The SHA-256 (hex) that stands at the end of a sheet."""
    return name_of("\n".join((*_lines(sheet), "")).encode())


def parse(text: str) -> Sheet:
    """A sheet as it was written; mail may have changed its ends of lines. Raises `SheetBroken` for any that is not, to
    the letter."""
    text = text.replace("\r\n", "\n")
    body, mark, end = text.rpartition("SHA-256: ")
    if not mark:
        raise SheetBroken("its SHA-256 is missing at the end")
    if _joined(end) != name_of(body.encode()):
        raise SheetBroken("it does not fit the SHA-256 at its end")
    try:
        sheet = _read(body)
    except (ValueError, KeyError) as error:
        raise SheetBroken(f"it cannot be read ({error})") from error
    if write(sheet) != text:
        raise SheetBroken("it has other lines than a sheet has")
    return sheet


def verify(sheet: Sheet, hash_of: HashOf) -> tuple[Differs, ...]:
    """Where chains are other today than a sheet says, in the order of the sheet."""
    heads = [(INSTALLATION, True, sheet.journal)]
    for register in sheet.registers:
        heads += [(register.cascade_id, False, register.events), (register.cascade_id, True, register.journal)]
    found = ((chain, journal, head, hash_of(chain, journal, head.seq)) for chain, journal, head in heads if head.seq)
    return tuple(
        Differs(day=sheet.day, chain=chain, journal=journal, seq=head.seq, expected=head.hash, found=today)
        for chain, journal, head, today in found
        if today != head.hash
    )


def breaks(sheets: Sequence[Sheet]) -> tuple[Sheet, ...]:
    """The sheets (given by day) that do not name the sheet before them: one was exchanged, or is missing."""
    return tuple(sheet for before, sheet in pairwise(sheets) if sheet.previous != written(before))


def grouped(hash_: str) -> str:
    """A hash in groups of eight, to be read by people."""
    return " ".join(hash_[start : start + _GROUP] for start in range(0, len(hash_), _GROUP))


def one_line(words: str) -> str:
    """Words without line breaks, so that a name cannot pass for a line of its own."""
    return " ".join(words.split())


def _joined(groups: str) -> str:
    return "".join(groups.split())


def _lines(sheet: Sheet) -> Iterable[str]:
    at = sheet.written_at.astimezone(ZONE)
    yield from (_TITLE, "", *_MEANING.splitlines(), "")
    yield f"Ngày: {_named(sheet.name)}"
    yield f"Lập lúc: {at:%H:%M:%S} ngày {at:%d/%m/%Y}, giờ Việt Nam"
    yield f"Nơi lập: {sheet.installation}"
    yield f"Bản trước: {f'ngày {_named(sheet.previous.name)}' if sheet.previous else _NONE}"
    if sheet.previous:
        yield f"Mã băm bản trước: {grouped(sheet.previous.sha256)}"
    yield f"Số sổ ghi trong bản này: {len(sheet.registers)}"
    yield f"Số sổ không đổi so với các bản trước: {sheet.unchanged}"
    yield from ("", "Nhật ký chung của hệ thống", _head("Nhật ký", sheet.journal))
    for register in sheet.registers:
        yield from ("", f"Văn bản: {register.number}", f"Sổ của: {register.unit_name}", f"Mã đơn vị: {register.unit}")
        yield f"Mã sổ: {register.cascade_id}"
        yield _head("Sự kiện", register.events)
        yield _head("Nhật ký", register.journal)
    yield ""


def _head(what: str, head: Head) -> str:
    return f"{what}: {head.seq} dòng, mã băm {grouped(head.hash)}"


def _read(body: str) -> Sheet:
    """The values of a sheet's lines. Raises `ValueError`, `KeyError` where one is missing."""
    first, *blocks = re.split(r"\n\n(?=Văn bản: )", body)
    top = _values(first)
    previous = top["Bản trước"].removeprefix("ngày ")
    name = _name(top["Ngày"])
    return Sheet(
        day=name.day,
        number=name.number,
        written_at=datetime.strptime(top["Lập lúc"], "%H:%M:%S ngày %d/%m/%Y, giờ Việt Nam").replace(tzinfo=ZONE),
        installation=top["Nơi lập"],
        previous=None if previous == _NONE else Written(name=_name(previous), sha256=_joined(top["Mã băm bản trước"])),
        journal=_parsed(top["Nhật ký"]),
        registers=tuple(map(_register, blocks)),
        unchanged=int(top["Số sổ không đổi so với các bản trước"]),
    )


def _register(block: str) -> RegisterHeads:
    values = _values(block)
    return RegisterHeads(
        cascade_id=values["Mã sổ"],
        number=values["Văn bản"],
        unit=values["Mã đơn vị"],
        unit_name=values["Sổ của"],
        events=_parsed(values["Sự kiện"]),
        journal=_parsed(values["Nhật ký"]),
    )


def _values(block: str) -> dict[str, str]:
    return {name: value for name, mark, value in (line.partition(": ") for line in block.split("\n")) if mark}


def _parsed(words: str) -> Head:
    seq, _, hash_ = words.partition(" dòng, mã băm ")
    return Head(seq=int(seq), hash=_joined(hash_))


def _named(name: SheetName) -> str:
    return f"{name.day:%d/%m/%Y}{f'{_NUMBER}{name.number}' if name.number > 1 else ''}"


def _name(words: str) -> SheetName:
    day, _, number = words.partition(_NUMBER)
    return SheetName(day=datetime.strptime(day, "%d/%m/%Y").replace(tzinfo=ZONE).date(), number=int(number or 1))
