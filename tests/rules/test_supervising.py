"""Who may change or end a whole directive, and in which states its end matters."""

import pytest

from models.actor import Actor, ActorKind
from models.obligation import DONE, RELEASED, State
from rules.supervising import as_supervisor, ending, supervises
from tests import small


@pytest.mark.parametrize(
    ("keeper", "kind", "unit", "may"),
    [
        (small.TOP, ActorKind.REVIEWER, small.TOP, True),
        (small.TOP, ActorKind.SUPERVISOR, small.TOP, True),
        (small.TOP, ActorKind.REVIEWER, small.HIGH, False),
        (small.TOP, ActorKind.OFFICER, small.TOP, False),
        (small.HIGH, ActorKind.REVIEWER, small.HIGH, False),
        (small.HIGH, ActorKind.SUPERVISOR, small.TOP, False),
    ],
)
def test_only_who_keeps_the_first_register_and_the_supervisor(
    keeper: str, kind: ActorKind, unit: str, may: bool
) -> None:
    assert supervises(small.slice_of(keeper), Actor(kind=kind, unit=unit)) is may


def test_registers_below_know_him_as_their_supervisor_with_the_link_he_came_with() -> None:
    actor = Actor(kind=ActorKind.REVIEWER, unit=small.TOP, name="Lan", holder="h7")
    assert as_supervisor(actor, small.TOP) == actor.model_copy(update={"kind": ActorKind.SUPERVISOR})


def test_a_cancelled_directive_withdraws_more_than_one_that_closes_leaves_unfulfilled() -> None:
    assert ending(cancelled=False) < ending(cancelled=True)
    assert State.SUBMITTED in ending(cancelled=True)
    assert not (ending(cancelled=True) & (DONE | RELEASED))
