"""Finding a directive by what a person calls it."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import Engine

from commands.errors import CommandError, Exit
from commands.lists import directives, find
from models.clock import Clock
from rules.calendar import WorkingCalendar
from rules.compiler import compile_directive
from store.directives import add_directive
from tests import small

UNNUMBERED = small.YAML.replace("number: 15/SO-BĐG", "type: Kết luận hội nghị")


@pytest.fixture
def database(sqlite: Engine) -> Engine:
    """A database with the small directive, and one without number."""
    small.store(sqlite)
    units = {unit.code: unit for unit in small.UNITS}
    plan = compile_directive(UNNUMBERED.encode(), units, WorkingCalendar()).plan
    assert plan is not None
    now = datetime.now(UTC)
    add_directive(sqlite, plan, Clock.ordinary(now), UNNUMBERED, now)
    return sqlite


@pytest.mark.parametrize("number", ["15/SO-BĐG", "Số: 15 / SO–BÐG", "01-so.2020.so-bdg.15"])
def test_a_number_is_found_however_it_is_typed(database: Engine, number: str) -> None:
    assert find(database, number, None).id == "01-so.2020.so-bdg.15"


@pytest.mark.parametrize(
    "name",
    [
        "Kết luận hội nghị ngày 02/03/2020",
        "  Kết luận  hội nghị ngày 02/03/2020",
        "01-so.2020.ket-luan-hoi-nghi.0302-trien-khai-viec-nho",
    ],
)
def test_one_without_number_is_found_by_what_it_is_called_or_its_id(database: Engine, name: str) -> None:
    found = find(database, name, None)
    assert found.number == "Kết luận hội nghị ngày 02/03/2020"
    assert found.number in {item["number"] for item in directives(database)}


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("15/SO-BDG", "15/SO-BĐG"), ("kết luận hội nghị ngày 2/3/2020", "Kết luận hội nghị ngày 02/03/2020")],
)
def test_the_nearest_name_is_proposed(database: Engine, typed: str, meant: str) -> None:
    with pytest.raises(CommandError) as caught:
        find(database, typed, None)
    assert caught.value.code is Exit.NOT_FOUND
    assert f"did you mean {meant!r}" in str(caught.value)
