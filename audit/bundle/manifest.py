"""What a bundle says of itself: its registers with their heads, and every member with its hash."""

from typing import Literal

from audit.archive.manifest import Kept
from audit.histories.found import Source
from models.actor import Actor
from models.anchor import Head
from models.base import Instant, Wire
from models.bundle import Missing, Unfit

FORMAT = "dondoc-bundle/1"
MANIFEST, SIGNATURE = "manifest.json", "signature.json"


class Member(Wire):
    """One file in the bundle: its size in bytes and the SHA-256 (hex) of its content."""

    name: str
    size: int
    sha256: str


class BundledRegister(Wire):
    """One register: in which folder it lies, and up to where its chains go. `unit` keeps it. `histories` is how much
    there is of Temporal's: PARTIAL also where the register still runs; `source` is where they come from."""

    id: str
    unit: str
    unit_name: str
    parent: str | None
    folder: str
    closed: bool
    events: Head
    journal: Head
    histories: Kept
    source: Source


class BundleManifest(Wire):
    """`as_of` is the business instant at which obligations are judged; `absent` names what the record tells of and what
    was not there; `unfit` what was there and did not hold when the bundle was made; `fingerprint` is that of the key by
    which this is signed, empty where it is not."""

    format: Literal["dondoc-bundle/1"] = "dondoc-bundle/1"
    directive_id: str
    number: str
    title: str
    issuer: str
    issuer_name: str
    installation: str
    finished: bool
    as_of: Instant
    exported_at: Instant
    exported_by: Actor
    fingerprint: str
    registers: tuple[BundledRegister, ...]
    absent: tuple[Missing, ...]
    unfit: tuple[Unfit, ...] = ()
    members: tuple[Member, ...]


class Seal(Wire):
    """The signature (hex) over the bytes of the manifest, and the public key (hex) that it is checked with."""

    algorithm: Literal["Ed25519"] = "Ed25519"
    public_key: str
    signature: str
