"""What the units that take over owe: the duties of those before them, with who decides and issues now."""

from collections.abc import Iterable, Mapping

from models.plan import Advised, Duty, RequirementPlan, Reviewer
from rules.reforming.heirs import Heirs


def inherited_duty(heirs: Heirs, asked: RequirementPlan, heir: str, before: Iterable[Duty]) -> Duty:
    """The duty of a unit that takes over from others, the same whichever of theirs comes first: it decides on nothing
    of its own, and leads where one of them did."""
    found = [up_to_date(heirs, asked, duty) for duty in before]
    reviewers = {item.unit: item for duty in found for item in duty.reviewers if item.unit != heir}
    candidates = {code: name for duty in found for code, name in duty.candidates.items()}
    advised = sorted(
        (duty.advised for duty in found if duty.advised is not None and _same_level(heirs, duty.unit, heir)),
        key=lambda item: (item.unit, item.name),
    )
    return Duty(
        requirement=asked.key,
        unit=heir,
        coordinating=all(duty.coordinating for duty in found),
        reviewers=tuple(reviewers[code] for code in sorted(reviewers)),
        advised=_not_itself(advised[0], heir) if advised else None,
        candidates=dict(sorted(candidates.items())),
    )


def up_to_date(heirs: Heirs, asked: RequirementPlan, duty: Duty) -> Duty:
    """A duty with those in it who stand now for units that it mentions: further recipients, the body that issues what
    is prepared, the units to choose among. The same one where nothing changes."""
    if not duty.reviewers and not duty.candidates and not (duty.advised and duty.advised.unit):
        return duty
    reviewers = dict.fromkeys(_reviewer(heirs, asked, item) for item in duty.reviewers)
    changed = {
        "reviewers": tuple(reviewers),
        "advised": _advised(heirs, asked, duty.advised),
        "candidates": _candidates(heirs, asked, duty.candidates),
    }
    now = duty.model_copy(update=changed)
    return duty if now == duty else now


def deciding_now(heirs: Heirs, asked: Mapping[str, RequirementPlan], duties: Iterable[Duty]) -> dict[str, str]:
    """Who decides in place of former recipients, by code; only where that is another unit."""
    mentioned = {item.unit: asked[duty.requirement].function for duty in duties for item in duty.reviewers}
    now = {unit: heirs.follows(unit, function) for unit, function in mentioned.items()}
    return {unit: follows for unit, follows in now.items() if follows != unit}


def _reviewer(heirs: Heirs, asked: RequirementPlan, item: Reviewer) -> Reviewer:
    unit = heirs.follows(item.unit, asked.function)
    return item if unit == item.unit else Reviewer(unit=unit, name=heirs.units[unit].short_name)


def _advised(heirs: Heirs, asked: RequirementPlan, item: Advised | None) -> Advised | None:
    if item is None or not item.unit:
        return item
    unit = heirs.follows(item.unit, asked.function)
    if unit == item.unit:
        return item
    body = heirs.units[unit]
    return Advised(name=body.name, symbol=body.symbol, unit=unit)


def _candidates(heirs: Heirs, asked: RequirementPlan, candidates: Mapping[str, str]) -> dict[str, str]:
    found: dict[str, str] = {}
    for code, name in candidates.items():
        unit = heirs.follows(code, asked.function)
        found[unit] = name if unit == code else heirs.units[unit].short_name
    return found


def _same_level(heirs: Heirs, unit: str, heir: str) -> bool:
    """What a unit of another level takes over, it issues itself."""
    return unit not in heirs.units or heirs.units[unit].level is heirs.units[heir].level


def _not_itself(advised: Advised, heir: str) -> Advised | None:
    return None if advised.unit == heir else advised
