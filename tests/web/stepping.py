"""A small register to step in, and the two forms as a browser sends them."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

import httpx

from models.obligation import State
from models.pages import RegisterPage
from models.register import ObligationLine
from tests.web import kinds, samples
from tests.web.fakes import REGISTER_TOKEN
from tests.web.posting import COMMAND

HOME = f"/s/{REGISTER_TOKEN}"
HUE, PHONG_DIEN, QUANG_DIEN = (samples.unit(district) for district in samples.DISTRICTS[:3])
OPEN = samples.line("services", HUE)
OTHER = samples.line("services", PHONG_DIEN)
DONE = samples.submitted("annual-plan", HUE, state=State.ACCEPTED)
PAUSED = samples.line("training", HUE, State.SUSPENDED, suspended_at=samples.AT - timedelta(days=3), reason="Bão số 9")
DRAFT = kinds.line("draft-guidance", HUE)
SELECTION = kinds.line("pilot-communes", HUE)
LINES = (OPEN, OTHER, DONE, PAUSED, DRAFT, SELECTION)
REASON = "Theo Công văn số 5100/UBND-VHXH"
OF_UNIT, OF_REQUIREMENT = {"at_unit": HUE.code}, {"at_requirement": "services"}


def register(*lines: ObligationLine, **changed: Any) -> RegisterPage:
    page = samples.register_page(*(lines or LINES))
    offered = {unit.code: unit.short_name for unit in (HUE, PHONG_DIEN, QUANG_DIEN)}
    return page.model_copy(update={"assignable": offered} | changed)


def with_changed(changed: dict[str, ObligationLine]) -> RegisterPage:
    """The register with some lines as they are afterwards."""
    return register(*(changed.get(line.key, line) for line in LINES))


def ticks(*lines: ObligationLine) -> list[str]:
    return [f"{line.submissions}:{line.key}" for line in lines]


async def choose(
    client: httpx.AsyncClient, way: str, *items: str, place: Mapping[str, str] = OF_UNIT
) -> httpx.Response:
    """Choose what is to be done on a sheet."""
    return await client.post(f"{HOME}/choose", data={"command": COMMAND, "way": way, "item": list(items), **place})


async def step(
    client: httpx.AsyncClient,
    way: str,
    *lines: ObligationLine,
    place: Mapping[str, str] = OF_UNIT,
    typed: Mapping[str, str] | None = None,
) -> httpx.Response:
    """Press the button of the second page, as a browser does it."""
    form = {"command": COMMAND, "way": way, "item": ticks(*lines), "why": REASON, **place, **(typed or {})}
    return await client.post(f"{HOME}/step", data=form)
