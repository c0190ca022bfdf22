"""The printed index of a bundle: what it is, who was late, how everything stands, which files are in it, how to verify
it. A PDF for people who have nothing but the bundle."""

from collections.abc import Sequence
from itertools import groupby

from models.anchor import Head
from models.base import Wire
from models.bundle import BundleIndex, IndexLine, MissingKind
from reports.citation import whole_directive
from reports.plain import Text, number
from reports.typeset import typeset
from rules.words import moment

MOST_LINES, MOST_FILES, MOST_REGISTERS, MOST_UNFIT = 1_000, 500, 300, 100
"""What is more than so many is in the bundle's other files only, and the index says so."""
_LONGEST_NAME = 120
_GROUP = 8


class Fact(Wire):
    label: Text
    words: Text


class Register(Wire):
    """The heads of one register's chains: `events`, `journal` say how many entries, with the hash of the last."""

    name: Text
    state: Text
    events: Text
    events_hash: Text
    journal: Text
    journal_hash: Text


class Line(Wire):
    unit: Text
    title: Text
    due: Text
    state: Text
    submitted: Text
    late: Text
    held: Text = ""


class Keeper(Wire):
    """The obligations of one register."""

    name: Text
    lines: tuple[Line, ...]


class File(Wire):
    name: Text
    owner: Text
    member: Text
    size: Text
    sha256: Text


class Sheet(Wire):
    """The index before it is typeset; `more_…` say what is left out, empty where nothing is."""

    title: Text
    facts: tuple[Fact, ...]
    seal: Text
    fingerprint: Text
    registers: tuple[Register, ...]
    more_registers: Text
    late_words: Text
    late: tuple[Line, ...]
    more_late: Text
    keepers: tuple[Keeper, ...]
    more_lines: Text
    files: tuple[File, ...]
    more_files: Text
    absent: tuple[Text, ...]
    unfit: tuple[Text, ...]
    more_unfit: Text


def sheet(index: BundleIndex) -> Sheet:
    """What the index says."""
    late = sorted((line for line in index.lines if line.late_days), key=lambda line: -line.late_days)
    lines = index.lines[:MOST_LINES]
    return Sheet(
        title=f"Về việc thực hiện {whole_directive(index.head)}",
        facts=tuple(Fact(label=label, words=words) for label, words in _facts(index).items()),
        seal=_SIGNED if index.fingerprint else _UNSIGNED,
        fingerprint=_grouped(index.fingerprint),
        registers=tuple(
            Register(
                name=each.unit_name,
                state="đã kết thúc" if each.closed else "đang theo dõi",
                events=number(each.events.seq),
                events_hash=_hash(each.events),
                journal=number(each.journal.seq),
                journal_hash=_hash(each.journal),
            )
            for each in index.registers[:MOST_REGISTERS]
        ),
        more_registers=_more(len(index.registers), MOST_REGISTERS, "sổ", "manifest.json"),
        late_words=_late_words(late),
        late=tuple(map(_line, late[:MOST_LINES])),
        more_late=_more(len(late), MOST_LINES, "nhiệm vụ chậm", "obligations.csv"),
        keepers=tuple(Keeper(name=name, lines=_lines(list(found))) for name, found in groupby(lines, _keeper)),
        more_lines=_more(len(index.lines), MOST_LINES, "nhiệm vụ", "obligations.csv"),
        files=tuple(
            File(
                name=_cut(file.name),
                owner=file.owner,
                member=file.member.partition("/")[0],
                size=number(file.size),
                sha256=file.sha256,
            )
            for file in index.files[:MOST_FILES]
        ),
        more_files=_more(len(index.files), MOST_FILES, "tệp", "manifest.json"),
        absent=tuple(_ABSENT[item.kind].format(name=_cut(item.name), sha256=item.sha256) for item in index.absent),
        unfit=tuple(item.vi for item in index.unfit[:MOST_UNFIT]),
        more_unfit=_more(len(index.unfit), MOST_UNFIT, "chỗ", "manifest.json"),
    )


def index_pdf(index: BundleIndex) -> bytes:
    """The bytes of the PDF."""
    return typeset("bundle_index.typ", index.exported_at, sheet=sheet(index).model_dump_json())


