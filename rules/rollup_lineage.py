"""How long the order took on its way down: from the documents it is based on to the plans of each level."""

from collections.abc import Iterable, Sequence
from datetime import date
from statistics import median

from models.document import DocumentRef
from models.obligation import DONE
from models.plan import DirectiveHead, RequirementKind
from models.register import ObligationLine
from models.summary import Lag
from models.unit import Level
from rules.calendar import WorkingCalendar
from rules.words import LEVELS

_CALENDAR = WorkingCalendar()


def lineage(head: DirectiveHead, lines: Iterable[ObligationLine]) -> tuple[Lag, ...]:
    """The lag of the directive after each document it is based on, then of the plans of each level after what they are
    based on: the document that opened them (the plan of the unit above, or one that was awaited), else the directive.
    Plans issued before that are left out, because they do not follow from it."""
    issued = head.document.date
    if issued is None:
        return ()
    found = [
        _lag(cited.normal, head.label, [(cited.date, issued)])
        for cited in head.basis
        if cited.date is not None and cited.date <= issued
    ]
    from_directive: dict[Level, list[tuple[date, date]]] = {}
    from_basis: dict[Level, list[tuple[DocumentRef, date, date]]] = {}
    for line in lines:
        document, basis = line.document, line.basis
        if line.kind is not RequirementKind.PLAN or line.state not in DONE or document is None or document.date is None:
            continue
        if basis is not None and basis.date is not None and basis.date <= document.date:
            from_basis.setdefault(line.level, []).append((basis, basis.date, document.date))
        elif basis is None and issued <= document.date:
            from_directive.setdefault(line.level, []).append((issued, document.date))
    found += [_lag(head.label, _plans(level), pairs) for level, pairs in from_directive.items()]
    for level, based in from_basis.items():
        numbers = {basis.normal for basis, *_ in based}
        above = numbers.pop() if len(numbers) == 1 else "văn bản làm căn cứ"
        found.append(_lag(above, _plans(level), [(earlier, later) for _, earlier, later in based]))
    return tuple(found)


def _plans(level: Level) -> str:
    return f"kế hoạch {LEVELS[level].lower()}"


def _lag(above: str, below: str, pairs: Sequence[tuple[date, date]]) -> Lag:
    days = [(later - earlier).days for earlier, later in pairs]
    return Lag(
        above=above,
        below=below,
        documents=len(pairs),
        calendar_days=median(days),
        working_days=median(_CALENDAR.count(earlier, later) for earlier, later in pairs),
        longest=max(days),
    )
