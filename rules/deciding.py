"""Who decides on an answer, and what they have to name: pages, lists, roll-up and ledger ask the same functions."""

from collections.abc import Sequence

from models.obligation import Outcome

_WITH_REASONS = frozenset({Outcome.EXPLAINED, Outcome.REJECTED})


def recipients(keeper: str, unit: str, further: Sequence[str]) -> tuple[str, ...]:
    """The codes of those who decide on what a unit hands in: the unit that keeps the register, unless it owes the
    answer itself, and the further recipients on the report lines. Where that leaves nobody, the unit answers to
    itself."""
    if unit == keeper:
        return tuple(further) or (keeper,)
    return (keeper, *further)


def deciding_on_requests(keeper: str, unit: str, further: Sequence[str]) -> tuple[str, ...]:
    """The codes of those who decide on what a unit asks for: the unit that assigned the work and keeps the register;
    for what that one owes itself, those who get its answer."""
    return (keeper,) if unit != keeper else recipients(keeper, unit, further)


def asked_outcomes(outcomes: Sequence[Outcome], *, no_comment: bool) -> tuple[Outcome, ...]:
    """What a recipient who accepts must name one of; nothing where the answer is that there is nothing to say."""
    return () if no_comment else tuple(outcomes)


def needs_reason(outcome: Outcome | None) -> bool:
    """Whether an outcome has to be explained to the unit."""
    return outcome in _WITH_REASONS
