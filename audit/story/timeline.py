"""The timeline of a directive, a register or a unit: what was recorded, in the order of time, as it can be told."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session

from audit.story.dues import CHANGING, changed
from audit.story.register import Register, asked_of
from audit.story.subjects import waves
from audit.story.tell import Told, tell
from models.event import Event
from models.journal import Entry
from models.obligation import requirement_of, unit_of
from rules.calendar import day_end, day_start
from rules.reading import belongs_to_life
from store.trail import Face, Line, Trail, UnitNames, Wanted, faces, trail


@dataclass(frozen=True)
class Question:
    """What is asked of the trail: of a directive, of these registers or journals (None: of all). `unit` and
    `requirement` are codes and keys (of the file, or of one occurrence), `obligation` a key; `actor` is a name, a
    unit's code or a kind of actor; `kinds` are those of facts and notes; `first` and `last` are days, both included."""

    directive_id: str | None = None
    chains: Collection[str] | None = None
    unit: str | None = None
    requirement: str | None = None
    obligation: str | None = None
    actor: str | None = None
    kinds: Collection[str] = ()
    first: date | None = None
    last: date | None = None
    late: bool = False
    escalated: bool = False

    @property
    def about(self) -> str | None:
        """The unit whose story is asked for."""
        return unit_of(self.obligation) if self.obligation is not None else self.unit

    @property
    def is_of_a_matter(self) -> bool:
        return self.requirement is not None or self.obligation is not None

    @property
    def is_narrow(self) -> bool:
        """Whether not all that was read is told."""
        return any((self.actor, self.kinds, self.first, self.late, self.escalated))


def timeline(session: Session, question: Question) -> Iterator[Told]:
    """What answers a question, in the order of time, while the session lasts."""
    found = trail(session, _wanted(question))
    known = faces(session, found.chains(), question.about)
    registers = {chain: _register(chain, known.get(chain)) for chain in found.chains()}
    told = _in_order(found.lines, registers, _names(session, found, known, question), question)
    if question.is_of_a_matter:
        told = _of_matter(told, question)
    return filter(_shown(question), told) if question.is_narrow else told


def register_of(face: Face) -> Register:
    """A register as its stored plan has it."""
    asked = asked_of(face.requirements)
    begun = asked if face.first_requirements is face.requirements else asked_of(face.first_requirements)
    return Register(
        id=face.id,
        number=face.number,
        issuer=face.issuer,
        issuer_name=face.issuer_name,
        asked=asked,
        dues={key: item.due for key, item in begun.items()},
        triggers=face.triggers,
        closing=face.closing,
    )


def _wanted(question: Question) -> Wanted:
    """What has to be read: for mails about a matter also the events from which they follow."""
    narrow = not question.is_of_a_matter
    return Wanted(
        directive_id=question.directive_id,
        chains=question.chains,
        unit=question.about,
        kinds=question.kinds if narrow else (),
        first=day_start(question.first) if question.first and narrow else None,
        until=day_end(question.last) if question.last else None,
        always=CHANGING,
        all_notes=question.obligation is not None,
    )


def _register(chain: str, face: Face | None) -> Register:
    """That of a chain; a chain that is no register's is told as a register without requirements."""
    return register_of(face) if face else Register(chain, "", "")


def _names(session: Session, found: Trail, known: Mapping[str, Face], question: Question) -> UnitNames:
    """Of one unit's story, its own and those of who keeps its registers: most tell of no others; of others, all."""
    if question.about is None:
        return UnitNames(session, None, set)
    return UnitNames(session, {code: name for face in known.values() for code, name in face.names.items()}, found.units)


def _in_order(
    lines: Iterable[Line], registers: Mapping[str, Register], names: Mapping[str, str], question: Question
) -> Iterator[Told]:
    """Each with the due instants that held before it."""
    dues: dict[str, Mapping[str, datetime | None]] = {}
    about = question.about
    matter = requirement_of(question.obligation) if question.obligation else question.requirement
    for line in lines:
        entry, chain = line.entry, line.chain
        yield tell(entry, registers[chain], names, about, dues.get(chain), line.hash, matter)
        if isinstance(entry, Event) and entry.fact.kind in CHANGING:
            dues[chain] = {**dues.get(chain, {}), **changed(entry)}


def _shown(question: Question) -> Callable[[Told], bool]:
    first = day_start(question.first) if question.first else None

    def shown(told: Told) -> bool:
        return (
            (not question.kinds or told.said.kind in question.kinds)
            and (first is None or told.entry.at >= first)
            and (question.actor is None or _acts(told.entry, question.actor))
            and (not question.late or told.late)
            and (not question.escalated or told.escalated)
        )

    return shown


def _acts(entry: Event | Entry, actor: str) -> bool:
    by = entry.actor
    return actor in {by.unit, by.kind.value} or (bool(by.name) and actor.casefold() in by.name.casefold())


def _of_matter(told: Iterable[Told], question: Question) -> Iterator[Told]:
    """What is about one requirement or obligation, and the mails that told of it: of an obligation those to its unit
    and to the one that keeps the register, not those that told other units the same of themselves."""
    known = [(item, _is_about(item, question)) for item in told]
    matters = {(item.chain, item.entry.seq) for item, about in known if about and not item.journal}
    unit = question.about if question.obligation is not None else None
    for item, about in known:
        told_of_it = item.journal and any((item.chain, seq) in matters for seq in waves(item.said))
        if unit is not None and not belongs_to_life(item.said, unit, item.scene.register.issuer):
            continue
        if about or told_of_it:
            yield item


def _is_about(item: Told, question: Question) -> bool:
    if question.obligation is not None and question.obligation not in item.obligations:
        return False
    asked = question.requirement
    return asked is None or asked in item.requirements or any(key.startswith(f"{asked}@") for key in item.obligations)
