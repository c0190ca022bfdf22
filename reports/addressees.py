"""Whom a report rests on and goes to: its bases and its recipients (Decree 30/2020, DOMAIN section 1.3)."""

from collections.abc import Iterator

from models.document import Purpose
from models.summary import Summary
from reports.citation import full, whole_directive
from reports.plain import plain


def basis(summary: Summary) -> Iterator[str]:
    """Each on its own line, with `;` after all but the last: what the directive rests on; of a branch, the directive.

    A branch did not issue the directive: that is what it acts upon.
    """
    cited = [whole_directive(summary.head)] if summary.above else [full(item) for item in summary.head.basis]
    for place, document in enumerate(cited, 1):
        yield f"Căn cứ {document}{'.' if place == len(cited) else ';'}"


def superiors(summary: Summary) -> list[str]:
    """Who is reported to, each once: the unit that keeps the register above, or who issued what the directive rests
    on."""
    if summary.above:
        return [plain(summary.above.name)]
    names = dict.fromkeys(plain(document.issuer) for document in summary.head.basis)
    return [name for name in names if name and name != summary.issuer.name]


def recipients(summary: Summary) -> Iterator[str]:
    """The superiors, the units, and the directive's further recipients where its issuer reports; `Lưu` comes last."""
    own = {
        plain(item.name).lstrip("- ").rstrip(";. "): item.purpose
        for item in summary.head.recipients
        if item.purpose is not Purpose.ACTION and not summary.above  # for action: those are the units
    }
    kept = next((name for name in own if name.casefold().startswith("lưu")), "Lưu: VT")
    further = [name for name in own if name and not name.casefold().startswith(("lưu", "như trên"))]
    yield from (f"- {name} (để b/c);" for name in superiors(summary) if name not in further)
    yield f"- Các đơn vị được giao nhiệm vụ ({'để biết' if summary.final else 'để thực hiện'});"
    yield from (f"- {name} ({own[name]});" if own[name] else f"- {name};" for name in further)
    yield f"- {kept}."
