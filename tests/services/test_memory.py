"""What is loaded is left alone, and what comes later is still collected."""

import gc
import weakref
from collections.abc import Iterator

import pytest

from services.memory import settle


class Knot:
    """Refers to itself, so that only the garbage collector can end it."""

    def __init__(self) -> None:
        self.itself = self


@pytest.fixture
def settled() -> Iterator[None]:
    settle()
    yield
    gc.unfreeze()


@pytest.mark.usefixtures("settled")
def test_what_is_loaded_is_not_looked_through_and_what_comes_later_is() -> None:
    assert gc.get_freeze_count() > len(gc.get_objects())
    later = weakref.ref(Knot())
    gc.collect()
    assert later() is None
