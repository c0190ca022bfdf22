"""Where something happened, and how the sentence about it calls units, requirements and documents."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from audit.story.register import Register
from models.actor import Actor
from models.document import DocumentRef
from models.obligation import requirement_of, unit_of
from models.plan import RequirementKind
from rules import citation
from rules.words import KINDS, day, due_day
from texts.language import gettext as _
from texts.language import mark, ngettext, raw_gettext

_OF_A_TYPE = (RequirementKind.PLAN, RequirementKind.REPORT)
"""What is answered with a document that is called like it."""
_OWED = mark("%(asked)s của %(unit)s")
_FEW = 3
"""How many units a sentence names; of more it says how many."""


@dataclass(slots=True)
class Scene:
    """`names` are units by code; `about` is the unit whose timeline is told, None for all; `matter` the requirement, by
    its key or that in the file. `dues` are the due instants of obligations as they held before, by key; `at` is
    business time."""

    register: Register
    names: Mapping[str, str]
    actor: Actor
    at: datetime
    about: str | None = None
    dues: Mapping[str, datetime | None] | None = None
    matter: str | None = None

    def unit(self, code: str) -> str:
        try:
            return self.names[code]
        except KeyError:
            return code

    def units(self, codes: Sequence[str]) -> str:
        """The names of a few units, or how many they are."""
        if len(codes) > _FEW:
            return ngettext("%(num)s đơn vị", "%(num)s đơn vị", len(codes))
        return ", ".join(map(self.unit, codes))

    @property
    def issuer(self) -> str:
        code = self.register.issuer
        found = self.unit(code)
        return found if found != code else self.register.issuer_name or code

    def asked(self, requirement: str) -> str:
        """A requirement in its quotation marks."""
        found = self.register.asked.get(requirement)
        return f"«{found.title if found else requirement}»"

    def due(self, key: str) -> datetime | None:
        """The due instant of an obligation as it held before the event."""
        if self.dues is not None and key in self.dues:
            return self.dues[key]
        return self.register.dues.get(requirement_of(key))

    def mine(self, keys: Iterable[str]) -> tuple[str, ...]:
        """Of several obligations those that the story is about; all where none is."""
        known = tuple(keys)
        if self.matter is not None:
            known = tuple(key for key in known if self._asks(requirement_of(key))) or known
        if self.about is None:
            return known
        of_the_unit = f"@{self.about}"
        return tuple(key for key in known if key.endswith(of_the_unit)) or known

    def _asks(self, requirement: str) -> bool:
        return self.matter in {requirement, self.register.series_of(requirement)}

    def thing(self, key: str) -> str:
        """One obligation: the requirement, and whose it is where the story is not about that unit."""
        owed = raw_gettext(_OWED)
        called, known = (owed, self.about, key), self.register.called
        if (found := known.get(called)) is None:
            requirement, _at, unit = key.rpartition("@")
            asked = self.asked(requirement)
            found = asked if unit == self.about else owed % {"asked": asked, "unit": self.unit(unit)}
            known[called] = found
        return found

    def things(self, keys: Iterable[str], *, dated: bool = False) -> str:
        """Several obligations, by requirement, with those who owe them; `dated`: with due days, where the story is
        about one unit."""
        mine = self.mine(keys)
        if self.about is not None and mine and all(unit_of(key) == self.about for key in mine):
            return ", ".join(self._with_due(key) if dated else self.asked(requirement_of(key)) for key in mine)
        by_requirement: dict[str, list[str]] = {}
        for key in mine:
            by_requirement.setdefault(requirement_of(key), []).append(unit_of(key))
        return "; ".join(
            f"{self.asked(requirement)} ({self.units(units)})" for requirement, units in by_requirement.items()
        )

    def _with_due(self, key: str) -> str:
        due = self.due(key)
        asked = self.asked(requirement_of(key))
        return _("%(asked)s (hạn %(day)s)", asked=asked, day=due_day(due)) if due else asked

    def paper(self, key: str, document: DocumentRef) -> str:
        """A document that answers an obligation: `Kế hoạch 12/KH-UBND ngày 20/03/2020, người ký: …`."""
        found = self.register.asked.get(requirement_of(key))
        if found is None or found.kind not in _OF_A_TYPE or not document.number:
            return document_words(document)
        dated = _(" ngày %(day)s", day=day(document.date)) if document.date else ""
        signer = _(", người ký: %(name)s", name=document.signer) if document.signer else ""
        return f"{_(KINDS[found.kind])} {document.number}{dated}{signer}"


def document_words(document: DocumentRef) -> str:
    """`văn bản số 215/HD-UBND ngày 01/10/2020 của UBND tỉnh`."""
    cited = citation.handed_in(document)
    return _("văn bản %(cited)s", cited=cited) if cited else document.title


def said(words: str) -> str:
    """What somebody wrote, in quotation marks after a colon; nothing where nothing was written."""
    if not words:
        return ""
    text = " ".join(words.split())
    return f": “{text}”" if text else ""


def because(reason: str) -> str:
    """A reason that somebody gave; nothing where none was given."""
    text = " ".join(reason.split())
    return _(", lý do: “%(reason)s”", reason=text) if text else ""
