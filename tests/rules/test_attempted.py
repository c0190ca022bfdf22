"""What an attempt was about, whichever command it was."""

from typing import get_args

import pytest
from pydantic import BaseModel

from models.command import Chase, Command
from rules.attempted import MOST, obligations, whom
from tests import small
from tests.audit.samples import AT, sample
from tests.rules.machine_checks import owing

UNITS = (small.TOP, small.HIGH, small.LOW)


def kinds() -> list[type[BaseModel]]:
    """Every kind of command that there is."""
    found, waiting = [], [get_args(Command)[0]]
    while waiting:
        kind = waiting.pop()
        if isinstance(kind, type):
            found.append(kind)
        else:
            waiting += get_args(kind)
    return [kind for kind in found if isinstance(kind, type) and issubclass(kind, BaseModel)]


@pytest.mark.parametrize("kind", kinds(), ids=lambda kind: kind.__name__)
def test_an_attempt_names_every_obligation_that_its_command_names(kind: type[BaseModel]) -> None:
    command = sample(kind)
    named = owing(command.model_dump(mode="json", exclude={"actor", "email", "by_email"}), UNITS)
    assert named <= {key.rpartition("@")[2] for key in obligations(command)}


def test_an_attempt_that_names_very_many_obligations_is_kept_with_the_first() -> None:
    keys = tuple(f"plan@{number}" for number in range(5000))
    chase = Chase(id="c", at=AT, actor=small.reviewer(small.TOP), obligations=keys)
    assert obligations(chase) == keys[:MOST]


def test_an_attempt_is_found_under_the_one_unit_that_it_was_about_else_under_who_made_it() -> None:
    assert whom((f"plan@{small.HIGH}", f"training@{small.HIGH}"), small.TOP) == small.HIGH
    assert whom((f"plan@{small.HIGH}", f"plan@{small.LOW}"), small.TOP) == small.TOP
    assert whom((), small.LOW) == small.LOW
