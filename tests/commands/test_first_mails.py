"""What a supervisor is told at the start of a directive."""

from datetime import UTC, datetime, time, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine

from commands.start import start
from models.clock import Clock
from store.files import FileStore
from store.units import save_units
from tests import small
from tests.commands.test_attached import connect

OFFICE = (time(7), time(18))


@pytest.mark.parametrize(
    ("later", "hours", "told"),
    [
        (timedelta(hours=1), OFFICE, ["the first mails leave at 02/03/2020 07:00, in the hours of DONDOC_MAIL_HOURS"]),
        (timedelta(hours=9), OFFICE, []),
        (timedelta(hours=1), None, []),
    ],
)
async def test_mail_that_waits_for_the_morning_is_announced(
    sqlite: Engine, tmp_path: Path, later: timedelta, hours: tuple[time, time] | None, told: list[str]
) -> None:
    save_units(sqlite, small.UNITS)
    file = tmp_path / "directive.yaml"
    file.write_text(small.YAML, "utf-8")
    said: list[str] = []
    clock = Clock(origin_real=datetime.now(UTC), origin_business=small.STARTS + later, speed=0.001)
    await start(sqlite, FileStore(tmp_path / "files"), connect, file, clock, said.append, hours)
    assert said == told
