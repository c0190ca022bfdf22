"""What was handed in, as label and words: the same for every kind of answer, and nothing that it lacks."""

from collections.abc import Iterator

from models.answer import Answer, HeldEvent
from models.document import DocumentRef
from models.indicator import Figure, Indicator, IndicatorKind
from models.register import ObligationLine
from reports.plain import number, percent
from rules import citation
from rules.figures import figure
from rules.words import capital, day

_MOST_FIGURES = 6
_LONGEST_NOTE = 300


def contents(line: ObligationLine, answer: Answer) -> Iterator[tuple[str, str]]:
    """The parts of an answer to an obligation; a long note is cut, and of many figures the first are named."""
    parts = {
        "Văn bản đã ban hành từ trước" if answer.existing else "Văn bản nộp": _document(answer.document),
        "Tờ trình": _document(answer.proposal),
        "Hình thức": line.choices.get(answer.choice, answer.choice),
        "Ý kiến góp ý": "Không có ý kiến góp ý" if answer.no_comment else "",
        "Sự kiện": _event(answer.held) if answer.held else "",
        "Số người tham gia": _people(answer),
        "Lựa chọn": f"{number(len(answer.selected))} đơn vị" if answer.selected else "",
        "Kiến nghị": f"{number(len(answer.recommendations))} kiến nghị" if answer.recommendations else "",
        "Số liệu": "; ".join(_figures(line, answer)),
        "Ghi chú": answer.note if len(answer.note) <= _LONGEST_NOTE else f"{answer.note[:_LONGEST_NOTE]}…",
    }
    return ((label, words) for label, words in parts.items() if words)


def _document(document: DocumentRef | None) -> str:
    return capital(citation.handed_in(document)) if document else ""


def _event(held: HeldEvent) -> str:
    place = f", tại {held.place}" if held.place else ""
    return f"{held.name}, ngày {day(held.date)}{place}"


def _people(answer: Answer) -> str:
    return number(answer.total) + _by_sex(answer.men, answer.women) if answer.total is not None else ""


def _figures(line: ObligationLine, answer: Answer) -> Iterator[str]:
    given = [item for item in line.indicators if item.key in answer.figures]
    for item in given[:_MOST_FIGURES]:
        yield f"{item.title}: {_figure(item, answer.figures[item.key])}"
    if len(given) > _MOST_FIGURES:
        yield f"và {number(len(given) - _MOST_FIGURES)} chỉ tiêu khác"


def _figure(asked: Indicator, given: Figure) -> str:
    match asked.kind:
        case IndicatorKind.YES_NO:
            return "có" if given.yes else "không"
        case IndicatorKind.PERCENT:
            part, whole = given.numerator or 0, given.denominator or 0
            return f"{figure(part)}/{figure(whole)}{_share(part, whole)}"
        case IndicatorKind.NUMBER:
            unit = f" {asked.unit}" if asked.unit else ""
            return f"{figure(given.value or 0)}{unit}{_by_sex(given.men, given.women)}"


def _share(part: float, whole: float) -> str:
    """Percentages are for counts; a ratio of fractions, such as of hectares, stays as it was given."""
    counts = part.is_integer() and whole.is_integer() and whole > 0
    return f" ({percent(int(part), int(whole))})" if counts else ""


def _by_sex(men: float | None, women: float | None) -> str:
    return f" (nam {figure(men)}, nữ {figure(women)})" if men is not None and women is not None else ""
