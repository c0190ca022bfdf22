"""The documents that came of a directive: accepted answers, and what units before had and others keep as evidence."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from models.obligation import DONE, NOT_ASKED
from models.register import ObligationLine
from models.summary import IssuedDocument


def documents(lines: Sequence[ObligationLine], names: Mapping[str, str]) -> tuple[IssuedDocument, ...]:
    """The documents of lines, each once; `names` are those of units by code. What a unit before issued stands under its
    own name where it was accepted from it, and else with the unit that took over."""
    own = [line for line in lines if line.state in DONE and line.document is not None and not line.shared_from]
    issued = [
        IssuedDocument(unit_name=line.unit_name, level=line.level, document=line.document, requirement_title=line.title)
        for line in own
        if line.document is not None
    ]
    return (*issued, *_inherited(lines, {(line.requirement, line.unit) for line in own}, names))


def _inherited(
    lines: Iterable[ObligationLine], listed: set[tuple[str, str]], names: Mapping[str, str]
) -> Iterator[IssuedDocument]:
    for line in lines:
        for item in line.inherited if line.state not in NOT_ASKED else ():
            known = (line.requirement, item.unit) in listed or item.document == line.document
            if item.document is not None and not known:
                listed = {*listed, (line.requirement, item.unit)}
                yield IssuedDocument(
                    unit_name=names.get(item.unit, item.unit),
                    kept_by=line.unit_name,
                    level=line.level,
                    document=item.document,
                    requirement_title=line.title,
                )
