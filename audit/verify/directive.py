"""A directive's own row beside the plan of its first register and what the archive has of it."""

from collections.abc import Iterator, Mapping
from typing import Any

from audit.verify.finding import Finding, Part, Tampering, finding
from audit.verify.tables import different
from models.plan import CascadePlan, DirectiveHead
from store.snapshot import Snapshot

Row = Mapping[str, Any]


def check_directive(moment: Snapshot, first: Row, archived: Row | None) -> Iterator[Finding]:
    """Where the row of a directive says something else than its head, its first register's plan in force, or the
    archive. `first` is the row of the first register."""
    row = moment.directive
    head, plan = DirectiveHead.model_validate(row["head"]), CascadePlan.model_validate(first["plan"])
    yield from _compared(first["id"], "directive", {"title": head.document.title, "issuer": head.issuer}, row)
    if plan.version == row["version"]:  # else an amendment is on its way to the registers
        said = {"closing": plan.closing, "number": plan.number}
        yield from _compared(first["id"], "directive", said, {"closing": head.closing, "number": row["number"]})
    if archived is not None:
        yield from _archived(moment, first["id"], archived)


def _archived(moment: Snapshot, cascade_id: str, archived: Row) -> Iterator[Finding]:
    """The archive's versions of the file have not changed; there may be later ones."""
    versions = {**{item["version"]: item["source"] for item in moment.versions}}
    versions[moment.directive["version"]] = moment.directive["source"]
    then = {item["version"]: item["source"] for item in archived["versions"]} | {
        archived["version"]: archived["source"]
    }
    for version, source in sorted(then.items()):
        if versions.get(version) != source:
            name, kind = f"directive_version {version}", Tampering.EDITED
            here, there = different("source", source, versions.get(version))
            yield finding(Part.TABLE, cascade_id, name, kind, expected=here, found=there)
    if archived["version"] == moment.directive["version"]:
        yield from _compared(
            cascade_id,
            "directive",
            {name: archived[name] for name in ("number", "issuer", "title", "head")},
            moment.directive,
        )


def _compared(cascade_id: str, row: str, said: Row, found: Row) -> Iterator[Finding]:
    for name, value in said.items():
        if value != found[name]:
            here, there = different(name, value, found[name])
            kind = Tampering.EDITED
            yield finding(Part.TABLE, cascade_id, f"{row}, {name}", kind, expected=here, found=there)
