"""An untouched record verifies with nothing found, finished or at work; what cannot be checked is said."""

from pathlib import Path

import pytest
from sqlalchemy import Engine

from tests.audit.records import REGISTER, Office


@pytest.fixture
def office(engine: Engine, tmp_path: Path) -> Office:
    return Office(engine, tmp_path)


async def test_an_untouched_finished_record_verifies_with_nothing_found(office: Office) -> None:
    office.live()
    await office.keep()
    report = await office.verify()
    assert not report.findings, [each.words for each in report.findings]
    assert (report.looked.registers, report.looked.manifests, report.looked.live) == (3, 1, 1)
    assert [each.cascade_id for each in report.unchecked if each.cascade_id == REGISTER] == []