_ABSENT = {
    MissingKind.HISTORY: "Lịch sử Temporal của sổ {name}: máy chủ và kho lưu trữ không có, hoặc không có đủ",
    MissingKind.FILE: "Tệp {name}: không có trong kho tệp, hoặc nội dung trong kho đã khác (mã khi nộp: {sha256})",
    MissingKind.REPORT: "Báo cáo {name}: không có, hoặc đã khác bản phát hành (mã khi phát hành: {sha256})",
    MissingKind.MAIL: "Lời văn của một thư đã gửi (mã {sha256}): không còn giữ",
    MissingKind.SHEET: "Bản niêm phong {name}: không còn như khi lập",
}
_SIGNED = (
    "Danh mục của hồ sơ được ký số (Ed25519). Hãy hỏi cơ quan lập hồ sơ vân tay của khóa công khai qua một đường khác "
    "(văn bản giấy, điện thoại) và so với vân tay sau đây; người làm giả hồ sơ cũng sửa được dòng này."
)
_UNSIGNED = (
    "Hồ sơ KHÔNG được ký số: việc kiểm tra chỉ cho biết hồ sơ có mâu thuẫn với chính nó hay không, không chứng minh "
    "được ai đã lập. Hãy so các mã băm với những bản niêm phong mã băm hằng ngày được giữ ở nơi khác."
)


def _facts(index: BundleIndex) -> dict[str, str]:
    stands = "kết thúc việc theo dõi" if index.finished else "đang theo dõi"
    return {
        "Cơ quan ban hành": index.issuer_name,
        "Tình trạng": f"{stands}; các nhiệm vụ được đánh giá đến {moment(index.as_of)}",
        "Xuất hồ sơ lúc": f"{moment(index.exported_at)} (giờ Việt Nam)",
        "Người xuất": f"{index.exported_by}, tại dòng lệnh của hệ thống {index.installation}",
        "Kiểm tra khi xuất": _checked(index),
        "Gồm có": f"{number(len(index.registers))} sổ theo dõi, {number(len(index.lines))} nhiệm vụ, "
        f"{number(len(index.files))} tệp",
    }


def _checked(index: BundleIndex) -> str:
    lacks = f"thiếu {number(len(index.absent))} thứ, xem mục 6" if index.absent else ""
    if index.unfit:
        lacks = f"; {lacks}" if lacks else ""
        return f"KHÔNG HỢP LỆ: {number(len(index.unfit))} chỗ không khớp, xem mục 7{lacks}"
    return f"hợp lệ, nhưng {lacks}" if lacks else "hợp lệ, không thiếu gì"


def _late_words(late: Sequence[IndexLine]) -> str:
    if not late:
        return "Không có nhiệm vụ nào chậm."
    units = len({line.unit for line in late})
    return (
        f"{number(len(late))} nhiệm vụ của {number(units)} đơn vị chậm so với thời hạn, xếp theo số ngày làm việc bị "
        "chậm. Dòng nhỏ cho biết thời gian nằm ở khâu nào."
    )


def _keeper(line: IndexLine) -> str:
    return line.keeper


def _lines(found: Sequence[IndexLine]) -> tuple[Line, ...]:
    """The lines of one register, unit by unit in the order in which they come."""
    units = list(dict.fromkeys(line.unit for line in found))
    ordered = sorted(found, key=lambda line: units.index(line.unit))
    return tuple(map(_line, ordered))


def _line(line: IndexLine) -> Line:
    moved = line.first_late_days != line.late_days
    first = f" (so với thời hạn ban đầu: {number(line.first_late_days)})" if moved else ""
    return Line(
        unit=line.unit,
        title=line.title,
        due=line.due,
        state=line.state,
        submitted=line.submitted,
        late=f"{number(line.late_days)}{first}" if line.late_days or line.first_late_days else "",
        held=line.held,
    )


def _hash(head: Head) -> str:
    return head.hash if head.seq else ""


def _more(count: int, most: int, noun: str, where: str) -> str:
    return f"… và {number(count - most)} {noun} khác, xem {where}." if count > most else ""


def _grouped(hash_: str) -> str:
    return " ".join(hash_[start : start + _GROUP] for start in range(0, len(hash_), _GROUP))


def _cut(name: str) -> str:
    """A long name without its middle: beginning and suffix tell the file."""
    half = _LONGEST_NAME // 2
    return name if len(name) <= _LONGEST_NAME else f"{name[:half]}…{name[-half:]}"
