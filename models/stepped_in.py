"""Facts of a supervisor's stepping in. Each has its reason; each is undone only by a further event. Of the obligations
that they are about, `opened` are those of which their units know; nobody is told of the others."""

import datetime as dt
from typing import Literal

from models.base import Instant, Wire
from models.document import DocumentRef
from models.intervention import Release
from models.plan import Amendment


class DueSet(Wire):
    """A new last day `until` for these obligations, which ends at the instant `due`."""

    kind: Literal["due_set"] = "due_set"
    obligations: tuple[str, ...]
    opened: tuple[str, ...] = ()
    until: dt.date
    due: Instant
    reason: str


class Released(Wire):
    """These obligations need not be done."""

    kind: Literal["released"] = "released"
    obligations: tuple[str, ...]
    opened: tuple[str, ...] = ()
    release: Release
    reason: str


class Reinstated(Wire):
    """These obligations are owed again, as they were before they were laid aside; what was done is returned. From
    `released` their units had been released, or they did not apply because of that: who follows up what waits for them
    is told."""

    kind: Literal["reinstated"] = "reinstated"
    obligations: tuple[str, ...]
    opened: tuple[str, ...] = ()
    released: tuple[str, ...] = ()
    reason: str


class Suspended(Wire):
    kind: Literal["suspended"] = "suspended"
    obligations: tuple[str, ...]
    opened: tuple[str, ...] = ()
    reason: str


class Resumed(Wire):
    """These obligations go on, as they were before; `dues` are new due instants where working days were left."""

    kind: Literal["resumed"] = "resumed"
    obligations: tuple[str, ...]
    opened: tuple[str, ...] = ()
    dues: dict[str, Instant] = {}
    reason: str


class Amended(Wire):
    """The plan of the register has changed; obligations of requirements that it no longer has are `withdrawn`; `dues`
    are new due instants of what is not done; `followed` is what another ladder follows up from now on, `reworded` what
    is not done, has been open, and asks for something else than before."""

    kind: Literal["amended"] = "amended"
    amendment: Amendment
    withdrawn: tuple[str, ...] = ()
    opened: tuple[str, ...] = ()
    dues: dict[str, Instant | None] = {}
    followed: tuple[str, ...] = ()
    reworded: tuple[str, ...] = ()
    document: DocumentRef | None = None
    reason: str


class Ended(Wire):
    """The register is closed before its time; `withdrawn` only where it is cancelled."""

    kind: Literal["ended"] = "ended"
    cancelled: bool
    withdrawn: tuple[str, ...] = ()
    opened: tuple[str, ...] = ()
    reason: str
