"""The end of a bundle: whether it holds, its index, how to verify it, the verifier, its manifest and the signature over
that."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from audit.bundle.checking import unfit
from audit.bundle.joined import joined
from audit.bundle.manifest import MANIFEST, SIGNATURE, BundledRegister, BundleManifest, Member, Seal
from audit.bundle.members import Members
from audit.bundle.papers import Named, member_of
from audit.bundle.readme import readme
from audit.bundle.signing import SigningKey
from models.actor import Actor
from models.bundle import BundleIndex, IndexFile, IndexLine, IndexRegister, Missing
from models.plan import DirectiveHead


@dataclass(frozen=True)
class Gathered:
    """What the manifest and the index are made of; `named` are the papers, `absent` those and others that are
    missing; `events` how many were put in."""

    head: DirectiveHead
    number: str
    issuer_name: str
    installation: str
    finished: bool
    as_of: datetime
    exported_at: datetime
    exported_by: Actor
    registers: tuple[BundledRegister, ...]
    lines: tuple[IndexLine, ...]
    named: Named
    absent: tuple[Missing, ...]
    events: int


def seal(
    members: Members,
    gathered: Gathered,
    key: SigningKey | None,
    index_pdf: Callable[[BundleIndex], bytes],
) -> BundleManifest:
    """Check what was put in and write what comes last; returns the manifest. What does not hold is told in all of it,
    and signed like the rest: so nobody can say that it came about after the export."""
    manifest = _manifest(gathered, members, key.fingerprint if key else "")
    manifest = manifest.model_copy(update={"unfit": unfit(members.archive, manifest)})
    members.add("index.pdf", index_pdf(_index(gathered, manifest)))
    members.add("README.txt", readme(manifest).encode())
    members.add("verify.py", joined().encode())
    manifest = manifest.model_copy(update={"members": members.written})
    content = manifest.model_dump_json(indent=1).encode()
    members.beside(MANIFEST, content)
    if key is not None:
        sealed = Seal(public_key=key.public.hex(), signature=key.sign(content).hex())
        members.beside(SIGNATURE, sealed.model_dump_json(indent=1).encode())
    return manifest


def _manifest(gathered: Gathered, members: Members, fingerprint: str) -> BundleManifest:
    """The manifest of what was put in so far."""
    return BundleManifest(
        directive_id=gathered.head.directive_id,
        number=gathered.number,
        title=gathered.head.document.title,
        issuer=gathered.head.issuer,
        issuer_name=gathered.issuer_name,
        installation=gathered.installation,
        finished=gathered.finished,
        as_of=gathered.as_of,
        exported_at=gathered.exported_at,
        exported_by=gathered.exported_by,
        fingerprint=fingerprint,
        registers=gathered.registers,
        absent=gathered.absent,
        members=members.written,
    )


def _index(gathered: Gathered, manifest: BundleManifest) -> BundleIndex:
    return BundleIndex(
        head=gathered.head,
        issuer_name=gathered.issuer_name,
        installation=gathered.installation,
        exported_at=gathered.exported_at,
        exported_by=gathered.exported_by.name,
        finished=gathered.finished,
        as_of=gathered.as_of,
        fingerprint=manifest.fingerprint,
        registers=tuple(
            IndexRegister(unit_name=each.unit_name, closed=each.closed, events=each.events, journal=each.journal)
            for each in gathered.registers
        ),
        lines=gathered.lines,
        files=tuple(_files(gathered.named, manifest.members)),
        absent=gathered.absent,
        unfit=manifest.unfit,
    )


def _files(named: Named, members: tuple[Member, ...]) -> list[IndexFile]:
    """The files that were handed in or issued and are in the bundle."""
    there = {member.name: member for member in members}
    papers = [(file.name, owner, member_of(file)) for file, owner in named.files.values()]
    papers += [(name, "", f"reports/{name}") for name in named.reports]
    return [
        IndexFile(name=name, owner=owner, member=member, size=there[member].size, sha256=there[member].sha256)
        for name, owner, member in papers
        if member in there
    ]
