"""One entry of the trail as people read it: the sentence, and by what it is found."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from audit.story import answers, asking, following, mails, moving, openings, stepping, visits  # the words of each kind
from audit.story import subjects as tags
from audit.story.people import how
from audit.story.register import Register
from audit.story.scene import Scene
from audit.story.sentence import sentence
from models.base import Wire
from models.event import (
    AboveAccepted,
    AboveExcluded,
    AboveReinstated,
    Event,
    EvidenceShared,
    Excluded,
    Fact,
    Lapsed,
    ObligationsOpened,
    TakenOver,
)
from models.journal import Entry, Note, SignedIn, SignedOut, SignInAsked, SignInMailed
from models.obligation import requirement_of, unit_of
from models.succession import KeepingChanged, TakenIn
from rules.words import capital

WORDS = (answers, asking, following, mails, moving, openings, stepping, visits)
"""The modules that say each kind of fact and note."""
_SAME_TIME = timedelta(minutes=1)
_WITHOUT_WHO: frozenset[type[Wire]] = frozenset(
    {
        ObligationsOpened,
        Excluded,
        Lapsed,
        TakenOver,
        EvidenceShared,
        AboveAccepted,
        AboveExcluded,
        AboveReinstated,
        KeepingChanged,
        TakenIn,
        SignInAsked,
        SignInMailed,
        SignedIn,
        SignedOut,
    }
)
"""What follows from what somebody did, and is told without saying who; and what says it already."""


@dataclass(slots=True)
class Told:
    """An entry where it stands. Everything that is said of it is worked out when it is asked for, words in the language
    that is spoken then. Not frozen, nor is its scene: making them would take a third of the time of a timeline."""

    entry: Event | Entry
    scene: Scene
    hash: str = ""

    @property
    def chain(self) -> str:
        """The register; `journal` says whether it stands in its events or in the journal beside them."""
        return self.scene.register.id

    @property
    def journal(self) -> bool:
        return not isinstance(self.entry, Event)

    @property
    def said(self) -> Fact | Note:
        return self.entry.fact if isinstance(self.entry, Event) else self.entry.note

    @property
    def recorded_at(self) -> datetime | None:
        """The real time at which it was taken down, where that is not the business time."""
        recorded = self.entry.recorded_at
        return recorded if recorded is not None and abs(recorded - self.entry.at) > _SAME_TIME else None

    @property
    def obligations(self) -> tuple[str, ...]:
        return self.scene.mine(tags.subjects(self.said))

    @property
    def units(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(map(unit_of, self.obligations)))

    @property
    def requirements(self) -> tuple[str, ...]:
        """Keys as the directive's file has them."""
        series_of = self.scene.register.series_of
        return tuple(dict.fromkeys(series_of(requirement_of(key)) for key in self.obligations))

    @property
    def late(self) -> bool:
        return tags.late(self.said, self.scene)

    @property
    def escalated(self) -> bool:
        return tags.escalated(self.said)

    @property
    def words(self) -> str:
        """The sentence, with who acted and how that is known, and a full stop."""
        said = self.said
        known = "" if type(said) in _WITHOUT_WHO else how(self.entry.actor)
        return f"{capital(sentence(said, self.scene))}{known}."

    def described(self) -> dict[str, Any]:
        """All of it for other programs; `said` is the fact or note as it was recorded."""
        entry = self.entry
        return {
            "chain": self.chain,
            "journal": self.journal,
            "seq": entry.seq,
            "at": entry.at.isoformat(),
            "recorded_at": entry.recorded_at.isoformat() if entry.recorded_at else None,
            "kind": self.said.kind,
            "words": self.words,
            "units": list(self.units),
            "requirements": list(self.requirements),
            "late": self.late,
            "escalated": self.escalated,
            "actor": entry.actor.model_dump(mode="json"),
            "cause": entry.cause,
            "said": self.said.model_dump(mode="json"),
            "hash": self.hash,
        }


def tell(
    entry: Event | Entry,
    register: Register,
    names: Mapping[str, str],
    about: str | None = None,
    dues: Mapping[str, datetime | None] | None = None,
    digest: str = "",
    matter: str | None = None,
) -> Told:
    """An event of a register or an entry of its journal, to be told.

    `names` are units by code; `about` is the unit whose timeline it stands in: of a wave for many only what concerns
    that one is told, and of `matter`, a requirement, where one is looked at. `dues` are the due instants that held
    before it, where they are others than the register began with; `digest` is its hash.
    """
    return Told(entry, Scene(register, names, entry.actor, entry.at, about, dues, matter), digest)
