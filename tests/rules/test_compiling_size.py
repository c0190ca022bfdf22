"""A register that Temporal could not carry is refused before it begins (decision 0020)."""

from collections.abc import Iterator

from models.unit import Unit
from rules.compiler import Compiled, compile_directive
from rules.compiling.size import MOST_OBLIGATIONS
from tests.rules.files import CALENDAR, UNITS, asked, file, unit

EACH = 3


def districts(count: int) -> Iterator[Unit]:
    return (unit(f"n{number}", territory=f"9{number}") for number in range(count))


def compiled(count: int, *requirements: str) -> Compiled:
    """A directive of a province to so many districts."""
    units = {"p": UNITS["p"], **{found.code: found for found in districts(count)}}
    return compile_directive(file(*requirements).encode(), units, CALENDAR)


WORK = tuple(asked(f"work{number}", due="2020-05-15") for number in range(EACH))


def test_a_register_as_large_as_that_of_all_communes_of_the_country_is_taken() -> None:
    plan = compiled(MOST_OBLIGATIONS // EACH, *WORK).plan
    assert plan is not None
    assert [len(register.duties) for register in plan.cascades] == [MOST_OBLIGATIONS]


def test_a_larger_one_is_refused_with_the_reason_and_what_to_do() -> None:
    (fault,) = compiled(MOST_OBLIGATIONS // EACH + 1, *WORK).errors
    assert (fault.code, fault.path) == ("register_too_large", "requirements")
    assert "12,003 obligations, and one carries 12,000 at most" in fault.message
    assert "issue the directive in parts" in fault.message
