"""Officers of a province hand in a file of 200 KB each, some at once all the time, beside bare Updates."""

import tempfile
from collections.abc import Sequence
from datetime import UTC, date, datetime, time
from functools import partial
from pathlib import Path

import httpx
from sqlalchemy import Engine
from sqlmodel import col, func, select
from temporalio.client import Client

from bench.bare import bare_command, bare_registers, bare_worker
from bench.countries import MINISTRY, country, within
from bench.crowd import Crowd, Work, compared, crowd
from bench.pressing import links, press, submit_forms
from bench.result import Result
from bench.running_directive import begin, count, until
from demo.forms import Form
from models.tables import OutboxRow, SubmissionRow
from models.unit import Level
from rules.calendar import day_start
from services.installation import alone, running
from services.temporal import connect
from settings import Settings
from store.engine import make_engine, migrate, reading
from store.outbox import SENT
from store.units import save_units
from web.cascades import TemporalCascades

_PROVINCE = "46-ldtbxh"
_AT_ONCE = 16
_ROUNDS = 3
_SIZE = 200 * 1024
_DAY = date(2020, 2, 12)
_HEAD = """
document: {number: 1000/LĐTBXH-BĐG, title: báo cáo cùng một lúc, issuer: bo-ldtbxh, date: 2020-02-12}
closing: 2020-12-31
requirements:
"""
_REQUIREMENT = "  plan-{number}: {{title: Kế hoạch {number}, kind: plan, to: {{level: commune}}, due: 2020-03-31}}\n"


async def measure_posting() -> list[Result]:
    """Both in turn, round after round, on one server. In every round each commune of the province hands in for one
    more requirement; its request is ready to be sent, and it has been received when the pages lead to the confirmation.
    As many bare Updates go to as many bare workflows as there are registers.

    Raises `RuntimeError` where an officer gets an error, or an answer is missing or doubled.
    """
    units = within(country(), MINISTRY, [_PROVINCE]).values()
    officers = sum(unit.level is Level.COMMUNE for unit in units)
    with tempfile.TemporaryDirectory() as folder:
        settings = alone(Path(folder))
        engine = make_engine(settings.sql_url)
        migrate(engine)
        save_units(engine, units)
        ours: list[Crowd] = []
        floors: list[Crowd] = []
        async with running(settings, print, None), httpx.AsyncClient(timeout=60) as browser:
            client = await connect(settings)
            pages = await _open(engine, settings, browser, officers)
            async with bare_worker(client):
                registers = await bare_registers(client, await _registers(engine))
                for round_ in range(_ROUNDS + 1):
                    presses = [press(browser, link, forms[round_], _DAY, _SIZE) for link, forms in pages]
                    ours.append(await crowd(presses, _AT_ONCE))
                    floors.append(await crowd(_updates(client, registers, officers), _AT_ONCE))
        _check(engine, officers)
    what, beside = f"POST with {_SIZE // 1024} KB, {_AT_ONCE} officers at once", f"bare Updates, {_AT_ONCE} at once"
    return compared(what, beside, ours[1:], floors[1:], ">= 0.6")  # the first round warms both up


async def _open(
    engine: Engine, settings: Settings, browser: httpx.AsyncClient, officers: int
) -> list[tuple[str, list[Form]]]:
    """Start a directive of several requirements, and let all officers open the pages that their mails lead to."""
    asked = "".join(_REQUIREMENT.format(number=number) for number in range(_ROUNDS + 1))
    head = await begin(engine, settings, _HEAD + asked, day_start(_DAY, time(9)))
    await until(lambda: count(engine, OutboxRow, OutboxRow.status == SENT) >= officers)
    await until(lambda: count(engine, OutboxRow, OutboxRow.status != SENT) == 0)
    return [(link, await submit_forms(browser, link)) for link in links(settings.maildir, head.directive_id)]


async def _registers(engine: Engine) -> list[str]:
    """Those in which communes hand in."""
    with reading(engine) as session:
        return list(session.exec(select(OutboxRow.cascade_id).distinct()))


def _updates(client: Client, registers: Sequence[str], number: int) -> list[Work]:
    """Bare Updates, sent in the pages' own way."""
    cascades = TemporalCascades(client)
    return [
        partial(cascades.send, registers[place % len(registers)], bare_command(datetime.now(UTC)))
        for place in range(number)
    ]


def _check(engine: Engine, officers: int) -> None:
    """Every commune has handed in once for every requirement."""
    row, expected = SubmissionRow, officers * (_ROUNDS + 1)
    with reading(engine) as session:
        keys = session.exec(select(func.count(func.distinct(col(row.key))))).one()
    if (answers := count(engine, row, col(row.number) > 0)) != expected or keys != expected:
        raise RuntimeError(f"{answers} answers to {keys} obligations are on record; {expected} were handed in")
