"""Words for reorganisations: what goes from one unit to others, and who keeps a register."""

from collections.abc import Iterable

from audit.story.people import who
from audit.story.scene import Scene, because
from audit.story.sentence import sentence
from models.obligation import obligation_key, unit_of
from models.succession import Arrival, KeepingChanged, Move, TakenIn, Transferred
from rules.words import day
from texts.language import gettext as _


@sentence.register
def _transferred(fact: Transferred, scene: Scene) -> str:
    moves = [move for move in fact.moves if scene.about in {None, unit_of(move.obligation), *move.units}]
    parts = [_moved(keys, units, scene) for units, keys in _by_heirs(moves or fact.moves).items()]
    parts += [
        _("%(things)s là căn cứ cho %(units)s", things=scene.things([key]), units=scene.units(units))
        for key, units in fact.bequeathed.items()
        if scene.about in {None, unit_of(key), *units}
    ]
    words = _("%(who)s chuyển giao nhiệm vụ", who=who(scene))
    return (f"{words}: {'; '.join(parts)}" if parts else words) + because(fact.reason)


def _by_heirs(moves: Iterable[Move]) -> dict[tuple[str, ...], list[str]]:
    found: dict[tuple[str, ...], list[str]] = {}
    for move in moves:
        found.setdefault(move.units, []).append(move.obligation)
    return found


def _moved(keys: list[str], units: tuple[str, ...], scene: Scene) -> str:
    if not units:
        return _("%(things)s chờ phân công lại", things=scene.things(keys))
    return _("%(things)s cho %(units)s", things=scene.things(keys), units=scene.units(units))


@sentence.register
def _taken_in(fact: TakenIn, scene: Scene) -> str:
    arrivals = fact.handover.arrivals
    mine = [item for item in arrivals if scene.about in {None, item.duty.unit, item.before.unit}] or list(arrivals)
    froms = dict.fromkeys(item.before.unit for item in mine)
    parts = []
    for evidence, words in ((False, ""), (True, _("kết quả đã có, dùng làm căn cứ: "))):
        keys = list(dict.fromkeys(_new_key(item) for item in mine if item.evidence is evidence))
        parts += [words + scene.things(keys)] if keys else []
    units = scene.units(list(froms))
    return _("tiếp nhận từ %(units)s: %(things)s", units=units, things="; ".join(parts)) + because(fact.reason)


def _new_key(item: Arrival) -> str:
    return item.before.key if item.waiting else obligation_key(item.duty.requirement, item.duty.unit)


@sentence.register
def _kept(fact: KeepingChanged, scene: Scene) -> str:
    keeping = fact.keeping
    values = {"before": scene.unit(fact.before), "day": day(fact.on), "basis": fact.basis}
    if keeping.ends:
        return _("từ ngày %(day)s sổ theo dõi của %(before)s kết thúc theo %(basis)s", **values)
    if keeping.issuer == fact.before:
        return _("từ ngày %(day)s sắp xếp lại nơi theo dõi của sổ của %(before)s theo %(basis)s", **values)
    after = keeping.issuer_name or scene.unit(keeping.issuer)
    return _("từ ngày %(day)s %(after)s giữ sổ theo dõi thay %(before)s theo %(basis)s", after=after, **values)
